package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

// BenchmarkLines draws a million vertices as 10,000 lines of 100 at 1280×720: plain, and with
// dashes and a casing.
func BenchmarkLines(b *testing.B) {
	for _, dashed := range []bool{false, true} {
		name := "plain"
		if dashed {
			name = "dashed"
		}
		b.Run(name, func(b *testing.B) {
			r := newTestRenderer(b, Options{Width: 1280, Height: 720, Quality: tier(b, "draft"), Live: true})
			l := &drawable.Lines{Frame: earth.FrameAt(andorra).Matrix(), Blend: drawable.Alpha, Emission: 1}
			for i := range 10000 {
				l.Starts = append(l.Starts, uint32(len(l.Vertices)))
				for k := range 100 {
					x, y := float64(k)*20-1000, float64(i)*0.3-1500
					l.Vertices = append(l.Vertices, drawable.LineVertex{Position: [3]float32{float32(x), float32(y + 30*math.Sin(x/90+y)), float32(i % 50)}, Width: 1.5, Color: [4]uint8{uint8(i), 200, 255, 160}})
				}
			}
			if dashed {
				l.Rhythm = drawable.Rhythm{Kind: drawable.Dashes, On: 10, Off: 6}
				l.Casing = drawable.Casing{Width: 0.5, Color: [4]uint8{0, 0, 0, 255}}
			}
			f := &Frame{View: look(andorra, 0, -2600, 1200, 0, -28), Env: daylight(andorra, 130, 35), Draws: []drawable.Draw{{What: l.Measure().Bound()}}}
			draw(b, r, f)
			gpu.Finish()
			for b.Loop() {
				draw(b, r, f)
				gpu.Finish()
			}
			b.ReportMetric(float64(linePointBytes), "bytes/vertex")
		})
	}
}
