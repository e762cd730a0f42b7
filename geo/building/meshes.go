package building

import (
	"slices"
	"sync"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/facade"
)

// Meshes gathers the triangles of many buildings, one mesh a material. The zero value
// is empty. Not safe for concurrent use.
type Meshes struct {
	Layer string // goes into every mesh
	list  []*geo.Mesh
}

// workshops are meshes kept for their memory: what a block becomes is gathered in them and
// handed over as it is, and comes back through Maker.Release.
var workshops = sync.Pool{New: func() any { return &Meshes{} }}

// order is that in which materials come out.
var order = [...]geo.Material{geo.Facade, geo.Wall, geo.Roof, geo.Concrete, geo.Glass, geo.Metal, geo.Green, geo.Sign, geo.Lamp}

// each calls f with the meshes that have triangles, in a fixed order.
func (m *Meshes) each(f func(*geo.Mesh)) {
	for _, name := range order {
		for _, s := range m.list {
			if s.Material == name && len(s.Indices) > 0 {
				f(s)
			}
		}
	}
}

// Take returns the meshes that have triangles, in a fixed order, and empties m.
func (m *Meshes) Take() []geo.Mesh {
	var out []geo.Mesh
	m.each(func(s *geo.Mesh) { out = append(out, *s) })
	m.list = nil
	return out
}

// deliver hands the meshes over to a content, copied to those that it has of a layer or as
// new ones, and empties m but for the memory of what it has copied.
func (m *Meshes) deliver(c *geo.Content, layer string) {
	m.each(func(s *geo.Mesh) {
		at := slices.IndexFunc(c.Meshes, func(o geo.Mesh) bool { return o.Layer == layer && o.Material == s.Material && o.Bias == 0 })
		if at < 0 {
			c.Meshes = append(c.Meshes, *s)
			c.Meshes[len(c.Meshes)-1].Layer = layer
			*s = geo.Mesh{Layer: m.Layer, Material: s.Material}
			return
		}
		to := &c.Meshes[at]
		base, from := uint32(len(to.Positions)), len(to.Indices)
		to.Positions, to.Normals, to.Colors = append(to.Positions, s.Positions...), append(to.Normals, s.Normals...), append(to.Colors, s.Colors...)
		to.UVs, to.Features, to.Indices = append(to.UVs, s.UVs...), append(to.Features, s.Features...), append(to.Indices, s.Indices...)
		for i := range to.Indices[from:] {
			to.Indices[from+i] += base
		}
	})
	for _, s := range m.list {
		s.Positions, s.Normals, s.Colors = s.Positions[:0], s.Normals[:0], s.Colors[:0]
		s.UVs, s.Features, s.Indices = s.UVs[:0], s.Features[:0], s.Indices[:0]
	}
}

// adopt takes the memory of a mesh that is no longer needed.
func (m *Meshes) adopt(s *geo.Mesh) {
	to := m.of(s.Material)
	if cap(to.Positions) < cap(s.Positions) {
		*to = geo.Mesh{Layer: m.Layer, Material: s.Material, Positions: s.Positions[:0], Normals: s.Normals[:0], Colors: s.Colors[:0],
			UVs: s.UVs[:0], Features: s.Features[:0], Indices: s.Indices[:0]}
	}
}

// Triangles is the number gathered so far.
func (m *Meshes) Triangles() int {
	n := 0
	for _, s := range m.list {
		n += len(s.Indices) / 3
	}
	return n
}

func (m *Meshes) of(name geo.Material) *geo.Mesh {
	for _, s := range m.list {
		if s.Material == name {
			return s
		}
	}
	s := &geo.Mesh{Layer: m.Layer, Material: name}
	m.list = append(m.list, s)
	return s
}

// vertex is a corner of a building in its own frame.
type vertex struct {
	p, n   mgl64.Vec3
	uv     mgl64.Vec2
	colour [4]uint8
}

// patch is the triangles of one material.
type patch struct {
	material geo.Material
	vertices []vertex
	tris     [][3]int
}

// shell is a building's surface in its own frame, float64.
type shell struct {
	patches []*patch
	// For those who build it:
	scratch []facade.Face
	faces   []facade.Wall
	walls   []wall
	rims    []mgl64.Vec3
	turns   []stretch
	edges   []int
}

// shells are kept for their memory.
var shells = sync.Pool{New: func() any { return &shell{} }}

func newShell() *shell { return shells.Get().(*shell) }

// release gives a shell back that has been poured.
func (s *shell) release() {
	for _, p := range s.patches {
		p.vertices, p.tris = p.vertices[:0], p.tris[:0]
	}
	shells.Put(s)
}

func (s *shell) patch(name geo.Material) *patch {
	for _, p := range s.patches {
		if p.material == name {
			return p
		}
	}
	p := &patch{material: name}
	s.patches = append(s.patches, p)
	return p
}

// quad adds the face a, b, c, d, counter-clockwise from outside.
func (p *patch) quad(v [4]vertex) {
	n := len(p.vertices)
	p.vertices = append(p.vertices, v[:]...)
	p.tris = append(p.tris, [3]int{n, n + 1, n + 2}, [3]int{n, n + 2, n + 3})
}

// pour moves the shell into another frame, rounds it to float32 and adds it to meshes.
func (s *shell) pour(move mgl64.Mat4, row uint32, into *Meshes) {
	for _, p := range s.patches {
		if len(p.tris) == 0 {
			continue
		}
		m := into.of(p.material)
		base, n := len(m.Positions), len(p.vertices)
		m.Positions, m.Normals, m.Colors = grown(m.Positions, n), grown(m.Normals, n), grown(m.Colors, n)
		m.UVs, m.Features = grown(m.UVs, n), grown(m.Features, n)
		for i := range p.vertices {
			v := &p.vertices[i]
			k := base + i
			for c := range 3 {
				m.Positions[k][c] = float32(float64(move[c]*v.p[0]) + float64(move[4+c]*v.p[1]) + float64(move[8+c]*v.p[2]) + move[12+c])
				m.Normals[k][c] = float32(float64(move[c]*v.n[0]) + float64(move[4+c]*v.n[1]) + float64(move[8+c]*v.n[2]))
			}
			m.Colors[k], m.UVs[k], m.Features[k] = v.colour, [2]float32{float32(v.uv[0]), float32(v.uv[1])}, row
		}
		at := len(m.Indices)
		m.Indices = grown(m.Indices, 3*len(p.tris))
		for i, t := range p.tris {
			for c, v := range t {
				m.Indices[at+3*i+c] = uint32(base + v)
			}
		}
	}
}

// grown returns a slice with room for n more, which are part of it.
func grown[T any](s []T, n int) []T {
	return slices.Grow(s, n)[:len(s)+n]
}
