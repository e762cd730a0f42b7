package sheet

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// An area around a pole takes no more triangles than its size allows, however much a map of
// degrees spreads it.
func TestFlatAtThePoles(t *testing.T) {
	for _, south := range []float64{60, 75, 89, 89.5, 89.999} {
		cap := orb.Polygon{{{-180, south}, {180, south}, {180, 90}, {-180, 90}, {-180, south}}}
		c := &layer.Context{Layer: &scene.Layer{ID: "a", Type: "choropleth", Clamp: "ground"}, Ground: func(_, _ float64) float64 { return 0 }}
		s := New(c, Flat(c, 1, 1))
		if !s.Flat(cap, Step(c, 100, []orb.Geometry{cap}), scene.Color{}, 0) {
			t.Fatalf("%g: no triangles", south)
		}
		n := 0
		for _, p := range s.order {
			n += len(p.mesh.Indices) / 3
		}
		if n > 4*maxCells {
			t.Errorf("%g: %d triangles", south, n)
		}
	}
}
