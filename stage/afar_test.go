package stage

import (
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// What marks places of the Earth goes where the Earth is a dot; what lies between the stars, and what
// has a size of its own, stays.
func TestMarksOfADotFade(t *testing.T) {
	p := linkedPlayer(t, ` }
  - { id: names, type: label, source: shops, text: opens }
  - { id: lamps, type: point, source: shops }`)
	marks := func(height float64) (fades []float32) {
		c := scene.NewCamera(earth.Place{Height: height}, 0, -90)
		f, err := p.Frame(t.Context(), scene.Time{}, Shot{Width: 160, Height: 90, Camera: &c})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Draws {
			if d.Overlay { // credits
				continue
			}
			switch d.What.(type) {
			case *drawable.Glyphs, *drawable.Points:
				fades = append(fades, d.Fade)
			}
		}
		return fades
	}
	for height, want := range map[float64][2]float32{2e7: {0, 0}, 4e8: {0, 0}, 1e9: {0.01, 0.99}, 1e10: {1, 1}, 1e21: {1, 1}} {
		got := marks(height)
		if len(got) < 2 {
			t.Fatalf("%g m: only %d marks", height, len(got))
		}
		for _, fade := range got {
			if fade < want[0] || fade > want[1] {
				t.Errorf("%g m: faded by %g", height, fade)
			}
		}
	}
	here := earth.FrameAt(earth.Place{}).Matrix()
	others := []drawable.Draw{
		{What: &drawable.Points{Frame: here, Radius: 1e12}},
		{What: &drawable.Points{Frame: here, Metres: true}},
		{What: &drawable.Glyphs{Frame: here, Labels: []drawable.Label{{}, {Anchor: [3]float32{0, 0, 1e11}}}}},
		{What: &drawable.Mesh{Frame: here}},
	}
	far := earth.Place{Height: 1e12}.ECEF()
	afar(others, &tiles.View{Eye: far, FovY: 0.8})
	for i, d := range others {
		if d.Fade != 0 {
			t.Errorf("%d: faded by %g", i, d.Fade)
		}
	}
}
