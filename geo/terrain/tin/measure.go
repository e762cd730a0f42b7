package tin

import (
	"math"
)

// measure finds the node of a triangle that is furthest from its plane. Nodes on the rim
// are left to their side.
func (s *Mesher) measure(t int32) {
	m, g := &s.m, &s.grid
	ia, ib, ic := m.corner[3*t], m.corner[3*t+1], m.corner[3*t+2]
	ax, ay, bx, by, cx, cy := int(m.x[ia]), int(m.y[ia]), int(m.x[ib]), int(m.y[ib]), int(m.x[ic]), int(m.y[ic])
	if s.parts > 1 {
		if s.state[s.at[ia]]|s.state[s.at[ib]]|s.state[s.at[ic]] != 0 {
			s.measureMoved(t)
			return
		}
		p := int(s.parts)
		ax, ay, bx, by, cx, cy = ax/p, ay/p, bx/p, by/p, cx/p, cy/p
	}
	s.worst[t], s.node[t] = 0, 0
	double := float64((bx-ax)*(cy-ay) - (by-ay)*(cx-ax))
	if double <= 1 { // no node but its corners
		return
	}
	za, zb, zc := s.z[ia], s.z[ib], s.z[ic]
	inverse := 1 / double
	gx := ((zb-za)*float64(cy-ay) - (zc-za)*float64(by-ay)) * inverse
	gy := ((zc-za)*float64(bx-ax) - (zb-za)*float64(cx-ax)) * inverse
	// The plane's value at column 0 of row 0.
	base := za - gx*float64(ax) - gy*float64(ay)
	// Corners by row: the long side faces the bend at the middle one.
	if by < ay {
		ax, ay, bx, by = bx, by, ax, ay
	}
	if cy < ay {
		ax, ay, cx, cy = cx, cy, ax, ay
	}
	if cy < by {
		bx, by, cx, cy = cx, cy, bx, by
	}
	const eps = 1e-6 // far under the smallest fraction of two grid positions
	// One end of a row runs along the long side, the other first to the bend, then on.
	long, other := s.slope(ax, ay, cx, cy), s.slope(ax, ay, bx, by)
	x0, x1 := float64(ax), float64(ax)
	if by == ay {
		x1, other = float64(bx), s.slope(bx, by, cx, cy)
	}
	worst, at := 0.0, -1
	z := base + gy*float64(ay)
	for y, in := ay, g.W-2; y <= cy; y++ {
		from, to := x0, x1
		if from > to {
			from, to = to, from
		}
		first, last := max(int(from+(1-eps)), 1), min(int(to+eps), in)
		if first <= last && y > 0 && y < g.H-1 {
			start := y*g.W + first
			plane := z + gx*float64(first)
			for k, v := range g.Z[start : start+last-first+1] {
				if d := math.Abs(float64(v) - plane); d > worst {
					worst, at = d, start+k
				}
				plane += gx
			}
		}
		if y == by && by > ay {
			x1, other = float64(bx), s.slope(bx, by, cx, cy)
		}
		x0, x1, z = x0+long, x1+other, z+gy
	}
	if at >= 0 && s.parts > 1 && s.state[at] != 0 { // it is a vertex elsewhere
		s.measureMoved(t)
		return
	}
	if at >= 0 {
		s.worst[t], s.node[t] = up(worst), int32(at)
	}
	if g.Kind != nil {
		s.mixed(t)
	}
}

func (s *Mesher) slope(ax, ay, bx, by int) float64 {
	return float64(bx-ax) * s.inverse[by-ay]
}

// up rounds to float32, never down.
func up(v float64) float32 {
	f := float32(v)
	if float64(f) < v {
		f = math.Nextafter32(f, float32(math.Inf(1)))
	}
	return f
}
