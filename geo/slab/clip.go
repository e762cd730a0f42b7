package slab

import "github.com/paulmach/orb"

// piece is what a polygon leaves of a square of the lattice.
type piece struct {
	square orb.Bound
	rings  [][][2]float64 // empty where the whole square lies inside
}

// cells divides a square down to the lattice's cells and calls whole for every one that
// lies within the polygon, and part for what it leaves of those that its boundary
// crosses. Clipping quarters level by level touches every boundary vertex only as often
// as there are levels.
func cells(rings [][][2]float64, square orb.Bound, levels int, whole func(orb.Bound), part func(piece)) {
	clipped, some, full := clip(rings, square)
	switch {
	case !some:
		return
	case levels == 0 && full:
		whole(square)
		return
	case levels == 0:
		part(piece{square, clipped})
		return
	}
	mid := square.Center()
	for k := range 4 {
		q := square
		if k&1 == 0 {
			q.Max[0] = mid[0]
		} else {
			q.Min[0] = mid[0]
		}
		if k&2 == 0 {
			q.Max[1] = mid[1]
		} else {
			q.Min[1] = mid[1]
		}
		if full {
			clipped = [][][2]float64{corners(square)}
		}
		cells(clipped, q, levels-1, whole, part)
	}
}

func corners(b orb.Bound) [][2]float64 {
	return [][2]float64{b.Min, {b.Max[0], b.Min[1]}, b.Max, {b.Min[0], b.Max[1]}}
}

// clip cuts rings to a square side by side (Sutherland & Hodgman 1974). Rings that leave
// and enter again keep edges along the sides, there and back, which enclose nothing. some
// tells whether anything is left, full whether the whole square is.
func clip(rings [][][2]float64, b orb.Bound) (out [][][2]float64, some, full bool) {
	var area float64
	for _, r := range rings {
		r = clipSide(r, 0, b.Min[0], 1)
		r = clipSide(r, 0, b.Max[0], -1)
		r = clipSide(r, 1, b.Min[1], 1)
		r = clipSide(r, 1, b.Max[1], -1)
		if a := signed(r); len(r) >= 3 && a != 0 {
			out = append(out, r)
			area += a
		}
	}
	size := (b.Max[0] - b.Min[0]) * (b.Max[1] - b.Min[1])
	return out, area > 1e-9*size, area > (1-1e-9)*size
}

// clipSide keeps what lies on one side of the line where coordinate k is at; sign 1 keeps
// what is larger. Points on the line are set to it exactly, so that neighbours agree.
func clipSide(r [][2]float64, k int, at, sign float64) [][2]float64 {
	out := make([][2]float64, 0, len(r)+2)
	for i, q := range r {
		p := r[(i+len(r)-1)%len(r)]
		inP, inQ := (p[k]-at)*sign >= 0, (q[k]-at)*sign >= 0
		if inP != inQ {
			out = append(out, crossing(p, q, k, at))
		}
		if inQ {
			out = append(out, q)
		}
	}
	return out
}

// crossing is where an edge meets a line, the same from both of its ends.
func crossing(p, q [2]float64, k int, at float64) [2]float64 {
	if p[k] > q[k] || p[k] == q[k] && p[1-k] > q[1-k] {
		p, q = q, p
	}
	t := (at - p[k]) / (q[k] - p[k])
	var out [2]float64
	out[k] = at
	out[1-k] = p[1-k] + float64(t*(q[1-k]-p[1-k]))
	return out
}

// signed is the area of a ring, positive where it runs counter-clockwise.
func signed(r [][2]float64) float64 {
	var sum float64
	for i, q := range r {
		p := r[(i+len(r)-1)%len(r)]
		sum += (p[0]-r[0][0])*(q[1]-r[0][1]) - (q[0]-r[0][0])*(p[1]-r[0][1])
	}
	return sum / 2
}
