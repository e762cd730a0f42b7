package glb

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/qmuntal/gltf"
)

// maxFeatures is what a float32 feature id counts exactly (vertex attributes cannot be
// 32-bit integers in glTF).
const maxFeatures = 1 << 24

// primitive appends a mesh's data and returns the primitive that refers to it.
func (b *builder) primitive(m geo.Mesh, features bool) (*gltf.Primitive, error) {
	if err := check(m); err != nil {
		return nil, err
	}
	key := keyOf(&m)
	if m.Material == geo.Facade && m.UVs != nil {
		key.step = [2]float64{1, 1}
	}
	p := &gltf.Primitive{Attributes: gltf.PrimitiveAttributes{}, Material: gltf.Index(b.material(key))}
	n := len(m.Positions)
	b.surface(p, "", m.Positions, m.Normals)
	s := b.stream("color", 8, gltf.TargetArrayBuffer)
	p.Attributes[gltf.COLOR_0] = b.accessor(s, n, gltf.ComponentUshort, gltf.AccessorVec4, true)
	for _, c := range m.Colors {
		s.color(c)
	}
	if m.UVs != nil {
		s = b.stream("uv", 8, gltf.TargetArrayBuffer)
		p.Attributes[gltf.TEXCOORD_0] = b.accessor(s, n, gltf.ComponentFloat, gltf.AccessorVec2, false)
		for _, v := range m.UVs {
			v = soundUV(v)
			s.floats(v[0], v[1])
		}
	}
	if m.Features != nil && features {
		f, index, err := b.features(m.Features)
		if err != nil {
			return nil, err
		}
		p.Attributes[featureAttribute] = index
		p.Extensions = gltf.Extensions{extMeshFeatures: f}
		b.used[extMeshFeatures] = true
	}
	p.Indices = gltf.Index(b.indices(m.Indices, n))
	return p, nil
}

// surface appends positions and normals, z up, to streams of that kind, y up.
func (b *builder) surface(p *gltf.Primitive, kind string, positions, normals [][3]float32) {
	s := b.stream(kind+"position", 12, gltf.TargetArrayBuffer)
	p.Attributes[gltf.POSITION] = b.accessor(s, len(positions), gltf.ComponentFloat, gltf.AccessorVec3, false)
	for _, v := range positions {
		s.floats(v[0], v[2], -v[1])
	}
	b.bounds(p.Attributes[gltf.POSITION], positions)
	s = b.stream(kind+"normal", 12, gltf.TargetArrayBuffer)
	p.Attributes[gltf.NORMAL] = b.accessor(s, len(normals), gltf.ComponentFloat, gltf.AccessorVec3, false)
	for _, v := range normals {
		v = soundNormal(v)
		s.floats(v[0], v[2], -v[1])
	}
}

// check refuses a mesh whose parts do not fit together.
func check(m geo.Mesh) error {
	n := len(m.Positions)
	if len(m.Normals) != n || len(m.Colors) != n || (m.UVs != nil && len(m.UVs) != n) || (m.Features != nil && len(m.Features) != n) {
		return fmt.Errorf("%d positions, %d normals, %d colours, %d uvs, %d features: the numbers must be equal",
			n, len(m.Normals), len(m.Colors), len(m.UVs), len(m.Features))
	}
	if len(m.Indices)%3 != 0 {
		return fmt.Errorf("%d indices are not triangles", len(m.Indices))
	}
	for i, v := range m.Indices {
		if int(v) >= n {
			return fmt.Errorf("index %d is %d of %d vertices", i, v, n)
		}
	}
	var none float32 // NaN as soon as a number is not finite, which is quicker to learn at the end
	for i := range m.Positions {
		p, v := &m.Positions[i], &m.Normals[i]
		none += (p[0] - p[0] + (p[1] - p[1])) + (p[2] - p[2] + (v[0] - v[0])) + (v[1] - v[1] + (v[2] - v[2]))
	}
	if none == 0 {
		return nil
	}
	for i := range m.Positions {
		if !finite(m.Positions[i][:]) || !finite(m.Normals[i][:]) {
			return fmt.Errorf("vertex %d is not finite: position %v, normal %v", i, m.Positions[i], m.Normals[i])
		}
	}
	return nil
}

// soundUV returns texture coordinates that are numbers: what is none becomes 0, which
// spoils a pattern but no shape.
func soundUV(v [2]float32) [2]float32 {
	if v[0]-v[0] == 0 && v[1]-v[1] == 0 {
		return v
	}
	for k := range v {
		if !finite(v[k : k+1]) {
			v[k] = 0
		}
	}
	return v
}

// soundNormal returns a unit normal: what is off by more than rounding is scaled, what
// has no direction points up.
func soundNormal(v [3]float32) [3]float32 {
	square := float64(v[0])*float64(v[0]) + float64(v[1])*float64(v[1]) + float64(v[2])*float64(v[2])
	if math.Abs(square-1) < 2e-4 {
		return v
	}
	l := math.Sqrt(square)
	switch {
	case math.Abs(l-1) < 1e-4:
		return v
	case l < 1e-20:
		return [3]float32{0, 0, 1}
	}
	return [3]float32{float32(float64(v[0]) / l), float32(float64(v[1]) / l), float32(float64(v[2]) / l)}
}

// bounds sets an accessor's min and max, in glTF's axes.
func (b *builder) bounds(accessor int, positions [][3]float32) {
	lo, hi := extent(positions)
	a := b.doc.Accessors[accessor]
	// + 0 turns -0 into 0.
	a.Min = []float64{float64(lo[0]) + 0, float64(lo[2]) + 0, float64(-hi[1]) + 0}
	a.Max = []float64{float64(hi[0]) + 0, float64(hi[2]) + 0, float64(-lo[1]) + 0}
}

func extent(positions [][3]float32) (lo, hi [3]float32) {
	lo, hi = positions[0], positions[0]
	for _, p := range positions {
		for k, v := range p {
			lo[k], hi[k] = min(lo[k], v), max(hi[k], v)
		}
	}
	return lo, hi
}

// indices appends triangle corners in 16 bits where they fit; 65535 itself is kept free,
// as it restarts primitives.
func (b *builder) indices(idx []uint32, vertices int) int {
	if vertices <= 65535 {
		s := b.stream("indices 16", 0, gltf.TargetElementArrayBuffer)
		s.index = 2
		a := b.accessor(s, len(idx), gltf.ComponentUshort, gltf.AccessorScalar, false)
		out := s.grow(2 * len(idx))
		for i, v := range idx {
			binary.LittleEndian.PutUint16(out[2*i:], uint16(v))
		}
		return a
	}
	s := b.stream("indices 32", 0, gltf.TargetElementArrayBuffer)
	s.index = 4
	a := b.accessor(s, len(idx), gltf.ComponentUint, gltf.AccessorScalar, false)
	out := s.grow(4 * len(idx))
	for i, v := range idx {
		binary.LittleEndian.PutUint32(out[4*i:], v)
	}
	return a
}

// features appends feature ids, one for each vertex or instance: 16-bit numbers in
// quantised files where they fit, float32 otherwise.
func (b *builder) features(ids []uint32) (featureIDs, int, error) {
	var top uint32
	distinct, last := 0, uint32(math.MaxUint32)
	for i, id := range ids {
		if b.rows > 0 && int64(id) >= int64(b.rows) {
			return featureIDs{}, 0, fmt.Errorf("element %d: feature %d of %d", i, id, b.rows)
		}
		if id >= maxFeatures {
			return featureIDs{}, 0, fmt.Errorf("element %d: feature %d, more than %d; split the tile", i, id, maxFeatures)
		}
		top = max(top, id)
	}
	seen := b.table32(int(top/2) + 1) // zeroed, longer than top
	for _, id := range ids {
		if id != last && seen[id] == 0 {
			seen[id] = 1
			distinct++
		}
		last = id
	}
	var a int
	if b.compacts() && top < 1<<16 {
		s := b.stream("feature id 16", 4, gltf.TargetArrayBuffer)
		a = b.accessor(s, len(ids), gltf.ComponentUshort, gltf.AccessorScalar, false)
		out := s.grow(4 * len(ids))
		for i, id := range ids {
			binary.LittleEndian.PutUint32(out[4*i:], id)
		}
	} else {
		s := b.stream("feature id", 4, gltf.TargetArrayBuffer)
		a = b.accessor(s, len(ids), gltf.ComponentFloat, gltf.AccessorScalar, false)
		for _, id := range ids {
			s.floats(float32(id))
		}
	}
	f := featureID{FeatureCount: distinct, Attribute: gltf.Index(0)}
	if b.rows > 0 {
		f.PropertyTable = gltf.Index(0)
	}
	return featureIDs{[]featureID{f}}, a, nil
}
