package building

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/realdata"
)

// BenchmarkBuild reports triangles and buildings a second for typical houses at full
// detail and far away.
func BenchmarkBuild(b *testing.B) {
	rings := []outline.Ring{ring(0, 0, 18, 0, 18, 9, 9, 9, 9, 16, 0, 16)}
	for _, c := range []struct {
		name, shape string
		detail      float64
	}{{"flat", "flat", 0}, {"gabled", "gabled", 0}, {"hipped", "hipped", 0}, {"dome", "dome", 0}, {"far", "hipped", 2.5}} {
		b.Run(c.name, func(b *testing.B) {
			bd := one(b, place(here, turned(20, rings...)...), map[string]string{"building": "house", "height": "9", "roof:shape": c.shape})
			builder, tile := NewBuilder(geo.FlatElevation(0), geo.NewReport()), earth.FrameAt(here)
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				m := &Meshes{}
				builder.Build(bd, tile, 0, c.detail, m)
				n = m.Triangles()
			}
			b.ReportMetric(float64(n), "triangles")
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "buildings/s")
		})
	}
}

// BenchmarkCity reports buildings a second and core for San Francisco, from features to
// meshes: as white prisms, as everything that is seen from near, and with the coarser
// levels that a tileset has above the finest.
func BenchmarkCity(b *testing.B) {
	fs := load(b, geo.NewReport(), realdata.Path(b, "city-sanfrancisco/sf-downtown.osm.pbf"))
	frame := earth.FrameAt(middleOf(fs))
	for _, c := range []struct {
		name   string
		opts   Options
		levels []float64
	}{
		{"flat", Options{Flat: true}, []float64{0}},
		{"full", Options{}, []float64{0}},
		{"levels", Options{}, []float64{0, 0.8, 1.5, 3, 6, 11, 21}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			n, triangles := 0, 0
			for b.Loop() {
				survey := NewSurvey(frame, c.opts)
				for i := range fs {
					survey.Add(&fs[i])
				}
				block := geo.Block{Frame: frame, Features: fs, Elevation: geo.FlatElevation(10), Report: geo.NewReport(),
					Square: orb.Bound{Min: orb.Point{math.Inf(-1), math.Inf(-1)}, Max: orb.Point{math.Inf(1), math.Inf(1)}}}
				m := NewMaker(&block, "city", survey, c.opts)
				n += m.Len()
				triangles = 0
				for _, detail := range c.levels {
					content := geo.Content{Frame: frame}
					m.Make(detail, &content)
					for i := range content.Meshes {
						triangles += len(content.Meshes[i].Indices) / 3
					}
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "buildings/s")
			b.ReportMetric(float64(triangles)*float64(b.N)/float64(n), "triangles/building")
		})
	}
}
