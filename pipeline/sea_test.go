package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// TestSeaGoesOn: where tiles' water ends, the globe's sea goes on in the same light: a view
// over water is nearly the same without it.
func TestSeaGoesOn(t *testing.T) {
	home := earth.Place{Lng: -30.5, Lat: 36.5, Height: 49}
	water := &drawable.Material{Name: "water", Model: drawable.Water, Roughness: 0.06, Reflectance: 0.36, Color: [4]float32{1, 1, 1, 1}}
	m := &drawable.Mesh{Name: "water", Frame: earth.FrameAt(home).Matrix(), Material: water}
	const half, cell = 8000, 400 // in cells, as a plan bends
	frame := earth.FrameAt(home)
	for y := float64(-half); y < half; y += cell {
		for x := float64(-half); x < half; x += cell {
			var p [4][3]float32
			var uv [4][2]float32
			for k, c := range [4][2]float64{{x, y}, {x + cell, y}, {x + cell, y + cell}, {x, y + cell}} {
				lng, lat := frame.Unplan(c[0], c[1])
				at := frame.ToLocal(earth.Place{Lng: lng, Lat: lat, Height: home.Height}.ECEF())
				p[k], uv[k] = [3]float32{float32(at[0]), float32(at[1]), float32(at[2])}, [2]float32{float32(c[0]), float32(c[1])}
			}
			quad(m, p, uv, [4]uint8{28, 62, 78, 255}, 1)
		}
	}
	const w, h = 160, 90
	renderers := map[string]*Renderer{}
	for _, c := range []struct {
		name, tier                        string
		up, pitch, sun, dir, clouds, some float64
	}{
		{"near", "high", 12, -20, 40, 180, 0, 0.04}, {"hill", "high", 150, -22, 40, 180, 0, 0.04}, {"evening", "high", 150, -22, 8, 180, 0, 0.04},
		{"aircraft", "high", 2500, -38, 40, 180, 0, 0.04}, {"glitter", "high", 150, -22, 35, 0, 0, 0.04},
		{"clouds", "high", 150, -22, 35, 0, 0.95, 0.06}, {"above the clouds", "high", 4500, -38, 35, 0, 0.4, 0.04},
		{"bodies", "ultra", 150, -22, 35, 0, 0.95, 0.06},
	} {
		r := renderers[c.tier]
		if r == nil {
			r = newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, c.tier)})
			renderers[c.tier] = r
		}
		env := daylight(home, c.dir, c.sun)
		env.Clouds, env.GlobeHeight, env.GlobeSea, env.Home = c.clouds, home.Height, true, home
		var sums [2][3]float64
		for i, draws := range [2][]drawable.Draw{{{What: m.Bound(), IDBase: 1}}, nil} {
			draw(t, r, &Frame{View: look(home, 0, 0, c.up, 0, c.pitch), Draws: draws, Env: env})
			pix := readImage(t, r).Pix
			for at := w * h; at < 3*w*h; at += 4 { // the middle
				for k := range 3 {
					sums[i][k] += float64(pix[at+k]) / (w * h / 2)
				}
			}
		}
		for k := range 3 {
			if d := math.Abs(sums[0][k] - sums[1][k]); d > 1+c.some*sums[0][k] {
				t.Errorf("%s: water is %.1f, the globe's sea %.1f", c.name, sums[0], sums[1])
				break
			}
		}
	}
}

// Waves are counted from home as those of tiles are, wherever the coast's place is, and far
// from home with numbers that float32 holds to a millimetre.
func TestWavesFromHome(t *testing.T) {
	home := earth.Place{Lng: -9.1, Lat: 38.7}
	env := daylight(home, 180, 40)
	env.Home, env.GlobeCoast = home, &Coast{Lng: -9.3, Lat: 38.6, Radius: 9000, Sea: [][2]float64{{180, 270}}}
	at := func(p earth.Place, east, north float64) skyBlock {
		f := &Frame{View: look(p, east, north, 30, 0, -10), Env: env}
		c := newCamera(&f.View, 0, 160, 90)
		return newSkyBlock(&c, f, tier(t, "low"))
	}
	if b := at(home, 700, -400); math.Abs(float64(b.waveEast[3])-700) > 0.5 || math.Abs(float64(b.waveNorth[3])+400) > 0.5 {
		t.Errorf("the eye is 700 m east and 400 m south of home, not %v %v", b.waveEast[3], b.waveNorth[3])
	}
	if b := at(earth.Place{Lng: 81, Lat: 5}, 0, 0); math.Abs(float64(b.waveEast[3])) > 1e5 || b.waveEast[0] < 0.99 {
		t.Errorf("at the other side of the Earth: %v", b.waveEast)
	}
}

// Where the sea is looked at exactly away from the sun, rounding takes cosines beyond 1: all
// light stays finite there.
func TestSeaBeforeTheOwnShadow(t *testing.T) {
	home := earth.Place{Lng: -30.5, Lat: 36.5}
	r := newTestRenderer(t, Options{Width: 64, Height: 64, Quality: tier(t, "draft"), Keep: []string{"light"}})
	for _, up := range []float64{300, 1e5, 4e5} {
		for turn := range 8 {
			height := 40 + 5.5*float64(turn)
			env := daylight(home, float64(40*turn), height)
			env.GlobeSea = true
			f := &Frame{View: look(home, 0, 0, up, float64(40*turn)+180, -height), Env: env}
			f.View.FovY = earth.Radians(0.01)
			draw(t, r, f)
			for _, v := range readFloats(t, r.scene.Tex(r.kept["light"])) {
				if !(v >= 0 && v < 1e4) {
					t.Fatalf("%g m up, the sun at %g degrees: light of %v", up, height, v)
				}
			}
		}
	}
}
