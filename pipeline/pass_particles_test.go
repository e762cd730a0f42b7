package pipeline

import (
	"bytes"
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// Rain and snow are seen, move with time, and are the same at a time whatever was drawn
// before; they stand still on the Earth while the eye turns, and end at what is before them. There
// are none below a roof.
func TestParticlesAreAFunctionOfTime(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "low")
	r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: q})
	wall := &drawable.Mesh{Frame: earth.FrameAt(home).Matrix(), Material: drawable.DefaultMaterial()}
	quad(wall, [4][3]float32{{-9, 0.2, -9}, {9, 0.2, -9}, {9, 0.2, 9}, {-9, 0.2, 9}}, [4][2]float32{}, [4]uint8{20, 20, 20, 255}, 1)
	ground := drawable.Draw{What: plane(home, 400, drawable.DefaultMaterial())}
	picture := func(rain, snow, seconds float64, draws ...drawable.Draw) []byte {
		f := &Frame{View: look(home, 0, 0, 2, 0, 5), Time: seconds, Draws: append(draws, ground), Env: Environment{
			Sun: sunOver(home, 40, 180), Haze: 1, Exposure: 14, GlobeHeight: -50, Rain: rain, Snow: snow}}
		draw(t, r, f)
		return bytes.Clone(readImage(t, r).Pix)
	}
	changed := func(a, b []byte) (n int) {
		for i := 0; i < len(a); i += 4 {
			if !bytes.Equal(a[i:i+3], b[i:i+3]) {
				n++
			}
		}
		return n
	}
	deck := func(height float64) drawable.Draw {
		return drawable.Draw{What: plane(earth.Place{Lng: 7, Lat: 43, Height: height}, 25, drawable.DefaultMaterial())}
	}
	roof, floor := deck(12), deck(0.5)
	none := picture(0, 0, 3)
	for name, w := range map[string][2]float64{"rain": {1, 0}, "snow": {0, 1}} {
		a := picture(w[0], w[1], 3)
		if n := changed(none, a); n < 100 {
			t.Errorf("%s changes %d pixels", name, n)
		}
		if n := changed(a, picture(w[0], w[1], 3.1)); n < 100 {
			t.Errorf("%s moves %d pixels in a tenth of a second", name, n)
		}
		if n := changed(a, picture(w[0], w[1], 3)); n > 0 {
			t.Errorf("%s differs in %d pixels when the same time is drawn again", name, n)
		}
		if n := changed(picture(0, 0, 3, roof), picture(w[0], w[1], 3, roof)); n > 0 {
			t.Errorf("%s below a roof shows in %d pixels", name, n)
		}
		if n := changed(picture(0, 0, 3, floor), picture(w[0], w[1], 3, floor)); n < 100 {
			t.Errorf("%s over a deck changes %d pixels", name, n)
		}
		behind := drawable.Draw{What: wall.Bound()}
		if n := changed(picture(0, 0, 3, behind), picture(w[0], w[1], 3, behind)); n > 20 {
			t.Errorf("%s behind a wall shows in %d pixels", name, n)
		}
	}
}

// Lamps light flakes that are near them and no others.
func TestLampsLightFlakes(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: tier(t, "draft"), Keep: []string{"light"}})
	lamp := func(north, up float64) []drawable.Draw {
		l := &drawable.Lights{Frame: earth.FrameAt(andorra).Matrix(), Painted: true, Items: []drawable.Light{
			{Position: [3]float32{0, float32(north), float32(up)}, Direction: [3]float32{0, 0, -1}, Inner: 1, Outer: -1, Range: 25, Intensity: [3]float32{4000, 2000, 1000}}}}
		return []drawable.Draw{{What: l.Bound()}}
	}
	flakes := func(draws []drawable.Draw) (sum float64) {
		for _, snow := range []float64{0, 1} {
			env := dark(andorra)
			env.Snow = snow
			draw(t, r, &Frame{View: look(andorra, 0, 0, 2, 0, 5), Time: 3, Draws: draws, Env: env})
			for _, v := range buffer(t, r, "light").Data {
				sum += float64(v) * (2*snow - 1)
			}
		}
		return sum
	}
	none, near, far := flakes(nil), flakes(lamp(4, 6)), flakes(lamp(90, 6))
	if near < none+0.01 || math.Abs(far-none) > 1e-4 {
		t.Errorf("flakes send %.3g, %.3g under a lamp, %.3g far from it", none, near, far)
	}
}
