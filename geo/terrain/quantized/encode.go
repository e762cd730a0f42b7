package quantized

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain/geographic"
)

// tile is a mesh with its water: one byte, or 256×256 from the north-west; nil leaves it
// out.
type tile struct {
	*geographic.Tile
	water []byte
}

// full is the largest quantized coordinate.
const full = 32767

// The extensions that are written.
const (
	octVertexNormals = 1
	waterMask        = 2
)

// encode writes the tile in the order of the format: header, vertices, triangles, edges,
// extensions; little-endian.
func (t *tile) encode() []byte {
	order, tris := t.order()
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, h := range t.Heights {
		lo, hi = min(lo, h), max(hi, h)
	}
	low, high := float32(lo), float32(hi)
	var b bytes.Buffer
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) } // a Buffer does not fail
	t.header(put, low, high)
	put(uint32(len(order)))
	cells := float64(t.Samples)
	for _, coordinate := range []func(v uint32) float64{
		func(v uint32) float64 { return float64(t.X[v]) / cells },
		func(v uint32) float64 { return float64(t.Y[v]) / cells },
		func(v uint32) float64 {
			return (t.Heights[v] - float64(low)) / max(float64(high)-float64(low), 1e-9)
		},
	} {
		last := int32(0)
		out := make([]uint16, len(order))
		for k, v := range order {
			q := int32(math.Round(min(max(coordinate(v), 0), 1) * full))
			d := q - last
			out[k], last = uint16(d<<1^d>>31), q // zig-zag
		}
		put(out)
	}
	wide := len(order) > 1<<16
	indices := func(list []uint32) {
		if wide {
			put(list)
			return
		}
		for _, i := range list {
			put(uint16(i))
		}
	}
	for wide && b.Len()%4 != 0 {
		b.WriteByte(0)
	}
	put(uint32(len(tris) / 3))
	highest := uint32(0)
	for k, i := range tris {
		tris[k] = highest - i
		if i == highest {
			highest++
		}
	}
	indices(tris)
	for _, e := range t.edges(order) {
		put(uint32(len(e)))
		indices(e)
	}
	b.WriteByte(octVertexNormals)
	put(uint32(2 * len(order)))
	for _, v := range order {
		o := oct(t.Normals[v])
		b.Write(o[:])
	}
	if t.water != nil {
		b.WriteByte(waterMask)
		put(uint32(len(t.water)))
		b.Write(t.water)
	}
	return b.Bytes()
}

// order numbers the vertices by their first use, as the high-water-mark encoding of
// triangles asks for.
func (t *tile) order() (order, tris []uint32) {
	number := make([]uint32, len(t.X))
	tris = make([]uint32, len(t.Tris))
	for k, v := range t.Tris {
		if number[v] == 0 {
			order = append(order, v)
			number[v] = uint32(len(order))
		}
		tris[k] = number[v] - 1
	}
	return order, tris
}

// edges are the vertices on the west, south, east and north side, along it.
func (t *tile) edges(order []uint32) (out [4][]uint32) {
	last := int32(t.Samples)
	for k, v := range order {
		for side, on := range [4]bool{t.X[v] == 0, t.Y[v] == 0, t.X[v] == last, t.Y[v] == last} {
			if on {
				out[side] = append(out[side], uint32(k))
			}
		}
	}
	for side := range out {
		along := t.X
		if side%2 == 0 {
			along = t.Y
		}
		slices.SortFunc(out[side], func(a, b uint32) int { return cmp.Compare(along[order[a]], along[order[b]]) })
	}
	return out
}

// header writes the tile's centre, heights, bounding sphere and occlusion point, in ECEF.
func (t *tile) header(put func(any), low, high float32) {
	points := make([]mgl64.Vec3, len(t.X))
	lo, hi := mgl64.Vec3{math.Inf(1), math.Inf(1), math.Inf(1)}, mgl64.Vec3{math.Inf(-1), math.Inf(-1), math.Inf(-1)}
	for v := range t.X {
		points[v] = t.Place(float64(t.X[v]), float64(t.Y[v]), t.Heights[v]).ECEF()
		for k := range 3 {
			lo[k], hi[k] = min(lo[k], points[v][k]), max(hi[k], points[v][k])
		}
	}
	middle := float64(t.Samples) / 2
	centre := t.Place(middle, middle, (float64(low)+float64(high))/2).ECEF()
	sphere, radius := lo.Add(hi).Mul(0.5), 0.0
	for _, p := range points {
		radius = max(radius, p.Sub(sphere).Len())
	}
	put(centre)
	put([2]float32{low, high})
	put(sphere)
	put(radius)
	put(occlusion(sphere, points))
}

// occlusion is the point that is behind the horizon whenever all points are: on the line
// from the Earth's middle through the tile's, in space scaled so that the ellipsoid is a
// unit sphere, as far out as the point that is seen longest demands.
func occlusion(centre mgl64.Vec3, points []mgl64.Vec3) mgl64.Vec3 {
	scale := func(v mgl64.Vec3) mgl64.Vec3 { return mgl64.Vec3{v[0] / earth.A, v[1] / earth.A, v[2] / earth.B} }
	const far = 1e3 // radii: a tile of half the Earth is never hidden
	direction := scale(centre).Normalize()
	magnitude := 1.0
	for _, p := range points {
		s := scale(p)
		length := max(s.Len(), 1) // what lies below the ellipsoid counts as on it
		d := s.Normalize()
		cosA, sinA := d.Dot(direction), d.Cross(direction).Len()
		cosB := 1 / length
		sinB := math.Sqrt(length*length-1) * cosB
		if c := cosA*cosB - sinA*sinB; c > 1/far {
			magnitude = max(magnitude, 1/c)
		} else {
			magnitude = far
		}
	}
	return direction.Mul(magnitude)
}

// oct packs a unit vector into two bytes (Meyer et al., "On Floating-Point Normal
// Vectors", 2010).
func oct(n mgl64.Vec3) [2]byte {
	sum := math.Abs(n[0]) + math.Abs(n[1]) + math.Abs(n[2])
	x, y := n[0]/sum, n[1]/sum
	if n[2] < 0 {
		x, y = (1-math.Abs(y))*math.Copysign(1, x), (1-math.Abs(x))*math.Copysign(1, y)
	}
	byte8 := func(v float64) byte { return byte(math.Round(min(max(v*0.5+0.5, 0), 1) * 255)) }
	return [2]byte{byte8(x), byte8(y)}
}
