package terrain

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// mouths marks the nodes in other waters that may meet the flat surfaces, and those so near to
// rivers and to narrow ones that triangles would rise in them; nil is none.
func (l *lattice) mouths(flats []*outline) (open []bool) {
	pad := l.step // a triangle with a node farther away does not reach the water
	box := orb.Bound{Min: l.at(0, 0), Max: l.at(l.w-1, l.h-1)}.Pad(pad)
	seen := map[*outline]bool{}
	for _, f := range flats {
		for _, m := range f.mouths {
			if !m.box.Intersects(box) || seen[m] {
				continue
			}
			seen[m] = true
			if open == nil {
				open = make([]bool, l.w*l.h)
			}
			l.burn(m, func(node int) { open[node] = true })
			if !m.flows && m.wide >= 2*l.step {
				continue // its nodes are enough
			}
			m.edges(box, func(a, b orb.Point) {
				e := orb.Bound{Min: a, Max: a}.Extend(b).Pad(pad)
				for j := l.row(e.Min[1]); j < l.row(e.Max[1]); j++ {
					for i := l.column(e.Min[0]); i < l.column(e.Max[0]); i++ {
						if planar.DistanceFromSegment(a, b, l.at(i, j)) <= pad {
							open[j*l.w+i] = true
						}
					}
				}
			})
		}
	}
	return open
}
