package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// Bodies of data that fade are seen through evenly; others have holes that take turns.
func TestDataFadesEvenly(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 48, Height: 48, Quality: tier(t, "low")})
	fade := float32(0.5)
	rough := func(data bool) (rough, mean float64) {
		m := drawable.DefaultMaterial()
		m.Data, m.Emission = data, [3]float32{1, 1, 1}
		f := &Frame{View: look(earth.Place{Lng: andorra.Lng, Lat: andorra.Lat, Height: andorra.Height}, 0, -30, 0, 0, 0), Env: Environment{Sun: sunOver(andorra, 50, 90), Exposure: 14, GlobeHeight: -500},
			Draws: []drawable.Draw{{What: block([3]float32{0, 0, 0}, [3]float32{20, 2, 20}, 0, m), Fade: fade}}}
		draw(t, r, f)
		img := readImage(t, r)
		sum, all := 0.0, 0.0
		for y := 16; y < 32; y++ {
			for x := 16; x < 32; x++ {
				sum += math.Abs(float64(img.NRGBAAt(x, y).R) - float64(img.NRGBAAt(x+1, y).R))
				all += float64(img.NRGBAAt(x, y).R)
			}
		}
		return sum / 256, all / 256
	}
	even, mean := rough(true)
	holes, _ := rough(false)
	if even > 1.5 || holes < 2*even+2 {
		t.Errorf("neighbours of data differ by %.2f, of a building by %.2f", even, holes)
	}
	fade = 0
	_, opaque := rough(true)
	fade = 1
	if _, none := rough(true); mean < min(none, opaque)+0.2*math.Abs(none-opaque) || mean > max(none, opaque)-0.2*math.Abs(none-opaque) {
		t.Errorf("half faded it is %.0f, whole %.0f, and without it %.0f", mean, opaque, none)
	}
}

// Live, the first frame of a fade of data waits for no program: they came with the whole body.
func TestFadesAreReady(t *testing.T) {
	q := tier(t, "low")
	q.Scale = 0
	r := newTestRenderer(t, Options{Width: 48, Height: 48, Quality: q, Live: true})
	m := drawable.DefaultMaterial()
	m.Data = true
	var copies bool
	shoot := func(fade float32) int {
		var what drawable.Drawable = block([3]float32{0, 0, 0}, [3]float32{20, 2, 20}, 0, m)
		if copies {
			mesh := what.(*drawable.Mesh)
			what = (&drawable.Instances{Mesh: mesh, Frame: mesh.Frame, Items: []drawable.Instance{{Scale: [2]float32{1, 1}, Color: [4]uint8{255, 255, 255, 255}}}}).Bound()
		}
		draw(t, r, &Frame{View: look(earth.Place{Lng: andorra.Lng, Lat: andorra.Lat, Height: andorra.Height}, 0, -30, 0, 0, 0), Env: Environment{Sun: sunOver(andorra, 50, 90), Exposure: 14, GlobeHeight: -500},
			Draws: []drawable.Draw{{What: what, Fade: fade}}})
		return len(r.meshPrograms)
	}
	if whole, fading := shoot(0), shoot(0.5); fading != whole || whole < 4 {
		t.Errorf("%d programs for a body, %d while it fades", whole, fading)
	}
	copies = true
	if whole, fading := shoot(0), shoot(0.5); fading != whole {
		t.Errorf("%d programs for copies of a body, %d while they fade", whole, fading)
	}
}
