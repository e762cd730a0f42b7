package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// TestSeaGoesOn: where tiles' water ends, the globe's sea goes on in the same light: left of
// the middle of the picture is water, right of it the globe.
func TestSeaGoesOn(t *testing.T) {
	home := earth.Place{Lng: -30.5, Lat: 36.5, Height: 49}
	water := &drawable.Material{Name: "water", Model: drawable.Water, Roughness: 0.06, Reflectance: 0.36, Color: [4]float32{1, 1, 1, 1}}
	m := &drawable.Mesh{Name: "water", Frame: earth.FrameAt(home).Matrix(), Material: water}
	for k := float32(0); k < 10; k++ { // in strips, as a plan bends
		y := k * 400
		quad(m, [4][3]float32{{-4000, y, 0}, {0, y, 0}, {0, y + 400, 0}, {-4000, y + 400, 0}},
			[4][2]float32{{-4000, y}, {0, y}, {0, y + 400}, {-4000, y + 400}}, [4]uint8{28, 62, 78, 255}, 1)
	}
	const w, h = 160, 90
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: tier(t, "high")})
	for _, c := range []struct {
		name                      string
		back, up, pitch, sun, dir float64
	}{
		{"near", 20, 12, -20, 40, 180}, {"hill", 300, 150, -22, 40, 180}, {"evening", 300, 150, -22, 8, 180},
		{"aircraft", 2000, 2500, -38, 40, 180}, {"glitter", 300, 150, -22, 35, 0},
	} {
		env := daylight(home, c.dir, c.sun)
		env.GlobeHeight, env.GlobeSea, env.Home = home.Height, true, home
		draw(t, r, &Frame{View: look(home, 0, -c.back, c.up, 0, c.pitch), Draws: []drawable.Draw{{What: m.Bound(), IDBase: 1}}, Env: env})
		img := readImage(t, r)
		mean := func(x0, x1 int) (sum [3]float64) {
			n := 0.0
			for y := h / 3; y < 2*h/3; y++ {
				for x := x0; x < x1; x++ {
					for k := range 3 {
						sum[k] += float64(img.Pix[img.PixOffset(x, y)+k])
					}
					n++
				}
			}
			for k := range sum {
				sum[k] /= n
			}
			return sum
		}
		tiles, globe := mean(w/2-40, w/2-4), mean(w/2+4, w/2+40)
		for k := range 3 {
			if d := math.Abs(tiles[k] - globe[k]); d > 3+0.03*tiles[k] {
				t.Errorf("%s: water is %.0f, the globe's sea %.0f", c.name, tiles, globe)
				break
			}
		}
	}
}
