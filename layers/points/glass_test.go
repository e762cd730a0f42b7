package points

import (
	"math"
	"os"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/mark"
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

// A material that is not lit and one that adds its light become glass too, and no other.
func TestGlassOfAnyMaterial(t *testing.T) {
	glass := &mark.Glass{}
	glass.SetDefaults()
	for _, model := range []drawable.Model{drawable.Standard, drawable.Unlit} {
		for _, blend := range []drawable.Blend{drawable.Opaque, drawable.Alpha, drawable.Additive, drawable.Tint} {
			m := drawable.DefaultMaterial()
			m.Model, m.Blend = model, blend
			glass.On(m, 1)
			if !m.Clears() || (m.Blend == drawable.Alpha) != (blend == drawable.Alpha) {
				t.Errorf("glass of %v and %v: %+v", model, blend, m)
			}
			m.Model, m.Blend, m.Glass = model, blend, drawable.Glass{}
			if (*mark.Glass)(nil).On(m, 1); m.Model != model || m.Blend != blend {
				t.Errorf("without glass, %v and %v are %+v", model, blend, m)
			}
		}
	}
}

// Columns of glass are closed, so that light finds a way out of them: each edge belongs to two
// triangles. Others stand open on the ground. What stands for the way through glass is the width of
// columns, not their height.
func TestColumnsOfGlass(t *testing.T) {
	for _, shape := range []string{"prism", "cylinder", "cone", "pyramid", "obelisk", "cross"} {
		of := func(more string) *drawable.Mesh {
			c, _ := layertest.Context(t, "longtake: 1\nsources:\n  s: { path: x.csv }\nlayers:\n  - {id: a, type: column, source: s, radius: 30, height: 300, shape: "+shape+more+"}\n")
			draws, err := layer.Draw(c)
			if err != nil {
				t.Fatal(err)
			}
			return draws[0].What.(*drawable.Instances).Mesh
		}
		for more, open := range map[string]bool{"": true, ", glass: {transmission: 0}": true, ", glass: {}": false, ", glass: {}, blend: additive": false, ", glass: {solid: false}": false} {
			edges := map[[2][3]float32]int{} // directed: each is met by its opposite
			d := of(more)
			for i := 0; i < len(d.Indices); i += 3 {
				for k := range 3 {
					a, b := d.Vertices[d.Indices[i+k]].Position, d.Vertices[d.Indices[i+(k+1)%3]].Position
					edges[[2][3]float32{a, b}]++
					edges[[2][3]float32{b, a}]--
				}
			}
			ends := 0
			for _, n := range edges {
				if n > 0 {
					ends++
				}
			}
			if open != (ends > 0) {
				t.Errorf("%s%s: %d edges of one triangle alone", shape, more, ends)
			}
		}
		if m := of(", glass: {ior: 1.33, tint: \"#808080\", depth: 2}").Material; !m.Clears() || m.Glass.IOR != 1.33 || m.Glass.Distance != 2 || math.Abs(float64(m.Glass.Thickness)-60./300) > 1e-6 {
			t.Errorf("%s of glass: %+v", shape, m.Glass)
		}
	}
}
