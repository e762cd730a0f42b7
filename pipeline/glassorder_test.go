package pipeline

import (
	"slices"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// glassRenderer keeps the light of frames of a tier that are still.
func glassRenderer(t *testing.T, name string, w, h int) *Renderer {
	q := tier(t, name)
	q.TAA, q.SubFrames, q.BloomMips, q.Scale = false, 1, 0, 0
	return newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
}

// upright is a square of one light that stands across the view, its middle at the eye's height.
func upright(x, y, half float32, c [3]float32) drawable.Draw {
	m := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: &drawable.Material{
		Model: drawable.Unlit, DoubleSided: true, Color: [4]float32{c[0] * shine, c[1] * shine, c[2] * shine, 1}}}
	quad(m, [4][3]float32{{x - half, y, eyeHigh - half}, {x + half, y, eyeHigh - half}, {x + half, y, eyeHigh + half}, {x - half, y, eyeHigh + half}},
		[4][2]float32{}, [4]uint8{255, 255, 255, 255}, 1)
	return drawable.Draw{What: m.Bound()}
}

// thinPane is an upright pane of glass across the view.
func thinPane(x, y, half, roughness float32) drawable.Draw {
	return drawable.Draw{What: block([3]float32{x, y, eyeHigh}, [3]float32{half, 0.01, half}, 0, glassMaterial(1.5, 0, roughness))}
}

// A clear body takes nothing from what was blurred behind the frosted glass of a frame before.
func TestClearBodyForgetsFrost(t *testing.T) {
	const w, h = 160, 90
	bright, dark := upright(0, 30, 60, [3]float32{9, 0, 0}), upright(0, 30, 60, [3]float32{0, 0, 1})
	body := drawable.Draw{What: ball([3]float32{7, 9, eyeHigh}, 3, glassMaterial(1.5, 6, 0))} // over the border
	for _, name := range []string{"draft", "low"} {
		picture := func(frosted bool) []float32 {
			r := glassRenderer(t, name, w, h)
			f := &Frame{View: look(andorra, 0, 0, eyeHigh, 0, 0), Env: nightly(), Draws: []drawable.Draw{bright, thinPane(0, 8, 6, 0.6)}}
			if frosted {
				draw(t, r, f)
			}
			f.Draws = []drawable.Draw{dark, body}
			draw(t, r, f)
			return slices.Clone(buffer(t, r, "light").Data)
		}
		if !slices.Equal(picture(false), picture(true)) {
			t.Errorf("%s: a clear body shows frost of the frame before", name)
		}
	}
}
