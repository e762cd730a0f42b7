package quantized

import (
	"math"
	"slices"
	"sync"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain/tin"
)

// tile is a mesh of one tile: vertices in cells of its samples.
type tile struct {
	samples           int
	size, west, south float64 // degrees
	x, y              []int32
	heights           []float64 // of the vertices
	normals           []mgl64.Vec3
	tris              []uint32
	error             float64
	water             []byte // one byte, or 256×256 from the north-west; nil leaves it out
}

var meshers = sync.Pool{New: func() any { return new(tin.Mesher) }}

func (w *writer) sample(level, x, y int) *tile {
	n := w.o.Samples
	size := 180 / float64(int(1)<<level)
	t := &tile{samples: n, size: size, west: -180 + float64(float64(x)*size), south: -90 + float64(float64(y)*size)}
	// With one sample around, for the slopes on the edges.
	side := n + 3
	h := make([]float64, side*side)
	for j := range side {
		for i := range side {
			h[j*side+i] = w.height(level, x*n+i-1, y*n+j-1)
		}
	}
	at := func(i, j int) float64 { return h[(j+1)*side+i+1] }
	g := tin.Grid{W: n + 1, H: n + 1, Z: make([]float32, (n+1)*(n+1))}
	high := 0.0
	for j := range n + 1 {
		for i := range n + 1 {
			z := at(i, j) - t.bulge(i, j)
			g.Z[j*(n+1)+i] = float32(z)
			high = max(high, math.Abs(z))
		}
	}
	bound := levelZero / math.Exp2(float64(level)) / w.o.Sharpness
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
	m := s.Mesh(g, max(bound-high*0x1p-23, 0), &rims)
	t.x, t.y, t.tris, t.error = slices.Clone(m.X), slices.Clone(m.Y), slices.Clone(m.Tris), m.Error
	for v := range t.x {
		i, j := int(t.x[v]), int(t.y[v])
		t.heights = append(t.heights, at(i, j))
		t.normals = append(t.normals, t.normal(i, j, at(i+1, j)-at(i-1, j), at(i, j+1)-at(i, j-1)))
	}
	if w.o.Water != nil {
		t.water = t.mask(w.o.Water)
	}
	return t
}

// height is that of a sample, counted over the whole globe: what it is depends on the
// level and its place only. Where the elevation is finer it is a mean over the cell.
func (w *writer) height(level, i, j int) float64 {
	cell := 180 / float64(w.o.Samples) / math.Exp2(float64(level))
	k := 1
	if r, ok := w.elevation.(interface{ Resolution() float64 }); ok {
		if res := r.Resolution(); res > 0 && cell*111e3 > 1.5*res {
			k = int(min(math.Ceil(cell*111e3/res), 4))
		}
	}
	sum, n := 0.0, 0
	for b := range k {
		for a := range k {
			lng := -180 + float64((float64(i)+(float64(a)+0.5)/float64(k)-0.5)*cell)
			lat := -90 + float64((float64(j)+(float64(b)+0.5)/float64(k)-0.5)*cell)
			if h, ok := w.elevation.HeightAt(earth.WrapLng(lng), min(max(lat, -90), 90)); ok && math.Abs(h) < 1e5 {
				sum, n = sum+h, n+1
			}
		}
	}
	if n == 0 {
		return w.o.Unknown
	}
	return sum / float64(n)
}

// bulge is a parabola whose chords sag as those of the Earth do: what a straight edge
// between two samples loses to the curve. Heights less the bulge are straight where the
// mesh is.
func (t *tile) bulge(i, j int) float64 {
	cell := earth.Radians(t.size) / float64(t.samples)
	lat := earth.Radians(t.south) + float64(j)*cell
	x, y := (float64(i)-float64(t.samples)/2)*cell, (float64(j)-float64(t.samples)/2)*cell
	cos := math.Cos(lat)
	return earth.A / 2 * (float64(x*x*cos*cos) + float64(y*y))
}

// bulgeAlong is the bulge along a side, from what both its tiles know.
func (t *tile) bulgeAlong(side, i int) float64 {
	cell := earth.Radians(t.size) / float64(t.samples)
	x := (float64(i) - float64(t.samples)/2) * cell
	cos := 1.0
	if side == 0 || side == 2 {
		lat := t.south
		if side == 2 {
			lat += t.size
		}
		cos = math.Cos(earth.Radians(lat))
	}
	return earth.A / 2 * float64(x*x*cos*cos)
}

func (t *tile) place(i, j, h float64) earth.Place {
	cell := t.size / float64(t.samples)
	return earth.Place{Lng: t.west + float64(i*cell), Lat: t.south + float64(j*cell), Height: h}
}

// normal is the surface's in ECEF, from the rise over two samples each way.
func (t *tile) normal(i, j int, east, north float64) mgl64.Vec3 {
	p := t.place(float64(i), float64(j), 0)
	f := earth.FrameAt(p)
	run := 2 * earth.Radians(t.size) / float64(t.samples) * earth.A
	along := max(run*math.Cos(earth.Radians(p.Lat)), run*1e-3) // at a pole there is no east
	return f.DirFromLocal(mgl64.Vec3{-east / along, -north / run, 1}.Normalize())
}

// mask is 255 where there is water.
func (t *tile) mask(water func(lng, lat float64) bool) []byte {
	const n = 256
	out := make([]byte, n*n)
	wet := 0
	for j := range n {
		for i := range n {
			p := t.place((float64(i)+0.5)/n*float64(t.samples), (1-(float64(j)+0.5)/n)*float64(t.samples), 0)
			if water(p.Lng, p.Lat) {
				out[j*n+i] = 255
				wet++
			}
		}
	}
	switch wet {
	case 0:
		return []byte{0}
	case n * n:
		return []byte{255}
	}
	return out
}
