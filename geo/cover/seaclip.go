package cover

import (
	"math"

	"github.com/paulmach/orb"
)

// clipChain cuts a polyline to the inside of a rectangle. whole is true where no point
// touches or leaves it; pieces then is nil. Ends made by cutting lie exactly on the
// border; what runs along the border itself counts as outside.
func clipChain(c chain, b orb.Bound) (pieces []chain, whole bool) {
	whole = true
	for _, p := range c {
		if !inside(p, b) {
			whole = false
			break
		}
	}
	if whole {
		return nil, true
	}
	var cur chain
	flush := func() {
		if len(cur) > 1 {
			pieces = append(pieces, cur)
		}
		cur = nil
	}
	for i := 1; i < len(c); i++ {
		p, q, ok := clipSegment(c[i-1], c[i], b)
		if !ok {
			flush()
			continue
		}
		if len(cur) == 0 || cur[len(cur)-1] != p {
			flush()
			cur = chain{p}
		}
		cur = append(cur, q)
		if onBorder(q, b) {
			flush()
		}
	}
	flush()
	return pieces, false
}

func inside(p [2]float64, b orb.Bound) bool {
	return p[0] > b.Min[0] && p[0] < b.Max[0] && p[1] > b.Min[1] && p[1] < b.Max[1]
}

// onBorder tells whether a point lies exactly on the rectangle's outline.
func onBorder(p [2]float64, b orb.Bound) bool {
	x := p[0] == b.Min[0] || p[0] == b.Max[0]
	y := p[1] == b.Min[1] || p[1] == b.Max[1]
	return x && p[1] >= b.Min[1] && p[1] <= b.Max[1] || y && p[0] >= b.Min[0] && p[0] <= b.Max[0]
}

// clipSegment is Liang and Barsky's clip; cut ends are put exactly on the side that cut
// them. ok is false for what has no length strictly inside.
func clipSegment(a, c [2]float64, b orb.Bound) (p, q [2]float64, ok bool) {
	t0, t1 := 0.0, 1.0
	side0, side1 := -1, -1
	d := [2]float64{c[0] - a[0], c[1] - a[1]}
	for axis := range 2 {
		for far := range 2 {
			lim := b.Min[axis]
			den, num := -d[axis], a[axis]-lim
			if far == 1 {
				lim = b.Max[axis]
				den, num = d[axis], lim-a[axis]
			}
			if den == 0 {
				if num <= 0 {
					return p, q, false
				}
				continue
			}
			t := num / den
			side := axis*2 + far
			if den < 0 {
				if t > t0 || t == t0 && t0 == 0 && side0 < 0 {
					t0, side0 = t, side
				}
			} else if t < t1 || t == t1 && t1 == 1 && side1 < 0 {
				t1, side1 = t, side
			}
		}
	}
	if !(t0 < t1) {
		return p, q, false
	}
	at := func(t float64, side int, end [2]float64) [2]float64 {
		if side < 0 {
			return end
		}
		v := mix(a, c, t)
		lim := b.Min[side/2]
		if side%2 == 1 {
			lim = b.Max[side/2]
		}
		v[side/2] = lim
		o := 1 - side/2
		v[o] = math.Max(b.Min[o], math.Min(b.Max[o], v[o]))
		return v
	}
	p, q = at(t0, side0, a), at(t1, side1, c)
	if p == q || !inside(mix(p, q, 0.5), b) {
		return p, q, false
	}
	return p, q, true
}

// alongBorder is a border point's place clockwise from the lower left corner: one unit
// a side.
func alongBorder(p [2]float64, b orb.Bound) float64 {
	w, h := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	switch {
	case p[0] == b.Min[0] && p[1] < b.Max[1]:
		return (p[1] - b.Min[1]) / h
	case p[1] == b.Max[1] && p[0] < b.Max[0]:
		return 1 + (p[0]-b.Min[0])/w
	case p[0] == b.Max[0] && p[1] > b.Min[1]:
		return 2 + (b.Max[1]-p[1])/h
	default:
		return 3 + (b.Max[0]-p[0])/w
	}
}

// corners are the rectangle's corners met going clockwise from a place for a distance.
func corners(from, gap float64, b orb.Bound) (out [][2]float64) {
	at := [4][2]float64{b.Min, {b.Min[0], b.Max[1]}, b.Max, {b.Max[0], b.Min[1]}}
	for k := int(math.Floor(from)) + 1; float64(k) < from+gap; k++ {
		out = append(out, at[k%4])
	}
	return out
}
