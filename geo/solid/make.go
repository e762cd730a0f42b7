package solid

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/simplify"
)

// Make implements geo.Maker. Coarse levels leave small objects out. Of what lies on the
// ground, vertices are gathered in cells (Rossignac & Borrel 1993), which stand fast in the
// plan, so that neighbours stay joined; of the rest edges are collapsed, with the error
// measured, which keeps decks level and walls upright.
func (m *maker) Make(detail float64, into *geo.Content) float64 {
	move := inverse(into.Frame).Mul4(m.frame.Matrix())
	p := pot{layer: m.layer, move: move, content: into, first: len(into.Meshes)}
	worst := 0.0
	for i := range m.objects {
		o := &m.objects[i]
		if o.size <= detail {
			worst = math.Max(worst, o.size)
			continue
		}
		row := uint32(len(into.Features))
		some, off := o.tree != nil, 0.0
		switch {
		case o.tree != nil:
			p.plant(o.tree, row)
		case detail > 0 && !o.cover:
			own := pot{layer: m.layer, move: move, content: &geo.Content{}}
			for k := range o.facets[:o.front] {
				some = own.pour(&o.facets[k], row, 0) || some
			}
			off = p.coarse(&own, detail, o.front < len(o.facets))
		default:
			for k := range o.facets {
				some = p.pour(&o.facets[k], row, detail/2) || some
			}
			off = detail / 2
		}
		if some {
			into.Features = append(into.Features, o.row)
		}
		worst = math.Max(worst, off)
	}
	return worst
}

// inverse takes ECEF into a frame.
func inverse(f earth.Frame) mgl64.Mat4 {
	m := mgl64.Mat4FromRows(f.East.Vec4(0), f.North.Vec4(0), f.Up.Vec4(0), mgl64.Vec4{0, 0, 0, 1})
	c := m.Mul4x1(f.Center.Vec4(0))
	m.SetCol(3, mgl64.Vec4{-c[0], -c[1], -c[2], 1})
	return m
}

// pot gathers meshes, one for each material and order.
type pot struct {
	layer   string
	move    mgl64.Mat4
	content *geo.Content
	first   int // mesh of ours
}

func (p *pot) mesh(l look) *geo.Mesh {
	for i := p.first; i < len(p.content.Meshes); i++ {
		if m := &p.content.Meshes[i]; m.Material == l.material && m.Bias == l.bias {
			return m
		}
	}
	p.content.Meshes = append(p.content.Meshes, geo.Mesh{Layer: p.layer, Material: l.material, Bias: l.bias})
	return &p.content.Meshes[len(p.content.Meshes)-1]
}

// pour adds a facet; false where all of its triangles have shrunk away.
func (p *pot) pour(f *facet, row uint32, error float64) bool {
	cell := error / (math.Sqrt(3) / 2) // no vertex moves further than half a cell's diagonal
	at := func(v mgl64.Vec3) mgl64.Vec3 {
		if cell > 0.25 {
			for k := range v {
				v[k] = (math.Floor(v[k]/cell) + 0.5) * cell
			}
		}
		return v
	}
	m := p.mesh(f.look)
	n := p.move.Mat3().Mul3x1(f.n.Normalize())
	normal := [3]float32{float32(n[0]), float32(n[1]), float32(n[2])}
	index := make([]uint32, len(f.vertices))
	for i := range index {
		index[i] = math.MaxUint32
	}
	some := false
	for _, t := range f.tris {
		a, b, c := at(f.vertices[t[0]]), at(f.vertices[t[1]]), at(f.vertices[t[2]])
		if a == b || b == c || c == a {
			continue
		}
		some = true
		for _, i := range t {
			if index[i] == math.MaxUint32 {
				index[i] = uint32(len(m.Positions))
				v := at(f.vertices[i])
				q := p.move.Mul4x1(v.Vec4(1))
				m.Positions = append(m.Positions, [3]float32{float32(q[0]), float32(q[1]), float32(q[2])})
				m.Normals = append(m.Normals, normal)
				m.Colors = append(m.Colors, f.look.color)
				m.UVs = append(m.UVs, [2]float32{float32(v[0]), float32(v[1])})
				m.Features = append(m.Features, row)
			}
			m.Indices = append(m.Indices, index[i])
		}
	}
	return some
}

// coarse adds the surface of another pot with an error of up to detail metres, also seen
// from behind where it is open, and returns the error that was measured.
func (p *pot) coarse(own *pot, detail float64, open bool) float64 {
	list, off := simplify.Meshes(own.content.Meshes, simplify.Options{MaxError: detail})
	for i := range list {
		from := &list[i]
		p.add(from)
		if !open {
			continue
		}
		back := *from
		back.Normals, back.Indices = slices.Clone(from.Normals), slices.Clone(from.Indices)
		for k, n := range back.Normals {
			back.Normals[k] = [3]float32{-n[0], -n[1], -n[2]}
		}
		for k := 0; k < len(back.Indices); k += 3 {
			back.Indices[k+1], back.Indices[k+2] = back.Indices[k+2], back.Indices[k+1]
		}
		p.add(&back)
	}
	return off
}

// add joins a mesh to that of its look.
func (p *pot) add(s *geo.Mesh) {
	to := p.mesh(look{material: s.Material, bias: s.Bias})
	base, from := uint32(len(to.Positions)), len(to.Indices)
	to.Positions, to.Normals, to.Colors = append(to.Positions, s.Positions...), append(to.Normals, s.Normals...), append(to.Colors, s.Colors...)
	to.UVs, to.Features, to.Indices = append(to.UVs, s.UVs...), append(to.Features, s.Features...), append(to.Indices, s.Indices...)
	for i := range to.Indices[from:] {
		to.Indices[from+i] += base
	}
}

// treeModel is what planted points are drawn as.
const treeModel = "tree-broad"

func (p *pot) plant(t *geo.Instance, row uint32) {
	v := p.move.Mul4x1(mgl64.Vec4{float64(t.Position[0]), float64(t.Position[1]), float64(t.Position[2]), 1})
	it := *t
	it.Position, it.Feature = [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}, row
	for i := range p.content.Instances {
		if s := &p.content.Instances[i]; s.Layer == p.layer && s.Model == treeModel {
			s.Items = append(s.Items, it)
			return
		}
	}
	p.content.Instances = append(p.content.Instances, geo.Instances{Layer: p.layer, Model: treeModel, Items: []geo.Instance{it}})
}
