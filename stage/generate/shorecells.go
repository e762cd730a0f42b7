package generate

import (
	"math"

	"github.com/paulmach/orb"
)

// shoreCells are the cells of the plan in which a shore runs.
type shoreCells map[[2]int]bool

const shoreCell = 64.0 // metres

func newShoreCells(sea orb.MultiPolygon) shoreCells {
	s := shoreCells{}
	for _, p := range sea {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				a, b := r[i-1], r[i]
				steps := math.Ceil(math.Hypot(b[0]-a[0], b[1]-a[1]) / shoreCell)
				for k := 0.0; k <= steps; k++ {
					t := k / max(steps, 1)
					s[shoreCellOf(a[0]+t*(b[0]-a[0]), a[1]+t*(b[1]-a[1]))] = true
				}
			}
		}
	}
	return s
}

func shoreCellOf(x, y float64) [2]int {
	return [2]int{int(math.Floor(x / shoreCell)), int(math.Floor(y / shoreCell))}
}

// near tells whether a shore may run within a cell of a box.
func (s shoreCells) near(box orb.Bound) bool {
	lo, hi := shoreCellOf(box.Min[0], box.Min[1]), shoreCellOf(box.Max[0], box.Max[1])
	if (hi[0]-lo[0]+3)*(hi[1]-lo[1]+3) > len(s) {
		for c := range s {
			if c[0] >= lo[0]-1 && c[0] <= hi[0]+1 && c[1] >= lo[1]-1 && c[1] <= hi[1]+1 {
				return true
			}
		}
		return false
	}
	for x := lo[0] - 1; x <= hi[0]+1; x++ {
		for y := lo[1] - 1; y <= hi[1]+1; y++ {
			if s[[2]int{x, y}] {
				return true
			}
		}
	}
	return false
}
