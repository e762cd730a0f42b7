package points

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles/glb"
	"github.com/longtake/longtake/layers/drawable"
)

// glazed are the parts of a model, of glass where the layer says so.
func (m *Model) glazed(meshes []*drawable.Mesh, model *glb.Model) []*drawable.Mesh {
	if m.Glass == nil {
		return meshes
	}
	out := make([]*drawable.Mesh, len(meshes))
	for i, mesh := range meshes {
		glass, material := *mesh, *mesh.Material
		m.Glass.On(&material, thickness(model))
		glass.Material, out[i] = &material, &glass
	}
	return out
}

// thickness is the least extent of a model in its own metres, of which a body is as thick at the most.
func thickness(model *glb.Model) float64 {
	least := float32(math.Inf(1))
	for k := range model.Min {
		least = min(least, model.Max[k]-model.Min[k])
	}
	return float64(max(least, 1e-3))
}

// Glaze makes the parts of a model itself glass, where the layer says so.
func (m *Model) Glaze(model *glb.Model) {
	if m.Glass == nil {
		return
	}
	for i := range model.Parts {
		to := &model.Parts[i].Material
		d := &drawable.Material{}
		m.Glass.On(d, thickness(model))
		g := d.Glass
		to.Refraction = geo.Refraction{Transmission: g.Transmission, IOR: g.IOR, Thickness: g.Thickness, Left: g.Left, Distance: g.Distance, Roughness: d.Roughness}
		to.Roughness, to.Metallic, to.Unlit = d.Roughness, 0, false
	}
}
