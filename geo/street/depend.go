package street

import (
	"cmp"
	"encoding/binary"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// dependCell is the size in metres of the cells by which profiles are found; more than
// Reach.
const dependCell = 400.0

// enter lists the profiles in the cells that they touch.
func (h *Heights) enter() {
	h.order = slices.SortedFunc(maps.Keys(h.ways), func(a, b wayKey) int { return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.part, b.part)) })
	for i, k := range h.order {
		for _, c := range h.ways[k].touches() {
			h.cells[c] = append(h.cells[c], int32(i))
		}
	}
}

// touches are the cells of a profile's line, each once.
func (p *profile) touches() [][2]int32 {
	out := [][2]int32{cellOf(p.foot, dependCell)}
	for i, q := range p.line {
		steps := 1
		if i > 0 {
			steps = min(int(dist(p.line[i-1], q)/dependCell)+1, 1000)
		}
		for k := range steps {
			at := q
			if i > 0 {
				at = mix(p.line[i-1], q, float64(k+1)/float64(steps))
			}
			if c := cellOf(at, dependCell); !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// Bytes tell all that Build may read of the heights for a block, whatever its features:
// the profiles in its reach, and those in reach of the raised ways that it owns.
func (h *Heights) Bytes(b *geo.Block) (out []byte) {
	if h == nil || len(h.order) == 0 {
		return nil
	}
	found := map[int32]bool{}
	around := func(c [2]int32) {
		for dx := int32(-1); dx <= 1; dx++ {
			for dy := int32(-1); dy <= 1; dy++ {
				for _, i := range h.cells[[2]int32{c[0] + dx, c[1] + dy}] {
					found[i] = true
				}
			}
		}
	}
	lo, hi := cellOf(pt(b.Square.Min), dependCell), cellOf(pt(b.Square.Max), dependCell)
	var owned []*profile
	for x := lo[0]; x <= hi[0]; x++ {
		for y := lo[1]; y <= hi[1]; y++ {
			around([2]int32{x, y})
			for _, i := range h.cells[[2]int32{x, y}] {
				if p := h.ways[h.order[i]]; b.Owns(p.foot[0], p.foot[1]) {
					owned = append(owned, p)
				}
			}
		}
	}
	for _, p := range owned {
		for _, c := range p.touches() {
			around(c)
		}
	}
	var list []int32
	for i := range found {
		list = append(list, i)
	}
	slices.Sort(list)
	for _, i := range list {
		k := h.order[i]
		out = append(append(out, k.id...), byte(k.part))
		for _, v := range h.ways[k].h {
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(v))
		}
	}
	return out
}

// Bound is the box of the raised ways that a block owns: Build asks for heights along
// them, beyond Reach of its square. It is empty without any.
func (h *Heights) Bound(b *geo.Block) orb.Bound {
	out := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	if h == nil {
		return out
	}
	lo, hi := cellOf(pt(b.Square.Min), dependCell), cellOf(pt(b.Square.Max), dependCell)
	for x := lo[0]; x <= hi[0]; x++ {
		for y := lo[1]; y <= hi[1]; y++ {
			for _, i := range h.cells[[2]int32{x, y}] {
				if p := h.ways[h.order[i]]; b.Owns(p.foot[0], p.foot[1]) {
					for _, q := range p.line {
						out = out.Extend(orb.Point(q))
					}
				}
			}
		}
	}
	return out.Pad(Reach)
}
