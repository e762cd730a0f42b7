package pipeline

import (
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/reference"
)

// A plane alone is lit wherever it faces the sun, however flat the light and however
// coarse the map: it does not shadow itself.
func TestPlanesDoNotShadowThemselves(t *testing.T) {
	for name, size := range map[string]int{"low": 256, "high": 512} { // texels of a metre and more
		q := tier(t, name)
		q.SubFrames, q.ShadowSize, q.ContactSteps = 1, size, 0
		r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: q, Keep: []string{"shadow"}})
		ground := []drawable.Draw{{What: plane(andorra, 4000, drawable.DefaultMaterial())}}
		for _, elevation := range []float64{6, 12, 25, 45, 70} {
			for _, azimuth := range []float64{10, 57, 135, 300} {
				f := &Frame{View: look(andorra, 0, -300, 60, 20, -35), Draws: ground, Env: daylight(andorra, azimuth, elevation)}
				draw(t, r, f)
				dark := 0.0
				p := buffer(t, r, "shadow")
				for _, x := range p.Data {
					dark += 1 - float64(x)
				}
				if dark /= float64(len(p.Data)); dark > 2e-3 {
					t.Errorf("%s: with the sun at %g°, %g° high, a plane loses %.4f of its light", name, azimuth, elevation, dark)
				}
			}
		}
	}
}

// Walls a few texels high keep their shadows where they begin: what keeps surfaces from
// shadowing themselves moves no edge by more than a texel.
func TestShadowsBeginAtTheirCasters(t *testing.T) {
	q := tier(t, "high")
	q.SubFrames, q.ShadowSize, q.ContactSteps = 1, 256, 0 // texels of half a metre
	walls := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
	for i := range 5 {
		box(walls, walls, -14, float32(i)*6-12, 0, 28, 1, float32(i)/2+0.5, [4]uint8{200, 190, 180, 255}, uint32(i))
	}
	draws := []drawable.Draw{{What: plane(andorra, 300, drawable.DefaultMaterial())}, {What: walls.Bound()}}
	const w, h = 320, 180
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"shadow"}})
	view, env := look(andorra, 0, 30, 14, 180, -28), daylight(andorra, 200, 40)
	draw(t, r, &Frame{View: view, Draws: draws, Env: env})
	got := buffer(t, r, "shadow")
	scene := reference.NewScene(draws, view.Eye, 0)
	layer, err := scene.Layer(t.Context(), scene.Camera(view.Right, view.Up, view.Forward, view.FovY, w, h))
	if err != nil {
		t.Fatal(err)
	}
	truth, err := layer.Sunlit(t.Context(), scene.Frame.DirToLocal(env.Sun), func(i int) float64 {
		at, _ := layer.At(i)
		return r.ShadowTexel(at.Distance)
	})
	if err != nil {
		t.Fatal(err)
	}
	dark, beyond := 0, 0
	for i, s := range truth {
		if !s.Surface {
			continue
		}
		if !s.Lit {
			dark++
		}
		if lit := got.Data[i] > 0.5; lit && !s.Any || !lit && s.All {
			beyond++
		}
	}
	t.Logf("of %d pixels in the shade %d are lit, or others dark, by more than a texel", dark, beyond)
	if dark < 1000 || beyond > dark/50 {
		t.Errorf("%d pixels are in the shade, %d are off by more than a texel", dark, beyond)
	}
}
