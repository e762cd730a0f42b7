package cover

import (
	"math"

	"github.com/longtake/longtake/geo/near"
)

// parkClear is how far from single trees that are mapped nothing is scattered over parks:
// who draws some of a park's trees draws all of them.
const parkClear = 40.0

// scatter plants an area: one tree a cell of a lattice, moved within it, or along rows.
// The lattice belongs to the plan, not to the area or the block, so that cuts change
// nothing.
func (p *planter) scatter(n int) {
	s := &p.stands[n]
	f := &p.Features[s.feature]
	seed := near.Seed(f.ID)
	along, across, jitter := s.spacing, s.spacing, 0.8
	axis := near.Point{1, 0}
	if s.rows > 0 {
		axis, across, jitter = longest(s.rings[0]), s.rows, 0.06
	}
	k := math.Sqrt(p.density)
	along, across = along/k, across/k
	// The square's box in the lattice's axes, and the area's.
	lo, hi := near.Point{math.Inf(1), math.Inf(1)}, near.Point{math.Inf(-1), math.Inf(-1)}
	b := bound(s.rings)
	for c := range 4 {
		q := near.Point{math.Max(p.Square.Min[0], b.Min[0]), math.Max(p.Square.Min[1], b.Min[1])}
		if c&1 == 1 {
			q[0] = math.Min(p.Square.Max[0], b.Max[0])
		}
		if c&2 == 2 {
			q[1] = math.Min(p.Square.Max[1], b.Max[1])
		}
		u, v := q[0]*axis[0]+q[1]*axis[1], q[1]*axis[0]-q[0]*axis[1]
		lo[0], lo[1], hi[0], hi[1] = math.Min(lo[0], u), math.Min(lo[1], v), math.Max(hi[0], u), math.Max(hi[1], v)
	}
	if b.Max[0] <= p.Square.Min[0] || b.Min[0] >= p.Square.Max[0] || b.Max[1] <= p.Square.Min[1] || b.Min[1] >= p.Square.Max[1] {
		return
	}
	for y := math.Floor(lo[1] / across); y*across < hi[1]; y++ {
		for x := math.Floor(lo[0] / along); x*along < hi[0]; x++ {
			roll := near.Hash(seed, int64(x), int64(y))
			u := (x + 0.5 + jitter*(near.Share(roll)-0.5)) * along
			v := (y + 0.5 + jitter*(near.Share(near.Hash(roll, 8))-0.5)) * across
			q := near.Point{float64(u*axis[0]) - float64(v*axis[1]), float64(u*axis[1]) + float64(v*axis[0])}
			if !p.Owns(q[0], q[1]) || p.uppermost(q) != n || !p.free(q) {
				continue
			}
			if s.kind == parkland {
				if _, there := p.single.Beside(q, parkClear, nil); there {
					continue
				}
			}
			a := placing{tags: f.Tags, kind: s.kind, rank: thinning(seed, int64(x), int64(y)), space: math.Sqrt(along * across)}
			if s.kind == vineyard {
				a.along = &axis
			}
			if s.kind == woodland { // groups of one kind, as they spread by seed
				a.same = near.Hash(seed, int64(math.Floor(x/3)), int64(math.Floor(y/3)), int64(roll&1))
			}
			p.add(s.feature, q, roll, a)
		}
	}
}

// uppermost is the number of the smallest area at a place that says what grows there, or
// -1. Of equals the one whose id comes first counts.
func (p *planter) uppermost(q near.Point) int {
	best := -1
	p.cover.Inside(q, func(n int) bool {
		a := &p.stands[n]
		if best >= 0 {
			o := &p.stands[best]
			if a.size > o.size || a.size == o.size && p.Features[a.feature].ID >= p.Features[o.feature].ID {
				return true
			}
		}
		best = n
		return true
	})
	return best
}

// longest is the direction of a ring's longest side, eastwards.
func longest(ring []near.Point) near.Point {
	var best near.Point
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if d := (near.Point{b[0] - a[0], b[1] - a[1]}); math.Hypot(d[0], d[1]) > math.Hypot(best[0], best[1])+1e-6 {
			best = d
		}
	}
	l := math.Hypot(best[0], best[1])
	if l == 0 {
		return near.Point{1, 0}
	}
	if best[0] < 0 || best[0] == 0 && best[1] < 0 {
		l = -l
	}
	return near.Point{best[0] / l, best[1] / l}
}

// thinning ranks the cells of a lattice in (0, 1) so that those below 4^-k are one of
// every 2^k by 2^k cells: the van der Corput order of their Morton code, its digits
// shuffled square by square (Owen, Randomly Permuted (t,m,s)-Nets, 1995), so that no
// pattern shows.
func thinning(seed uint64, x, y int64) float64 {
	r, unit := 0.0, 1.0
	for level := range int64(16) {
		digit := uint64(x&1 | (y&1)<<1)
		x, y = x>>1, y>>1
		digit ^= near.Hash(seed, level, x, y) & 3
		unit /= 4
		r += float64(digit) * unit
	}
	return r + unit/2
}
