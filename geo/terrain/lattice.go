package terrain

import "math"

// lattice is a part of the nodes of a square: w columns and h rows from the node x0, y0 of
// one that starts at min. Positions are those of the whole, so that parts agree to the bit.
type lattice struct {
	min    [2]float64 // plan
	step   float64
	x0, y0 int
	w, h   int
}

// at is the plan position of a node, counted from the lattice's own south-west one.
func (l *lattice) at(i, j int) [2]float64 {
	return [2]float64{l.min[0] + float64(float64(l.x0+i)*l.step), l.min[1] + float64(float64(l.y0+j)*l.step)}
}

// column is the first column whose position is not less than x, up to w.
func (l *lattice) column(x float64) int { return l.first(x, 0, l.x0, l.w) }

// row is the first row whose position is not less than y, up to h.
func (l *lattice) row(y float64) int { return l.first(y, 1, l.y0, l.h) }

func (l *lattice) first(v float64, axis, start, n int) int {
	position := func(i int) float64 { return l.min[axis] + float64(float64(start+i)*l.step) }
	i := int(min(max(math.Ceil((v-l.min[axis])/l.step)-float64(start), 0), float64(n)))
	for i > 0 && position(i-1) >= v {
		i--
	}
	for i < n && position(i) < v {
		i++
	}
	return i
}
