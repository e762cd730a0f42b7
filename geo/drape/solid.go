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
