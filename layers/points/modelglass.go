package points

import (
	"math"

	"github.com/longtake/longtake/geo/tiles/glb"
	"github.com/longtake/longtake/layers/drawable"
)

// glaze makes the parts of a model glass, where the layer says so: draws are its parts.
func (m *Model) glaze(draws []drawable.Draw, model *glb.Model) {
	least := float32(math.Inf(1)) // the model's own, of which a body is as thick at the most
	for k := range model.Min {
		least = min(least, model.Max[k]-model.Min[k])
	}
	for i := range draws {
		mesh, ok := draws[i].What.(*drawable.Mesh)
		if !ok {
			mesh = draws[i].What.(*drawable.Instances).Mesh
		}
		m.Glass.On(mesh.Material, float64(max(least, 1e-3)))
	}
}
