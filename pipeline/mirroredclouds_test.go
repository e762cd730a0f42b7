package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// A mirror on the ground shows the clouds over it where they are, also where nothing of them is
// in the picture, and its mean is as bright as the sky; what is rough is lit by their mean.
func TestMirrorsShowClouds(t *testing.T) {
	const side = 64
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "draft")
	r := newTestRenderer(t, Options{Width: side, Height: side, Quality: q, Keep: []string{"light"}})
	shoot := func(pitch, cover, seconds float64, roughness float32) (out []float64) {
		m := drawable.DefaultMaterial()
		m.Metallic, m.Roughness, m.Color = 1, roughness, [4]float32{1, 1, 1, 1}
		env := daylight(home, 180, 50)
		env.Clouds = cover
		draw(t, r, &Frame{View: look(home, 0, 0, 10, 0, pitch), Draws: []drawable.Draw{{What: plane(home, 1000, m)}}, Env: env, Time: seconds})
		p := buffer(t, r, "light")
		for y := 16; y < 48; y++ {
			for x := 16; x < 48; x++ {
				out = append(out, float64(p.Data[(y*side+x)*p.Channels]))
			}
		}
		return out
	}
	// Above and in the mirror below: the picture upside down.
	sky, mirror := shoot(45, 0.5, 0, 0.02), shoot(-45, 0.5, 0, 0.02)
	flipped := make([]float64, len(mirror))
	for y := range 32 {
		copy(flipped[y*32:], mirror[(31-y)*32:(32-y)*32])
	}
	if c := correlation(sky, flipped); c < 0.7 {
		t.Errorf("the mirror follows the clouds by %.2f", c)
	}
	a, b := mean(sky), mean(flipped)
	if b < 0.75*a || b > 1.3*a {
		t.Errorf("the sky is %.3f, in the mirror %.3f", a, b)
	}
	if c := correlation(mirror, shoot(-45, 0.5, 600, 0.02)); c > 0.9 {
		t.Error("clouds stand still in the mirror")
	}
	clear := shoot(-45, 0, 0, 0.02)
	if c := correlation(sky, clear); c > 0.5 {
		t.Errorf("a clear sky follows clouds by %.2f", c)
	}
	// A wall in its own shade.
	shade := func(seconds float64) float64 {
		wall := &drawable.Mesh{Frame: earth.FrameAt(home).Matrix(), Material: drawable.DefaultMaterial()}
		quad(wall, [4][3]float32{{-40, 12, -20}, {40, 12, -20}, {40, 12, 40}, {-40, 12, 40}}, [4][2]float32{}, [4]uint8{128, 128, 128, 255}, 1)
		env := daylight(home, 0, 50)
		env.Clouds = 0.5
		draw(t, r, &Frame{View: look(home, 0, 0, 10, 0, 0), Draws: []drawable.Draw{{What: wall.Bound()}}, Env: env, Time: seconds})
		p := buffer(t, r, "light")
		return float64(p.Data[(32*side+32)*p.Channels])
	}
	if x, y := shade(0), shade(600); x < 0.99*y || x > 1.01*y {
		t.Errorf("what is rough is %.4f, later %.4f", x, y)
	}
}

func mean(v []float64) (sum float64) {
	for _, x := range v {
		sum += x / float64(len(v))
	}
	return sum
}

// correlation is Pearson's.
func correlation(a, b []float64) float64 {
	ma, mb := mean(a), mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab, aa, bb = ab+(a[i]-ma)*(b[i]-mb), aa+(a[i]-ma)*(a[i]-ma), bb+(b[i]-mb)*(b[i]-mb)
	}
	return ab / math.Sqrt(aa*bb)
}
