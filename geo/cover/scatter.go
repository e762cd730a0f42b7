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
		axis, across, jitter = near.Axis(s.rings[0]), s.rows, 0.06
	}
	k := math.Sqrt(p.density)
	along, across = along/k, across/k
	near.Lattice(p.Square, s.rings, axis, along, across, func(x, y int64) {
		roll := near.Hash(seed, x, y)
		q := near.Unturn((float64(x)+0.5+jitter*(near.Share(roll)-0.5))*along, (float64(y)+0.5+jitter*(near.Share(near.Hash(roll, 8))-0.5))*across, axis)
		if !p.Owns(q[0], q[1]) || p.uppermost(q) != n || !p.free(q) {
			return
		}
		if s.kind == parkland {
			if _, there := p.single.Beside(q, parkClear, nil); there {
				return
			}
		}
		a := placing{tags: f.Tags, kind: s.kind, rank: thinning(seed, x, y), space: math.Sqrt(along * across)}
		if s.kind == vineyard {
			a.along = &axis
		}
		if s.kind == woodland { // groups of one kind, as they spread by seed
			a.same = near.Hash(seed, x/3, y/3, int64(roll&1))
		}
		p.add(s.feature, q, roll, a)
	})
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
