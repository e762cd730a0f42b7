package tin

import "math"

// Edge simplifies one side of a grid: keep is called, in order, for the nodes whose chain
// stays within the bound of all others, the ends included (Douglas and Peucker 1973, with
// vertical distances). Tiles on both sides of it must run it in one direction: of nodes
// equally far off the first is kept.
func Edge(n int, z func(i int) float64, bound float64, keep func(i int)) {
	keep(0)
	chain(0, n-1, z, bound, keep)
	keep(n - 1)
}

func chain(a, b int, z func(i int) float64, bound float64, keep func(i int)) {
	if b-a < 2 {
		return
	}
	za, slope := z(a), (z(b)-z(a))/float64(b-a)
	worst, at := bound, -1
	for i := a + 1; i < b; i++ {
		d := math.Abs(z(i) - za - float64(slope*float64(i-a)))
		if d > worst {
			worst, at = d, i
		}
	}
	if at < 0 {
		return
	}
	chain(a, at, z, bound, keep)
	keep(at)
	chain(at, b, z, bound, keep)
}
