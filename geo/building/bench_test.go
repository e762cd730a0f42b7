package building

import (
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/earth"
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
