package simplify

import (
	"cmp"
	"math"
	"slices"
)

// deviation is the greatest distance in metres between two surfaces, measured both ways:
// from points no further apart than spacing on each to the nearest triangle of the other.
// What lies between the points can be further by half of the spacing at most, where the
// surfaces are that rough. It ends early with a number above stop where there is one.
func deviation(a, b [][3]vec, spacing, stop float64) float64 {
	d := oneWay(a, newFinder(b), spacing, stop)
	if d > stop {
		return d
	}
	return max(d, oneWay(b, newFinder(a), spacing, stop))
}

// maxSamples bounds how many steps a triangle is sampled with along a side.
const maxSamples = 6

func oneWay(all [][3]vec, f *finder, spacing, stop float64) float64 {
	worst := 0.0
	for _, p := range all {
		if f.has(p) {
			continue
		}
		if worst > stop {
			return worst
		}
		long := max(p[1].sub(p[0]).length(), p[2].sub(p[1]).length(), p[0].sub(p[2]).length())
		n := int(min(math.Ceil(long/max(spacing, 1e-6)), maxSamples))
		for u := 0; u <= n; u++ {
			for v := 0; u+v <= n; v++ {
				s, t := float64(u)/float64(max(n, 1)), float64(v)/float64(max(n, 1))
				worst = max(worst, f.distance(p[0].mul(1-s-t).add(p[1].mul(s)).add(p[2].mul(t)), worst))
			}
		}
	}
	return worst
}

// finder finds the nearest triangle of a surface by a tree of boxes.
type finder struct {
	triangles [][3]vec
	known     map[[3]vec]bool
	nodes     []node
}

// node is a box around triangles from first on; its children are the next node and after.
type node struct {
	low, high    vec
	first, count int32 // of a leaf
	after        int32 // 0 for a leaf
}

const leafSize = 4

func newFinder(all [][3]vec) *finder {
	f := &finder{triangles: slices.Clone(all), known: make(map[[3]vec]bool, len(all))}
	for _, t := range all {
		f.known[least(t)] = true
	}
	f.nodes = make([]node, 0, len(all))
	f.split(0, len(all))
	return f
}

// split makes the tree of the triangles from one to another: halves along the longest side.
func (f *finder) split(from, to int) {
	some := f.triangles[from:to]
	n := node{low: some[0][0], high: some[0][0], first: int32(from), count: int32(to - from)}
	for _, t := range some {
		for _, p := range t {
			for k, v := range p {
				n.low[k], n.high[k] = min(n.low[k], v), max(n.high[k], v)
			}
		}
	}
	at := len(f.nodes)
	f.nodes = append(f.nodes, n)
	if len(some) <= leafSize {
		return
	}
	size, axis := n.high.sub(n.low), 0
	for k := range size {
		if size[k] > size[axis] {
			axis = k
		}
	}
	slices.SortFunc(some, func(a, b [3]vec) int {
		return cmp.Compare(a[0][axis]+a[1][axis]+a[2][axis], b[0][axis]+b[1][axis]+b[2][axis])
	})
	middle := (from + to) / 2
	f.split(from, middle)
	f.nodes[at].after = int32(len(f.nodes))
	f.split(middle, to)
}

// outside is the squared distance of a point to a node's box.
func (n *node) outside(p vec) (d float64) {
	for k, v := range p {
		if e := max(n.low[k]-v, v-n.high[k]); e > 0 {
			d += e * e
		}
	}
	return d
}

// least is a triangle from its lowest corner on, so that equal ones compare equal.
func least(t [3]vec) [3]vec {
	for range 2 {
		if less(t[1], t[0]) || less(t[2], t[0]) {
			t = [3]vec{t[1], t[2], t[0]}
		}
	}
	return t
}

func less(a, b vec) bool {
	for k := range a {
		if a[k] != b[k] {
			return a[k] < b[k]
		}
	}
	return false
}

func (f *finder) has(t [3]vec) bool { return f.known[least(t)] }

// distance is that of a point to the nearest triangle; once it is known to be no more
// than enough, any number up to that comes back.
func (f *finder) distance(p vec, enough float64) float64 {
	return math.Sqrt(f.below(0, p, enough*enough, math.Inf(1)))
}

// below is the smaller of best and the distance to a node's triangles, all squared.
func (f *finder) below(at int32, p vec, enough, best float64) float64 {
	n := &f.nodes[at]
	if n.after == 0 {
		for i := n.first; i < n.first+n.count && best > enough; i++ {
			best = min(best, toTriangle(p, &f.triangles[i]))
		}
		return best
	}
	near, far := at+1, n.after
	a, b := f.nodes[near].outside(p), f.nodes[far].outside(p)
	if b < a {
		near, far, a, b = far, near, b, a
	}
	if a < best {
		best = f.below(near, p, enough, best)
	}
	if b < best && best > enough {
		best = f.below(far, p, enough, best)
	}
	return best
}

// toTriangle is the squared distance of a point to a triangle (Ericson, "Real-Time
// Collision Detection", 2004, section 5.1.5, by the regions of the corners and edges).
func toTriangle(p vec, t *[3]vec) float64 {
	a, b, c := t[0], t[1], t[2]
	ab, ac, ap := b.sub(a), c.sub(a), p.sub(a)
	n := ab.cross(ac)
	if l := n.dot(n); l > smallest*smallest {
		// Inside of the three edges the plane is nearest.
		if n.cross(ab).dot(ap) >= 0 && n.cross(c.sub(b)).dot(p.sub(b)) >= 0 && n.cross(a.sub(c)).dot(p.sub(c)) >= 0 {
			d := n.dot(ap)
			return d * d / l
		}
	}
	return min(toSegment(p, a, b), toSegment(p, b, c), toSegment(p, c, a))
}

func toSegment(p, a, b vec) float64 {
	ab, ap := b.sub(a), p.sub(a)
	t := 0.0
	if l := ab.dot(ab); l > 0 {
		t = min(max(ap.dot(ab)/l, 0), 1)
	}
	d := ap.sub(ab.mul(t))
	return d.dot(d)
}
