package areas

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// TestWideAreas: an area as wide as continents lies on the Earth all over, and the
// triangles of a layer stay within their budget.
func TestWideAreas(t *testing.T) {
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, type: choropleth, source: s}]\n")
	c.Table = table.FromFeatures([]geo.Feature{{ID: "w", Geometry: orb.Polygon{{{-170, -60}, {170, -60}, {170, 60}, {-170, 60}, {-170, -60}}}}})
	draws, err := layer.Draw(c)
	if err != nil || len(draws) != 1 {
		t.Fatal(len(draws), err)
	}
	m := draws[0].What.(*drawable.Mesh)
	if n := len(m.Indices) / 3; n < 1000 || n > 600000 {
		t.Errorf("%d triangles", n)
	}
	west, east := 180.0, -180.0
	for _, v := range m.Vertices {
		p := mgl64.TransformCoordinate(mgl64.Vec3{float64(v.Position[0]), float64(v.Position[1]), float64(v.Position[2])}, m.Frame)
		at := earth.FromECEF(p)
		if at.Height < -10 || at.Height > 30000 {
			t.Fatalf("a vertex at %v", at)
		}
		west, east = math.Min(west, at.Lng), math.Max(east, at.Lng)
	}
	if west > -169.9 || east < 169.9 {
		t.Errorf("it reaches from %v to %v", west, east)
	}
}
