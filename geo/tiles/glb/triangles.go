package glb

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/qmuntal/gltf"
)

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
