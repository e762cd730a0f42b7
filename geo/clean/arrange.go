package clean

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// The repair works on an integer grid, so that every predicate is exact: coordinates
// are below 2^29 apart, doubled below 2^30, their products below 2^61.
const gridBits = 29

// node is a position on the grid.
type node struct{ x, y int64 }

func compareNodes(a, b node) int {
	if c := cmp.Compare(a.x, b.x); c != 0 {
		return c
	}
	return cmp.Compare(a.y, b.y)
}

// orient is positive where a, b, c turn left.
func orient(a, b, c node) int64 {
	return (b.x-a.x)*(c.y-a.y) - (b.y-a.y)*(c.x-a.x)
}

// grid maps coordinates to nodes and back. Its step is a power of two and its origin a
// multiple of it, so that nodes are exactly representable coordinates and what is simple
// on the grid is simple in float64 too; polygons far apart share one lattice.
type grid struct {
	origin orb.Point
	step   float64
}

// newGrid lays a grid over the rings with at most the wanted step, or the finest that
// fits.
func newGrid(rings []orb.Ring, step float64) *grid {
	b := bound(rings[0])
	for _, r := range rings[1:] {
		b = b.Union(bound(r))
	}
	extent := max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1])
	step = math.Exp2(math.Floor(math.Log2(step)))
	for extent/step > 1<<gridBits-2 {
		step *= 2
	}
	return &grid{origin: orb.Point{math.Floor(b.Min[0]/step) * step, math.Floor(b.Min[1]/step) * step}, step: step}
}

// bound is the box around a ring, empty where it has no points.
func bound(r orb.Ring) orb.Bound {
	if len(r) == 0 {
		return r.Bound()
	}
	return geo.BoxOf(r)
}

func (g *grid) node(p orb.Point) node {
	return node{int64(math.Round((p[0] - g.origin[0]) / g.step)), int64(math.Round((p[1] - g.origin[1]) / g.step))}
}

func (g *grid) point(n node) orb.Point {
	return orb.Point{g.origin[0] + float64(n.x)*g.step, g.origin[1] + float64(n.y)*g.step}
}

// segment is a piece of a ring; a < b in the order of compareNodes.
type segment struct {
	a, b node
	ring int32
}

func newSegment(a, b node, ring int32) segment {
	if compareNodes(a, b) > 0 {
		a, b = b, a
	}
	return segment{a, b, ring}
}

func compareSegments(s, t segment) int {
	if c := compareNodes(s.a, t.a); c != 0 {
		return c
	}
	if c := compareNodes(s.b, t.b); c != 0 {
		return c
	}
	return cmp.Compare(s.ring, t.ring)
}

// segments are the sides of closed rings on the grid, ring i labelled i.
func (g *grid) segments(rings []orb.Ring) []segment {
	var out []segment
	for i, r := range rings {
		for k := 0; k+1 < len(r); k++ {
			if a, b := g.node(r[k]), g.node(r[k+1]); a != b {
				out = append(out, newSegment(a, b, int32(i)))
			}
		}
	}
	return out
}

// cut is a node at which segment i has to be split.
type cut struct {
	i  int
	at node
}

// cuts finds where segments meet other than at common ends: a sweep over x with the
// segments under the line. segs must be sorted. It gives up, with ok false, on more than
// limit meetings.
func cuts(segs []segment, limit int) (found []cut, ok bool) {
	active := make([]int, 0, 64)
	for i, s := range segs {
		keep := active[:0]
		lo, hi := min(s.a.y, s.b.y), max(s.a.y, s.b.y)
		for _, j := range active {
			t := segs[j]
			if t.b.x < s.a.x {
				continue
			}
			keep = append(keep, j)
			if max(t.a.y, t.b.y) < lo || min(t.a.y, t.b.y) > hi {
				continue
			}
			found = meet(found, segs, j, i)
		}
		active = append(keep, i)
		if len(found) > limit {
			return nil, false
		}
	}
	return found, true
}

// meet appends the cuts that segments i and j make in each other.
func meet(found []cut, segs []segment, i, j int) []cut {
	s, t := segs[i], segs[j]
	o1, o2 := orient(s.a, s.b, t.a), orient(s.a, s.b, t.b)
	o3, o4 := orient(t.a, t.b, s.a), orient(t.a, t.b, s.b)
	if o1 > 0 && o2 > 0 || o1 < 0 && o2 < 0 || o3 > 0 && o4 > 0 || o3 < 0 && o4 < 0 {
		return found
	}
	on := func(k int, o int64, p node) bool {
		q := segs[k]
		if o != 0 || p == q.a || p == q.b || compareNodes(p, q.a) < 0 || compareNodes(p, q.b) > 0 {
			return false
		}
		found = append(found, cut{k, p})
		return true
	}
	touch := on(i, o1, t.a)
	touch = on(i, o2, t.b) || touch
	touch = on(j, o3, s.a) || touch
	touch = on(j, o4, s.b) || touch
	if touch || o1 == 0 || o2 == 0 || o3 == 0 || o4 == 0 {
		return found
	}
	// A proper crossing, rounded to the grid.
	f := float64(o3) / (float64(o3) - float64(o4))
	p := node{s.a.x + int64(math.Round(f*float64(s.b.x-s.a.x))), s.a.y + int64(math.Round(f*float64(s.b.y-s.a.y)))}
	for _, k := range [2]int{i, j} {
		if p != segs[k].a && p != segs[k].b {
			found = append(found, cut{k, p})
		}
	}
	return found
}

// arrange splits the segments until they meet only at ends. A piece that one ring runs
// an even number of times cancels itself, which leaves the even-odd area as it is. ok is
// false where that takes more rounds or pieces than sound data ever needs.
func arrange(segs []segment) ([]segment, bool) {
	limit := 100000 + 20*len(segs)
	for range 40 {
		segs = cancel(segs)
		found, ok := cuts(segs, limit)
		if !ok {
			return nil, false
		}
		if len(found) == 0 {
			return segs, true
		}
		slices.SortFunc(found, func(a, b cut) int {
			if c := cmp.Compare(a.i, b.i); c != 0 {
				return c
			}
			return along(segs[a.i], a.at, b.at)
		})
		var next []segment
		k := 0
		for i, s := range segs {
			from := s.a
			for ; k < len(found) && found[k].i == i; k++ {
				if at := found[k].at; at != from {
					next = append(next, newSegment(from, at, s.ring))
					from = at
				}
			}
			if from != s.b {
				next = append(next, newSegment(from, s.b, s.ring))
			}
		}
		segs = next
	}
	return nil, false
}

// along orders two nodes by their place on a segment.
func along(s segment, p, q node) int {
	dx, dy := s.b.x-s.a.x, s.b.y-s.a.y
	if c := cmp.Compare(dx*(p.x-s.a.x)+dy*(p.y-s.a.y), dx*(q.x-s.a.x)+dy*(q.y-s.a.y)); c != 0 {
		return c
	}
	return compareNodes(p, q)
}

// cancel sorts the segments and keeps one of those that occur an odd number of times.
func cancel(segs []segment) []segment {
	slices.SortFunc(segs, compareSegments)
	out := segs[:0]
	for i := 0; i < len(segs); {
		j := i
		for j < len(segs) && segs[j] == segs[i] {
			j++
		}
		if (j-i)%2 == 1 {
			out = append(out, segs[i])
		}
		i = j
	}
	return out
}
