package glb

import (
	"fmt"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/qmuntal/gltf"
)

// place brings a shape through a matrix into rows of three; mirroring matrices flip the
// triangles. The pure change of axes is done without arithmetic, so that it is exact.
func (s *shape) place(m mgl64.Mat4) (positions, normals [][3]float32, indices []uint32) {
	n := s.count()
	positions, normals = make([][3]float32, n), make([][3]float32, n)
	if m == zUp {
		for i := range positions {
			p, q := s.positions[3*i:3*i+3], s.normals[3*i:3*i+3]
			positions[i] = [3]float32{p[0], -p[2], p[1]}
			normals[i] = [3]float32{q[0], -q[2], q[1]}
		}
		return positions, normals, s.indices
	}
	linear := m.Mat3()
	det := linear.Det()
	turn := cofactor(linear)
	if det < 0 {
		turn = turn.Mul(-1)
	}
	for i := range positions {
		p, q := s.positions[3*i:3*i+3], s.normals[3*i:3*i+3]
		v := m.Mul4x1(mgl64.Vec4{float64(p[0]), float64(p[1]), float64(p[2]), 1})
		u := turn.Mul3x1(mgl64.Vec3{float64(q[0]), float64(q[1]), float64(q[2])})
		if l := u.Len(); l > 1e-30 {
			u = u.Mul(1 / l)
		} else {
			u = mgl64.Vec3{0, 0, 1}
		}
		positions[i] = [3]float32{float32(v[0]), float32(v[1]), float32(v[2])}
		normals[i] = [3]float32{float32(u[0]), float32(u[1]), float32(u[2])}
	}
	if det >= 0 {
		return positions, normals, s.indices
	}
	indices = make([]uint32, len(s.indices))
	for i := 0; i+2 < len(indices); i += 3 {
		indices[i], indices[i+1], indices[i+2] = s.indices[i], s.indices[i+2], s.indices[i+1]
	}
	return positions, normals, indices
}

// cofactor is the inverse transpose times the determinant: it turns normals, also where
// a scale is 0.
func cofactor(m mgl64.Mat3) mgl64.Mat3 {
	a, b, c := m.Col(0), m.Col(1), m.Col(2)
	return mgl64.Mat3FromCols(b.Cross(c), c.Cross(a), a.Cross(b))
}

// skin moves a shape by the joints of its node's skin in the pose that the nodes have.
// The result is in world axes: glTF says that a skinned mesh ignores its own node.
func (d *document) skin(s *shape, p *gltf.Primitive, index int, worlds map[int]mgl64.Mat4) error {
	joints, weights := p.Attributes[gltf.JOINTS_0], p.Attributes[gltf.WEIGHTS_0]
	if index < 0 || index >= len(d.Skins) {
		return fmt.Errorf("skin %d does not exist", index)
	}
	sk := d.Skins[index]
	pose := make([]mgl64.Mat4, len(sk.Joints))
	var bind []float32
	if sk.InverseBindMatrices != nil {
		var err error
		if bind, err = d.floats(*sk.InverseBindMatrices, 16); err != nil {
			return err
		}
	}
	for i, j := range sk.Joints {
		w, ok := worlds[j]
		if !ok {
			return fmt.Errorf("skin %d: joint node %d is not in the scene", index, j)
		}
		pose[i] = w
		if len(bind) >= 16*(i+1) {
			var b mgl64.Mat4
			for k := range b {
				b[k] = float64(bind[16*i+k])
			}
			pose[i] = w.Mul4(b)
		}
	}
	jj, err := d.floats(joints, 4)
	if err != nil {
		return err
	}
	ww, err := d.floats(weights, 4)
	if err != nil {
		return err
	}
	if len(jj) != 4*s.count() || len(ww) != len(jj) {
		return fmt.Errorf("JOINTS_0 and WEIGHTS_0 have %d and %d elements where POSITION has %d", len(jj)/4, len(ww)/4, s.count())
	}
	for i := 0; i < s.count(); i++ {
		var m mgl64.Mat4
		var sum float64
		for k := 0; k < 4; k++ {
			w := float64(ww[4*i+k])
			if w == 0 {
				continue
			}
			j := int(jj[4*i+k])
			if j < 0 || j >= len(pose) {
				return fmt.Errorf("vertex %d: joint %d of %d", i, j, len(pose))
			}
			m = m.Add(pose[j].Mul(w))
			sum += w
		}
		if sum == 0 {
			continue
		}
		m = m.Mul(1 / sum)
		q := s.positions[3*i : 3*i+3]
		v := m.Mul4x1(mgl64.Vec4{float64(q[0]), float64(q[1]), float64(q[2]), 1})
		for k := range q {
			q[k] = float32(v[k])
		}
		if s.normals == nil {
			continue
		}
		t := s.normals[3*i : 3*i+3]
		u := unit(m.Mat3().Mul3x1(mgl64.Vec3{float64(t[0]), float64(t[1]), float64(t[2])}))
		for k := range t {
			t[k] = float32(u[k])
		}
	}
	return nil
}
