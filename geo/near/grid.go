package near

import (
	"math"

	"github.com/paulmach/orb"
)

// grid sorts the areas and segments of an index by the cells of its bound.
type grid struct {
	bound          orb.Bound
	cell           float64
	nx, ny         int
	inside, beside lists // areas and segments by cell
}

const (
	// finest is the side in metres of the smallest cells.
	finest = 12.0
	// cellsOf is how many cells there are to what is entered, at most: a wide square with little in
	// it has few.
	cellsOf = 16
)

// grid is what has been entered so far, sorted. Who asks first sorts it; who asks at the same
// moment does so as well.
func (x *Index) grid() *grid {
	if g := x.sorted.Load(); g != nil {
		return g
	}
	b := x.bound
	w, h := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	most := float64(cellsOf * (1 + len(x.areas) + len(x.segments)))
	g := &grid{bound: b, cell: math.Max(finest, math.Max(math.Sqrt(w*h/most), math.Max(w, h)/512))}
	g.nx, g.ny = int(w/g.cell)+1, int(h/g.cell)+1
	g.inside = g.sort(func(enter func(k, i int)) {
		for i := range x.areas {
			g.cells(x.areas[i].box, func(k int) { enter(k, i) })
		}
	})
	g.beside = g.sort(func(enter func(k, i int)) {
		for i := range x.segments {
			g.around(&x.segments[i], func(k int) { enter(k, i) })
		}
	})
	x.sorted.Store(g)
	return g
}

// lists are the numbers of what lies in each cell, in their order.
type lists struct {
	from []int32 // where the list of a cell begins, and after the last
	all  []int32
}

func (l *lists) of(k int) []int32 { return l.all[l.from[k]:l.from[k+1]] }

// sort makes the lists of what each enters, twice the same: it is counted, then put.
func (g *grid) sort(each func(enter func(k, i int))) lists {
	l := lists{from: make([]int32, g.nx*g.ny+1)}
	each(func(k, _ int) { l.from[k+1]++ })
	for k := range g.nx * g.ny {
		l.from[k+1] += l.from[k]
	}
	l.all = make([]int32, l.from[g.nx*g.ny])
	next := append([]int32(nil), l.from...)
	each(func(k, i int) {
		l.all[next[k]] = int32(i)
		next[k]++
	})
	return l
}

// cells calls fn for every cell that a box meets, clamped to the bound.
func (g *grid) cells(b orb.Bound, fn func(k int)) {
	if !(b.Min[0] <= g.bound.Max[0] && b.Max[0] >= g.bound.Min[0] && b.Min[1] <= g.bound.Max[1] && b.Max[1] >= g.bound.Min[1]) {
		return
	}
	at := func(v, lo float64, n int) int {
		return int(math.Max(0, math.Min(float64(n-1), math.Floor((v-lo)/g.cell))))
	}
	x0, x1 := at(b.Min[0], g.bound.Min[0], g.nx), at(b.Max[0], g.bound.Min[0], g.nx)
	y0, y1 := at(b.Min[1], g.bound.Min[1], g.ny), at(b.Max[1], g.bound.Min[1], g.ny)
	for j := y0; j <= y1; j++ {
		for i := x0; i <= x1; i++ {
			fn(j*g.nx + i)
		}
	}
}

// around calls fn for the cells of a segment with its width: those of a long one row by row,
// so that a slanting one does not fill its box.
func (g *grid) around(s *segment, fn func(k int)) {
	if Distance(s.a, s.b) <= 4*g.cell {
		g.cells(orb.Bound{Min: s.a, Max: s.a}.Extend(s.b).Pad(s.half), fn)
		return
	}
	lo, hi := s.a, s.b
	if lo[1] > hi[1] {
		lo, hi = hi, lo
	}
	from := math.Max(lo[1]-s.half, g.bound.Min[1])
	to := math.Min(hi[1]+s.half, g.bound.Max[1])
	for y := math.Floor((from-g.bound.Min[1])/g.cell)*g.cell + g.bound.Min[1]; y <= to; y += g.cell {
		// The part of the segment within reach of the row.
		t := func(v float64) float64 {
			if hi[1] == lo[1] {
				return 0
			}
			return math.Max(0, math.Min(1, (v-lo[1])/(hi[1]-lo[1])))
		}
		a, b := t(y-s.half), t(y+g.cell+s.half)
		if hi[1] == lo[1] {
			a, b = 0, 1
		}
		xa, xb := lo[0]+(hi[0]-lo[0])*a, lo[0]+(hi[0]-lo[0])*b
		row := orb.Bound{Min: Point{math.Min(xa, xb) - s.half, y + 1e-6}, Max: Point{math.Max(xa, xb) + s.half, y + g.cell - 1e-6}}
		g.cells(row, fn)
	}
}
