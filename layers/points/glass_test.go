package points

import (
	"os"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
)

// A model's materials bring their glass, and a layer may say that all of it is.
func TestModelOfGlass(t *testing.T) {
	data, err := os.ReadFile("../../examples/glass/pavilion.glb")
	if err != nil {
		t.Fatal(err)
	}
	of := func(more string) map[string]*drawable.Material {
		c, _ := layertest.Context(t, "longtake: 1\nlayers:\n  - {id: a, type: model, model: m.glb, at: {lng: 1, lat: 2, height: 0}"+more+"}\n")
		c.Open = func(string) ([]byte, error) { return data, nil }
		draws, err := layer.Draw(c)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]*drawable.Material{}
		for _, d := range draws {
			m := d.What.(*drawable.Instances).Mesh.Material
			out[m.Name] = m
		}
		return out
	}
	own := of("")
	if g := own["block"].Glass; !own["block"].Clears() || g.IOR != 1.52 || g.Thickness != 1.2 || g.Distance != 1.2 || g.Left != [3]float32{0.45, 0.85, 0.7} {
		t.Errorf("the block is of %+v", g)
	}
	if g := own["frosted pane"]; !g.Clears() || g.Glass.Thickness != 0 || g.Roughness != 0.4 {
		t.Errorf("frosted panes are of %+v", g)
	}
	if own["steel"].Clears() {
		t.Error("steel is of glass")
	}
	if m := of(", glass: {ior: 2.4, roughness: 0.1, tint: \"#808080\", depth: 2}")["steel"]; !m.Clears() || m.Glass.IOR != 2.4 || m.Roughness != 0.1 || m.Glass.Thickness <= 0 || m.Glass.Distance != 2 || m.Metallic != 0 {
		t.Errorf("what the layer makes glass is of %+v", m)
	}
	if m := of(", glass: {solid: false}")["block"]; m.Glass.Thickness != 0 || m.Glass.IOR != 1.5 {
		t.Errorf("thin panes are of %+v", m.Glass)
	}
}
