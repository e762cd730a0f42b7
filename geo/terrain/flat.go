package terrain

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// The kinds of node.
const (
	land  = iota
	bed   // inside a flat surface: its bed
	shore // within shoreCells of one
)

// shoreCells is how far around a flat surface the ground is kept from dropping below it.
const shoreCells = 2

// layFlats pushes nodes inside the flat surfaces to their beds and lifts the shore to
// the surface's height. A node is inside or outside, there is nothing between: what the
// polygon cuts off a cell is decided by the cell's nodes (even-odd rule), so water
// narrower than a cell may have no bed. Shores of several surfaces take the highest.
func (t *Terrain) layFlats() {
	t.kind = make([]uint8, len(t.heights))
	if len(t.o.Flat) == 0 {
		return
	}
	owner := make([]int32, len(t.heights)) // 1 + index of the flat surface
	for k, f := range t.o.Flat {
		t.burn(f.Polygon, func(i int) { owner[i] = int32(k + 1) })
	}
	lift := make([]float32, len(t.heights)) // where kind is shore
	for j := range t.n {
		for i := range t.n {
			at := j*t.n + i
			if owner[at] == 0 {
				continue
			}
			f := t.o.Flat[owner[at]-1]
			t.heights[at] = float32(f.Height - f.Depth)
			t.kind[at] = bed
			if t.interior(owner, i, j) {
				continue
			}
			for y := max(j-shoreCells, 0); y <= min(j+shoreCells, t.n-1); y++ {
				for x := max(i-shoreCells, 0); x <= min(i+shoreCells, t.n-1); x++ {
					if b := y*t.n + x; owner[b] == 0 {
						if h := up32(f.Height); t.kind[b] != shore || h > lift[b] {
							lift[b] = h
						}
						t.kind[b] = shore
					}
				}
			}
		}
	}
	for at, h := range lift {
		if t.kind[at] == shore {
			t.heights[at] = max(t.heights[at], h)
		}
	}
}

// interior tells whether all eight neighbours of a bed node are beds.
func (t *Terrain) interior(owner []int32, i, j int) bool {
	for y := max(j-1, 0); y <= min(j+1, t.n-1); y++ {
		for x := max(i-1, 0); x <= min(i+1, t.n-1); x++ {
			if owner[y*t.n+x] == 0 {
				return false
			}
		}
	}
	return true
}

// burn calls set for each node inside the polygon: per row of nodes the crossings of
// all edges, sorted, and the nodes between each two.
func (t *Terrain) burn(p orb.Polygon, set func(node int)) {
	rows := make([][]float64, t.n)
	for _, r := range p {
		for k := range r {
			a, b := t.grid(r[k]), t.grid(r[(k+1)%len(r)])
			if a[1] > b[1] {
				a, b = b, a
			}
			if !(b[1] >= 0 && a[1] <= float64(t.n-1)) || a[1] == b[1] {
				continue
			}
			for j := max(int(math.Ceil(a[1])), 0); j < t.n && float64(j) < b[1]; j++ { // half open: a vertex counts once
				rows[j] = append(rows[j], a[0]+(b[0]-a[0])*(float64(j)-a[1])/(b[1]-a[1]))
			}
		}
	}
	for j, xs := range rows {
		slices.Sort(xs)
		for k := 0; k+1 < len(xs); k += 2 {
			from, to := max(math.Ceil(xs[k]), 0), min(math.Floor(xs[k+1]), float64(t.n-1))
			for i := from; i <= to; i++ {
				set(j*t.n + int(i))
			}
		}
	}
}

// grid returns a plan position in cells from the south-west corner.
func (t *Terrain) grid(p [2]float64) [2]float64 {
	return [2]float64{(p[0] - t.o.Min[0]) / t.cell, (p[1] - t.o.Min[1]) / t.cell}
}

// up32 rounds to float32, never down.
func up32(v float64) float32 {
	f := float32(v)
	if float64(f) < v {
		f = math.Nextafter32(f, float32(math.Inf(1)))
	}
	return f
}
