package globe

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// A small box has the same points whether they are found by steps or by looking at all, and
// as many as its area has room for.
func TestLatticeBySteps(t *testing.T) {
	s := newFibonacci(3000)
	for _, b := range []orb.Bound{
		{Min: orb.Point{10, 40}, Max: orb.Point{12, 45}}, {Min: orb.Point{-180, -89}, Max: orb.Point{-179.5, 89}}, {Min: orb.Point{100, -3}, Max: orb.Point{140, 3}},
	} {
		var got []float64
		s.within(b, func(lng, lat float64) bool {
			if lat < b.Min[1]-1e-6 || lat > b.Max[1]+1e-6 {
				t.Fatalf("%v: a point at %g, %g", b, lng, lat)
			}
			got = append(got, lng)
			return true
		})
		var want []float64
		n := float64(s.n)
		for i := math.Ceil((1+math.Sin(b.Min[1]*math.Pi/180))/2*n - 0.5); i <= math.Floor((1+math.Sin(b.Max[1]*math.Pi/180))/2*n-0.5); i++ {
			if lng := s.lng(int64(i)); lng >= b.Min[0] && lng <= b.Max[0] {
				want = append(want, lng)
			}
		}
		if len(got) != len(want) || len(got) < 100 {
			t.Fatalf("%v: %d points by steps, %d of all", b, len(got), len(want))
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("%v: point %d is at %g, not %g", b, i, got[i], want[i])
			}
		}
	}
}

// TestFirstIn is against looking at every multiple.
func TestFirstIn(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 7))
	for range 5000 {
		m := 2 + r.Uint64N(400)
		a, lo := r.Uint64N(m), r.Uint64N(m)
		hi := lo + r.Uint64N(m-lo)
		want, found := uint64(0), false
		for n := range m {
			if v := n * a % m; v >= lo && v <= hi {
				want, found = n, true
				break
			}
		}
		if got, ok := firstIn(a, m, lo, hi); ok != found || got != want {
			t.Fatalf("%d·n mod %d from %d to %d: %d, %v, not %d, %v", a, m, lo, hi, got, ok, want, found)
		}
	}
}

// TestDotsOfATown: dots a metre apart would be millions and their numbers on the sphere are
// so high that float64 does not tell their longitudes apart. There are about as many as is
// bounded, evenly spread; a thin area across a country ends, too.
func TestDotsOfATown(t *testing.T) {
	town := orb.Polygon{{{7.40, 43.70}, {7.44, 43.70}, {7.44, 43.73}, {7.40, 43.73}, {7.40, 43.70}}}
	at, spacing := dotsOf(t, "type: dots, spacing: 1", town)
	if len(at) < 380000 || len(at) > 420000 {
		t.Errorf("%d dots", len(at))
	}
	cells := map[[2]int]int{}
	for _, p := range at {
		cells[[2]int{int(math.Floor(float64(p[0]) / (10 * spacing))), int(math.Floor(float64(p[1]) / (10 * spacing)))}]++
	}
	odd := 0
	for c, n := range cells {
		inner := true
		for _, by := range [][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
			inner = inner && cells[[2]int{c[0] + by[0], c[1] + by[1]}] > 0
		}
		if inner && (n < 75 || n > 125) {
			odd++
		}
	}
	if len(cells) < 3000 || odd > len(cells)/50 {
		t.Errorf("%d of %d squares for 100 dots hold far more or less", odd, len(cells))
	}
	if at, _ = dotsOf(t, "type: dots, spacing: 1", orb.Polygon{{{0, 40}, {10, 50}, {10, 50.00001}, {0, 40.00001}, {0, 40}}}); len(at) > 420000 {
		t.Errorf("%d dots of a thin area", len(at))
	}
	if at, spacing = dotsOf(t, "type: dots, spacing: 2", orb.Polygon{{{7.4, 43.7}, {7.4001, 43.7}, {7.4001, 43.7001}, {7.4, 43.7001}, {7.4, 43.7}}}); spacing != 2 || len(at) < 20 || len(at) > 25 {
		t.Errorf("%d dots of a house, %v m apart", len(at), spacing)
	}
}

func dotsOf(t *testing.T, props string, g orb.Geometry) (at [][3]float32, spacing float64) {
	t.Helper()
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, size: 1, "+props+"}]\n")
	c.Table = &table.Table{IDs: []string{"a"}, Geometry: []orb.Geometry{g}}
	draws, err := layer.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range draws[0].What.(*drawable.Points).Vertices {
		at, spacing = append(at, v.Position), float64(v.Size)
	}
	return at, spacing
}
