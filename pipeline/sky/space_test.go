package sky

import (
	"math"
	"testing"
	"time"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// Magnitudes of planets are those of almanacs, within what a Lambert sphere is off.
func TestMagnitudes(t *testing.T) {
	at := func(when time.Time, name string) float64 {
		for _, p := range earth.Planets(when) {
			if p.Name == name {
				b := Body{At: p.At, Sun: p.Sun, Radius: p.Radius, Albedo: p.Albedo}
				return b.Magnitude()
			}
		}
		return math.NaN()
	}
	for _, c := range []struct {
		name string
		when time.Time
		want float64
	}{
		{"Jupiter", time.Date(2022, 9, 26, 20, 0, 0, 0, time.UTC), -2.9}, // closest since 1963
		{"Mars", time.Date(2020, 10, 13, 23, 0, 0, 0, time.UTC), -2.6},   // opposition
		{"Venus", time.Date(2023, 7, 7, 0, 0, 0, 0, time.UTC), -4.7},     // greatest brilliancy
		{"Neptune", time.Date(2024, 9, 21, 0, 0, 0, 0, time.UTC), 7.8},
	} {
		if m := at(c.when, c.name); math.Abs(m-c.want) > 0.5 {
			t.Errorf("%s has magnitude %.1f, almanacs say %.1f", c.name, m, c.want)
		}
	}
}

// A star seen from half its distance is half as far: four times as bright, in the same place.
func TestSeenFrom(t *testing.T) {
	dir := mgl64.Vec3{0.6, 0, 0.8}
	for _, c := range []struct {
		eye  mgl64.Vec3
		dir  mgl64.Vec3
		more float64
	}{
		{mgl64.Vec3{}, dir, 0},
		{dir.Mul(5), dir, -5 * math.Log10(2)},
		{dir.Mul(20), dir.Mul(-1), 0},
	} {
		s := SeenFrom([]Star{{Dir: dir, Magnitude: 2, Parsecs: 10}}, c.eye, nil)
		if len(s) != 1 || s[0].Dir.Sub(c.dir).Len() > 1e-9 || math.Abs(s[0].Magnitude-2-c.more) > 1e-9 {
			t.Errorf("from %v: %+v", c.eye, s)
		}
	}
	at, mags, bv := GalaxyStars()
	if len(at) != len(mags) || len(at) != len(bv) {
		t.Fatal(len(at), len(mags), len(bv))
	}
	for i, p := range at {
		if r := math.Hypot(p[0], p[1]); r > 16.001 || math.Abs(p[2]) > 2 || math.IsNaN(mags[i]) {
			t.Fatalf("a star at %v of %v", p, mags[i])
		}
	}
}

// From outside, stars of unknown distance are a cloud that thins outwards, and no shell:
// seen from afar, no ring holds more stars for its area than the one within it.
func TestNoShell(t *testing.T) {
	eye := mgl64.Vec3{0, 0, -600}
	var rings [6]float64 // of 4 degrees about the Sun
	for _, s := range SeenFrom(SeededStars(), eye, nil) {
		if k := int(math.Acos(mgl64.Clamp(s.Dir[2], -1, 1)) * 180 / math.Pi / 4); k < len(rings) {
			rings[k]++
		}
	}
	for k := range rings {
		from, to := 4*float64(k)*math.Pi/180, 4*float64(k+1)*math.Pi/180
		rings[k] /= math.Cos(from) - math.Cos(to)
		if k > 0 && rings[k] > rings[k-1] {
			t.Errorf("ring %d holds %.0f for its area, the one within it %.0f", k, rings[k], rings[k-1])
		}
	}
	near := SeenFrom(SeededStars(), mgl64.Vec3{0, 0, 1}, nil)
	for i, s := range SeededStars() {
		if math.Abs(near[i].Magnitude-s.Magnitude) > 1 {
			t.Fatalf("a parsec away, a star of %.1f has %.1f", s.Magnitude, near[i].Magnitude)
		}
	}
}
