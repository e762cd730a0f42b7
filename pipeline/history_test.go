package pipeline

import (
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/reference/metric"
)

// rest draws n live frames of a camera at rest while the story plays; each may change the draws.
func rest(t *testing.T, r *Renderer, f *Frame, n int, change func(i int)) {
	t.Helper()
	for i := range n {
		if change != nil {
			change(i)
		}
		f.Time += 1.0 / 60
		draw(t, r, f)
		f.Previous = &f.View
	}
}

// beside is how far the live picture is from the file's of the same instant, FLIP's mean.
func beside(t *testing.T, r *Renderer, f *Frame) float64 {
	t.Helper()
	o := r.options
	_, live := linearPicture(t, r)
	o.Live, o.Quality.SubFrames = false, 16
	still := newTestRendererOn(t, r, o)
	alone := *f
	alone.Previous = nil
	draw(t, still, &alone)
	_, truth := linearPicture(t, still)
	_, mean := metric.FLIP(truth, live, o.Width, o.Height, 67)
	return mean
}

// A history begins anew with new graphs: after a long rest, another tone map, and data that
// has left, show a picture soon that is as good as a settled one.
func TestHistoryBeginsAnewWithTheGraphs(t *testing.T) {
	toneMap := func(_ *Renderer, f *Frame) { f.Env.ToneMap = Neutral }
	for _, c := range []struct {
		name, tier string
		change     func(r *Renderer, f *Frame)
	}{
		{"tone map", "low", toneMap},
		{"tone map", "high", toneMap},
		{"data leaves", "low", func(r *Renderer, f *Frame) { f.Draws, r.holds = f.Draws[:2], 1 }},
	} {
		r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: tier(t, c.tier), Live: true})
		data := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: &drawable.Material{Model: drawable.Unlit, Color: [4]float32{1, 1, 1, 1}}}
		box(data, data, -5, 50, 0, 10, 10, 40, [4]uint8{255, 0, 0, 255}, 1)
		f := &Frame{View: look(andorra, 0, -300, 120, 0, -20), Env: daylight(andorra, 150, 40)}
		f.Draws = []drawable.Draw{{What: plane(andorra, 2000, drawable.DefaultMaterial())}, {What: plainCity(andorra, 12)}, {What: data.Bound()}}
		if c.name == "tone map" {
			f.Draws = f.Draws[:2]
		}
		rest(t, r, f, 40, nil)
		c.change(r, f)
		rest(t, r, f, 8, nil)
		if r.held > 1+7*heldStep {
			t.Errorf("%s, %s: the history of 8 frames stands for %.1f", c.name, c.tier, r.held)
		}
		soon := beside(t, r, f)
		rest(t, r, f, 24, nil)
		settled := beside(t, r, f)
		t.Logf("%s, %s: FLIP %.4f after 8 frames, %.4f after 32", c.name, c.tier, soon, settled)
		if soon > 1.05*settled {
			t.Errorf("%s, %s: FLIP %.4f after 8 frames, settled %.4f", c.name, c.tier, soon, settled)
		}
	}
}
