package pipeline

import (
	"strings"
	"testing"

	"github.com/longtake/longtake/pipeline/gpu"
)

// BenchmarkFrame draws 20,000 plain buildings at 1280×720, live, from 500 m; the camera
// moves, so that nothing is cached, and each frame is finished.
func BenchmarkFrame(b *testing.B) {
	for _, name := range []string{"draft", "low", "high"} {
		b.Run(name, func(b *testing.B) {
			q := tier(b, name)
			r := newTestRenderer(b, Options{Width: 1280, Height: 720, Quality: q, Live: true})
			f := &Frame{Draws: boxCity(andorra, 141), Env: daylight(andorra, 130, 35)}
			step := 0
			frame := func() {
				previous := f.View
				f.View = look(andorra, -200+float64(step)*0.5, -2400, 500, 5, -18)
				if step > 0 {
					f.Previous = &previous
				}
				step++
				draw(b, r, f)
				gpu.Finish()
			}
			frame()
			b.ReportAllocs()
			for b.Loop() {
				frame()
			}
			s := r.Stats()
			b.ReportMetric(float64(s.Triangles), "triangles")
			b.ReportMetric(float64(s.Draws), "draws")
			// Pass times come from one more frame, finished after each pass.
			r.options.Timings = true
			frame()
			for _, p := range r.Stats().Passes {
				if p.Milliseconds >= 0.5 {
					b.ReportMetric(p.Milliseconds, "ms-"+strings.ReplaceAll(p.Name, " ", "-"))
				}
			}
		})
	}
}
