package near

import (
	"math"
	"sync/atomic"

	"github.com/paulmach/orb"
)

// Index finds areas and lines around places within Reach of a square. Fill it first;
// questions are then safe for concurrent use.
type Index struct {
	bound    orb.Bound
	areas    []area
	segments []segment
	sorted   atomic.Pointer[grid] // at the first question
}

type segment struct {
	a, b Point
	half float64
	tag  int
}

// NewIndex is empty and covers a square and Reach around it.
func NewIndex(square orb.Bound) *Index { return &Index{bound: square.Pad(Reach)} }

// AddArea enters a polygon of open rings under a tag.
func (x *Index) AddArea(tag int, rings [][]Point) {
	a := newArea(tag, rings, x.bound)
	if a.empty() {
		return
	}
	x.areas = append(x.areas, a)
	x.sorted.Store(nil)
}

// AddLine enters a line of a half width under a tag; one point is a disc.
func (x *Index) AddLine(tag int, line []Point, half float64) {
	if len(line) == 1 {
		line = []Point{line[0], line[0]}
	}
	for k := 1; k < len(line); k++ {
		x.segments = append(x.segments, segment{line[k-1], line[k], half, tag})
	}
	x.sorted.Store(nil)
}

// Inside calls fn with the tag of every area that holds a place, until it returns false.
func (x *Index) Inside(p Point, fn func(tag int) bool) {
	if !x.bound.Contains(p) {
		return
	}
	g := x.grid()
	g.cells(orb.Bound{Min: p, Max: p}, func(k int) {
		for _, i := range g.inside.of(k) {
			if x.areas[i].contains(p) && !fn(x.areas[i].tag) {
				return
			}
		}
	})
}

// Within tells whether any area holds a place.
func (x *Index) Within(p Point) (found bool) {
	x.Inside(p, func(int) bool { found = true; return false })
	return found
}

// Side is where a place lies beside a line.
type Side struct {
	Tag      int
	Distance float64 // from the line's edge; negative on it
	Foot     Point   // nearest position of the middle of the line
	Along    Point   // unit direction of the line there
	Left     bool    // the place lies left of the line
}

// Beside finds the line whose edge is nearest to a place, up to a distance that is at
// most Reach. Where keep is given only the tags that it accepts count.
func (x *Index) Beside(p Point, reach float64, keep func(tag int) bool) (best Side, ok bool) {
	at := int32(-1)
	g := x.grid()
	g.cells(orb.Bound{Min: p, Max: p}.Pad(reach), func(k int) {
		for _, i := range g.beside.of(k) {
			s := &x.segments[i]
			if keep != nil && !keep(s.tag) {
				continue
			}
			foot := nearest(s.a, s.b, p)
			d := Distance(foot, p) - s.half
			if d > reach || ok && (d > best.Distance || d == best.Distance && i >= at) {
				continue
			}
			side := Side{Tag: s.tag, Distance: d, Foot: foot}
			if l := Distance(s.a, s.b); l > 0 {
				side.Along = Point{(s.b[0] - s.a[0]) / l, (s.b[1] - s.a[1]) / l}
				side.Left = side.Along[0]*(p[1]-s.a[1])-side.Along[1]*(p[0]-s.a[0]) > 0
			}
			best, ok, at = side, true, i
		}
	})
	return best, ok
}

// nearest is the position of a segment that is closest to p.
func nearest(a, b, p Point) Point {
	d := Point{b[0] - a[0], b[1] - a[1]}
	l := float64(d[0]*d[0]) + float64(d[1]*d[1])
	if l == 0 {
		return a
	}
	t := math.Max(0, math.Min(1, (float64((p[0]-a[0])*d[0])+float64((p[1]-a[1])*d[1]))/l))
	return Point{a[0] + float64(t*d[0]), a[1] + float64(t*d[1])}
}
