package decor

import (
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
)

// A dome of glass is a thin shell seen from both sides below its pattern, which is none itself.
func TestDomeOfGlass(t *testing.T) {
	of := func(more string) (clear, other []*drawable.Instances) {
		c, _ := layertest.Context(t, "longtake: 1\nlayers: [{id: a, type: dome, at: {lng: 7, lat: 43}, radius: 200"+more+"}]\n")
		draws, err := layer.Draw(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range draws {
			if i, ok := d.What.(*drawable.Instances); !ok {
				continue
			} else if i.Mesh.Material.Clears() {
				clear = append(clear, i)
			} else {
				other = append(other, i)
			}
		}
		return clear, other
	}
	without, bare := of("")
	if len(without) > 0 || len(bare) == 0 {
		t.Fatalf("without glass, %d shells of it and %d others", len(without), len(bare))
	}
	for _, more := range []string{", glass: {ior: 1.6, roughness: 0.2}", ", glass: {ior: 1.6, roughness: 0.2, solid: true}, blend: additive"} {
		shells, others := of(more)
		if len(shells) != 1 || len(others) != len(bare) {
			t.Fatalf("%s: %d shells of glass and %d others, want 1 and %d", more, len(shells), len(others), len(bare))
		}
		m, radius := shells[0].Mesh.Material, shells[0].Items[0].Scale[0]
		if m.Glass.IOR != 1.6 || m.Roughness != 0.2 || m.Glass.Thickness != 0 || !m.DoubleSided {
			t.Errorf("%s: the shell is of %+v", more, m)
		}
		if pattern := others[0].Items[0].Scale[0]; radius >= pattern || radius < 0.99*pattern {
			t.Errorf("%s: the shell has a radius of %v m, its pattern of %v m", more, radius, pattern)
		}
	}
}
