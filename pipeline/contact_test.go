package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/reference"
)

// Things smaller than a texel of the sun's map shade what they stand on: with the march
// the traced shadow is missed by less, and a lone plane stays lit.
func TestContactShadowsAgainstReference(t *testing.T) {
	q := tier(t, "high")
	q.SubFrames, q.ShadowSize, q.ShadowTaps = 1, 256, 4 // texels of half a metre
	things := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
	for i := range 49 {
		box(things, things, float32(i%7)*2-7, float32(i/7)*2-7, 0, 0.5, 0.3, 0.4, [4]uint8{200, 190, 180, 255}, uint32(i))
	}
	ground := drawable.Draw{What: plane(andorra, 300, drawable.DefaultMaterial())}
	env := daylight(andorra, 250, 35)
	view := look(andorra, 0, -16, 5, 0, -18)
	const w, h = 320, 180
	missed := func(steps int, draws []drawable.Draw) float64 {
		q.ContactSteps = steps
		r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"shadow"}})
		draw(t, r, &Frame{View: view, Draws: draws, Env: env})
		got := buffer(t, r, "shadow")
		scene := reference.NewScene(draws, view.Eye, 0)
		layer, err := scene.Layer(t.Context(), scene.Camera(view.Right, view.Up, view.Forward, view.FovY, w, h))
		if err != nil {
			t.Fatal(err)
		}
		truth, err := layer.Sunlit(t.Context(), scene.Frame.DirToLocal(env.Sun), func(int) float64 { return 0 })
		if err != nil {
			t.Fatal(err)
		}
		sum, n := 0.0, 0
		for i, s := range truth {
			if s.Surface {
				n++
				sum += math.Abs(float64(got.Data[i]) - flag64(s.Lit))
			}
		}
		return sum / float64(n)
	}
	boxes := []drawable.Draw{ground, {What: things.Bound()}}
	without, with := missed(0, boxes), missed(10, boxes)
	t.Logf("mean error of the sun's share: %.4f without, %.4f with the march", without, with)
	if with > 0.9*without {
		t.Errorf("the march leaves %.4f of an error of %.4f", with, without)
	}
	if off := missed(10, boxes[:1]); off > 1e-3 {
		t.Errorf("a plane shades %.4f of itself", off)
	}
}

func flag64(b bool) float64 { return float64(flag(b)) }
