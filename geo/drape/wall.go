package drape

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/terrain"
)

// wallColor is that of masonry and bare rock.
var wallColor = [4]uint8{146, 140, 130, 255}

// crease is the cosine of the angle between two faces, or a face and the ground, up to which
// they are one surface: what is beyond is an edge of masonry.
const crease = 0.77 // 40°

// Walls gives the triangles of a terrain's mesh that are as steep as walls (terrain.Steep) a
// look of their own: corners that they do not share, and surface coordinates in metres along
// and up it. Normals are those of the faces, smoothed over edges that are no creases: a cliff
// that the ground bends into is shaded as one with it, and so is a curved wall along its way.
// The first vertices of the mesh are those of the plan xy at heights h; others, those of
// skirts, are left alone. Where bare ground goes on from a cliff, so does its colour: covered
// tells of a place in plan whether something lies on the ground there.
func Walls(m *geo.Mesh, xy [][2]float64, h []float64, covered func(p [2]float64) bool) {
	var faces []face
	at := map[uint32][]int32{}      // faces by their vertices
	gentle := make([]bool, len(xy)) // vertices of other ground, too
	for i := 0; i+2 < len(m.Indices); i += 3 {
		t := [3]uint32(m.Indices[i : i+3])
		if int(max(t[0], t[1], t[2])) >= len(xy) {
			continue
		}
		p := triangle{xy[t[0]], xy[t[1]], xy[t[2]]}
		x, y := gradient(&p, h[t[0]], h[t[1]], h[t[2]])
		if l := math.Hypot(x, y); l > terrain.Steep {
			n, area := faceNormal(m.Positions[t[0]], m.Positions[t[1]], m.Positions[t[2]])
			for _, v := range t {
				at[v] = append(at[v], int32(len(faces)))
			}
			faces = append(faces, face{i, t, n, area, [2]float64{x / l, y / l}})
			continue
		}
		for _, v := range t {
			gentle[v] = true
		}
	}
	for v := range at {
		gentle[v] = gentle[v] && !covered(xy[v])
	}
	for i := range faces {
		f := &faces[i]
		for k, v := range f.corners {
			normal, color := m.Normals[v], wallColor
			if cosine(normal, f.normal) < crease {
				normal = f.smooth(faces, at[v])
			} else if gentle[v] {
				color = m.Colors[v]
			}
			q := xy[v]
			m.Indices[f.first+k] = uint32(len(m.Positions))
			m.Positions = append(m.Positions, m.Positions[v])
			m.Normals = append(m.Normals, normal)
			m.Colors = append(m.Colors, color)
			m.UVs = append(m.UVs, [2]float32{float32(float64(q[0]*f.up[1]) - float64(q[1]*f.up[0])), float32(h[v])})
		}
	}
}

// face is a triangle that is a wall.
type face struct {
	first   int       // of its indices
	corners [3]uint32 // vertices of the terrain
	normal  [3]float32
	area    float64
	up      [2]float64 // the way in plan that it rises
}

// smooth is the mean normal of a face and of those of its neighbours at a vertex that it
// makes no crease with, by their areas.
func (f *face) smooth(all []face, beside []int32) [3]float32 {
	var sum [3]float64
	for _, i := range beside {
		if o := &all[i]; cosine(f.normal, o.normal) >= crease {
			for k := range sum {
				sum[k] += float64(o.area * float64(o.normal[k]))
			}
		}
	}
	return unit(sum)
}

func cosine(a, b [3]float32) float64 {
	return float64(a[0])*float64(b[0]) + float64(float64(a[1])*float64(b[1])) + float64(float64(a[2])*float64(b[2]))
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

// faceNormal is the unit normal of a triangle, and its area.
func faceNormal(a, b, c [3]float32) ([3]float32, float64) {
	var u, v [3]float64
	for k := range u {
		u[k], v[k] = float64(b[k]-a[k]), float64(c[k]-a[k])
	}
	n := [3]float64{float64(u[1]*v[2]) - float64(u[2]*v[1]), float64(u[2]*v[0]) - float64(u[0]*v[2]), float64(u[0]*v[1]) - float64(u[1]*v[0])}
	return unit(n), math.Sqrt(float64(n[0]*n[0])+float64(n[1]*n[1])+float64(n[2]*n[2])) / 2
}

func unit(n [3]float64) [3]float32 {
	l := math.Max(math.Sqrt(float64(n[0]*n[0])+float64(n[1]*n[1])+float64(n[2]*n[2])), 1e-12)
	return [3]float32{float32(n[0] / l), float32(n[1] / l), float32(n[2] / l)}
}
