package terrain

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// quays adds to steps those from the shores of flat surfaces to their beds: a wall stands
// where the surface ends, not where the nodes beside it happen to be.
func (l *lattice) quays(flats []*outline, kind []uint8, steps []step) []step {
	q := l.quayside(kind)
	box := orb.Bound{Min: l.at(0, 0), Max: l.at(l.w-1, l.h-1)}.Pad(2 * l.step)
	for _, o := range flats {
		if o.box.Intersects(box) {
			o.edges(box, q.edge)
		}
	}
	for k, at := range q.nodes {
		if math.IsInf(q.squares[k], 1) {
			continue
		}
		if steps == nil {
			steps = make([]step, l.w*l.h)
		}
		d := float32(max(math.Sqrt(q.squares[k]), 1e-3))
		if kind[at] == bed {
			steps[at].up, steps[at].down = d, 0
		} else {
			steps[at].down = d
		}
	}
	return steps
}

// quayside are the nodes on both sides of the edges of flat surfaces, row by row, and the
// squares of how far these are.
type quayside struct {
	*lattice
	nodes   []int
	rows    []int // where each row begins in nodes
	squares []float64
}

// quayside finds the nodes on both sides of shores.
func (l *lattice) quayside(kind []uint8) *quayside {
	q := &quayside{lattice: l, rows: make([]int, 0, l.h+1)}
	for j := range l.h {
		q.rows = append(q.rows, len(q.nodes))
		if j == 0 || j == l.h-1 {
			continue
		}
		for i := 1; i < l.w-1; i++ {
			at := j*l.w + i
			in := kind[at] == bed
			if (kind[at-1] == bed) != in || (kind[at+1] == bed) != in || (kind[at-l.w] == bed) != in || (kind[at+l.w] == bed) != in {
				q.nodes, q.squares = append(q.nodes, at), append(q.squares, math.Inf(1))
			}
		}
	}
	q.rows = append(q.rows, len(q.nodes))
	return q
}

// edge brings an edge to the nodes around it.
func (q *quayside) edge(a, b orb.Point) {
	q.beside(a, b, func(k int, n orb.Point) { q.squares[k] = min(q.squares[k], squaredTo(a, b, n)) })
}

// beside visits the nodes around an edge by their number and place, at least those within a
// step: the nearest of all edges is no further from a node on a shore.
func (q *quayside) beside(a, b orb.Point, visit func(k int, n orb.Point)) {
	foot, top, near := a, b, 1.5*q.step
	if foot[1] > top[1] {
		foot, top = top, foot
	}
	west, east := min(a[0], b[0]), max(a[0], b[0])
	if first, last := q.at(0, 0), q.at(q.w-1, q.h-1); !(east > first[0]-near && west < last[0]+near && top[1] > first[1]-near && foot[1] < last[1]+near) {
		return
	}
	for j := q.row(foot[1] - near); j < q.h; j++ {
		y := q.at(0, j)[1]
		if y > top[1]+near {
			break
		}
		lo, hi := west, east
		if rise := top[1] - foot[1]; rise > q.step { // what of it is beside the row
			p := foot[0] + (top[0]-foot[0])*max((y-near-foot[1])/rise, 0)
			r := foot[0] + (top[0]-foot[0])*min((y+near-foot[1])/rise, 1)
			lo, hi = max(lo, min(p, r)), min(hi, max(p, r))
		}
		from, to := q.rows[j], q.rows[j+1]
		first, _ := slices.BinarySearch(q.nodes[from:to], j*q.w+q.column(lo-near))
		for k := from + first; k < to; k++ {
			n := q.at(q.nodes[k]-j*q.w, j)
			if n[0] > hi+near {
				break
			}
			visit(k, n)
		}
	}
}
