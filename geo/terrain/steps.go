package terrain

import (
	"math"
	"slices"

	"github.com/longtake/longtake/geo/terrain/tin"
)

// Steps of walls and quays stand between nodes of the lattice. The nodes on both sides are
// moved to their edges, so that they are straight whatever their direction, as in surface
// nets (Gibson, "Constrained Elastic Surface Nets", MICCAI 1998).
const (
	stepLeast = 1.0  // metres between the heights of two nodes
	wallThick = 0.15 // metres from the middle of a wall to its edges: it leans a little

	// leastThick is wallThick where that is little on the lattice, in parts of a cell: top and
	// foot are not rounded to one place, and no node to its neighbour's or to a side.
	leastThick = 0.75
)

// step tells how much nearer a node is to its own shape than to one that is so much lower,
// or higher, that a wall stands between them, metres; 0 is no wall. lent are the neighbours,
// each by its bit, to which a wall stands although one of the two knows nothing of it.
type step struct {
	down, up float32
	lent     uint8
}

// neighbours are those of a node along x and y, by the bits of step.lent; the one that
// lies the other way is two further.
var neighbours = [4][2]int{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}

// to is where on the way to a lower node, its neighbour by this number, the wall to it
// stands, 0 to 1; 0 is nowhere.
func (s step) to(lower step, neighbour int) float64 {
	switch {
	case s.down > 0 && lower.up > 0:
		return float64(s.down) / (float64(s.down) + float64(lower.up))
	case s.lent&(1<<neighbour) != 0:
		return 0.5
	}
	return 0
}

// joined lets walls run on where one of two nodes knows nothing of them: it knows the nearest
// of the shapes above and below it alone, and where three meet that may be another. What is
// as steep as masonry anyway is a wall then, halfway, between these two and no others.
func (l *lattice) joined(heights []float32, steps []step) []step {
	out := slices.Clone(steps)
	lend := func(a, b, neighbour int) {
		rise, down, up := heights[a]-heights[b], steps[a].down, steps[b].up
		if rise < 0 {
			rise, down, up = -rise, steps[b].down, steps[a].up
		}
		if float64(rise) >= Steep*l.step && (down > 0) != (up > 0) {
			out[a].lent |= 1 << neighbour
			out[b].lent |= 1 << ((neighbour + 2) % 4)
		}
	}
	for j := range l.h {
		for i := range l.w {
			at := j*l.w + i
			if i+1 < l.w {
				lend(at, at+1, 0)
			}
			if j+1 < l.h {
				lend(at, at+l.w, 1)
			}
		}
	}
	return out
}

// steps finds the nodes on both sides of walls, and moves them there: each towards the
// place between it and its neighbour where the wall stands, on a side of the tile along
// that only. Corners stay.
func (w *window) steps() {
	if w.torn == nil {
		return
	}
	for w.parts = 32; w.parts*w.cells > tin.MaxSide; w.parts /= 2 {
	}
	if w.parts < 8 {
		return
	}
	thick := max(wallThick*float64(w.factor)/w.t.cell, leastThick/float64(w.parts))
	for j := 0; j <= w.cells; j++ {
		for i := 0; i <= w.cells; i++ {
			if w.torn[w.at(i, j)] == (step{}) {
				continue
			}
			var x, y float64
			var top, above bool
			if i > 0 && i < w.cells {
				x, top = w.toStep(i, j, 0)
			}
			if j > 0 && j < w.cells {
				y, above = w.toStep(i, j, 1)
			}
			switch {
			case x == 0 && y == 0 || x != 0 && y != 0 && top != above:
				continue
			case x != 0 && y != 0: // to the nearest place between these
				d := float64(x*x) + float64(y*y)
				x, y = x*y*y/d, y*x*x/d
			}
			l := math.Hypot(x, y)
			to := max(l-thick, 0) / l * float64(w.parts)
			node := j*(w.cells+1) + i
			m := tin.Moved{Node: node, X: int16(math.Round(x * to)), Y: int16(math.Round(y * to)), Above: top || above}
			if w.taken(m) {
				m.X, m.Y = 0, 0
			}
			w.moved = append(w.moved, m)
		}
	}
}

// taken tells whether a node before it has been moved to the same place, as nodes that look
// at a step aslant may be. Nodes move by less than a cell, so none but neighbours can be,
// and on a side none but those of that side: both tiles at it find the same.
func (w *window) taken(m tin.Moved) bool {
	n := w.cells + 1
	i, j := m.Node%n, m.Node/n
	for _, d := range [4][2]int{{-1, 0}, {-1, -1}, {0, -1}, {1, -1}} {
		if x, y := i+d[0], j+d[1]; x >= 0 && x < n && y >= 0 {
			o, ok := w.movedNode(y*n + x)
			if ok && d[0]*w.parts+int(o.X) == int(m.X) && d[1]*w.parts+int(o.Y) == int(m.Y) {
				return true
			}
		}
	}
	return false
}

// toStep is how far in cells a wall stands from a node along an axis; 0: there is none, or
// one on both sides.
func (w *window) toStep(i, j, axis int) (way float64, above bool) {
	look := func(neighbour int, sign float64) (float64, bool) {
		d := neighbours[neighbour]
		a, b := w.at(i, j), w.at(i+d[0], j+d[1])
		switch rise := w.heights[a] - w.heights[b]; {
		case rise >= stepLeast:
			return sign * w.torn[a].to(w.torn[b], neighbour), true
		case rise <= -stepLeast:
			if s := w.torn[b].to(w.torn[a], (neighbour+2)%4); s > 0 {
				return sign * (1 - s), false
			}
		}
		return 0, false
	}
	ahead, top := look(axis, 1)
	back, higher := look(axis+2, -1)
	if ahead != 0 && back != 0 {
		return 0, false
	}
	return ahead + back, ahead != 0 && top || back != 0 && higher
}

// stepOf is what flatten says of a node.
func (w *window) stepOf(i, j int) step {
	if w.torn == nil {
		return step{}
	}
	return w.torn[w.at(i, j)]
}

// off is how many cells a node has been moved.
func (w *window) off(i, j int) (x, y float64) {
	m, ok := w.movedNode(j*(w.cells+1) + i)
	if !ok {
		return 0, 0
	}
	return float64(m.X) / float64(w.parts), float64(m.Y) / float64(w.parts)
}

// place is the plan position of a node, where it has been moved to. Neighbours agree to
// the bit.
func (w *window) place(i, j int) [2]float64 {
	x, y := w.off(i, j)
	step := w.t.cell / float64(w.factor)
	return [2]float64{w.t.o.Min[0] + float64((float64(w.x0+i)+x)*step), w.t.o.Min[1] + float64((float64(w.y0+j)+y)*step)}
}

// movedNode finds a node among those that have been moved.
func (w *window) movedNode(node int) (tin.Moved, bool) {
	k, ok := slices.BinarySearchFunc(w.moved, node, func(m tin.Moved, node int) int { return m.Node - node })
	if !ok {
		return tin.Moved{}, false
	}
	return w.moved[k], true
}

// ends are the nodes around the ends of walls: with them an end is no longer than a cell.
func (w *window) ends() (out []int) {
	n := w.cells + 1
	for _, m := range w.moved {
		i, j, next := m.Node%n, m.Node/n, 0
		var still []int
		for y := max(j-1, 1); y <= min(j+1, w.cells-1); y++ {
			for x := max(i-1, 1); x <= min(i+1, w.cells-1); x++ {
				if o, ok := w.movedNode(y*n + x); !ok {
					still = append(still, y*n+x)
				} else if o.Node != m.Node && o.Above == m.Above {
					next++
				}
			}
		}
		if next < 2 {
			out = append(out, still...)
		}
	}
	return out
}

// withMoved adds the moved nodes of a side to those that are kept on it.
func (w *window) withMoved(side int, kept []int) []int {
	if len(w.moved) == 0 {
		return kept
	}
	n := len(kept)
	for i := 1; i < w.cells; i++ {
		p := [4][2]int{{i, 0}, {w.cells, i}, {i, w.cells}, {0, i}}[side]
		if _, ok := w.movedNode(p[1]*(w.cells+1) + p[0]); ok {
			kept = append(kept, i)
		}
	}
	if len(kept) > n {
		slices.Sort(kept)
		kept = slices.Compact(kept)
	}
	return kept
}
