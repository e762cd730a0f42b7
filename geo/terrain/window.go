package terrain

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/terrain/tin"
)

// window is the lattice of one tile: the grid's nodes, or those of its detail.
type window struct {
	t      *Terrain
	x0, y0 int // south-west node, in cells of the lattice
	cells  int // a side, of the lattice
	factor int // cells of the lattice to one of the grid

	// Of detail, with one node around them for the slopes on the rim; nil where the window
	// is the grid's.
	heights []float32
	kind    []uint8
	torn    []step      // see flatten; nil where nothing has walls
	moved   []tin.Moved // row by row
	parts   int         // of a cell, that these are moved by
	edges   [4]bool     // south, east, north, west: has detail, so shapes touch it
}

// window returns the lattice of the square of c cells with the index.
func (t *Terrain) window(ix, iy, c int) *window {
	t.make(nil) // from what was sampled before, if it is not there
	w := &window{t: t, x0: ix * c, y0: iy * c, cells: c, factor: 1}
	var shapes Shapes
	if t.factor > 1 && c == t.levels[len(t.levels)-1].Cells {
		shapes = t.shapes(ix, iy)
		if !shapes.empty() {
			w.factor = t.factor
			w.x0, w.y0, w.cells = w.x0*t.factor, w.y0*t.factor, c*t.factor
			lo, hi := t.planOf(ix*c, iy*c), t.planOf(ix*c+c, iy*c+c)
			for k, e := range [4]orb.Bound{
				{Min: lo, Max: orb.Point{hi[0], lo[1]}}, {Min: orb.Point{hi[0], lo[1]}, Max: hi},
				{Min: orb.Point{lo[0], hi[1]}, Max: hi}, {Min: lo, Max: orb.Point{lo[0], hi[1]}}} {
				w.edges[k] = shapes.touch(e)
			}
		}
	}
	if w.factor > 1 {
		w.fill(shapes)
	}
	return w
}

// height is that of a node, counted from the tile's south-west one.
func (w *window) height(i, j int) float32 {
	if w.heights == nil {
		return w.t.nodes.height(w.x0+i, w.y0+j)
	}
	return w.heights[w.at(i, j)]
}

// kindOf is the kind of a node.
func (w *window) kindOf(i, j int) uint8 {
	if w.heights == nil {
		return w.t.nodes.kind(w.x0+i, w.y0+j)
	}
	return w.kind[w.at(i, j)]
}

// fill makes the detail's nodes: the ground between the grid's nodes, the water's beds
// and shores laid anew, and the shapes. Sides that no shape touches are the grid's, as
// the neighbour without detail has them.
func (w *window) fill(shapes Shapes) {
	t := w.t
	reach := shoreCells * w.factor
	n := w.cells + 3 + 2*(reach+1)
	off := reach + 2 // of the tile's south-west node
	wide := &lattice{min: t.o.Min, step: t.cell / float64(w.factor), x0: w.x0 - off, y0: w.y0 - off, w: n, h: n}
	heights := t.refined(wide, w.factor)
	kind, floor := wide.flood(t.flats, reach, heights)
	torn := flatten(shapes, wide, w.factor, heights, func(node int) bool { return kind[node] == bed })
	if torn != nil {
		torn = wide.joined(heights, torn)
	}
	for i, f := range floor {
		heights[i] = max(heights[i], f)
	}
	if floor != nil {
		torn = wide.quays(t.flats, kind, torn)
	}
	m := w.cells + 3
	w.heights, w.kind = make([]float32, m*m), make([]uint8, m*m)
	if torn != nil {
		w.torn = make([]step, m*m)
	}
	for j := range m {
		from := (j+reach+1)*n + reach + 1
		copy(w.heights[j*m:(j+1)*m], heights[from:])
		copy(w.kind[j*m:(j+1)*m], kind[from:])
		if torn != nil {
			copy(w.torn[j*m:(j+1)*m], torn[from:])
		}
	}
	w.trimSides(shapes)
	w.steps()
}

// trimSides puts the grid's heights on the sides, and at the corners, that no shape
// touches.
func (w *window) trimSides(shapes Shapes) {
	put := func(i, j int) {
		x, y, f := w.x0+i, w.y0+j, w.factor
		at := w.at(i, j)
		w.heights[at] = w.t.between(w.t.nodes.height, x, y, f)
		w.kind[at] = w.t.nodes.kind((x+f/2)/f, (y+f/2)/f)
		if w.torn != nil {
			w.torn[at] = step{}
			for n, d := range neighbours {
				w.torn[w.at(i+d[0], j+d[1])].lent &^= 1 << ((n + 2) % 4)
			}
		}
	}
	for k, detailed := range w.edges {
		for i := 0; i <= w.cells; i++ {
			p := [4][2]int{{i, 0}, {w.cells, i}, {i, w.cells}, {0, i}}[k]
			if corner := i == 0 || i == w.cells; corner && detailed {
				q := w.plan(p[0], p[1])
				if shapes.touch(orb.Bound{Min: q, Max: q}) {
					continue
				}
			} else if detailed {
				continue
			}
			put(p[0], p[1])
		}
	}
}

// shapes are those that touch a finest tile and what lies a cell around it.
func (t *Terrain) shapes(ix, iy int) Shapes {
	if t.o.Shapes == nil {
		return Shapes{}
	}
	c := t.levels[len(t.levels)-1].Cells
	lo, hi := t.planOf(ix*c, iy*c), t.planOf(ix*c+c, iy*c+c)
	s := t.o.Shapes(orb.Bound{Min: lo, Max: hi}.Pad(t.cell))
	s.Pads = slices.DeleteFunc(slices.Clone(s.Pads), func(p Pad) bool { return !p.Valid() })
	s.Corridors = slices.DeleteFunc(slices.Clone(s.Corridors), func(c Corridor) bool { return !c.Valid() })
	return s
}

// shaped is the error in metres that coarser levels are given for not showing what shapes
// do to the finest tiles' detail: nine tenths of the nodes of beds and pads move by less.
// It is the same for every site, so that no house changes the tiles of others, and the few
// deep cuttings do not keep the finest tiles of a whole city on screen.
const shaped = 1.0

// layShapes flattens the grid. Where the finest tiles have detail it stays as it is: its
// cells are too large for what the shapes do, and would show every third step of it.
func (t *Terrain) layShapes() {
	if t.o.Shapes == nil || t.factor > 1 {
		return
	}
	natural := t.nodes
	t.nodes = newPages(t.n, t.o.Memory, t.o.Scratch)
	fine := t.levels[len(t.levels)-1]
	parallel(len(natural.all), func(from, to int) {
		for k := from; k < to; k++ {
			x0, y0, w, h := natural.square(k)
			before, _ := natural.of(x0, y0)
			p := &page{w: w, h: h, heights: slices.Clone(before.heights), kind: before.kind}
			tile := func(node int) int { return min(node/fine.Cells, fine.Tiles-1) }
			for iy := tile(y0); iy <= tile(y0+h-1); iy++ {
				for ix := tile(x0); ix <= tile(x0+w-1); ix++ {
					t.layTile(natural, ix, iy, fine, p, x0, y0)
				}
			}
			t.nodes.put(k, p)
		}
	})
	if err := natural.failed(); err != nil {
		t.nodes.fail(err)
	}
	_ = natural.close() // it has no name
}

// layTile flattens one finest tile, and writes what lies in the page from node x0, y0.
func (t *Terrain) layTile(natural *pages, ix, iy int, fine Level, p *page, x0, y0 int) {
	s := t.shapes(ix, iy)
	if s.empty() {
		return
	}
	tx, ty, n := ix*fine.Cells, iy*fine.Cells, fine.Cells+1
	z := make([]float32, n*n)
	for i := range z {
		z[i] = natural.height(tx+i%n, ty+i/n)
	}
	flatten(s, &lattice{min: t.o.Min, step: t.cell, x0: tx, y0: ty, w: n, h: n}, 0, z,
		func(node int) bool { return natural.kind(tx+node%n, ty+node/n) != land })
	// The rim to the north and east belongs to the neighbours, who find the same.
	rows, columns := fine.Cells, fine.Cells
	if ix == fine.Tiles-1 {
		columns++
	}
	if iy == fine.Tiles-1 {
		rows++
	}
	first, last := max(tx, x0), min(tx+columns, x0+p.w)
	for y := max(ty, y0); y < min(ty+rows, y0+p.h); y++ {
		copy(p.heights[(y-y0)*p.w+first-x0:][:last-first], z[(y-ty)*n+first-tx:])
	}
}

// between interpolates the grid at a node of the lattice with so many cells to one of the
// grid. Outside it goes on level.
func (t *Terrain) between(z func(i, j int) float32, i, j, factor int) float32 {
	last := t.o.Cells * factor
	i, j = min(max(i, 0), last), min(max(j, 0), last)
	x, y, fx, fy := i/factor, j/factor, i%factor, j%factor
	if fx == 0 && fy == 0 {
		return z(x, y)
	}
	x1, y1 := x+min(fx, 1), y+min(fy, 1)
	u, v := float64(fx)/float64(factor), float64(fy)/float64(factor)
	a := float64((1-u)*float64(z(x, y))) + float64(u*float64(z(x1, y)))
	b := float64((1-u)*float64(z(x, y1))) + float64(u*float64(z(x1, y1)))
	return float32(float64((1-v)*a) + float64(v*b))
}

// refined is between before the flat surfaces, at all nodes of a lattice.
func (t *Terrain) refined(l *lattice, factor int) []float32 {
	down := func(v int) int { return int(math.Floor(float64(v) / float64(factor))) }
	x0, y0 := down(l.x0), down(l.y0)
	w, h := down(l.x0+l.w-1)-x0+2, down(l.y0+l.h-1)-y0+2
	dry := make([]float32, w*h)
	for j := range h {
		for i := range w {
			dry[j*w+i] = t.nodes.natural(min(max(x0+i, 0), t.o.Cells), min(max(y0+j, 0), t.o.Cells))
		}
	}
	out := make([]float32, l.w*l.h)
	for j := range l.h {
		cy := down(l.y0 + j)
		v := float64(l.y0+j-cy*factor) / float64(factor)
		row, cx, fx := (cy-y0)*w, 0, l.x0-x0*factor
		for i := range l.w {
			z := dry[row+cx:]
			u := float64(fx) / float64(factor)
			a := float64((1-u)*float64(z[0])) + float64(u*float64(z[1]))
			b := float64((1-u)*float64(z[w])) + float64(u*float64(z[w+1]))
			out[j*l.w+i] = float32(float64((1-v)*a) + float64(v*b))
			if fx++; fx == factor {
				cx, fx = cx+1, 0
			}
		}
	}
	return out
}

// plan is the position of a node, counted from the tile's south-west one. It is that of
// the whole lattice, so that neighbours agree to the bit.
func (w *window) plan(i, j int) [2]float64 {
	step := w.t.cell / float64(w.factor)
	return [2]float64{w.t.o.Min[0] + float64(float64(w.x0+i)*step), w.t.o.Min[1] + float64(float64(w.y0+j)*step)}
}

// at is the place of a node among those of detail.
func (w *window) at(i, j int) int { return (j+1)*(w.cells+3) + i + 1 }

// curved returns the tile's heights with those of the ellipsoid over the plan, so that
// what is straight in them is straight in space.
func (w *window) curved() []float32 {
	n := w.cells + 1
	out := make([]float32, n*n)
	k := ellipsoidOf(w.t.o.Frame, w.plan(w.cells/2, w.cells/2))
	for j := range n {
		for i := range n {
			p := w.plan(i, j)
			out[j*n+i] = float32(float64(w.height(i, j)) + k.above(p[0], p[1]))
		}
	}
	return out
}
