package terrain

import (
	"fmt"
	"math"
)

// Patch is the ground of one tile in plan: a triangulation of its square that other
// things are cut to.
type Patch struct {
	Depth, X, Y int        // address: column and row from the south-west
	Min, Max    [2]float64 // plan square

	XY      [][2]float64 // plan metres, one a vertex
	H       []float64    // metres above the ellipsoid
	Normals [][3]float32 // unit, in the axes of the plan's frame
	Colors  [][4]uint8   // sRGB
	Tris    []uint32     // three vertices a triangle, counter-clockwise from above

	// Border are the vertices on the south, east, north and west side, each from corner
	// to corner, counter-clockwise around the tile.
	Border [4][]uint32

	Error float64 // bound of |mesh − grid| in this tile, at most the one asked for
	Skirt float64 // how far a skirt must hang to close the gap to tiles of any level
}

// Tile triangulates the square (ix, iy) of level depth so that it is nowhere further
// than maxError from the grid; maxError is cut to the range from 0 to the coarsest
// level's bound. Neighbours of one level and bound share their edge's vertices exactly.
func (t *Terrain) Tile(depth, ix, iy int, maxError float64) (*Patch, error) {
	if depth < 0 || depth >= len(t.levels) || ix < 0 || iy < 0 || ix >= 1<<depth || iy >= 1<<depth {
		return nil, fmt.Errorf("terrain: there is no tile %d/%d/%d", depth, ix, iy)
	}
	c := t.levels[depth].Cells
	x0, y0 := ix*c, iy*c
	b := &builder{t: t, x0: x0, y0: y0, side: c + 1, bound: down32(min(max(maxError, 0), t.levels[0].Error))}
	if c <= 512 {
		b.dense = make([]uint32, b.side*b.side)
	} else {
		b.sparse = make(map[int]uint32)
	}
	for _, h := range halves(ix, iy, c) {
		b.emit(h)
	}
	p := &b.p
	p.Depth, p.X, p.Y, p.Error = depth, ix, iy, float64(b.worst)
	p.Min = t.planOf(x0, y0)
	p.Max = t.planOf(x0+c, y0+c)
	for _, l := range t.levels {
		p.Skirt += l.Error
	}
	step := max(1, c/t.o.TileCells/2)
	p.XY = make([][2]float64, len(b.order))
	p.H = make([]float64, len(b.order))
	p.Normals = make([][3]float32, len(b.order))
	p.Colors = make([][4]uint8, len(b.order))
	for v, node := range b.order {
		i, j := node%t.n, node/t.n
		p.XY[v] = t.planOf(i, j)
		p.H[v] = float64(t.heights[node])
		p.Normals[v], p.Colors[v] = t.look(i, j, step)
	}
	b.borders()
	return p, nil
}

func (t *Terrain) planOf(i, j int) [2]float64 {
	return [2]float64{t.o.Min[0] + float64(i)*t.cell, t.o.Min[1] + float64(j)*t.cell}
}

// builder collects a patch's triangles and gives its nodes vertex numbers in the order
// of their first use.
type builder struct {
	t            *Terrain
	x0, y0, side int
	bound, worst float32
	dense        []uint32 // vertex + 1 by node of the tile; for large tiles sparse
	sparse       map[int]uint32
	order        []int // node of each vertex
	p            Patch
}

func (b *builder) emit(tr triangle) {
	if b.t.splits(tr, b.bound) {
		l, r := tr.split()
		b.emit(l)
		b.emit(r)
		return
	}
	if sx, sy := tr.ax+tr.bx, tr.ay+tr.by; sx&1 == 0 && sy&1 == 0 {
		b.worst = max(b.worst, b.t.errs[int(sy/2)*b.t.n+int(sx/2)])
	}
	b.p.Tris = append(b.p.Tris, b.vertex(tr.ax, tr.ay), b.vertex(tr.bx, tr.by), b.vertex(tr.cx, tr.cy))
}

func (b *builder) vertex(x, y int32) uint32 {
	node := int(y)*b.t.n + int(x)
	if b.dense != nil {
		slot := &b.dense[(int(y)-b.y0)*b.side+int(x)-b.x0]
		if *slot == 0 {
			b.order = append(b.order, node)
			*slot = uint32(len(b.order))
		}
		return *slot - 1
	}
	v, ok := b.sparse[node]
	if !ok {
		v = uint32(len(b.order))
		b.order = append(b.order, node)
		b.sparse[node] = v
	}
	return v
}

// lookup finds the vertex of a tile's node.
func (b *builder) lookup(x, y int) (uint32, bool) {
	if b.dense != nil {
		v := b.dense[y*b.side+x]
		return v - 1, v != 0
	}
	v, ok := b.sparse[(b.y0+y)*b.t.n+b.x0+x]
	return v, ok
}

func (b *builder) borders() {
	last := b.side - 1
	for k := range b.side {
		for s, at := range [4][2]int{{k, 0}, {last, k}, {last - k, last}, {0, last - k}} {
			if v, ok := b.lookup(at[0], at[1]); ok {
				b.p.Border[s] = append(b.p.Border[s], v)
			}
		}
	}
}

// down32 rounds to float32, never up.
func down32(v float64) float32 {
	f := float32(v)
	if float64(f) > v {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}
