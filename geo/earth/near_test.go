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
			reach := []float64{0.01, 2.79, 40}[i%3]
			p := Place{at.Lng + reach*(2*r.Float64()-1), math.Max(math.Min(at.Lat+reach*(2*r.Float64()-1), 90), -90), []float64{0, at.Height, 3000 * r.Float64(), -400}[i%4]}
			x, y, z := n.Local(p)
			if want := f.Local(p); math.Abs(x-want[0])+math.Abs(y-want[1])+math.Abs(z-want[2]) > 1e-8+2e-12*want.Len() {
				t.Fatalf("%v from %v: %v, %v, %v instead of %v, by %g", p, at, x, y, z, want, math.Abs(x-want[0])+math.Abs(y-want[1])+math.Abs(z-want[2]))
			}
		}
	}
}
