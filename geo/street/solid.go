package street

import (
	"math"

	"github.com/longtake/longtake/geo/cover"
)

// solid adds flat faces to a mesh, counter-clockwise from outside.
type solid cover.Solid

func (s *solid) face(p [][3]float64, n [3]float64, c [4]uint8, uv [][2]float32) {
	l := math.Sqrt(n[0]*n[0] + n[1]*n[1] + n[2]*n[2])
	if !(l > 1e-9) {
		return
	}
	o := uint32(len(s.Positions))
	for i := range p {
		s.Positions = append(s.Positions, p[i])
		s.Normals = append(s.Normals, [3]float32{float32(n[0] / l), float32(n[1] / l), float32(n[2] / l)})
		s.Colors = append(s.Colors, c)
		s.UV = append(s.UV, uv[i])
		if i >= 2 {
			s.Indices = append(s.Indices, o, o+uint32(i)-1, o+uint32(i))
		}
	}
}

func cross3(u, v [3]float64) [3]float64 {
	return [3]float64{u[1]*v[2] - u[2]*v[1], u[2]*v[0] - u[0]*v[2], u[0]*v[1] - u[1]*v[0]}
}

func sub3(a, b [3]float64) [3]float64 { return [3]float64{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }

func (s *solid) quad(p [4][3]float64, c [4]uint8, uv [4][2]float32) {
	s.face(p[:], cross3(sub3(p[2], p[0]), sub3(p[3], p[1])), c, uv[:])
}

func (s *solid) triangle(p [3][3]float64, c [4]uint8) {
	s.face(p[:], cross3(sub3(p[1], p[0]), sub3(p[2], p[0])), c, make([][2]float32, 3))
}

// box stands on its half widths along two axes of the plan, from one height to another,
// with sides and underside.
func (s *solid) box(mid, x, y pt, a, b, foot, head float64) {
	if !(head > foot) {
		return
	}
	if cross2(x, y) < 0 {
		y = neg(y)
	}
	corner := func(i int, h float64) [3]float64 {
		q := along(along(mid, x, [4]float64{-a, a, a, -a}[i]), y, [4]float64{-b, -b, b, b}[i])
		return [3]float64{q[0], q[1], h}
	}
	for i := range 4 {
		j := (i + 1) % 4
		s.quad([4][3]float64{corner(i, foot), corner(j, foot), corner(j, head), corner(i, head)}, concreteColor, wallUV(0, 2*a, head-foot))
	}
	s.quad([4][3]float64{corner(3, foot), corner(2, foot), corner(1, foot), corner(0, foot)}, concreteColor, wallUV(0, 2*a, 2*b))
	s.quad([4][3]float64{corner(0, head), corner(1, head), corner(2, head), corner(3, head)}, concreteColor, wallUV(0, 2*a, 2*b))
}
