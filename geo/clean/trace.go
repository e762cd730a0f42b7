package clean

import (
	"slices"
	"sort"
)

// compareDirections orders vectors counter-clockwise from +x, exactly.
func compareDirections(a, b node) int {
	ha, hb := half(a), half(b)
	if ha != hb {
		return ha - hb
	}
	switch c := a.x*b.y - a.y*b.x; {
	case c > 0:
		return -1
	case c < 0:
		return 1
	}
	return 0
}

func half(d node) int {
	if d.y < 0 || d.y == 0 && d.x < 0 {
		return 1
	}
	return 0
}

func (h halfEdge) direction() node { return node{h.to.x - h.from.x, h.to.y - h.from.y} }

// trace follows the border into simple rings (open, without repeated nodes): around
// the inside counter-clockwise, around holes clockwise. At a node where the inside
// touches itself it takes the sharpest left, which keeps to one piece of the inside.
func trace(border []halfEdge) [][]node {
	slices.SortFunc(border, func(a, b halfEdge) int {
		if c := compareNodes(a.from, b.from); c != 0 {
			return c
		}
		return compareDirections(a.direction(), b.direction())
	})
	used := make([]bool, len(border))
	var rings [][]node
	for i := range border {
		if used[i] {
			continue
		}
		var cycle []node
		for e := i; e >= 0 && !used[e]; e = next(border, e) {
			used[e] = true
			cycle = append(cycle, border[e].from)
		}
		rings = split(rings, cycle)
	}
	return rings
}

// next is the half edge that follows e around its left side, -1 if none leaves.
func next(border []halfEdge, e int) int {
	at := border[e].to
	lo := sort.Search(len(border), func(i int) bool { return compareNodes(border[i].from, at) >= 0 })
	hi := lo
	for hi < len(border) && border[hi].from == at {
		hi++
	}
	if lo == hi {
		return -1
	}
	d := border[e].direction()
	back := node{-d.x, -d.y}
	// The last direction before back, counting from +x; around the corner if none is.
	best := hi - 1
	for k := lo; k < hi; k++ {
		if compareDirections(border[k].direction(), back) < 0 {
			best = k
		} else {
			break
		}
	}
	if compareDirections(border[lo].direction(), back) >= 0 {
		best = hi - 1
	}
	return best
}

// split cuts a closed walk at the nodes that it visits more than once.
func split(rings [][]node, walk []node) [][]node {
	at := map[node]int{}
	var stack []node
	for _, n := range walk {
		if k, ok := at[n]; ok {
			rings = append(rings, slices.Clone(stack[k:]))
			for _, m := range stack[k:] {
				delete(at, m)
			}
			stack = stack[:k]
		}
		at[n] = len(stack)
		stack = append(stack, n)
	}
	return append(rings, stack)
}

// area2 is twice the signed area of an open ring.
func area2(r []node) float64 {
	var sum float64
	for i, p := range r {
		q := r[(i+1)%len(r)]
		sum += float64((p.x-r[0].x)*(q.y-r[0].y) - (p.y-r[0].y)*(q.x-r[0].x))
	}
	return sum
}

// inside tells whether p lies in the open ring: 1 inside, 0 on it, -1 outside.
func inside(r []node, p node) int {
	odd := false
	for i, a := range r {
		b := r[(i+1)%len(r)]
		o := orient(a, b, p)
		if o == 0 && min(a.x, b.x) <= p.x && p.x <= max(a.x, b.x) && min(a.y, b.y) <= p.y && p.y <= max(a.y, b.y) {
			return 0
		}
		if (a.y > p.y) != (b.y > p.y) && (o > 0) == (b.y > a.y) {
			odd = !odd
		}
	}
	if odd {
		return 1
	}
	return -1
}
