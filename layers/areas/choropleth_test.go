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

// TestRefineKeepsTheArea: subdivision neither loses nor adds ground, and all edges end
// up short.
func TestRefineKeepsTheArea(t *testing.T) {
	xy := []mgl64.Vec2{{0, 0}, {1000, 30}, {900, 700}, {-50, 400}}
	tris := []uint32{0, 1, 2, 0, 2, 3}
	area := func(xy []mgl64.Vec2, tris []uint32) (s float64) {
		for i := 0; i < len(tris); i += 3 {
			a, b, c := xy[tris[i]], xy[tris[i+1]], xy[tris[i+2]]
			d := ((b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])) / 2
			if d <= 0 {
				t.Errorf("triangle %d has area %v", i/3, d)
			}
			s += d
		}
		return s
	}
	before := area(xy, tris)
	xy, tris = refine(xy, tris, 60)
	if after := area(xy, tris); math.Abs(after-before) > 1e-6*before {
		t.Errorf("area %v became %v", before, after)
	}
	for i := 0; i < len(tris); i += 3 {
		for k := range 3 {
			if l := xy[tris[i+k]].Sub(xy[tris[i+(k+1)%3]]).Len(); l > 60 {
				t.Fatalf("an edge of %v m is left", l)
			}
		}
	}
}

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
	if n := len(m.Indices) / 3; n < 1000 || n > 4*maxCells {
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
