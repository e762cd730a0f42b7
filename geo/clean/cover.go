package clean

import "slices"

// edge is a side of the arrangement with the rings that run along it.
type edge struct {
	a, b  node
	rings []int32
}

// edges groups arranged segments by their place.
func edges(segs []segment) []edge {
	var out []edge
	for _, s := range segs {
		if n := len(out); n > 0 && out[n-1].a == s.a && out[n-1].b == s.b {
			out[n-1].rings = append(out[n-1].rings, s.ring)
			continue
		}
		out = append(out, edge{s.a, s.b, []int32{s.ring}})
	}
	return out
}

// stabber answers which edges lie above a position, by columns.
type stabber struct {
	edges   []edge // b.x ≥ a.x
	columns [][]int32
	low     int64
	width   int64
}

// newStabber indexes the edges; with swap, x and y are exchanged first.
func newStabber(in []edge, swap bool) *stabber {
	s := &stabber{edges: slices.Clone(in)}
	low, high := int64(0), int64(0)
	for i := range s.edges {
		e := &s.edges[i]
		if swap {
			e.a, e.b = node{e.a.y, e.a.x}, node{e.b.y, e.b.x}
			if e.a.x > e.b.x {
				e.a, e.b = e.b, e.a
			}
		}
		if i == 0 {
			low, high = e.a.x, e.b.x
		}
		low, high = min(low, e.a.x), max(high, e.b.x)
	}
	n := int64(min(len(in), 4096))
	s.low, s.width = low, (high-low)/max(n, 1)+1
	s.columns = make([][]int32, (high-low)/s.width+1)
	for i, e := range s.edges {
		for c := (e.a.x - low) / s.width; c <= (e.b.x-low)/s.width; c++ {
			s.columns[c] = append(s.columns[c], int32(i))
		}
	}
	return s
}

// sides tells by which rings the regions just above and just below the middle of edge
// i are covered, as odd crossings on the way up, and passes both to in.
func (s *stabber) sides(i int, odd []bool, in func(odd []bool) bool) (above, below bool) {
	e := s.edges[i]
	m := node{e.a.x + e.b.x, e.a.y + e.b.y} // doubled: the middle is on the grid
	clear(odd)
	for _, k := range s.columns[(m.x/2-s.low)/s.width] {
		t := s.edges[k]
		if int(k) == i || m.x < 2*t.a.x || m.x >= 2*t.b.x {
			continue
		}
		if orient(node{2 * t.a.x, 2 * t.a.y}, node{2 * t.b.x, 2 * t.b.y}, m) < 0 {
			for _, r := range t.rings {
				odd[r] = !odd[r]
			}
		}
	}
	above = in(odd)
	for _, r := range e.rings {
		odd[r] = !odd[r]
	}
	return above, in(odd)
}

// halfEdge is a side of the result, with the inside on its left.
type halfEdge struct{ from, to node }

// border returns the edges that part inside from outside, directed. odd tells for each
// ring whether a region lies in it by the even-odd rule; in decides from that.
func border(segs []segment, rings int, in func(odd []bool) bool) []halfEdge {
	es := edges(segs)
	upward, sideward := newStabber(es, false), newStabber(es, true)
	odd := make([]bool, rings)
	var out []halfEdge
	for i, e := range es {
		var left, right bool
		dx, dy := e.b.x-e.a.x, e.b.y-e.a.y // dx ≥ 0
		switch {
		case dx >= max(dy, -dy):
			left, right = upward.sides(i, odd, in)
		case dy > 0: // towards greater x is the right
			right, left = sideward.sides(i, odd, in)
		default:
			left, right = sideward.sides(i, odd, in)
		}
		if left && !right {
			out = append(out, halfEdge{e.a, e.b})
		} else if right && !left {
			out = append(out, halfEdge{e.b, e.a})
		}
	}
	return out
}
