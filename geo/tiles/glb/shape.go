package glb

import (
	"fmt"
	"math"

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
