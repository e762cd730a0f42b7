package building

import (
	"math"
	"slices"
	"syscall"
	"testing"

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

// processor is the time in seconds that all cores have worked for this process, the
// collector included: on a busy machine the clock on the wall says nothing.
func processor() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return math.NaN()
	}
	return float64(u.Utime.Sec+u.Stime.Sec) + 1e-6*float64(u.Utime.Usec+u.Stime.Usec)
}

// BenchmarkCity reports buildings a second and core for San Francisco in blocks of 400 m,
// from features to meshes: as white prisms, as everything that is seen from near, and with the coarser
// levels that a tileset has above the finest.
func BenchmarkCity(b *testing.B) {
	fs := load(b, geo.NewReport(), realdata.Path(b, "city-sanfrancisco/sf-downtown.osm.pbf"))
	frame := earth.FrameAt(middleOf(fs))
	fs = slices.DeleteFunc(fs, func(f geo.Feature) bool { return f.Geometry == nil || f.Geometry.Bound().IsEmpty() })
	blocks := cut(fs, frame, 400, geo.NewReport())
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
			before := processor()
			for b.Loop() {
				survey := NewSurvey(frame, c.opts)
				for i := range fs {
					survey.Add(&fs[i])
				}
				triangles = 0
				for k := range blocks {
					m := NewMaker(&blocks[k], "city", survey, c.opts)
					n += m.Len()
					for _, detail := range c.levels {
						content := geo.Content{Frame: frame}
						m.Make(detail, &content)
						for i := range content.Meshes {
							triangles += len(content.Meshes[i].Indices) / 3
						}
					}
				}
			}
			b.ReportMetric(float64(n)/(processor()-before), "buildings/cpu-s")
			b.ReportMetric(float64(triangles)*float64(b.N)/float64(n), "triangles/building")
		})
	}
}
