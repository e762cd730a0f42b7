package pipeline

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline/sky"
)

// A planet is a disc of its size where the view is narrow enough, lit from where the Sun is; in
// a wide view it is the point that it was.
func TestPlanetsHaveDiscs(t *testing.T) {
	const size = 120
	r := newTestRenderer(t, Options{Width: size, Height: size, Quality: Quality{SubFrames: 1, ShadowCascades: 1, ShadowSize: 64, ShadowTaps: 1}})
	night := dark(andorra)
	v := look(andorra, 0, 0, 400, 0, 40)
	ahead, right := v.Forward, v.Right
	shot := func(fov float64, sunFrom mgl64.Vec3, some bool) (light, left, right float64) {
		f := &Frame{View: v, Env: night}
		f.Env.Stars = []sky.Star{}
		f.View.FovY = fov
		if some {
			f.Env.Planets = []sky.Body{{At: ahead.Mul(4 * earth.AU), Sun: sunFrom.Mul(-5 * earth.AU), Radius: 7e7, Albedo: 0.5, Color: mgl64.Vec3{1, 1, 1}, Pole: v.Up}}
		}
		draw(t, r, f)
		m := readImage(t, r)
		for y := range size {
			for x := range size {
				l := float64(m.Pix[m.PixOffset(x, y)])
				light += l
				if x < size/2 {
					left += l
				}
			}
		}
		return light, left, light - left
	}
	radius := 7e7 / (4 * earth.AU)
	fov := 6 * radius // the disc is a third of the picture wide
	none, _, _ := shot(fov, right, false)
	_, l, _ := shot(fov, right.Mul(-1), true)
	full, _, rr := shot(fov, right, true)
	back, _, _ := shot(fov, ahead.Mul(-1), true)
	behind, _, _ := shot(fov, ahead, true)
	area := math.Pi * (size / 6) * (size / 6)
	if full-none < 0.1*area*50 || back <= full {
		t.Errorf("half a disc adds %.0f and a full one %.0f, of %.0f pixels", full-none, back-none, area)
	}
	if half := none / 2; l-half < 0.8*(full-none) || rr-half < 0.8*(full-none) {
		t.Errorf("lit from the left it adds %.0f there, from the right %.0f, of %.0f", l-half, rr-half, full-none)
	}
	if behind-none > 0.1*(back-none) {
		t.Errorf("with the Sun behind it the disc adds %.0f of %.0f", behind-none, back-none)
	}
	c := newCamera(&View{Eye: v.Eye, Right: v.Right, Up: v.Up, Forward: v.Forward, FovY: 0.8}, 0, size, size)
	b := sky.Body{At: ahead.Mul(4 * earth.AU), Radius: 7e7}
	if _, ok := c.disc(&b, size); ok || c.pointShare(&b, size) != 1 {
		t.Error("in a wide view a planet is not a point")
	}
}
