package building

import (
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/simplify"
)

// coarse pours a shell brought to a level of detail by collapsing its edges: what comes
// from a city model has no plan that it could be built from anew. What comes back is the
// distance in metres between the two, measured.
func (s *shell) coarse(move mgl64.Mat4, row uint32, detail float64, into *Meshes) float64 {
	var own Meshes
	s.pour(move, row, &own)
	list := make([]geo.Mesh, len(own.list))
	for i, m := range own.list {
		list[i] = *m
	}
	list, off := simplify.Meshes(list, simplify.Options{MaxError: detail})
	for i := range list {
		into.add(&list[i])
	}
	return off
}

// add joins a mesh to that of its material.
func (m *Meshes) add(s *geo.Mesh) {
	to := m.of(s.Material)
	base, from := uint32(len(to.Positions)), len(to.Indices)
	to.Positions, to.Normals, to.Colors = append(to.Positions, s.Positions...), append(to.Normals, s.Normals...), append(to.Colors, s.Colors...)
	to.UVs, to.Features, to.Indices = append(to.UVs, s.UVs...), append(to.Features, s.Features...), append(to.Indices, s.Indices...)
	for i := range to.Indices[from:] {
		to.Indices[from+i] += base
	}
}
