package terrain

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// The kinds of node.
const (
	land   = iota
	bed    // inside a flat surface: its bed
	shore  // within shoreCells of one
	strand // of one where a beach is
)

// shoreCells is how far around a flat surface the ground is kept from dropping below it.
const shoreCells = 2

// layFlats lays the flat surfaces over the grid, page by page.
func (t *Terrain) layFlats() {
	n := len(t.nodes.all)
	parallel(n, func(from, to int) {
		for k := from; k < to; k++ {
			t.layPage(k)
		}
	})
}

func (t *Terrain) layPage(k int) {
	x0, y0, w, h := t.nodes.square(k)
	const rim = shoreCells + 1 // whose nodes decide on those of the page
	l := &lattice{min: t.o.Min, step: t.cell, x0: max(x0-rim, 0), y0: max(y0-rim, 0)}
	l.w, l.h = min(x0+w+rim, t.n)-l.x0, min(y0+h+rim, t.n)-l.y0
	box := orb.Bound{Min: l.at(0, 0), Max: l.at(l.w-1, l.h-1)}
	var flats []*outline
	for _, f := range t.flats {
		if f.box.Intersects(box) {
			flats = append(flats, f)
		}
	}
	if len(flats) == 0 {
		return
	}
	// What is not the page's own is only asked whether it is water.
	z := make([]float32, l.w*l.h)
	dry, _ := t.nodes.of(x0, y0)
	own := func(j int) int { return (y0-l.y0+j)*l.w + x0 - l.x0 }
	for j := range h {
		copy(z[own(j):][:w], dry.heights[j*w:])
	}
	kind, _ := l.flood(flats, shoreCells, z)
	p := &page{w: w, h: h, heights: make([]float32, w*h), kind: make([]uint8, w*h)}
	if t.factor > 1 {
		p.dry = dry.heights
	}
	for j := range h {
		copy(p.heights[j*w:(j+1)*w], z[own(j):])
		copy(p.kind[j*w:(j+1)*w], kind[own(j):])
	}
	t.nodes.put(k, p)
}

// flood pushes nodes inside the flat surfaces to their beds and lifts the shore, which
// reaches so many nodes around them, to the surface's height. A node is inside or outside,
// there is nothing between: what the polygon cuts off a cell is decided by the cell's
// nodes (even-odd rule), so water narrower than a cell may have no bed. Shores of several
// surfaces take the highest. floor is what the ground is not to fall below: −∞ but on
// shores. See also lattice.banks.
func (l *lattice) flood(flats []*outline, reach int, heights []float32) (kind []uint8, floor []float32) {
	kind = make([]uint8, l.w*l.h)
	var owner []int32 // 1 + index of the flat surface
	for k, f := range flats {
		l.burn(f, func(i int) {
			if owner == nil {
				owner = make([]int32, l.w*l.h)
			}
			owner[i] = int32(k + 1)
		})
	}
	if owner == nil {
		return kind, nil
	}
	floor = make([]float32, l.w*l.h)
	for i := range floor {
		floor[i] = float32(math.Inf(-1))
	}
	for j := range l.h {
		for i := range l.w {
			at := j*l.w + i
			if owner[at] == 0 {
				continue
			}
			f := flats[owner[at]-1]
			below := float32(f.Height - f.Depth)
			if !f.Bathymetry || heights[at] > below {
				heights[at] = below
			}
			kind[at] = bed
			if l.interior(owner, i, j) {
				continue
			}
			h := up32(f.Height)
			for y := max(j-reach, 0); y <= min(j+reach, l.h-1); y++ {
				for x := max(i-reach, 0); x <= min(i+reach, l.w-1); x++ {
					if b := y*l.w + x; owner[b] == 0 {
						kind[b] = shore
						floor[b] = max(floor[b], h)
					}
				}
			}
		}
	}
	l.banks(flats, owner, reach, kind, heights, floor)
	for at, h := range floor {
		heights[at] = max(heights[at], h)
	}
	return kind, floor
}

// interior tells whether all eight neighbours of a bed node are beds.
func (l *lattice) interior(owner []int32, i, j int) bool {
	for y := max(j-1, 0); y <= min(j+1, l.h-1); y++ {
		for x := max(i-1, 0); x <= min(i+1, l.w-1); x++ {
			if owner[y*l.w+x] == 0 {
				return false
			}
		}
	}
	return true
}

// burn calls set for each node inside the outline: per row of nodes the crossings of
// all edges, sorted, and the nodes between each two.
func (l *lattice) burn(o *outline, set func(node int)) {
	last := l.at(l.w-1, l.h-1)
	box := orb.Bound{Min: l.at(0, 0), Max: last}
	if !o.box.Intersects(box) {
		return
	}
	rows := make([][]float64, l.h)
	beside := orb.Bound{Min: orb.Point{math.Inf(-1), box.Min[1]}, Max: orb.Point{math.Inf(1), box.Max[1]}}
	o.edges(beside, func(a, b orb.Point) {
		if a[1] > b[1] {
			a, b = b, a
		}
		if !(b[1] >= box.Min[1] && a[1] <= box.Max[1]) || a[1] == b[1] {
			return
		}
		for j := l.row(a[1]); j < l.h; j++ {
			y := l.at(0, j)[1]
			if y >= b[1] { // half open: a vertex counts once
				break
			}
			rows[j] = append(rows[j], a[0]+float64((b[0]-a[0])*((y-a[1])/(b[1]-a[1]))))
		}
	})
	for j, xs := range rows {
		slices.Sort(xs)
		for k := 0; k+1 < len(xs); k += 2 {
			for i := l.column(xs[k]); i < l.w && l.at(i, j)[0] <= xs[k+1]; i++ {
				set(j*l.w + i)
			}
		}
	}
}

// Waters calls set for every node within a flat surface, of n × n that are spread over the
// square row by row from the south-west: with the surface's height, and of several the
// last one's last.
func (t *Terrain) Waters(n int, set func(node int, height float64)) {
	l := &lattice{min: t.o.Min, step: t.o.Size / float64(n-1), w: n, h: n}
	for _, f := range t.flats {
		l.burn(f, func(node int) { set(node, f.Height) })
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
