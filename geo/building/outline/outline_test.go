package outline

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
)

func ring(xy ...float64) Ring {
	var r Ring
	for i := 0; i+1 < len(xy); i += 2 {
		r = append(r, mgl64.Vec2{xy[i], xy[i+1]})
	}
	return r
}

func TestPrepare(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]struct {
		rings   []Ring
		corners int
		err     error
	}{
		"closed clockwise square": {[]Ring{ring(0, 0, 0, 9, 9, 9, 9, 0, 0, 0)}, 4, nil},
		"straight corners":        {[]Ring{ring(0, 0, 4, 0.001, 9, 0, 9, 9, 5, 9, 0, 9)}, 4, nil},
		"doubled points":          {[]Ring{ring(0, 0, 0, 0, 9, 0, 9, 0.001, 9, 9, 0, 9)}, 4, nil},
		"spike":                   {[]Ring{ring(0, 0, 9, 0, 20, 0, 9, 0, 9, 9, 0, 9)}, 4, nil},
		"hole":                    {[]Ring{ring(0, 0, 9, 0, 9, 9, 0, 9), ring(3, 3, 6, 3, 6, 6, 3, 6)}, 8, nil},
		"hole of no area":         {[]Ring{ring(0, 0, 9, 0, 9, 9, 0, 9), ring(3, 3, 6, 3, 3, 3)}, 4, nil},
		"bow tie":                 {[]Ring{ring(0, 0, 9, 9, 9, 0, 0, 8)}, 0, ErrCrossing},
		"even bow tie":            {[]Ring{ring(0, 0, 9, 9, 9, 0, 0, 9)}, 0, ErrCrossing},
		"two loops at a corner":   {[]Ring{ring(0, 0, 9, 0, 9, 9, 0, 0, -9, 0, -9, -9)}, 0, ErrCrossing},
		"corner on a wall":        {[]Ring{ring(0, 5, 2, 5, 12, 2, 12, 30, 0, 0)}, 0, ErrCrossing},
		"hole across the wall":    {[]Ring{ring(0, 0, 9, 0, 9, 9, 0, 9), ring(3, 3, 16, 3, 6, 6)}, 0, ErrCrossing},
		"line":                    {[]Ring{ring(0, 0, 9, 0, 4, 0)}, 0, ErrTooSmall},
		"two points":              {[]Ring{ring(0, 0, 9, 0)}, 0, ErrTooFew},
		"nothing":                 {nil, 0, ErrTooFew},
		"not a number":            {[]Ring{ring(0, 0, nan, 0, 4, 5)}, 0, ErrNumber},
	} {
		o, err := Prepare(c.rings)
		if !errors.Is(err, c.err) {
			t.Errorf("%s: error %v, want %v", name, err, c.err)
			continue
		}
		if err == nil && o.Len() != c.corners {
			t.Errorf("%s: %d corners, want %d", name, o.Len(), c.corners)
		}
		for i, r := range o {
			if (r.Area() > 0) != (i == 0) {
				t.Errorf("%s: ring %d turns the wrong way", name, i)
			}
		}
	}
}

// star returns a random star-shaped ring about the origin.
func star(rng *rand.Rand, n int, radius float64) Ring {
	var r Ring
	for i := range n {
		s, c := math.Sincos(2 * math.Pi * (float64(i) + 0.8*rng.Float64()) / float64(n))
		d := radius * (0.3 + 0.7*rng.Float64())
		r = append(r, mgl64.Vec2{d * c, d * s})
	}
	return r
}

func TestTriangulateFillsEveryOutline(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 400 {
		rings := []Ring{star(rng, 3+i%40, 20)}
		if i%3 == 0 {
			rings = append(rings, star(rng, 5, 1.5))
		}
		o, err := Prepare(rings)
		if err != nil {
			continue
		}
		if _, err := o.Triangulate(); err != nil {
			t.Errorf("outline %d of %d points: %v", i, o.Len(), err)
		}
	}
}

func TestTriangulateKeepsStraightCorners(t *testing.T) {
	o := Outline{ring(0, 0, 2, 0, 5, 0, 10, 0, 10, 4, 10, 8, 0, 8, 0, 3)}
	tris, err := o.Triangulate()
	if err != nil || len(tris) != 6 {
		t.Fatalf("%d triangles, %v", len(tris), err)
	}
	if _, err := (Outline{ring(0, 0, 9, 9, 9, 0, 0, 8)}).Triangulate(); err == nil {
		t.Error("a bow tie was filled without an error")
	}
}

func TestMinRectAndStarCentre(t *testing.T) {
	r := ring(0, 0, 20, 0, 20, 8, 0, 8)
	rot := mgl64.Rotate2D(0.7)
	for i, p := range r {
		r[i] = rot.Mul2x1(p)
	}
	b := r.MinRect()
	if math.Abs(b.Half[0]-10) > 1e-9 || math.Abs(b.Half[1]-4) > 1e-9 {
		t.Errorf("half sizes %v", b.Half)
	}
	if math.Abs(Cross(b.Axis, rot.Mul2x1(mgl64.Vec2{1, 0}))) > 1e-9 {
		t.Errorf("axis %v", b.Axis)
	}
	if _, ok := (Outline{ring(0, 0, 20, 0, 20, 5, 5, 5, 5, 20, 0, 20)}).StarCentre(); !ok {
		t.Error("an L has a centre from which all is seen")
	}
	if _, ok := (Outline{ring(0, 0, 20, 0, 20, 20, 15, 20, 15, 5, 5, 5, 5, 20, 0, 20)}).StarCentre(); ok {
		t.Error("a U has none")
	}
}

func TestCoarsenStaysWithinTolerance(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range 200 {
		o, err := Prepare([]Ring{star(rng, 4+i%30, 30)})
		if err != nil {
			continue
		}
		tol := []float64{0.5, 2, 8}[i%3]
		c, dev := o.Coarsen(tol)
		if dev > tol || !c.Simple() || c.Len() > o.Len() {
			t.Errorf("outline %d: deviation %v over %v, %d of %d corners, simple %v", i, dev, tol, c.Len(), o.Len(), c.Simple())
		}
		if d := math.Max(c.farthest(o[0]), o.farthest(c[0])); d > tol+1e-9 {
			t.Errorf("outline %d: really %v away", i, d)
		}
	}
}

func TestInset(t *testing.T) {
	o := Outline{ring(0, 0, 20, 0, 20, 10, 0, 10), ring(8, 4, 8, 6, 12, 6, 12, 4)}
	in, ok := o.Inset(0.5)
	if !ok || math.Abs(in[0].Area()-19*9) > 1e-9 || math.Abs(in[1].Area()+5*3) > 1e-9 {
		t.Errorf("%v %v", in, ok)
	}
	if _, ok := o.Inset(3); ok {
		t.Error("an inset that meets the hole was accepted")
	}
}
