package indoor

import (
	"github.com/go-gl/mathgl/mgl64"
	"github.com/oliverbestmann/earcut-go"

	"github.com/longtake/longtake/geo"
)

// surface collects the triangles of one storey and material in the house's frame.
type surface struct {
	mesh geo.Mesh
	to   mgl64.Mat4 // from the house's frame to the tile's
	row  uint32
}

// vertex adds a point of the house's frame with its normal.
func (s *surface) vertex(p, n mgl64.Vec3, c [4]uint8) uint32 {
	q := mgl64.TransformCoordinate(p, s.to)
	d := s.to.Mul4x1(n.Vec4(0)).Vec3()
	m := &s.mesh
	m.Positions = append(m.Positions, [3]float32{float32(q[0]), float32(q[1]), float32(q[2])})
	m.Normals = append(m.Normals, [3]float32{float32(d[0]), float32(d[1]), float32(d[2])})
	m.Colors = append(m.Colors, c)
	m.UVs = append(m.UVs, [2]float32{float32(p[0] + p[1]), float32(p[2])})
	m.Features = append(m.Features, s.row)
	return uint32(len(m.Positions) - 1)
}

func (s *surface) quad(a, b, c, d, n mgl64.Vec3, color [4]uint8) {
	i := s.vertex(a, n, color)
	s.vertex(b, n, color)
	s.vertex(c, n, color)
	s.vertex(d, n, color)
	s.mesh.Indices = append(s.mesh.Indices, i, i+1, i+2, i, i+2, i+3)
}

// flat fills an area at a height, facing up or down.
func (s *surface) flat(p polygon, z float64, up bool, c [4]uint8) {
	to := func(r ring) []earcut.Point[float64] {
		out := make([]earcut.Point[float64], len(r))
		for i, q := range r {
			out[i] = earcut.Point[float64]{X: q[0], Y: q[1]}
		}
		return out
	}
	var holes [][]earcut.Point[float64]
	for _, r := range p[1:] {
		holes = append(holes, to(r))
	}
	points, tris := earcut.Triangulate(to(p[0]), holes)
	n := mgl64.Vec3{0, 0, 1}
	if !up {
		n[2] = -1
	}
	first := uint32(len(s.mesh.Positions))
	for _, q := range points {
		s.vertex(mgl64.Vec3{q.X, q.Y, z}, n, c)
	}
	for i := 0; i+2 < len(tris); i += 3 {
		a, b, c := points[tris[i]], points[tris[i+1]], points[tris[i+2]]
		turn := (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X)
		x, y, z := first+tris[i], first+tris[i+1], first+tris[i+2]
		if (turn > 0) != up {
			y, z = z, y
		}
		s.mesh.Indices = append(s.mesh.Indices, x, y, z)
	}
}

// sides raises the edges of an area between two heights. With the area on the left of
// its rings they face outwards.
func (s *surface) sides(p polygon, from, to float64, c [4]uint8) {
	for _, r := range p {
		for i, b := range r {
			a := r[(i+len(r)-1)%len(r)]
			d := b.Sub(a)
			l := d.Len()
			if l == 0 {
				continue
			}
			n := mgl64.Vec3{d[1] / l, -d[0] / l, 0}
			s.quad(a.Vec3(from), b.Vec3(from), b.Vec3(to), a.Vec3(to), n, c)
		}
	}
}

// block is an upright prism with all its faces.
func (s *surface) block(p polygon, from, to float64, c [4]uint8) {
	s.sides(p, from, to, c)
	s.flat(p, to, true, c)
	s.flat(p, from, false, c)
}
