package terrain

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/longtake/longtake/geo/terrain/tin"
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
	Skirt float64 // how far a skirt must hang to close the gap to tiles two levels up or down
}

// meshers keeps the memory of triangulations.
var meshers = sync.Pool{New: func() any { return new(tin.Mesher) }}

// Tile triangulates the square (ix, iy) of level depth so that it is nowhere further
// than maxError from the grid; maxError is cut to the range from 0 to the coarsest
// level's bound. Neighbours of one level and bound share their edge's vertices exactly.
func (t *Terrain) Tile(depth, ix, iy int, maxError float64) (*Patch, error) {
	if depth < 0 || depth >= len(t.levels) || ix < 0 || iy < 0 || ix >= 1<<depth || iy >= 1<<depth {
		return nil, fmt.Errorf("terrain: there is no tile %d/%d/%d", depth, ix, iy)
	}
	c := t.levels[depth].Cells
	w := t.window(ix, iy, c)
	bound := min(max(maxError, 0), t.levels[0].Error)
	if depth < len(t.levels)-1 {
		bound = max(bound-t.moved, 0)
	}
	s := meshers.Get().(*tin.Mesher)
	defer meshers.Put(s)
	m, rims := w.mesh(s, bound)

	p := &Patch{Depth: depth, X: ix, Y: iy, Min: t.planOf(ix*c, iy*c), Max: t.planOf(ix*c+c, iy*c+c)}
	p.Error = m.Error
	if depth < len(t.levels)-1 {
		p.Error += t.moved
	}
	p.Skirt = t.levels[depth].Error + t.levels[max(depth-2, 0)].Error
	n := len(m.X)
	p.Tris = slices.Clone(m.Tris)
	p.XY, p.H = make([][2]float64, n), make([]float64, n)
	p.Normals, p.Colors = make([][3]float32, n), make([][4]uint8, n)
	step := t.step(c)
	for v := range n {
		i, j := int(m.X[v]), int(m.Y[v])
		p.XY[v] = w.place(i, j)
		p.H[v] = float64(w.height(i, j))
		p.Normals[v], p.Colors[v] = w.look(i, j, step)
	}
	p.borders(m, w.cells, rims)
	return p, nil
}

// step is over how many nodes on each side the slopes of a tile of c cells are taken: a
// 128th of its side.
func (t *Terrain) step(c int) int { return max(1, c/128) }

// TileBytes is how much of memory making a tile of a level takes, about, beside the mesh
// itself: its heights, kinds and states, and those of the detail around it with its walls and
// quays, and of the band of it that is flattened.
func (t *Terrain) TileBytes(depth int) int64 {
	n := int64(t.levels[depth].Cells) + 1
	if depth < len(t.levels)-1 || t.factor == 1 {
		return 9 * n * n
	}
	detail := (n+2*shoreCells+2)*int64(t.factor) + 1
	return 58*detail*detail + bandNode*min(bandRows, detail)*detail
}

// borders lists the vertices of the sides.
func (p *Patch) borders(m tin.Mesh, cells int, rims [4][]int) {
	var at [4]map[int]uint32
	for k := range at {
		at[k] = make(map[int]uint32, len(rims[k]))
	}
	for v := range m.X {
		i, j := int(m.X[v]), int(m.Y[v])
		if j == 0 {
			at[0][i] = uint32(v)
		}
		if i == cells {
			at[1][j] = uint32(v)
		}
		if j == cells {
			at[2][i] = uint32(v)
		}
		if i == 0 {
			at[3][j] = uint32(v)
		}
	}
	for k, rim := range rims {
		for _, i := range rim {
			if v, ok := at[k][i]; ok {
				p.Border[k] = append(p.Border[k], v)
			}
		}
		if k >= 2 { // rims run eastwards and northwards
			slices.Reverse(p.Border[k])
		}
	}
}

// mesh triangulates the window; rims are the nodes kept on its sides.
func (w *window) mesh(s *tin.Mesher, bound float64) (tin.Mesh, [4][]int) {
	n := w.cells + 1
	// Along roads and pads edges run in any direction.
	g := tin.Grid{W: n, H: n, Z: w.curved(), Fewest: w.factor > 1, Moved: w.moved, Parts: w.parts}
	g.Kept = w.ends()
	var rims [4][]int
	inner := bound
	if w.factor > 1 {
		inner = min(bound, w.t.o.Detail/3)
	}
	// Colours are carried by vertices, so triangles across a shore must not be larger than
	// about a pixel of their level.
	if reach := bound / w.t.o.Error * float64(w.factor); w.varied() {
		g.Kind, g.Reach = make([]uint8, n*n), max(int(math.Ceil(min(reach, 1e6))), 1)
		for j := range n {
			for i := range n {
				g.Kind[j*n+i] = w.kindOf(i, j)
			}
		}
	}
	var high float32
	for _, z := range g.Z {
		high = max(high, z, -z)
	}
	rounded := float64(high) * 0x1p-23 // what float32 rounds off is not to break the bound
	for k := range rims {
		rims[k] = w.rim(k, bound, g.Reach)
		if w.edges[k] {
			rims[k] = w.rim(k, inner, g.Reach)
		}
	}
	m := s.Mesh(g, max(inner-rounded, 0), &rims)
	m.Error = min(m.Error+rounded, bound)
	return m, rims
}

// varied tells whether the window and the nodes around it are of several kinds.
func (w *window) varied() bool {
	if w.heights != nil {
		return slices.ContainsFunc(w.kind, func(k uint8) bool { return k != w.kind[0] })
	}
	first := w.kindOf(0, 0)
	for y := max(w.y0-1, 0); y <= min(w.y0+w.cells+1, w.t.o.Cells); y++ {
		for x := max(w.x0-1, 0); x <= min(w.x0+w.cells+1, w.t.o.Cells); x++ {
			if w.t.nodes.kind(x, y) != first {
				return true
			}
		}
	}
	return false
}

// rim chooses the nodes of a side, from nothing but what both tiles at it know: the grid's
// nodes where no shape touches the side.
func (w *window) rim(side int, bound float64, reach int) []int {
	step := w.factor
	if w.edges[side] {
		step = 1
	}
	n := w.cells/step + 1
	at := func(i int) (x, y int) {
		i *= step
		p := [4][2]int{{i, 0}, {w.cells, i}, {i, w.cells}, {0, i}}[side]
		return p[0], p[1]
	}
	z := func(i int) float64 {
		x, y := at(i)
		p := w.plan(x, y)
		return float64(w.height(x, y)) + w.t.ellipsoid.over(p[0], p[1])
	}
	var kept []int
	tin.Edge(n, z, bound*0.999, func(i int) { kept = append(kept, i) })
	var out []int
	for k, i := range kept {
		out = append(out, i*step)
		// Both nodes at a change of kind, where the chain is long.
		if k+1 == len(kept) || (kept[k+1]-i)*step <= reach {
			continue
		}
		for j := i; j < kept[k+1]; j++ {
			if w.kindOf(at(j)) == w.kindOf(at(j+1)) {
				continue
			}
			for _, add := range [2]int{j, j + 1} {
				if add > i && add < kept[k+1] && out[len(out)-1] < add*step {
					out = append(out, add*step)
				}
			}
		}
	}
	return w.withMoved(side, out)
}

func (t *Terrain) planOf(i, j int) [2]float64 {
	return [2]float64{t.o.Min[0] + float64(float64(i)*t.cell), t.o.Min[1] + float64(float64(j)*t.cell)}
}
