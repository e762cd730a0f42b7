package slab

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
)

// Sag is how far a lattice cell's straight edges lie below the round Earth, in metres.
func Sag(cell float64) float64 { return cell * cell / (8 * earth.A) }

// Error measures how far the tops of slabs lie from their relief within a square: at the
// middles of the lattice's cells and of their edges, where a finer lattice has vertices.
// Areas are not asked for: the lattice is that of the whole square.
func Error(relief func(p [2]float64) float64, square orb.Bound, levels int) float64 {
	n := 1 << levels
	cell := (square.Max[0] - square.Min[0]) / float64(n)
	at := func(i, j float64) float64 {
		return relief([2]float64{square.Min[0] + float64(i*cell), square.Min[1] + float64(j*cell)})
	}
	worst := 0.0
	row := make([]float64, n+1) // the lattice's southern row of heights
	for i := range row {
		row[i] = at(float64(i), 0)
	}
	for j := range n {
		next := make([]float64, n+1)
		for i := range next {
			next[i] = at(float64(i), float64(j+1))
		}
		for i := range n {
			// The cell's diagonal runs from south-west to north-east.
			mid := (row[i] + next[i+1]) / 2
			worst = math.Max(worst, math.Abs(at(float64(i)+0.5, float64(j)+0.5)-mid))
			worst = math.Max(worst, math.Abs(at(float64(i)+0.5, float64(j))-(row[i]+row[i+1])/2))
			worst = math.Max(worst, math.Abs(at(float64(i), float64(j)+0.5)-(row[i]+next[i])/2))
		}
		row = next
	}
	return worst
}

// Raise is the relief times its exaggeration at a plan position, for Error.
func (s *Slab) Raise(p [2]float64) float64 { return s.o.Exaggeration * s.relief(p) }
