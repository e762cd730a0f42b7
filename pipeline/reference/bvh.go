package reference

import (
	"math"
	"slices"
)

// A hierarchy is a binary tree of boxes over items, laid out depth first: the left child
// of node i is node i+1.
type hierarchy struct {
	nodes []node
	order []uint32 // items, leaf by leaf
}

type node struct {
	lo, hi [3]float32
	first  uint32 // of a leaf: into order; else the right child
	count  uint16 // of a leaf's items; 0 is an inner node
	axis   uint16 // along which the children lie
}

// box is an item's extent.
type box struct{ lo, hi [3]float32 }

func emptyBox() box {
	inf := float32(math.Inf(1))
	return box{[3]float32{inf, inf, inf}, [3]float32{-inf, -inf, -inf}}
}

func (b *box) add(c box) {
	for k := range 3 {
		b.lo[k], b.hi[k] = min(b.lo[k], c.lo[k]), max(b.hi[k], c.hi[k])
	}
}

// area is half the surface.
func (b *box) area() float64 {
	x, y, z := float64(b.hi[0]-b.lo[0]), float64(b.hi[1]-b.lo[1]), float64(b.hi[2]-b.lo[2])
	return math.Max(x*y+y*z+z*x, 0)
}

const (
	leafItems = 4
	splitBins = 16
)

// newHierarchy builds the tree top down by the surface area heuristic over bins (Wald
// 2007, On fast Construction of SAH-based Bounding Volume Hierarchies).
func newHierarchy(boxes []box) hierarchy {
	h := hierarchy{order: make([]uint32, len(boxes)), nodes: make([]node, 0, len(boxes))}
	for i := range h.order {
		h.order[i] = uint32(i)
	}
	if len(boxes) > 0 {
		h.split(boxes, 0, len(boxes))
	}
	return h
}

func (h *hierarchy) split(boxes []box, from, to int) {
	items := h.order[from:to]
	all, middles := emptyBox(), emptyBox()
	for _, i := range items {
		all.add(boxes[i])
		m := middle(boxes[i])
		middles.add(box{m, m})
	}
	at := len(h.nodes)
	h.nodes = append(h.nodes, node{lo: all.lo, hi: all.hi, first: uint32(from), count: uint16(min(len(items), math.MaxUint16))})
	if len(items) <= leafItems {
		return
	}
	axis, cut, ok := cheapest(boxes, items, middles)
	k := 0
	if ok {
		for i := range items {
			if binOf(boxes[items[i]], middles, axis) <= cut {
				items[i], items[k] = items[k], items[i]
				k++
			}
		}
	}
	if k == 0 || k == len(items) { // all in one place: halves will do
		axis, k = widest(middles), len(items)/2
		slices.SortFunc(items, func(a, b uint32) int {
			x, y := middle(boxes[a])[axis], middle(boxes[b])[axis]
			switch {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return int(a) - int(b)
		})
	}
	h.split(boxes, from, from+k)
	right := len(h.nodes)
	h.split(boxes, from+k, to)
	h.nodes[at].first, h.nodes[at].count, h.nodes[at].axis = uint32(right), 0, uint16(axis)
}

func middle(b box) (m [3]float32) {
	for k := range m {
		m[k] = b.lo[k]/2 + b.hi[k]/2
	}
	return m
}

func widest(b box) (axis int) {
	for k := 1; k < 3; k++ {
		if b.hi[k]-b.lo[k] > b.hi[axis]-b.lo[axis] {
			axis = k
		}
	}
	return axis
}

func binOf(b box, middles box, axis int) int {
	lo, hi := float64(middles.lo[axis]), float64(middles.hi[axis])
	return min(int((float64(middle(b)[axis])-lo)/(hi-lo)*splitBins), splitBins-1)
}

// cheapest is the axis and the last bin of the left child of the cheapest split.
func cheapest(boxes []box, items []uint32, middles box) (axis, cut int, ok bool) {
	best := math.Inf(1)
	for a := range 3 {
		if !(middles.hi[a] > middles.lo[a]) {
			continue
		}
		var bins [splitBins]box
		var counts [splitBins]int
		for k := range bins {
			bins[k] = emptyBox()
		}
		for _, i := range items {
			k := binOf(boxes[i], middles, a)
			bins[k].add(boxes[i])
			counts[k]++
		}
		var right [splitBins]float64 // cost of what lies in bins above
		acc, n := emptyBox(), 0
		for k := splitBins - 1; k > 0; k-- {
			acc.add(bins[k])
			n += counts[k]
			right[k-1] = acc.area() * float64(n)
		}
		acc, n = emptyBox(), 0
		for k := range splitBins - 1 {
			acc.add(bins[k])
			n += counts[k]
			if n == 0 || n == len(items) {
				continue
			}
			if cost := acc.area()*float64(n) + right[k]; cost < best {
				best, axis, cut, ok = cost, a, k, true
			}
		}
	}
	return axis, cut, ok
}

// walk visits the items whose boxes the ray meets before r.far, near ones first, until
// visit returns true. visit may shorten the ray.
func (h *hierarchy) walk(r *ray, visit func(item uint32) (stop bool)) {
	if len(h.nodes) == 0 {
		return
	}
	var inverse vec
	for k := range inverse {
		inverse[k] = 1 / r.along[k]
	}
	var stack [96]uint32
	stack[0] = 0
	for n := 1; n > 0; {
		n--
		at := stack[n]
		nd := &h.nodes[at]
		if !nd.meets(r, inverse) {
			continue
		}
		if nd.count > 0 {
			for _, i := range h.order[nd.first : nd.first+uint32(nd.count)] {
				if visit(i) {
					return
				}
			}
			continue
		}
		near, far := at+1, nd.first
		if r.along[nd.axis] < 0 {
			near, far = far, near
		}
		stack[n], stack[n+1] = far, near
		n += 2
	}
}

// meets is the slab test, with a margin for its own rounding.
func (n *node) meets(r *ray, inverse vec) bool {
	t0, t1 := r.near, r.far
	for k := range 3 {
		a, b := (float64(n.lo[k])-r.from[k])*inverse[k], (float64(n.hi[k])-r.from[k])*inverse[k]
		if a > b {
			a, b = b, a
		}
		// 0 times infinity: the ray lies in the slab's plane.
		if a > t0 {
			t0 = a
		}
		if b < t1 {
			t1 = b
		}
	}
	return t0 <= t1*(1+4e-16)
}
