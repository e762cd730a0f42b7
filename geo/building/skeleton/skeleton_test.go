package skeleton

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
)

func ring(xy ...float64) outline.Ring {
	var r outline.Ring
	for i := 0; i+1 < len(xy); i += 2 {
		r = append(r, mgl64.Vec2{xy[i], xy[i+1]})
	}
	return r
}

func prepare(t testing.TB, rings ...outline.Ring) outline.Outline {
	t.Helper()
	o, err := outline.Prepare(rings)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// shapes are outlines whose events coincide: the hard cases of the method.
func shapes(t testing.TB) map[string]struct {
	o      outline.Outline
	height float64
} {
	circle := func(n int, r float64) outline.Ring {
		var c outline.Ring
		for i := range n {
			s, k := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			c = append(c, mgl64.Vec2{r * k, r * s})
		}
		return c
	}
	return map[string]struct {
		o      outline.Outline
		height float64
	}{
		"triangle":    {prepare(t, ring(0, 0, 8, 0, 0, 6)), 2},
		"square":      {prepare(t, ring(0, 0, 8, 0, 8, 8, 0, 8)), 4},
		"rectangle":   {prepare(t, ring(0, 0, 20, 0, 20, 8, 0, 8)), 4},
		"L":           {prepare(t, ring(0, 0, 20, 0, 20, 8, 8, 8, 8, 20, 0, 20)), 4},
		"T":           {prepare(t, ring(0, 0, 20, 0, 20, 8, 14, 8, 14, 20, 6, 20, 6, 8, 0, 8)), 4},
		"plus":        {prepare(t, ring(8, 0, 16, 0, 16, 8, 24, 8, 24, 16, 16, 16, 16, 24, 8, 24, 8, 16, 0, 16, 0, 8, 8, 8)), 4},
		"U":           {prepare(t, ring(0, 0, 24, 0, 24, 20, 16, 20, 16, 8, 8, 8, 8, 20, 0, 20)), 4},
		"H":           {prepare(t, ring(0, 0, 8, 0, 8, 8, 16, 8, 16, 0, 24, 0, 24, 24, 16, 24, 16, 16, 8, 16, 8, 24, 0, 24)), 4},
		"courtyard":   {prepare(t, ring(0, 0, 30, 0, 30, 30, 0, 30), ring(10, 10, 20, 10, 20, 20, 10, 20)), 5},
		"offset yard": {prepare(t, ring(0, 0, 30, 0, 30, 24, 0, 24), ring(6, 6, 20, 6, 20, 16, 6, 16)), 5},
		"two yards":   {prepare(t, ring(0, 0, 40, 0, 40, 20, 0, 20), ring(6, 6, 16, 6, 16, 14, 6, 14), ring(24, 6, 34, 6, 34, 14, 24, 14)), 4},
		"octagon":     {prepare(t, circle(8, 10)), 10 * math.Cos(math.Pi/8)},
		"circle":      {prepare(t, circle(48, 10)), 10 * math.Cos(math.Pi/48)},
		"300 m":       {prepare(t, ring(0, 0, 300, 0, 300, 90, 0, 90)), 45},
		"1 m":         {prepare(t, ring(0, 0, 1, 0, 1, 0.8, 0, 0.8)), 0.4},
		"comb": {prepare(t, ring(0, 0, 36, 0, 36, 12, 32, 12, 32, 4, 28, 4, 28, 12, 24, 12, 24, 4, 20, 4, 20, 12, 16, 12, 16, 4,
			12, 4, 12, 12, 8, 12, 8, 4, 4, 4, 4, 12, 0, 12)), math.Inf(1)},
		"notch": {prepare(t, ring(0, 0, 20, 0, 20, 10, 12, 10, 10, 6, 8, 10, 0, 10)), math.Inf(1)},
	}
}

func TestKnownShapes(t *testing.T) {
	for name, c := range shapes(t) {
		for deg := 0.0; deg < 360; deg += 30 {
			o := rotate(c.o, deg)
			s, err := Build(o, nil)
			if err != nil {
				t.Errorf("%s turned %v°: %v", name, deg, err)
				continue
			}
			if h := s.Height(); !math.IsInf(c.height, 1) && math.Abs(h-c.height) > 0.003 {
				t.Errorf("%s turned %v°: height %v, want %v", name, deg, h, c.height)
			}
		}
	}
}

func rotate(o outline.Outline, deg float64) outline.Outline {
	m := mgl64.Rotate2D(mgl64.DegToRad(deg))
	c := o.Scale(1)
	for _, r := range c {
		for i, p := range r {
			r[i] = m.Mul2x1(p)
		}
	}
	return c
}

// TestRandomOutlines: nearly every outline has a skeleton, and each that is returned
// puts every point of a face nearer to the face's wall line than the roof allows.
func TestRandomOutlines(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	tried, failed := 0, 0
	for i := range 1500 {
		var r outline.Ring
		n := 3 + i%24
		for k := range n {
			s, c := math.Sincos(2 * math.Pi * (float64(k) + 0.8*rng.Float64()) / float64(n))
			d := 20 * (0.25 + 0.75*rng.Float64())
			r = append(r, mgl64.Vec2{d * c, d * s})
		}
		o, err := outline.Prepare([]outline.Ring{r})
		if err != nil {
			continue
		}
		tried++
		s, err := Build(o, nil)
		if err != nil {
			failed++
			continue
		}
		if len(s.Faces) != o.Len() {
			t.Fatalf("outline %d: %d faces for %d edges", i, len(s.Faces), o.Len())
		}
		for e, f := range s.Faces {
			if f[0] != e || f[1] != (e+1)%o.Len() {
				t.Fatalf("outline %d: face %d begins with %v", i, e, f[:2])
			}
		}
	}
	t.Logf("%d of %d random outlines without a skeleton", failed, tried)
	if failed*200 > tried {
		t.Errorf("%d of %d outlines failed, more than 0.5 %%", failed, tried)
	}
}

func TestRectilinearOutlines(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	tried, failed := 0, 0
	for i := range 800 {
		// A skyline of equal-size steps, mirrored at random: many equal distances.
		var r outline.Ring
		x := 0.0
		n := 2 + i%6
		r = append(r, mgl64.Vec2{0, -float64(2+rng.IntN(4)) * 2})
		for range n {
			y := float64(1+rng.IntN(4)) * 3
			w := float64(1+rng.IntN(3)) * 3
			r = append(r, mgl64.Vec2{x, y}, mgl64.Vec2{x + w, y})
			x += w
		}
		r = append(r, mgl64.Vec2{x, r[0][1]})
		o, err := outline.Prepare([]outline.Ring{r})
		if err != nil {
			continue
		}
		tried++
		if _, err := Build(rotate(o, float64(rng.IntN(360))), nil); err != nil {
			failed++
		}
	}
	t.Logf("%d of %d stepped outlines without a skeleton", failed, tried)
	if failed*200 > tried {
		t.Errorf("%d of %d outlines failed, more than 0.5 %%", failed, tried)
	}
}

func TestTooManyCorners(t *testing.T) {
	var r outline.Ring
	for i := range MaxCorners + 1 {
		s, c := math.Sincos(2 * math.Pi * float64(i) / (MaxCorners + 1))
		r = append(r, mgl64.Vec2{900 * c, 900 * s})
	}
	if _, err := Build(outline.Outline{r}, nil); !errors.Is(err, ErrSkeleton) {
		t.Errorf("error %v", err)
	}
}

func BenchmarkBuildL(b *testing.B) {
	o := rotate(shapes(b)["L"].o, 17)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Build(o, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "roofs/s")
}
