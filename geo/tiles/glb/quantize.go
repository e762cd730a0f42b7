package glb

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/qmuntal/gltf"
)

// grid is the lattice of quantised positions: one for all meshes of a tile, so that
// surfaces that coincide stay so. Its step is a power of two of a metre and its origin
// a multiple of the step.
type grid struct {
	step   float64
	origin [3]float64
}

// gridFor returns the finest grid on which all meshes fit into int16.
func gridFor(meshes []geo.Mesh) grid {
	lo, hi := [3]float64{}, [3]float64{}
	some := false
	for _, m := range meshes {
		if len(m.Indices) == 0 || len(m.Positions) == 0 {
			continue
		}
		a, b := extent(m.Positions)
		for k := range a {
			if !some {
				lo[k], hi[k] = float64(a[k]), float64(b[k])
			}
			lo[k], hi[k] = min(lo[k], float64(a[k])), max(hi[k], float64(b[k]))
		}
		some = true
	}
	size := max(hi[0]-lo[0], hi[1]-lo[1], hi[2]-lo[2], 1e-3)
	// Two steps are kept free for the rounding of the origin and of the positions.
	g := grid{step: math.Exp2(math.Ceil(math.Log2(size / (2*32767 - 2))))}
	for k := range lo {
		g.origin[k] = math.Round((lo[k]+hi[k])/2/g.step) * g.step
	}
	return g
}

// node is the translation and scale that undo the quantisation, in glTF's axes.
func (g grid) node() (translation, scale [3]float64) {
	return [3]float64{g.origin[0] + 0, g.origin[2] + 0, -g.origin[1] + 0}, [3]float64{g.step, g.step, g.step}
}

func (g grid) quantize(p [3]float32) [3]int16 {
	var q [3]int16
	for k, v := range p {
		q[k] = int16(math.Round((float64(v) - g.origin[k]) / g.step))
	}
	return q
}

// quantized appends 16-bit positions and 8-bit normals, each padded to 4 bytes.
func (b *builder) quantized(p *gltf.Primitive, m geo.Mesh) {
	b.used[extQuantization] = true
	n := len(m.Positions)
	s := b.stream("position 16", 8, gltf.TargetArrayBuffer)
	p.Attributes[gltf.POSITION] = b.accessor(s, n, gltf.ComponentShort, gltf.AccessorVec3, false)
	rounded := make([][3]float32, n)
	for i, v := range m.Positions {
		q := b.grid.quantize(v)
		s.shorts(q[0], q[2], -q[1], 0)
		rounded[i] = [3]float32{float32(q[0]), float32(q[1]), float32(q[2])}
	}
	b.bounds(p.Attributes[gltf.POSITION], rounded)
	s = b.stream("normal 8", 4, gltf.TargetArrayBuffer)
	p.Attributes[gltf.NORMAL] = b.accessor(s, n, gltf.ComponentByte, gltf.AccessorVec3, true)
	for _, v := range m.Normals {
		v = soundNormal(v)
		for _, c := range [4]float32{v[0], v[2], -v[1], 0} {
			s.data = append(s.data, byte(int8(math.Round(float64(c)*127))))
		}
	}
}
