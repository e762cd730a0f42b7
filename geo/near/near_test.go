package near_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/near"
)

var square = orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{300, 300}}

// Beside agrees with the distance to every segment, whatever their length and place.
func TestBeside(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	at := func() near.Point { return near.Point{rng.Float64()*900 - 300, rng.Float64()*900 - 300} }
	type line struct {
		a, b near.Point
		half float64
	}
	var lines []line
	x := near.NewIndex(square)
	for i := range 300 {
		l := line{at(), at(), 5 * rng.Float64()}
		if i%3 == 0 { // short ones
			l.b = near.Point{l.a[0] + rng.Float64(), l.a[1] - rng.Float64()}
		}
		if i%10 == 0 {
			l.b[1] = l.a[1]
		}
		lines = append(lines, l)
		x.AddLine(i, []near.Point{l.a, l.b}, l.half)
	}
	for range 2000 {
		p := near.Point{rng.Float64() * 300, rng.Float64() * 300}
		best := math.Inf(1)
		for _, l := range lines {
			best = math.Min(best, distance(l.a, l.b, p)-l.half)
		}
		const reach = 20
		side, ok := x.Beside(p, reach, nil)
		if ok != (best <= reach) || ok && math.Abs(side.Distance-best) > 1e-9 {
			t.Fatalf("at %v: %v %v, want %v", p, side.Distance, ok, best)
		}
	}
}

func distance(a, b, p near.Point) float64 {
	d := math.Hypot(b[0]-a[0], b[1]-a[1])
	t := ((p[0]-a[0])*(b[0]-a[0]) + (p[1]-a[1])*(b[1]-a[1])) / (d * d)
	t = math.Max(0, math.Min(1, t))
	return math.Hypot(a[0]+t*(b[0]-a[0])-p[0], a[1]+t*(b[1]-a[1])-p[1])
}

// Within follows the even-odd rule for areas that are much larger than the index, and
// gives the same answer for every square that holds the place.
func TestWithin(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var ring, hole []near.Point
		n := 3 + rng.IntN(40)
		for i := range n {
			s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			r := 40 + 900*rng.Float64()
			ring = append(ring, near.Point{150 + r*c, 150 + r*s})
			hole = append(hole, near.Point{150 + r*0.3*c, 150 + r*0.3*s})
		}
		a, b := near.NewIndex(square), near.NewIndex(orb.Bound{Min: orb.Point{100, 120}, Max: orb.Point{200, 180}})
		a.AddArea(1, [][]near.Point{ring, hole})
		b.AddArea(1, [][]near.Point{ring, hole})
		for range 200 {
			p := near.Point{100 + 100*rng.Float64(), 120 + 60*rng.Float64()}
			want := inside(ring, p) != inside(hole, p)
			if a.Within(p) != want || b.Within(p) != want {
				t.Fatalf("at %v: %v %v, want %v", p, a.Within(p), b.Within(p), want)
			}
		}
	}
}

func inside(r []near.Point, p near.Point) (in bool) {
	for i, a := range r {
		b := r[(i+1)%len(r)]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}

// A lattice's cells in a square and in its four quarters are the same.
func TestLattice(t *testing.T) {
	ring := []near.Point{{-500, -100}, {700, 30}, {600, 500}, {-300, 420}}
	axis := near.Axis(ring)
	cells := func(b orb.Bound, into map[[2]int64]int) {
		near.Lattice(b, [][]near.Point{ring}, axis, 7, 11, func(x, y int64) {
			if q := near.Unturn(float64(x)*7+3.5, float64(y)*11+5.5, axis); q[0] >= b.Min[0] && q[0] < b.Max[0] && q[1] >= b.Min[1] && q[1] < b.Max[1] {
				into[[2]int64{x, y}]++
			}
		})
	}
	whole, parts := map[[2]int64]int{}, map[[2]int64]int{}
	cells(square, whole)
	for k := range 4 {
		lo := orb.Point{150 * float64(k&1), 150 * float64(k>>1)}
		cells(orb.Bound{Min: lo, Max: orb.Point{lo[0] + 150, lo[1] + 150}}, parts)
	}
	if len(whole) < 1000 || len(whole) != len(parts) {
		t.Fatalf("%d cells in the square, %d in its quarters", len(whole), len(parts))
	}
	for c, n := range parts {
		if n != 1 || whole[c] != 1 {
			t.Fatalf("cell %v: %d times in quarters, %d in the square", c, n, whole[c])
		}
	}
}

// FuzzGeometry: no geometry makes it panic, and what comes back is finite.
func FuzzGeometry(f *testing.F) {
	f.Add(10.0, 48.0, 10.001, 48.001, 3)
	f.Add(math.NaN(), 91.0, math.Inf(1), -90.0, 1)
	f.Add(0.0, 0.0, 180.0, 0.0, 2)
	frame := earth.FrameAt(earth.Place{Lng: 10, Lat: 48})
	f.Fuzz(func(t *testing.T, a, b, c, d float64, kind int) {
		ls := orb.LineString{{a, b}, {c, d}, {a, d}, {a, b}}
		var g orb.Geometry = ls
		switch ((kind % 5) + 5) % 5 {
		case 0:
			g = orb.Polygon{orb.Ring(ls), orb.Ring(ls[:2])}
		case 1:
			g = orb.MultiPoint{{a, b}, {c, d}}
		case 2:
			g = orb.Collection{ls, orb.Point{a, b}, orb.MultiPolygon{{orb.Ring(ls)}, {}}}
		case 3:
			g = orb.Polygon{}
		}
		x := near.NewIndex(square)
		for _, p := range near.Points(frame, g) {
			if math.IsNaN(p[0] + p[1]) {
				t.Fatal("not a number")
			}
		}
		for _, l := range near.Lines(frame, g) {
			x.AddLine(0, l, 2)
		}
		for _, rings := range near.Areas(frame, g) {
			x.AddArea(0, rings)
			if s := near.Size(rings); !(s >= 0) {
				t.Fatalf("size %v", s)
			}
		}
		x.Within(near.Point{1, 1})
		x.Beside(near.Point{1, 1}, 30, nil)
	})
}
