package globe

import (
	"math"
	"math/bits"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
)

// fibonacci is a lattice of evenly spaced points on a sphere: each turned from the one
// before by the golden angle, at even steps of the axis (González 2010).
type fibonacci struct{ n int64 }

func newFibonacci(spacing float64) fibonacci {
	return fibonacci{int64(math.Max(math.Round(4*math.Pi*earth.A*earth.A/(spacing*spacing)), 2))}
}

// Turns are whole numbers of a 2^62nd: the hundred-billionth point has its place as exactly
// as the first. golden is the turn from one point to the next, math.Phi - 1.
const (
	turn   = 1 << 62
	golden = 2850178704830799621
)

// within calls f for the points in a box of degrees, in their order, until it returns false.
// Points of a small box are found by stepping along the spiral's numbers that share a
// longitude, not by all of them.
func (s fibonacci) within(b orb.Bound, f func(lng, lat float64) bool) {
	first := int64(math.Ceil((1+math.Sin(earth.Radians(b.Min[1])))/2*float64(s.n) - 0.5))
	last := min(int64(math.Floor((1+math.Sin(earth.Radians(b.Max[1])))/2*float64(s.n)-0.5)), s.n-1)
	west, east := phaseOf(b.Min[0]), phaseOf(b.Max[0])
	if all := b.Max[0]-b.Min[0] >= 360; all || last-first < 4096 {
		for i := first; i <= last; i++ {
			if g := phase(i); all || g >= west && g <= east {
				if !f(s.lng(i), s.lat(i)) {
					return
				}
			}
		}
		return
	}
	east = min(max(east, west+turn>>30), turn-1) // steps are exact to so much: 4 cm
	west = min(west, east-turn>>30)
	// From a point in the box the next one is one of three steps away (the three-gap
	// theorem), so that none outside are looked at.
	steps := gaps(east - west)
	for i := first + until(phase(first), west, east); i <= last; {
		if !f(s.lng(i), s.lat(i)) {
			return
		}
		next := int64(math.MaxInt64)
		for _, k := range steps {
			if g := phase(i + k); i+k < next && g >= west && g <= east {
				next = i + k
			}
		}
		i = next
	}
}

// gaps are the steps after which a point that turns by the golden angle comes back into an
// interval that is so wide: the first that turns it a little east, the first a little west,
// and their sum. Both are Fibonacci numbers.
func gaps(width uint64) [3]int64 {
	var east, west int64
	for a, b := int64(1), int64(2); east == 0 || west == 0; a, b = b, a+b {
		g := phase(a)
		if east == 0 && g <= turn/2 && g < width {
			east = a
		} else if west == 0 && g > turn/2 && turn-g < width {
			west = a
		}
	}
	return [3]int64{east, west, east + west}
}

// until is how many golden angles turn a phase into an interval.
func until(from, west, east uint64) int64 {
	lo, hi := (west-from)%turn, (east-from)%turn
	if lo > hi { // it is inside
		return 0
	}
	n, _ := firstIn(golden, turn, lo, hi)
	return int64(n)
}

// firstIn is the least n with n·a modulo m from lo to hi, by Euclid's algorithm: where no
// multiple of a below m does, as many times round as leave a remainder of m by a that fits.
func firstIn(a, m, lo, hi uint64) (n uint64, ok bool) {
	if lo == 0 {
		return 0, true
	}
	if a == 0 {
		return 0, false
	}
	if a > m/2 {
		return firstIn(m-a, m, m-hi, m-lo)
	}
	if n = (lo + a - 1) / a; n*a <= hi {
		return n, true
	}
	round, ok := firstIn(m%a, a, (a-hi%a)%a, (a-lo%a)%a)
	if !ok {
		return 0, false
	}
	high, low := bits.Mul64(m, round)
	low, carry := bits.Add64(low, lo+a-1, 0)
	n, _ = bits.Div64(high+carry, low, a)
	return n, true
}

// phase is where a point stands, in parts of a turn from 180° west.
func phase(i int64) uint64 { return uint64(i) * golden % turn }

// phaseOf is the phase of a longitude.
func phaseOf(lng float64) uint64 {
	return uint64(math.Min(math.Max((lng+180)/360, 0)*turn, turn-1024))
}

func (s fibonacci) lat(i int64) float64 {
	return earth.Degrees(math.Asin(math.Min(math.Max(2*(float64(i)+0.5)/float64(s.n)-1, -1), 1)))
}

func (s fibonacci) lng(i int64) float64 { return float64(phase(i))/turn*360 - 180 }
