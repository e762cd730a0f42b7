package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// A globe with a map of its land is land where the map says and sea elsewhere, but around the
// scene; one that is rough is left out near the ground, and stays for when the camera rises again.
func TestGlobeLand(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 16, Height: 16, Quality: tier(t, "draft"), Keep: []string{"light"}})
	cover := &drawable.Image{Name: "the south-east", Width: 64, Height: 32, Channels: 1, Pixels: make([]byte, 64*32)}
	for y := range 16 { // rows from the south
		for x := 32; x < 64; x++ {
			cover.Pixels[64*y+x] = 255
		}
	}
	light := func(at earth.Place, height float64, sea bool, land *Land, radius float64) []float32 {
		f := &Frame{View: look(at, 0, 0, height, 0, -90), Env: Environment{Sun: sunOver(at, 50, 90), Haze: 1, Exposure: 14, GlobeSea: sea, GlobeLand: land, Home: at, HomeRadius: radius}}
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
	fine, rough := &Land{Cover: cover}, &Land{Cover: cover, Rough: true}
	for _, c := range []struct {
		name   string
		at     earth.Place
		height float64
		land   *Land
		radius float64
		sea    bool // what it shall be
	}{
		{"south-east, fine, near", earth.Place{Lng: 60, Lat: -20}, 2e3, fine, 0, false},
		{"north-east, fine, near", earth.Place{Lng: 60, Lat: 20}, 2e3, fine, 0, true},
		{"south-west, rough, from orbit", earth.Place{Lng: -60, Lat: -20}, 5e5, rough, 0, true},
		{"south-east, rough, from orbit", earth.Place{Lng: 60, Lat: -20}, 5e5, rough, 0, false},
	} {
		got := light(c.at, c.height, !c.sea, c.land, c.radius)
		want, other := light(c.at, c.height, c.sea, nil, 0), light(c.at, c.height, !c.sea, nil, 0)
		if off, scale := apart(got, want), apart(other, want); !(off < 0.35*scale) {
			t.Errorf("%s: %.3g from what it should be, sea and land are %.3g apart", c.name, off, scale)
		}
	}
	for name, c := range map[string]struct {
		land           *Land
		height, radius float64
	}{"rough, near the ground": {rough, 9e3, 0}, "fine, in the scene": {fine, 2e3, 9e3}, "rough, in the scene": {rough, 1e5, 9e3}} {
		at := earth.Place{Lng: 60, Lat: -20}
		if off, scale := apart(light(at, c.height, true, c.land, c.radius), light(at, c.height, true, nil, 0)), apart(light(at, c.height, false, nil, 0), light(at, c.height, true, nil, 0)); !(off < 0.01*scale) {
			t.Errorf("%s: the map shows, by %.3g of %.3g", name, off, scale)
		}
	}
	light(earth.Place{}, 9e5, true, rough, 0)
	kept := r.air.globe
	for range 2 { // up and down again
		light(earth.Place{}, 9e3, true, nil, 0)
		light(earth.Place{}, 9e5, true, rough, 0)
	}
	if r.air.globe != kept || kept == r.air.white {
		t.Error("the map is uploaded again whenever the camera rises")
	}
}
