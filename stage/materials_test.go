package stage

import (
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
)

// What goes through the meshes of tiles makes materials of its own, one for each.
func TestTilesOfGlass(t *testing.T) {
	m := materials{}
	clear := geo.Refraction{Transmission: 0.9, IOR: 1.33, Thickness: 2, Left: [3]float32{0.5, 1, 1}, Distance: 3, Roughness: 0.2}
	glass, plain := m.get(geo.Metal, 0, clear), m.get(geo.Metal, 0, geo.Refraction{})
	if plain == glass || plain.Clears() || m.get(geo.Metal, 0, clear) != glass {
		t.Errorf("materials are mixed up: %+v, %+v", glass, plain)
	}
	want := drawable.Glass{Transmission: 0.9, IOR: 1.33, Thickness: 2, Left: [3]float32{0.5, 1, 1}, Distance: 3}
	if glass.Glass != want || glass.Roughness != 0.2 || glass.Metallic != 0 || !glass.Clears() {
		t.Errorf("%+v", glass)
	}
}
