package near

import (
	"math"

	"github.com/paulmach/orb"
)

// Index finds areas and lines around places within Reach of a square. Fill it first;
// questions are then safe for concurrent use.
type Index struct {
	bound    orb.Bound
	cell     float64
	nx, ny   int
	areas    []area
	segments []segment
	inside   [][]int32 // areas by cell
	beside   [][]int32 // segments by cell
}

type segment struct {
	a, b Point
	half float64
	tag  int
}

// NewIndex is empty and covers a square and Reach around it.
func NewIndex(square orb.Bound) *Index {
	b := square.Pad(Reach)
	w, h := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	x := &Index{bound: b, cell: math.Max(12, math.Max(w, h)/512)}
	x.nx, x.ny = int(w/x.cell)+1, int(h/x.cell)+1
	x.inside, x.beside = make([][]int32, x.nx*x.ny), make([][]int32, x.nx*x.ny)
	return x
}

// cells calls fn for every cell that a box meets, clamped to the index.
func (x *Index) cells(b orb.Bound, fn func(k int)) {
	if !(b.Min[0] <= x.bound.Max[0] && b.Max[0] >= x.bound.Min[0] && b.Min[1] <= x.bound.Max[1] && b.Max[1] >= x.bound.Min[1]) {
		return
	}
	at := func(v, lo float64, n int) int {
		return int(math.Max(0, math.Min(float64(n-1), math.Floor((v-lo)/x.cell))))
	}
	x0, x1 := at(b.Min[0], x.bound.Min[0], x.nx), at(b.Max[0], x.bound.Min[0], x.nx)
	y0, y1 := at(b.Min[1], x.bound.Min[1], x.ny), at(b.Max[1], x.bound.Min[1], x.ny)
	for j := y0; j <= y1; j++ {
		for i := x0; i <= x1; i++ {
			fn(j*x.nx + i)
		}
	}
}

// AddArea enters a polygon of open rings under a tag.
func (x *Index) AddArea(tag int, rings [][]Point) {
	a := newArea(tag, rings, x.bound)
	if a.empty() {
		return
	}
	x.areas = append(x.areas, a)
	x.cells(a.box, func(k int) { x.inside[k] = append(x.inside[k], int32(len(x.areas)-1)) })
}

// AddLine enters a line of a half width under a tag; one point is a disc.
func (x *Index) AddLine(tag int, line []Point, half float64) {
	if len(line) == 1 {
		line = []Point{line[0], line[0]}
	}
	for k := 1; k < len(line); k++ {
		s := segment{line[k-1], line[k], half, tag}
		n := int32(len(x.segments))
		x.segments = append(x.segments, s)
		b := orb.Bound{Min: s.a, Max: s.a}.Extend(s.b)
		if long := Distance(s.a, s.b) > 4*x.cell; long {
			x.along(s, n)
		} else {
			x.cells(b.Pad(half), func(k int) { x.beside[k] = append(x.beside[k], n) })
		}
	}
}

// along enters a long segment row by row, so that a slanting one does not fill its box.
func (x *Index) along(s segment, n int32) {
	lo, hi := s.a, s.b
	if lo[1] > hi[1] {
		lo, hi = hi, lo
	}
	from := math.Max(lo[1]-s.half, x.bound.Min[1])
	to := math.Min(hi[1]+s.half, x.bound.Max[1])
	for y := math.Floor((from-x.bound.Min[1])/x.cell)*x.cell + x.bound.Min[1]; y <= to; y += x.cell {
		// The part of the segment within reach of the row.
		t := func(v float64) float64 {
			if hi[1] == lo[1] {
				return 0
			}
			return math.Max(0, math.Min(1, (v-lo[1])/(hi[1]-lo[1])))
		}
		a, b := t(y-s.half), t(y+x.cell+s.half)
		if hi[1] == lo[1] {
			a, b = 0, 1
		}
		xa, xb := lo[0]+(hi[0]-lo[0])*a, lo[0]+(hi[0]-lo[0])*b
		row := orb.Bound{Min: Point{math.Min(xa, xb) - s.half, y + 1e-6}, Max: Point{math.Max(xa, xb) + s.half, y + x.cell - 1e-6}}
		x.cells(row, func(k int) { x.beside[k] = append(x.beside[k], n) })
	}
}

// Inside calls fn with the tag of every area that holds a place, until it returns false.
func (x *Index) Inside(p Point, fn func(tag int) bool) {
	if !x.bound.Contains(p) {
		return
	}
	x.cells(orb.Bound{Min: p, Max: p}, func(k int) {
		for _, i := range x.inside[k] {
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
	x.cells(orb.Bound{Min: p, Max: p}.Pad(reach), func(k int) {
		for _, i := range x.beside[k] {
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
