package generate

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/tiles"
)

const (
	// woodWeight is that of a hectare of wood: about 200 trees.
	woodWeight = 15
	// woodShare is how much of its box a wood fills.
	woodShare = 0.5
)

// woods are the squares of a lattice in which wood may lie, by the boxes of features: one
// feature may be planted with a million trees, and weighs no less in what blocks it
// crosses. Large boxes are entered as differences, so that they cost no more than others.
type woods struct {
	grid        tiles.Grid
	level, n    int
	differences []int32   // (n+1)²: 1 at the corners where a box begins or has ended both ways
	small       []float64 // square metres of boxes within a square
}

func newWoods(grid tiles.Grid, level int) *woods {
	n := 1 << level
	return &woods{grid: grid, level: level, n: n, differences: make([]int32, (n+1)*(n+1)), small: make([]float64, n*n)}
}

// add enters the box of a wood in the plan.
func (w *woods) add(box orb.Bound) {
	a, b := w.grid.At(w.level, box.Min[0], box.Min[1]), w.grid.At(w.level, box.Max[0], box.Max[1])
	if a == b {
		w.small[a.Y*w.n+a.X] += (box.Max[0] - box.Min[0]) * (box.Max[1] - box.Min[1])
		return
	}
	row := w.n + 1
	w.differences[a.Y*row+a.X]++
	w.differences[a.Y*row+b.X+1]--
	w.differences[(b.Y+1)*row+a.X]--
	w.differences[(b.Y+1)*row+b.X+1]++
}

// weigh adds the weights of woods to those of the squares, row by row from the south.
func (w *woods) weigh(counts []uint32) {
	whole := math.Pow(w.grid.Side(w.level), 2)
	boxes := make([]int32, w.n) // over the squares of the row
	for y := range w.n {
		sum := int32(0)
		for x := range w.n {
			sum += w.differences[y*(w.n+1)+x]
			boxes[x] += sum
			area := w.small[y*w.n+x]
			if boxes[x] > 0 {
				area = whole
			}
			counts[y*w.n+x] += uint32(math.Round(woodWeight * woodShare * math.Min(area, whole) / 1e4))
		}
	}
}
