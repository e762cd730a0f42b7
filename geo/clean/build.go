package clean

import (
	"slices"

	"github.com/paulmach/orb"
)

// sound returns the polygon with its rings oriented where they neither cross nor touch,
// and drops holes that lie outside; ok is false where it takes build to tell.
func sound(g *grid, rings []orb.Ring, out *Outcome) ([]orb.Polygon, bool) {
	if len(rings) == 1 && len(rings[0]) <= fewCorners && g.plain(rings[0]) {
		return []orb.Polygon{{oriented(rings[0], orb.CCW)}}, true
	}
	segs := g.segments(rings)
	n := len(segs)
	if segs = cancel(segs); len(segs) != n || touching(segs) {
		return nil, false
	}
	if found, ok := cuts(segs, 0); !ok || len(found) > 0 {
		return nil, false
	}
	nodes := make([][]node, len(rings))
	for i, r := range rings {
		for _, p := range r[:len(r)-1] {
			if q := g.node(p); len(nodes[i]) == 0 || q != nodes[i][len(nodes[i])-1] {
				nodes[i] = append(nodes[i], q)
			}
		}
	}
	poly := orb.Polygon{oriented(rings[0], orb.CCW)}
	boxes := make([]orb.Bound, len(rings))
	for i := range rings {
		boxes[i] = rings[i].Bound()
	}
	for i := 1; i < len(rings); i++ {
		if !boxes[0].Intersects(boxes[i]) || inside(nodes[0], nodes[i][0]) < 0 {
			out.note(NoteHole)
			continue
		}
		for j := 1; j < len(rings); j++ {
			if i != j && boxes[j].Contains(rings[i][0]) && inside(nodes[j], nodes[i][0]) > 0 {
				return nil, false // a hole in a hole
			}
		}
		poly = append(poly, oriented(rings[i], orb.CW))
	}
	return []orb.Polygon{poly}, true
}

// touching tells whether more than two of the sorted segments meet in a node.
func touching(segs []segment) bool {
	ends := make([]node, 0, 2*len(segs))
	for _, s := range segs {
		ends = append(ends, s.a, s.b)
	}
	slices.SortFunc(ends, compareNodes)
	for i := 2; i < len(ends); i++ {
		if ends[i] == ends[i-2] {
			return true
		}
	}
	return false
}

func oriented(r orb.Ring, want orb.Orientation) orb.Ring {
	r = slices.Clone(r)
	if r.Orientation() != want {
		r.Reverse()
	}
	return r
}

// build makes polygons of the region that in describes (see border). They are ordered
// by their first point; the first point of a ring is its lowest.
func build(g *grid, rings []orb.Ring, in func(odd []bool) bool) ([]orb.Polygon, bool) {
	return assemble(g, g.segments(rings), len(rings), in)
}

// assemble is build from labelled segments.
func assemble(g *grid, segs []segment, labels int, in func(odd []bool) bool) ([]orb.Polygon, bool) {
	segs, ok := arrange(segs)
	if !ok {
		return nil, false
	}
	if len(segs) == 0 {
		return nil, true
	}
	var shells, holes [][]node
	for _, r := range trace(border(segs, labels, in)) {
		switch a := area2(r); {
		case a > 0:
			shells = append(shells, lowestFirst(r))
		case a < 0:
			holes = append(holes, lowestFirst(r))
		}
	}
	byStart := func(a, b []node) int { return slices.CompareFunc(a, b, compareNodes) }
	slices.SortFunc(shells, byStart)
	slices.SortFunc(holes, byStart)
	polys := make([]orb.Polygon, len(shells))
	areas := make([]float64, len(shells))
	for i, s := range shells {
		polys[i], areas[i] = orb.Polygon{g.ring(s)}, area2(s)
	}
	for _, h := range holes {
		best := -1
		for i, s := range shells {
			if (best < 0 || areas[i] < areas[best]) && areas[i] > -area2(h) && polys[i][0].Bound().Contains(g.point(h[0])) && encloses(s, h) {
				best = i
			}
		}
		if best >= 0 {
			polys[best] = append(polys[best], g.ring(h))
		}
	}
	return polys, true
}

// encloses tells whether ring h, which does not cross s, lies in s.
func encloses(s, h []node) bool {
	for _, p := range h {
		if where := inside(s, p); where != 0 {
			return where > 0
		}
	}
	// All corners of the hole lie on the shell: ask for the middle of a side, doubled.
	double := make([]node, len(s))
	for i, p := range s {
		double[i] = node{2 * p.x, 2 * p.y}
	}
	for i, p := range h {
		q := h[(i+1)%len(h)]
		if where := inside(double, node{p.x + q.x, p.y + q.y}); where != 0 {
			return where > 0
		}
	}
	return false
}

func lowestFirst(r []node) []node {
	low := 0
	for i := range r {
		if compareNodes(r[i], r[low]) < 0 {
			low = i
		}
	}
	return append(slices.Clone(r[low:]), r[:low]...)
}

func (g *grid) ring(r []node) orb.Ring {
	out := make(orb.Ring, 0, len(r)+1)
	for _, n := range r {
		out = append(out, g.point(n))
	}
	return append(out, out[0])
}
