package stage

import (
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
)

// Of a tile that a selection filters, the signs and shops of what is left light the ground on.
func TestWhatIsLeftGlows(t *testing.T) {
	g := &glow{}
	for row := range uint32(2) {
		g.row = row
		g.add([3]float64{float64(row)}, [3]float64{0, 0, -1}, [3]float64{50, 50, 50}, -1)
	}
	g.lights = (&drawable.Lights{Items: g.all}).Bound()
	mesh := &drawable.Mesh{Vertices: []drawable.Vertex{{}, {}, {}, {Feature: 1}, {Feature: 1}, {Feature: 1}}, Indices: []uint32{0, 1, 2, 3, 4, 5}}
	p := &tilePart{mesh: mesh, glow: g}
	c := &tileContent{rows: []geo.FeatureRow{{ID: "a"}, {ID: "b"}}}
	for id, want := range map[string]int{"a": 1, "b": 1} {
		c.leaves(&p.sifted, p.mesh, p.glow, &tileFilter{values: map[string]any{"id": id}})
		if p.leftGlow == nil || len(p.leftGlow.at(1, 1, 1).Items) != want {
			t.Errorf("%s: %+v glows", id, p.leftGlow)
		}
	}
	if c.leaves(&p.sifted, p.mesh, p.glow, &tileFilter{values: map[string]any{"id": "c"}}); p.leftGlow != nil {
		t.Error("what is not there glows")
	}
}
