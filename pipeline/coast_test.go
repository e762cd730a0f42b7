package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
)

// A globe with a coast is sea where its headings say and land elsewhere, seen from beside
// the place that they go out from as well, and what it is without a coast far away.
func TestGlobeCoast(t *testing.T) {
	const w, h = 16, 16
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "draft"), Keep: []string{"light"}})
	at := earth.Place{Lng: 7, Lat: 43}
	coast := &Coast{Lng: at.Lng, Lat: at.Lat, Radius: 4000, Sea: [][2]float64{{300, 60}}}
	light := func(east, north, height, heading, pitch float64, sea bool, coast *Coast) []float32 {
		f := &Frame{View: look(at, east, north, height, heading, pitch), Env: Environment{Sun: sunOver(at, 50, 90), Haze: 1, Exposure: 14, GlobeSea: sea, GlobeCoast: coast}}
		f.View.FovY = earth.Radians(10)
		draw(t, r, f)
		return readFloats(t, r.scene.Tex(r.kept["light"]))
	}
	for _, c := range []struct {
		name                                string
		east, north, height, heading, pitch float64
		sea                                 bool
	}{
		{"north of the place", 0, 0, 400, 0, -8, true},
		{"south", 0, 0, 400, 180, -8, false},
		{"west, seen from the north", 0, 20e3, 400, 270, -20, true},
		{"the place, seen from the south", 0, -3e3, 400, 0, -20, false},
		{"down, north of the place", 0, 9e3, 500, 0, -80, true},
		{"down, south-east of it", 5e3, -9e3, 500, 0, -80, false},
	} {
		got, want := light(c.east, c.north, c.height, c.heading, c.pitch, false, coast), light(c.east, c.north, c.height, c.heading, c.pitch, c.sea, nil)
		other := light(c.east, c.north, c.height, c.heading, c.pitch, !c.sea, nil)
		var off, apart float64
		for i := range got {
			off += math.Abs(float64(got[i] - want[i]))
			apart += math.Abs(float64(other[i] - want[i]))
		}
		if !(off < 0.01*apart) {
			t.Errorf("%s: %.3g from what it should be, sea and land are %.3g apart", c.name, off, apart)
		}
	}
	far, plain := light(0, 4e6, 3e6, 0, -80, false, coast), light(0, 4e6, 3e6, 0, -80, false, nil)
	for i := range far {
		if d := math.Abs(float64(far[i] - plain[i])); d > 1e-3*math.Abs(float64(plain[i]))+1e-6 {
			t.Fatalf("4000 km away the globe is %v, not %v", far[i], plain[i])
		}
	}
}
