package globe

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

// A small box has the same points whether they are found by steps or by looking at all, and
// as many as its area has room for.
func TestLatticeBySteps(t *testing.T) {
	s := newFibonacci(3000)
	for _, b := range []orb.Bound{
		{Min: orb.Point{10, 40}, Max: orb.Point{12, 45}}, {Min: orb.Point{-180, -89}, Max: orb.Point{-179.5, 89}}, {Min: orb.Point{100, -3}, Max: orb.Point{140, 3}},
	} {
		var got []float64
		s.within(b, func(lng, lat float64) {
			if lat < b.Min[1]-1e-6 || lat > b.Max[1]+1e-6 {
				t.Fatalf("%v: a point at %g, %g", b, lng, lat)
			}
			got = append(got, lng)
		})
		var want []float64
		for i := math.Ceil((1+math.Sin(b.Min[1]*math.Pi/180))/2*s.n - 0.5); i <= math.Floor((1+math.Sin(b.Max[1]*math.Pi/180))/2*s.n-0.5); i++ {
			if inside(s.lng(i), b) {
				want = append(want, s.lng(i))
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
