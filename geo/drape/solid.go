package drape

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
)

// Lift takes a solid of plan metres and ellipsoidal heights into a tile's frame. row is
// the feature row that its vertices carry.
func Lift(s *cover.Solid, plan, frame earth.Frame, row uint32) geo.Mesh {
	m := geo.Mesh{Layer: s.Layer, Material: s.Material, Bias: s.Bias, Colors: s.Colors, UVs: s.UV, Indices: s.Indices}
	for i, p := range s.Positions {
		q := lift(plan, frame, [2]float64{p[0], p[1]}, p[2])
		n := s.Normals[i]
		// The plan's axes at the vertex are those of the plan frame but for the turn of up
		// over the distance, which is below 1e-3 within 6 km.
		d := frame.DirToLocal(plan.DirFromLocal(mgl64.Vec3{float64(n[0]), float64(n[1]), float64(n[2])}))
		if l := d.Len(); l > 0 && !math.IsNaN(l) {
			d = d.Mul(1 / l)
		}
		m.Positions = append(m.Positions, [3]float32{float32(q[0]), float32(q[1]), float32(q[2])})
		m.Normals = append(m.Normals, [3]float32{float32(d[0]), float32(d[1]), float32(d[2])})
		m.Features = append(m.Features, row)
	}
	return m
}

// PlaceOn finds the ground below a plan position among a tile's terrain triangles: the
// foot of an instance in the tile's frame. ok is false outside them.
func PlaceOn(t Tile, points [][2]float64) (feet [][3]float32, ok []bool) {
	g := newGround(&t)
	feet, ok = make([][3]float32, len(points)), make([]bool, len(points))
	for i, p := range points {
		g.each(box{p[0], p[1], p[0], p[1]}, func(tri *terrainTri) {
			w := tri.weights(p[0], p[1])
			const slack = -1e-9
			if ok[i] || w[0] < slack || w[1] < slack || w[2] < slack {
				return
			}
			pos, _ := g.at(tri, p[0], p[1])
			feet[i], ok[i] = [3]float32{float32(pos[0]), float32(pos[1]), float32(pos[2])}, true
		})
	}
	return feet, ok
}
