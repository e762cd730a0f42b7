package near

import (
	"math"

	"github.com/paulmach/orb"
)

// Axis is the unit direction of a ring's longest side, eastwards: that of rows, pitches
// and stones.
func Axis(ring []Point) Point {
	var best Point
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if d := (Point{b[0] - a[0], b[1] - a[1]}); math.Hypot(d[0], d[1]) > math.Hypot(best[0], best[1])+1e-6 {
			best = d
		}
	}
	l := math.Hypot(best[0], best[1])
	if l == 0 {
		return Point{1, 0}
	}
	if best[0] < 0 || best[0] == 0 && best[1] < 0 {
		l = -l
	}
	return Point{best[0] / l, best[1] / l}
}

// Box is a ring's box along an axis: its middle and its half lengths along and across.
func Box(ring []Point, axis Point) (middle Point, along, across float64) {
	lo, hi := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, p := range ring {
		u, v := Turn(p, axis)
		lo, hi = Point{math.Min(lo[0], u), math.Min(lo[1], v)}, Point{math.Max(hi[0], u), math.Max(hi[1], v)}
	}
	return Unturn((lo[0]+hi[0])/2, (lo[1]+hi[1])/2, axis), (hi[0] - lo[0]) / 2, (hi[1] - lo[1]) / 2
}

// Turn gives a position's coordinates along and across (to the left of) an axis.
func Turn(p, axis Point) (u, v float64) {
	return float64(p[0]*axis[0]) + float64(p[1]*axis[1]), float64(p[1]*axis[0]) - float64(p[0]*axis[1])
}

// Unturn is the inverse of Turn.
func Unturn(u, v float64, axis Point) Point {
	return Point{float64(u*axis[0]) - float64(v*axis[1]), float64(u*axis[1]) + float64(v*axis[0])}
}

// Lattice calls fn for the cells of a lattice along an axis that may lie in a square and
// in the box of rings, with their numbers, row by row. The lattice belongs to the plan:
// the same cell has the same number in every square.
func Lattice(square orb.Bound, rings [][]Point, axis Point, along, across float64, fn func(x, y int64)) {
	b := orb.Bound{Min: rings[0][0], Max: rings[0][0]}
	for _, r := range rings {
		for _, p := range r {
			b = b.Extend(p)
		}
	}
	for k := range 2 {
		b.Min[k], b.Max[k] = math.Max(b.Min[k], square.Min[k]), math.Min(b.Max[k], square.Max[k])
		if !(b.Min[k] < b.Max[k]) {
			return
		}
	}
	lo, hi := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, c := range [4]Point{b.Min, b.Max, {b.Min[0], b.Max[1]}, {b.Max[0], b.Min[1]}} {
		u, v := Turn(c, axis)
		lo, hi = Point{math.Min(lo[0], u), math.Min(lo[1], v)}, Point{math.Max(hi[0], u), math.Max(hi[1], v)}
	}
	for y := math.Floor(lo[1]/across) - 1; y*across <= hi[1]; y++ {
		for x := math.Floor(lo[0]/along) - 1; x*along <= hi[0]; x++ {
			fn(int64(x), int64(y))
		}
	}
}
