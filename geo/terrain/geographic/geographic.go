// Package geographic meshes the ground of tiles of longitude and latitude: two squares of
// 180° at level 0, divided in four at each level, rows counted from the south. Such tiles
// cover the globe to the poles, where a side is a point.
package geographic

import (
	"math"
	"slices"
	"sync"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain/tin"
)

// Ground is an elevation to be meshed. Its methods may be called from many goroutines if
// the elevation's may.
type Ground struct {
	Elevation geo.Elevation // above the WGS84 ellipsoid
	Samples   int           // cells a side that a tile's mesh is made of
	Sharpness float64       // divides the error of a level, see Error
	Unknown   float64       // height where the elevation knows nothing
	Least     float64       // metres; no level is made to a smaller error, as the elevation knows no better
}

// Bound is the error that tiles of a level are made to, metres.
func (g *Ground) Bound(level int) float64 { return max(g.Error(level), g.Least) }

// Error is the bound of a level: the largest distance in metres of a sample from the mesh.
// At a sharpness of 1 it is what Cesium takes for height maps of 65² samples, a quarter of
// a cell: 77 km at level 0, halved at each. Where tiles span tens of degrees a parabola
// stands for the Earth's curve: below level 3 a mesh may be off by half as much again.
func (g *Ground) Error(level int) float64 {
	return 2 * math.Pi * earth.A * 0.25 / (65 * 2) / math.Exp2(float64(level)) / g.Sharpness
}

// Tile is the mesh of one tile. X and Y are the vertices' positions in cells of its
// samples from the south-west.
type Tile struct {
	Samples           int
	Size, West, South float64 // degrees
	X, Y              []int32
	Heights           []float64    // metres above the ellipsoid, of the vertices
	Normals           []mgl64.Vec3 // of the surface, in ECEF
	Tris              []uint32     // counter-clockwise from above
	Error             float64      // the largest distance of a sample, metres
}

var meshers = sync.Pool{New: func() any { return new(tin.Mesher) }}

// Tile meshes one tile. What it has on a side depends on the samples of that side alone:
// neighbours of one level share it to the bit.
func (g *Ground) Tile(level, x, y int) *Tile {
	n := g.Samples
	size := 180 / float64(int(1)<<level)
	t := &Tile{Samples: n, Size: size, West: -180 + float64(float64(x)*size), South: -90 + float64(float64(y)*size)}
	// With one sample around, for the slopes on the edges.
	side := n + 3
	h := make([]float64, side*side)
	for j := range side {
		for i := range side {
			h[j*side+i] = g.height(level, x*n+i-1, y*n+j-1)
		}
	}
	at := func(i, j int) float64 { return h[(j+1)*side+i+1] }
	grid := tin.Grid{W: n + 1, H: n + 1, Z: make([]float32, (n+1)*(n+1))}
	high := 0.0
	for j := range n + 1 {
		for i := range n + 1 {
			z := at(i, j) - t.bulge(i, j)
			grid.Z[j*(n+1)+i] = float32(z)
			high = max(high, math.Abs(z))
		}
	}
	bound := g.Bound(level)
	var rims [4][]int
	for k := range rims {
		z := func(i int) float64 {
			p := [4][2]int{{i, 0}, {n, i}, {i, n}, {0, i}}[k]
			return at(p[0], p[1]) - t.bulgeAlong(k, i)
		}
		tin.Edge(n+1, z, bound*0.999, func(i int) { rims[k] = append(rims[k], i) })
	}
	s := meshers.Get().(*tin.Mesher)
	defer meshers.Put(s)
	m := s.Mesh(grid, max(bound-high*0x1p-23, 0), &rims)
	t.X, t.Y, t.Tris, t.Error = slices.Clone(m.X), slices.Clone(m.Y), slices.Clone(m.Tris), m.Error
	for v := range t.X {
		i, j := int(t.X[v]), int(t.Y[v])
		t.Heights = append(t.Heights, at(i, j))
		t.Normals = append(t.Normals, t.normal(i, j, at(i+1, j)-at(i-1, j), at(i, j+1)-at(i, j-1)))
	}
	return t
}

// height is that of a sample, counted over the whole globe: what it is depends on the
// level and its place only. Where the elevation is finer it is the mean of what is known in the
// cell.
func (g *Ground) height(level, i, j int) float64 {
	if last := g.Samples << level; j <= 0 || j >= last { // a pole is one place
		i, j = last, min(max(j, 0), last)
	}
	cell := 180 / float64(g.Samples) / math.Exp2(float64(level))
	k := 1
	if r, ok := g.Elevation.(interface{ Resolution() float64 }); ok {
		if res := r.Resolution(); res > 0 && cell*111e3 > 1.5*res {
			k = int(min(math.Ceil(cell*111e3/res), 4))
		}
	}
	sum, n := 0.0, 0
	for b := range k {
		for a := range k {
			lng := -180 + float64((float64(i)+(float64(a)+0.5)/float64(k)-0.5)*cell)
			lat := -90 + float64((float64(j)+(float64(b)+0.5)/float64(k)-0.5)*cell)
			if h, ok := g.Elevation.HeightAt(earth.WrapLng(lng), min(max(lat, -90), 90)); ok && math.Abs(h) < 1e5 {
				sum, n = sum+h, n+1
			}
		}
	}
	if 2*n < k*k { // mostly unknown: coasts neither grow nor shrink with the level
		return g.Unknown
	}
	return sum / float64(n)
}

// bulge is a parabola whose chords sag as those of the Earth do: what a straight edge
// between two samples loses to the curve. Heights less the bulge are straight where the
// mesh is.
func (t *Tile) bulge(i, j int) float64 {
	cell := earth.Radians(t.Size) / float64(t.Samples)
	lat := earth.Radians(t.South) + float64(j)*cell
	x, y := (float64(i)-float64(t.Samples)/2)*cell, (float64(j)-float64(t.Samples)/2)*cell
	cos := math.Cos(lat)
	return earth.A / 2 * (float64(x*x*cos*cos) + float64(y*y))
}

// bulgeAlong is the bulge along a side, from what both its tiles know.
func (t *Tile) bulgeAlong(side, i int) float64 {
	cell := earth.Radians(t.Size) / float64(t.Samples)
	x := (float64(i) - float64(t.Samples)/2) * cell
	cos := 1.0
	if side == 0 || side == 2 {
		lat := t.South
		if side == 2 {
			lat += t.Size
		}
		cos = math.Cos(earth.Radians(lat))
	}
	return earth.A / 2 * float64(x*x*cos*cos)
}

// Place is that of a position in cells.
func (t *Tile) Place(i, j, h float64) earth.Place {
	cell := t.Size / float64(t.Samples)
	return earth.Place{Lng: t.West + float64(i*cell), Lat: t.South + float64(j*cell), Height: h}
}

// normal is the surface's in ECEF, from the rise over two samples each way.
func (t *Tile) normal(i, j int, east, north float64) mgl64.Vec3 {
	p := t.Place(float64(i), float64(j), 0)
	f := earth.FrameAt(p)
	run := 2 * earth.Radians(t.Size) / float64(t.Samples) * earth.A
	along := max(run*math.Cos(earth.Radians(p.Lat)), run*1e-3) // at a pole there is no east
	return f.DirFromLocal(mgl64.Vec3{-east / along, -north / run, 1}.Normalize())
}

// Sides are the vertices on the south, east, north and west side, each from corner to
// corner, counter-clockwise around the tile.
func (t *Tile) Sides() (out [4][]uint32) {
	last := int32(t.Samples)
	for v := range t.X {
		for k, on := range [4]bool{t.Y[v] == 0, t.X[v] == last, t.Y[v] == last, t.X[v] == 0} {
			if on {
				out[k] = append(out[k], uint32(v))
			}
		}
	}
	for k := range out {
		slices.SortFunc(out[k], func(a, b uint32) int {
			return [4]int{int(t.X[a] - t.X[b]), int(t.Y[a] - t.Y[b]), int(t.X[b] - t.X[a]), int(t.Y[b] - t.Y[a])}[k]
		})
	}
	return out
}
