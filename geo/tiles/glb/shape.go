package glb

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/qmuntal/gltf"
)

// MaxVertices bounds what one file may unfold to through nodes and instances that share
// meshes; MaxIndices the same for triangle corners.
const (
	MaxVertices = 1 << 23
	MaxIndices  = 6 * MaxVertices
)

// shape is a primitive as triangles in its own axes. Colors are linear.
type shape struct {
	positions, normals []float32 // 3 each
	colors             [][4]float32
	uvs                []float32 // 2 each
	ids                []uint32
	indices            []uint32
}

func (s *shape) count() int { return len(s.positions) / 3 }

// budget counts down while a file unfolds.
type budget struct{ vertices, indices int }

func newBudget() *budget { return &budget{MaxVertices, MaxIndices} }

func (b *budget) take(vertices, indices int) error {
	b.vertices -= vertices
	b.indices -= indices
	if b.vertices < 0 || b.indices < 0 {
		return fmt.Errorf("the file unfolds to more than %d vertices or %d triangle corners; split it", MaxVertices, MaxIndices)
	}
	return nil
}

// shape decodes a primitive; it returns nil for points and lines. Normals are nil where
// the file has none (see finish). uv names the texture
// coordinate set, ids the attribute that holds feature ids (empty: none).
func (d *document) shape(p *gltf.Primitive, weights []float64, uv, ids string, b *budget) (*shape, error) {
	if _, ok := p.Extensions["KHR_draco_mesh_compression"]; ok {
		return nil, fmt.Errorf("the primitive is compressed with Draco: %w", ErrUnsupported)
	}
	at, ok := p.Attributes[gltf.POSITION]
	if !ok || (p.Mode != gltf.PrimitiveTriangles && p.Mode != gltf.PrimitiveTriangleStrip && p.Mode != gltf.PrimitiveTriangleFan) {
		return nil, nil
	}
	if _, err := d.accessor(at); err != nil {
		return nil, err
	}
	if err := b.take(d.Accessors[at].Count, 0); err != nil {
		return nil, err
	}
	s := new(shape)
	var err error
	if s.positions, err = d.floats(at, 3); err != nil {
		return nil, err
	}
	for _, v := range s.positions {
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return nil, fmt.Errorf("accessor %d: a position is not a finite number", at)
		}
	}
	if err := d.attributes(s, p, uv, ids); err != nil {
		return nil, err
	}
	if err := d.morph(s, p, weights); err != nil {
		return nil, err
	}
	if err := d.triangles(s, p, b); err != nil {
		return nil, err
	}
	return s, nil
}

// finish gives a shape without normals flat ones.
func (s *shape) finish(b *budget) error {
	if s.normals != nil {
		return nil
	}
	if err := b.take(len(s.indices), 0); err != nil {
		return err
	}
	s.flatten()
	return nil
}

func (d *document) attributes(s *shape, p *gltf.Primitive, uv, ids string) (err error) {
	n := s.count()
	check := func(name string, got int) error {
		if got != n {
			return fmt.Errorf("%s has %d elements where POSITION has %d", name, got, n)
		}
		return nil
	}
	if a, ok := p.Attributes[gltf.NORMAL]; ok {
		if s.normals, err = d.floats(a, 3); err != nil {
			return err
		}
		if err := check("NORMAL", len(s.normals)/3); err != nil {
			return err
		}
	}
	if a, ok := p.Attributes[uv]; ok {
		if s.uvs, err = d.floats(a, 2); err != nil {
			return err
		}
		if err := check(uv, len(s.uvs)/2); err != nil {
			return err
		}
	}
	if a, ok := p.Attributes[gltf.COLOR_0]; ok {
		if s.colors, err = d.colors(a); err != nil {
			return err
		}
		if err := check("COLOR_0", len(s.colors)); err != nil {
			return err
		}
	}
	if a, ok := p.Attributes[ids]; ok && ids != "" {
		if s.ids, err = d.ints(a); err != nil {
			return err
		}
		return check(ids, len(s.ids))
	}
	return nil
}

// colors reads RGB or RGBA.
func (d *document) colors(index int) ([][4]float32, error) {
	a, err := d.accessor(index)
	if err != nil {
		return nil, err
	}
	n := a.Type.Components()
	if n != 3 && n != 4 {
		return nil, fmt.Errorf("accessor %d: a colour has 3 or 4 components, not %d", index, n)
	}
	f, err := d.floats(index, n)
	if err != nil {
		return nil, err
	}
	out := make([][4]float32, len(f)/n)
	for i := range out {
		out[i][3] = 1
		copy(out[i][:], f[i*n:i*n+n])
	}
	return out, nil
}

// morph adds the targets with the mesh's default weights.
func (d *document) morph(s *shape, p *gltf.Primitive, weights []float64) error {
	for i, target := range p.Targets {
		if i >= len(weights) || weights[i] == 0 {
			continue
		}
		for _, name := range []string{gltf.POSITION, gltf.NORMAL} {
			base := s.positions
			if name == gltf.NORMAL {
				base = s.normals
			}
			a, ok := target[name]
			if !ok || base == nil {
				continue
			}
			delta, err := d.floats(a, 3)
			if err != nil {
				return err
			}
			if len(delta) != len(base) {
				return fmt.Errorf("morph target %d has %d elements where %s has %d", i, len(delta)/3, name, len(base)/3)
			}
			for k := range base {
				base[k] += float32(weights[i]) * delta[k]
			}
		}
	}
	return nil
}

// triangles reads the indices, unfolding strips and fans.
func (d *document) triangles(s *shape, p *gltf.Primitive, b *budget) error {
	var idx []uint32
	if p.Indices != nil {
		a, err := d.accessor(*p.Indices)
		if err != nil {
			return err
		}
		if err := b.take(0, a.Count); err != nil {
			return err
		}
		if idx, err = d.ints(*p.Indices); err != nil {
			return err
		}
	} else {
		if err := b.take(0, s.count()); err != nil {
			return err
		}
		idx = make([]uint32, s.count())
		for i := range idx {
			idx[i] = uint32(i)
		}
	}
	for _, v := range idx {
		if int(v) >= s.count() {
			return fmt.Errorf("index %d of %d vertices", v, s.count())
		}
	}
	switch p.Mode {
	case gltf.PrimitiveTriangleStrip, gltf.PrimitiveTriangleFan:
		if err := b.take(0, 2*len(idx)); err != nil {
			return err
		}
		for i := 0; i+2 < len(idx); i++ {
			switch {
			case p.Mode == gltf.PrimitiveTriangleFan:
				s.indices = append(s.indices, idx[i+1], idx[i+2], idx[0])
			case i%2 == 0:
				s.indices = append(s.indices, idx[i], idx[i+1], idx[i+2])
			default:
				s.indices = append(s.indices, idx[i], idx[i+2], idx[i+1])
			}
		}
	default:
		s.indices = idx[:len(idx)-len(idx)%3]
	}
	return nil
}

// flatten gives every triangle its own corners and its face normal, as glTF asks for
// where a primitive has no normals.
func (s *shape) flatten() {
	f := &shape{positions: make([]float32, 0, 3*len(s.indices)), normals: make([]float32, 0, 3*len(s.indices))}
	for i := 0; i < len(s.indices); i += 3 {
		var p [3]mgl64.Vec3
		for k, v := range s.indices[i : i+3] {
			q := s.positions[3*v : 3*v+3]
			p[k] = mgl64.Vec3{float64(q[0]), float64(q[1]), float64(q[2])}
			f.positions = append(f.positions, q...)
			f.indices = append(f.indices, uint32(i+k))
			if s.colors != nil {
				f.colors = append(f.colors, s.colors[v])
			}
			if s.uvs != nil {
				f.uvs = append(f.uvs, s.uvs[2*v:2*v+2]...)
			}
			if s.ids != nil {
				f.ids = append(f.ids, s.ids[v])
			}
		}
		n := unit(p[1].Sub(p[0]).Cross(p[2].Sub(p[0])))
		for range p {
			f.normals = append(f.normals, float32(n[0]), float32(n[1]), float32(n[2]))
		}
	}
	*s = *f
}

// unit normalises; what has no direction becomes glTF's up.
func unit(v mgl64.Vec3) mgl64.Vec3 {
	l := v.Len()
	if !(l > 1e-30) || math.IsInf(l, 0) {
		return mgl64.Vec3{0, 1, 0}
	}
	return v.Mul(1 / l)
}
