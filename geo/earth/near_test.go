package earth

import (
	"math"
	"math/rand"
	"testing"
)

// Near is Frame.Local, near and far, at the poles and over the antimeridian.
func TestNear(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, at := range []Place{{7, 43, 10}, {-179.9, -17, 5}, {0, 89.9, 100}, {30, -90, 0}, {12, 0, -40}} {
		f := FrameAt(at)
		n := f.Near()
		for i := range 2000 {
			reach := []float64{0.01, 2.8, 40}[i%3]
			p := Place{at.Lng + reach*(2*r.Float64()-1), math.Max(math.Min(at.Lat+reach*(2*r.Float64()-1), 90), -90), 3000 * r.Float64()}
			x, y, z := n.Local(p)
			if want := f.Local(p); math.Abs(x-want[0])+math.Abs(y-want[1])+math.Abs(z-want[2]) > 1e-8 {
				t.Fatalf("%v from %v: %v, %v, %v instead of %v", p, at, x, y, z, want)
			}
		}
	}
}
