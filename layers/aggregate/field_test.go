package aggregate

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// TestDensity: the field's sum over its area is the weight of all points, and one point's
// density is its kernel.
func TestDensity(t *testing.T) {
	a, b := town(2000, 2, 50)
	p := PlanOf(a, b, false)
	for _, k := range []Kernel{Quartic, Gaussian} {
		f, err := Density(a, b, nil, p, 200, 2000, k)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, v := range f.Values {
			sum += v * 0.04
		}
		if math.Abs(sum-2000) > 25 { // the rim of a Gaussian is outside
			t.Errorf("%s: %v points", k, sum)
		}
		one, _ := Density(a[:1], b[:1], []float64{3}, Plan{Lng: a[0], Lat: b[0]}, 50, 1500, k)
		want := 3 * 3 / (math.Pi * 1.5 * 1.5)
		if k == Gaussian {
			want = 3 / (2 * math.Pi * 0.5 * 0.5)
		}
		if got := one.At(a[0], b[0]); math.Abs(got/want-1) > 0.03 {
			t.Errorf("%s: %v per km² in the middle, not %v", k, got, want)
		}
	}
	if _, err := Density(a, b, nil, p, 1, 5000, Quartic); err == nil {
		t.Error("too fine a grid")
	}
}

// TestInterpolation: both pass through the points and give back a plane, inside their hull.
func TestInterpolation(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	p := Plan{Lng: 5, Lat: 40}
	var a, b, v []float64
	for range 400 {
		lng, lat := p.LngLat(r.Float64()*20000, r.Float64()*20000)
		x, y := p.XY(lng, lat)
		a, b, v = append(a, lng), append(b, lat), append(v, 3+x/1000-y/500)
	}
	for name, fill := range map[string]func(f *Field) error{
		"natural neighbour": func(f *Field) error { return f.NaturalNeighbour(a, b, v, 0) },
		"inverse distance":  func(f *Field) error { return f.InverseDistance(a, b, v, 3, 12, 0) },
	} {
		f, err := NewField(a, b, p, 100, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := fill(f); err != nil {
			t.Fatal(err)
		}
		worst := 0.0
		for j := 30; j < f.H-30; j++ {
			for i := 30; i < f.W-30; i++ {
				x, y := f.X+float64(i)*f.Step, f.Y+float64(j)*f.Step
				worst = math.Max(worst, math.Abs(f.Values[j*f.W+i]-(3+x/1000-y/500)))
			}
		}
		if worst > 2.2 { // of 60
			t.Errorf("%s misses a plane by %v", name, worst)
		}
		for i := range a {
			if got := f.At(a[i], b[i]); math.Abs(got-v[i]) > 0.9 {
				t.Errorf("%s is %v at a point of %v", name, got, v[i])
				break
			}
		}
	}
}

// bowl is a field with hills and hollows.
func bowl(w, h int) *Field {
	f := &Field{Plan: Plan{Lng: 10, Lat: 50}, Step: 100, W: w, H: h}
	for j := range h {
		for i := range w {
			f.Values = append(f.Values, math.Sin(float64(i)/5)*math.Cos(float64(j)/7)+float64((i*7+j*13)%5)/20)
		}
	}
	return f
}

// TestVoronoi: each cell holds the places that are nearest to its point, and all together fill
// the frame once.
func TestVoronoi(t *testing.T) {
	a, b := town(300, 0, 0)
	a, b = append(a, a[3], math.NaN()), append(b, b[3], 0)
	p := PlanOf(a, b, true)
	cells := Voronoi(a, b, p, 0)
	if cells[300] != nil || cells[301] != nil || cells[3] == nil {
		t.Error("equal points have one cell, and those without a place none")
	}
	r := rand.New(rand.NewPCG(5, 5))
	for range 500 {
		at := orb.Point{r.NormFloat64() * 0.06, r.NormFloat64() * 0.04}
		x, y := p.XY(at[0], at[1])
		best, near := -1, math.Inf(1)
		for i := range 300 {
			u, v := p.XY(a[i], b[i])
			if d := math.Hypot(u-x, v-y); d < near {
				best, near = i, d
			}
		}
		for i, c := range cells[:300] {
			if (i == best) != planar.RingContains(c, at) {
				t.Fatalf("%v is nearest to %d, not %d", at, best, i)
			}
		}
	}
	for i, c := range Voronoi(a, b, p, 700)[:300] {
		for _, q := range c {
			x, y := p.XY(q[0], q[1])
			u, v := p.XY(a[i], b[i])
			if math.Hypot(x-u, y-v) > 700.001 {
				t.Fatalf("cell %d reaches further than 700 m", i)
			}
		}
	}
}

func TestHullAndCircle(t *testing.T) {
	a, b := town(300, 180, 60)
	p := PlanOf(a, b, true)
	h := Hull(a, b, p)
	if h.Orientation() != orb.CCW || len(h) < 6 {
		t.Fatal(h)
	}
	mid := h.Bound().Center()
	for i := range a {
		lng := h[0][0] + math.Remainder(a[i]-h[0][0], 360)
		if !planar.RingContains(h, orb.Point{lng + (mid[0]-lng)*1e-9, b[i] + (mid[1]-b[i])*1e-9}) {
			t.Errorf("%v, %v is outside", lng, b[i])
		}
	}
	if Hull([]float64{1, 2, 3}, []float64{0, 0, 0}, Plan{}) != nil {
		t.Error("a line has no hull")
	}
	for _, q := range Circle(170, 80, 2e6) {
		if d := math.Acos(unit(170, 80).Dot(unit(q[0], q[1]))) * radius; math.Abs(d-2e6) > 1 {
			t.Errorf("%v m away", d)
		}
	}
}
