package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// A globe with a coast is sea where its headings say and land elsewhere, seen from beside
// the place that they go out from as well, and what it is without a coast far away.
func TestGlobeCoast(t *testing.T) {
	const w, h = 16, 16
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "draft"), Keep: []string{"light"}})
	at := earth.Place{Lng: 7, Lat: 43}
	coast := &Coast{Lng: at.Lng, Lat: at.Lat, Radius: 4000, Sea: [][2]float64{{300, 60}}}
	lightAt := func(at earth.Place, east, north, height, heading, pitch float64, sea bool, coast *Coast) []float32 {
		f := &Frame{View: look(at, east, north, height, heading, pitch), Env: Environment{Sun: sunOver(at, 50, 90), Haze: 1, Exposure: 14, GlobeSea: sea, GlobeCoast: coast}}
		f.View.FovY = earth.Radians(10)
		draw(t, r, f)
		return readFloats(t, r.scene.Tex(r.kept["light"]))
	}
	light := func(east, north, height, heading, pitch float64, sea bool, coast *Coast) []float32 {
		return lightAt(at, east, north, height, heading, pitch, sea, coast)
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
	under := earth.Place{Lng: at.Lng - 180, Lat: -at.Lat}
	far, plain = lightAt(under, 0, 2e4, 4e4, 0, -80, false, coast), lightAt(under, 0, 2e4, 4e4, 0, -80, false, nil)
	for i := range far {
		if d := math.Abs(float64(far[i] - plain[i])); d > 1e-3*math.Abs(float64(plain[i]))+1e-6 {
			t.Fatalf("on the other side of the Earth the globe is %v, not %v", far[i], plain[i])
		}
	}
	for _, v := range light(0, 0, 500, 0, -90, false, coast) { // straight down on the place
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			t.Fatal("the place itself is no colour")
		}
	}
}

// A pair that goes all round is sea everywhere, one without width nowhere.
func TestCoastAllRound(t *testing.T) {
	for _, c := range []struct {
		sea  [2]float64
		half float32
	}{{[2]float64{0, 360}, 10}, {[2]float64{360, 0}, 10}, {[2]float64{90, 90}, 0}, {[2]float64{270, 90}, math.Pi / 2}} {
		var b skyBlock
		b.coast(&camera{frame: earth.FrameAt(earth.Place{})}, &Environment{GlobeCoast: &Coast{Sea: [][2]float64{c.sea}}})
		if got := b.coastHalf[0]; math.Abs(float64(got-c.half)) > 1e-6 {
			t.Errorf("%v: half is %v, not %v", c.sea, got, c.half)
		}
	}
}

// Around the scene a globe with an image is as without one, and at once as the image far
// from it.
func TestGlobeImageEndsAtTheScene(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 16, Height: 16, Quality: tier(t, "draft"), Keep: []string{"light"}})
	home := earth.Place{Lng: 7, Lat: 43}
	red := &drawable.Image{Name: "red", Width: 4, Height: 2, Channels: 4, SRGB: true}
	for range 8 {
		red.Pixels = append(red.Pixels, 255, 0, 0, 255)
	}
	light := func(north, height float64, img *drawable.Image, radius float64) []float32 {
		f := &Frame{View: look(home, 0, north, height, 0, -90), Env: Environment{Sun: sunOver(home, 50, 90), Haze: 1, Exposure: 14, Home: home, HomeRadius: radius, GlobeImage: img}}
		f.View.FovY = earth.Radians(10)
		draw(t, r, f)
		return readFloats(t, r.scene.Tex(r.kept["light"]))
	}
	apart := func(a, b []float32) (sum float64) {
		for i := range a {
			sum += math.Abs(float64(a[i] - b[i]))
		}
		return sum
	}
	plain, image := light(0, 2000, nil, 9000), light(0, 2000, red, 0)
	scale := apart(plain, image)
	if d := apart(light(0, 2000, red, 9000), plain); !(d < 0.01*scale) {
		t.Errorf("in the scene the globe is %.3g from the globe without image, %.3g from the image", d, scale)
	}
	// The texels of this image are as wide as a continent, so that it only begins there.
	if d := apart(light(5e6, 2000, red, 9000), light(5e6, 2000, nil, 9000)); !(d > 0.02*scale) {
		t.Errorf("5000 km away no image shows")
	}
	if d := apart(light(0, 6e5, red, 9000), light(0, 6e5, red, 0)); !(d < 0.3*scale) {
		t.Errorf("from orbit the globe is %.3g from its image", d)
	}
}
