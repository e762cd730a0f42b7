package cover

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// binGrid finds boxes near a place: a uniform grid of lists. A box that spans more than
// wideBox cells goes to a list of its own, so that one huge area costs nothing.
type binGrid struct {
	min  orb.Point
	cell float64
	nx   int
	ny   int
	bins [][]int32
	wide []int32
	seen []uint32
	turn uint32
}

const wideBox = 256

// newBinGrid indexes n boxes; empty boxes are left out.
func newBinGrid(n int, box func(i int) orb.Bound) *binGrid {
	all := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	count := 0
	for i := range n {
		if b := box(i); b.Min[0] <= b.Max[0] {
			all = orb.Bound{Min: orb.Point{math.Min(all.Min[0], b.Min[0]), math.Min(all.Min[1], b.Min[1])},
				Max: orb.Point{math.Max(all.Max[0], b.Max[0]), math.Max(all.Max[1], b.Max[1])}}
			count++
		}
	}
	g := &binGrid{seen: make([]uint32, n)}
	if count == 0 {
		return g
	}
	w, h := all.Max[0]-all.Min[0], all.Max[1]-all.Min[1]
	side := math.Sqrt(float64(count)) + 1
	g.min, g.cell = all.Min, math.Max(math.Max(w, h)/math.Min(side*2, 1024), 1e-3)
	g.nx, g.ny = int(w/g.cell)+1, int(h/g.cell)+1
	g.bins = make([][]int32, g.nx*g.ny)
	for i := range n {
		b := box(i)
		if b.Min[0] > b.Max[0] {
			continue
		}
		x0, y0, x1, y1 := g.span(b)
		if (x1-x0+1)*(y1-y0+1) > wideBox {
			g.wide = append(g.wide, int32(i))
			continue
		}
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				g.bins[y*g.nx+x] = append(g.bins[y*g.nx+x], int32(i))
			}
		}
	}
	return g
}

func (g *binGrid) span(b orb.Bound) (x0, y0, x1, y1 int) {
	at := func(v, lo float64, n int) int {
		return int(math.Max(0, math.Min(float64(n-1), math.Floor((v-lo)/g.cell))))
	}
	return at(b.Min[0], g.min[0], g.nx), at(b.Min[1], g.min[1], g.ny), at(b.Max[0], g.min[0], g.nx), at(b.Max[1], g.min[1], g.ny)
}

// each calls fn once for every box that may meet b, in rising order. Not safe for
// concurrent use.
func (g *binGrid) each(b orb.Bound, fn func(i int)) {
	if len(g.bins) == 0 {
		return
	}
	g.turn++
	x0, y0, x1, y1 := g.span(b)
	var found []int32
	take := func(list []int32) {
		for _, i := range list {
			if g.seen[i] != g.turn {
				g.seen[i] = g.turn
				found = append(found, i)
			}
		}
	}
	take(g.wide)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			take(g.bins[y*g.nx+x])
		}
	}
	slices.Sort(found)
	for _, i := range found {
		fn(int(i))
	}
}
