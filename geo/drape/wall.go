package drape

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// wall is the slope, metres up for each across, from which the ground is a wall: a quay or
// the face of a cut. Nothing grows or is paved there, and no town colours it.
const wall = 1.5

// wallColor is that of masonry and bare rock.
var wallColor = [4]uint8{146, 140, 130, 255}

// Walls gives the triangles of a terrain's mesh that are as steep as walls a look of their
// own: corners that they do not share, with the normal of the face, and surface
// coordinates in metres along and up it. The first vertices of the mesh are those of the
// plan xy at heights h; others, those of skirts, are left alone.
func Walls(m *geo.Mesh, xy [][2]float64, h []float64) {
	for i := 0; i+2 < len(m.Indices); i += 3 {
		t := m.Indices[i : i+3]
		if int(max(t[0], t[1], t[2])) >= len(xy) {
			continue
		}
		p := triangle{xy[t[0]], xy[t[1]], xy[t[2]]}
		x, y := gradient(&p, h[t[0]], h[t[1]], h[t[2]])
		l := math.Hypot(x, y)
		if !(l > wall) {
			continue
		}
		n := faceNormal(m.Positions[t[0]], m.Positions[t[1]], m.Positions[t[2]])
		for k, v := range t {
			q := xy[v]
			t[k] = uint32(len(m.Positions))
			m.Positions = append(m.Positions, m.Positions[v])
			m.Normals = append(m.Normals, n)
			m.Colors = append(m.Colors, wallColor)
			m.UVs = append(m.UVs, [2]float32{float32((float64(q[0]*y) - float64(q[1]*x)) / l), float32(h[v])})
		}
	}
}

// gradient is how far a triangle rises for each metre along x and y.
func gradient(p *triangle, a, b, c float64) (x, y float64) {
	d := cross(p[0], p[1], p[2])
	if d == 0 {
		return 0, 0
	}
	u, v := b-a, c-a
	return (float64(u*(p[2][1]-p[0][1])) - float64(v*(p[1][1]-p[0][1]))) / d, (float64(v*(p[1][0]-p[0][0])) - float64(u*(p[2][0]-p[0][0]))) / d
}

// cross is twice the area of a triangle in plan.
func cross(a, b, c [2]float64) float64 {
	return float64((b[0]-a[0])*(c[1]-a[1])) - float64((b[1]-a[1])*(c[0]-a[0]))
}

func faceNormal(a, b, c [3]float32) [3]float32 {
	var u, v [3]float64
	for k := range u {
		u[k], v[k] = float64(b[k]-a[k]), float64(c[k]-a[k])
	}
	n := [3]float64{float64(u[1]*v[2]) - float64(u[2]*v[1]), float64(u[2]*v[0]) - float64(u[0]*v[2]), float64(u[0]*v[1]) - float64(u[1]*v[0])}
	l := math.Max(math.Sqrt(float64(n[0]*n[0])+float64(n[1]*n[1])+float64(n[2]*n[2])), 1e-12)
	return [3]float32{float32(n[0] / l), float32(n[1] / l), float32(n[2] / l)}
}
