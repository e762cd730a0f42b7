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
	if _, ok := c.disc(&b); ok || c.discShare(&b) != 0 {
		t.Error("in a wide view a planet is not a point")
	}
}

// A planet that is no longer a point gives as much light in frames that are drawn smaller than
// the picture: its disc comes by the same pixels as the point goes.
func TestPlanetsKeepTheirLightInSmallerFrames(t *testing.T) {
	const size = 96
	night := dark(andorra)
	night.Stars = []sky.Star{{Dir: mgl64.Vec3{1, 0, 0}, Magnitude: 20}} // none at all would be no points
	v := look(andorra, 0, 0, 400, 0, 40)
	jupiter := sky.Body{At: v.Forward.Mul(4 * earth.AU), Sun: v.Forward.Mul(5 * earth.AU), Radius: 69911e3, Albedo: 0.52, Color: mgl64.Vec3{1, 1, 1}, Pole: v.Up, Flat: 0.065}
	q := tier(t, "low")
	light := func(pixels, scale float64) (sum float64) {
		q.Scale = scale
		r := newTestRenderer(t, Options{Width: size, Height: size, Quality: q, Live: true})
		v.FovY = 2 * math.Atan(jupiter.Radius/jupiter.At.Len()*size/2/pixels)
		f := &Frame{View: v, Env: night}
		for _, sign := range []float64{-1, 1} {
			for range 24 {
				draw(t, r, f)
				f.Previous = &f.View
				_, px := linearPicture(t, r)
				for _, l := range px {
					sum += sign * l[1]
				}
			}
			f.Env.Planets, f.Previous = []sky.Body{jupiter}, nil
		}
		return sum
	}
	for _, pixels := range []float64{discFull, 3} {
		whole, smaller := light(pixels, 0), light(pixels, 0.75)
		t.Logf("of a radius of %v pixels: light %.1f, in smaller frames %.1f", pixels, whole, smaller)
		if math.Abs(smaller/whole-1) > 0.06 {
			t.Errorf("of a radius of %v pixels: light %.1f, in smaller frames %.1f", pixels, whole, smaller)
		}
	}
}
