package check

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
)

// outsideRegion is how far in metres a region reaches out of another. The boxes that stand for them
// do not nest where the regions do: one of half the size bulges less.
func outsideRegion(in, of [6]float64) float64 {
	width := func(r [6]float64) float64 {
		if r[2] < r[0] { // over the antimeridian
			return r[2] - r[0] + 2*math.Pi
		}
		return r[2] - r[0]
	}
	d := math.Max(of[1]-in[1], in[3]-of[3]) * earth.A
	if w := width(of); w < 2*math.Pi-1e-9 {
		between := math.Remainder(in[0]+width(in)/2-of[0]-w/2, 2*math.Pi)
		nearest := math.Min(math.Abs(in[1]), math.Abs(in[3])) // to the equator, where degrees are widest
		if in[1] < 0 && in[3] > 0 {
			nearest = 0
		}
		d = math.Max(d, (math.Abs(between)+(width(in)-w)/2)*earth.A*math.Cos(nearest))
	}
	return math.Max(d, math.Max(of[4]-in[4], in[5]-of[5]))
}
