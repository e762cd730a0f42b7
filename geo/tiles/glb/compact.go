package glb

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles/meshopt"
	"github.com/qmuntal/gltf"
)

// vertex is a vertex in the whole numbers that are written. Equal ones become one.
type vertex struct {
	position [3]int32
	normal   [3]int8
	color    [4]uint8 // sRGB
	uv       [2]int32 // of the uvLattice; float32 bits where that has no step
	feature  uint32
}

func (v *vertex) hash() uint64 {
	const k = 0x9e3779b97f4a7c15
	h := uint64(uint32(v.position[0])) | uint64(uint32(v.position[1]))<<32
	h = (h ^ h>>29) * k
	h ^= uint64(uint32(v.position[2])) | uint64(v.feature)<<32
	h = (bits.RotateLeft64(h, 31)) * k
	h ^= uint64(uint32(v.uv[0])) | uint64(uint32(v.uv[1]))<<32
	h = (h ^ h>>32) * k
	h ^= uint64(uint8(v.normal[0])) | uint64(uint8(v.normal[1]))<<8 | uint64(uint8(v.normal[2]))<<16 |
		uint64(binary.LittleEndian.Uint32(v.color[:]))<<32
	h *= k
	return h ^ h>>32
}

// compactMesh is a mesh ready to be written.
type compactMesh struct {
	vertices []vertex
	indices  []uint32
	uvs      uvLattice
}

// compact quantises a mesh, makes equal vertices one where there are some, leaves out triangles that have lost
// their area for want of three corners, and orders triangles and vertices.
func (b *builder) compact(m geo.Mesh, q *quantizer) compactMesh {
	c := compactMesh{uvs: uvLatticeFor(m.UVs)}
	for k, s := range c.uvs.step {
		c.uvs.inverse[k] = 1 / s
	}
	n := len(m.Positions)
	table := b.table32(min(n, probe))
	mask := uint64(len(table) - 1)
	weld := true
	b.numbers = slices.Grow(b.numbers[:0], n)[:n]
	number := b.numbers
	c.vertices = slices.Grow(b.welded[:0], n)
	var normal [3]int8 // those of a face follow each other
	var last [3]float32
	for i := range m.Positions {
		if v := m.Normals[i]; i == 0 || v != last {
			last, normal = v, q.direction(v)
		}
		v := vertex{position: q.position(m.Positions[i]), normal: normal, color: m.Colors[i]}
		if m.UVs != nil {
			uv := soundUV(m.UVs[i])
			c.uvs.set(&v.uv, &uv)
		}
		if m.Features != nil {
			v.feature = m.Features[i]
		}
		if i == probe && weld {
			if weld = b.o.Lattice != nil || len(c.vertices) < probe-probe/32; weld {
				table = b.table32(n)
				mask = uint64(len(table) - 1)
				for k := range c.vertices {
					at := c.vertices[k].hash() & mask
					for table[at] != 0 {
						at = (at + 1) & mask
					}
					table[at] = uint32(k + 1)
				}
			}
		}
		if !weld {
			break
		}
		at := v.hash() & mask
		for table[at] != 0 && c.vertices[table[at]-1] != v {
			at = (at + 1) & mask
		}
		if table[at] == 0 {
			c.vertices = append(c.vertices, v)
			table[at] = uint32(len(c.vertices))
		}
		number[i] = table[at] - 1
	}
	if !weld {
		b.rest(&c, &m, q, number)
	}
	c.indices = slices.Grow(b.corners[:0], len(m.Indices))
	for i := 0; i < len(m.Indices); i += 3 {
		x, y, z := number[m.Indices[i]], number[m.Indices[i+1]], number[m.Indices[i+2]]
		if x != y && y != z && z != x && (weld || c.spans(x, y, z)) {
			c.indices = append(c.indices, x, y, z)
		}
	}
	b.corners, b.welded = c.indices, c.vertices // both are written before the next mesh comes
	b.order(&c)
	return c
}

// rest quantises the vertices from probe on of a mesh whose vertices are not compared.
func (b *builder) rest(c *compactMesh, m *geo.Mesh, q *quantizer, number []uint32) {
	at := len(c.vertices)
	c.vertices = c.vertices[:at+len(m.Positions)-probe]
	var normal [3]int8
	var last [3]float32
	moved := q.turn != nil || q.shift != (mgl64.Vec3{})
	inverse, x, y, z := 1/q.step, q.origin[0], q.origin[1], q.origin[2] // of position
	var feature uint32
	for i := probe; i < len(m.Positions); i++ {
		if v := &m.Normals[i]; i == probe || v[0] != last[0] || v[1] != last[1] || v[2] != last[2] {
			last, normal = *v, q.direction(*v)
		}
		number[i] = uint32(at)
		v := &c.vertices[at]
		at++
		if p := &m.Positions[i]; moved {
			v.position = q.position(*p)
		} else { // as it is, number by number: vectors go through memory
			v.position[0] = int32(math.RoundToEven((float64(p[0]) - x) * inverse))
			v.position[1] = int32(math.RoundToEven((float64(p[1]) - y) * inverse))
			v.position[2] = int32(math.RoundToEven((float64(p[2]) - z) * inverse))
		}
		if v.uv = [2]int32{}; m.UVs != nil {
			if uv := &m.UVs[i]; uv[0]-uv[0] == 0 && uv[1]-uv[1] == 0 {
				c.uvs.set(&v.uv, uv)
			} else {
				sound := soundUV(*uv)
				c.uvs.set(&v.uv, &sound)
			}
		}
		if m.Features != nil {
			feature = m.Features[i]
		}
		v.normal, v.color, v.feature = normal, m.Colors[i], feature
	}
}

// direction is a normal in bytes.
func (q *quantizer) direction(v [3]float32) (n [3]int8) {
	for k, f := range q.normal(soundNormal(v)) {
		n[k] = int8(math.RoundToEven(float64(f) * 127))
	}
	return n
}

// probe is the number of vertices that tell whether a mesh repeats any: makers of faces
// with edges do not, and where fewer than one in 32 is there twice none is looked for
// among the rest.
const probe = 2048

// spans tells whether three vertices are at three places.
func (c *compactMesh) spans(x, y, z uint32) bool {
	p, q, r := &c.vertices[x].position, &c.vertices[y].position, &c.vertices[z].position
	return *p != *q && *q != *r && *r != *p
}

// table32 returns an empty hash table for n entries.
func (b *builder) table32(n int) []uint32 {
	size := 1 << bits.Len(uint(2*n))
	if cap(b.hashes) < size {
		b.hashes = make([]uint32, size)
	}
	b.hashes = b.hashes[:size]
	clear(b.hashes)
	return b.hashes
}

// order sorts triangles for the vertex cache where they share vertices (walls and roofs
// of separate quads are in order as they come), and vertices by their first use.
func (b *builder) order(c *compactMesh) {
	if len(c.indices) > 2*len(c.vertices) {
		c.indices = meshopt.OrderTriangles(c.indices, len(c.vertices))
	}
	if inOrder(c.indices, len(c.vertices)) {
		return
	}
	old := meshopt.OrderVertices(c.indices, len(c.vertices))
	sorted := slices.Grow(b.ordered[:0], len(old))[:len(old)]
	for i, o := range old {
		sorted[i] = c.vertices[o]
	}
	b.ordered, c.vertices = sorted, sorted
}

// inOrder tells whether n vertices are all used, and in their order.
func inOrder(indices []uint32, n int) bool {
	next := uint32(0)
	for _, v := range indices {
		if v > next {
			return false
		}
		if v == next {
			next++
		}
	}
	return int(next) == n
}

// compactPrimitive appends a mesh's quantised data. It returns nil where no triangle is
// left of it.
func (b *builder) compactPrimitive(m geo.Mesh, q *quantizer, features bool) (*gltf.Primitive, *uvLattice, error) {
	if err := check(m); err != nil {
		return nil, nil, err
	}
	if !features {
		m.Features = nil
	}
	c := b.compact(m, q)
	if len(c.indices) == 0 {
		return nil, nil, nil
	}
	b.used[extQuantization] = true
	p := &gltf.Primitive{Attributes: gltf.PrimitiveAttributes{}}
	p.Attributes[gltf.POSITION] = b.compactPositions(c.vertices, q)
	n := len(c.vertices)
	s := b.stream("normal 8", 4, gltf.TargetArrayBuffer)
	p.Attributes[gltf.NORMAL] = b.accessor(s, n, gltf.ComponentByte, gltf.AccessorVec3, true)
	out := s.grow(4 * n)
	for i := range c.vertices {
		v, o := &c.vertices[i].normal, out[4*i:4*i+4]
		o[0], o[1], o[2], o[3] = byte(v[0]), byte(v[2]), byte(-v[1]), 0
	}
	key := keyOf(&m)
	if m.Material == geo.Facade && m.UVs != nil {
		key.step = [2]float64{1, 1}
		if c.uvs.narrow {
			key.step, key.origin = c.uvs.step, c.uvs.origin
		}
	}
	if one, ok := uniform(c.vertices); ok {
		key.tint = one
	} else {
		p.Attributes[gltf.COLOR_0] = b.compactColors(n, func(i int) [4]uint8 { return c.vertices[i].color })
	}
	p.Material = gltf.Index(b.material(key))
	var uvs *uvLattice
	if m.UVs != nil {
		p.Attributes[gltf.TEXCOORD_0] = b.compactUVs(c.vertices, c.uvs)
		uvs = &c.uvs
	}
	if m.Features != nil {
		b.numbers = slices.Grow(b.numbers[:0], n)[:n]
		ids := b.numbers
		for i := range ids {
			ids[i] = c.vertices[i].feature
		}
		f, index, err := b.features(ids)
		if err != nil {
			return nil, nil, err
		}
		p.Attributes[featureAttribute] = index
		p.Extensions = gltf.Extensions{extMeshFeatures: f}
		b.used[extMeshFeatures] = true
	}
	p.Indices = gltf.Index(b.indices(c.indices, n))
	return p, uvs, nil
}

func (b *builder) compactPositions(vertices []vertex, q *quantizer) int {
	lo, hi := vertices[0].position, vertices[0].position
	for i := range vertices {
		for k, v := range vertices[i].position {
			lo[k], hi[k] = min(lo[k], v), max(hi[k], v)
		}
	}
	unit := 1.0
	var at int
	if q.wide {
		unit = q.step
		s := b.latticeStream("position", 12, q.step)
		at = b.accessor(s, len(vertices), gltf.ComponentFloat, gltf.AccessorVec3, false)
		out := s.grow(12 * len(vertices))
		for i := range vertices {
			v := &vertices[i].position
			s.steps(out[12*i:], v[0], v[2], -v[1])
		}
	} else {
		s := b.stream("position 16", 8, gltf.TargetArrayBuffer)
		at = b.accessor(s, len(vertices), gltf.ComponentShort, gltf.AccessorVec3, false)
		out := s.grow(8 * len(vertices))
		for i := range vertices {
			v := &vertices[i].position
			putShorts(out[8*i:8*i+8], v[0], v[2], -v[1], 0)
		}
	}
	a := b.doc.Accessors[at]
	f := func(n int32) float64 { return float64(n)*unit + 0 }
	a.Min, a.Max = []float64{f(lo[0]), f(lo[2]), f(-hi[1])}, []float64{f(hi[0]), f(hi[2]), f(-lo[1])}
	return at
}

// compactColors writes linear colours in bytes where that changes no sRGB component by
// more than one, and in 16 bits otherwise.
func (b *builder) compactColors(n int, at func(int) [4]uint8) int {
	narrow := true
	for i := 0; i < n && narrow; i++ {
		c := at(i)
		narrow = narrowSRGB[c[0]] && narrowSRGB[c[1]] && narrowSRGB[c[2]]
	}
	if !narrow {
		s := b.stream("color", 8, gltf.TargetArrayBuffer)
		a := b.accessor(s, n, gltf.ComponentUshort, gltf.AccessorVec4, true)
		for i := range n {
			s.color(at(i))
		}
		return a
	}
	s := b.stream("color 8", 4, gltf.TargetArrayBuffer)
	a := b.accessor(s, n, gltf.ComponentUbyte, gltf.AccessorVec4, true)
	out := s.grow(4 * n)
	for i := range n {
		c, o := at(i), out[4*i:4*i+4]
		o[0], o[1], o[2], o[3] = linear8[c[0]], linear8[c[1]], linear8[c[2]], c[3]
	}
	return a
}

// uniform returns the colour of all vertices, where it is one and opaque.
func uniform(vertices []vertex) ([4]uint8, bool) {
	one := vertices[0].color
	for i := range vertices {
		if vertices[i].color != one {
			return one, false
		}
	}
	return one, one[3] == 255
}
