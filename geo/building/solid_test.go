package building

import (
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/earth"
)

// dressed are the colours by material of one wall of a model.
func dressed(t *testing.T, surfaces ...geo.Surface) map[geo.Material][4]uint8 {
	t.Helper()
	const d = 1e-4 // about 10 m
	wall := [][][3]float64{{{0, 0, 0}, {d, 0, 0}, {d, 0, 9}, {0, 0, 9}}}
	for i := range surfaces {
		surfaces[i].Rings = wall
	}
	f := geo.Feature{ID: "s", Surfaces: surfaces}
	b, ok := solid(&f, "apartments", earth.FrameAt(earth.Place{}), geo.NewReport())
	if !ok {
		t.Fatal("no solid")
	}
	b.feet = []outline.Outline(nil)
	meshes := &Meshes{}
	NewBuilder(geo.FlatElevation(0), geo.NewReport()).Build(&b, earth.FrameAt(earth.Place{}), 0, 0, meshes)
	out := map[geo.Material][4]uint8{}
	for _, m := range meshes.Take() {
		out[m.Material] = m.Colors[0]
	}
	return out
}

func TestSolidsTakeTheModelsColoursAndOpenings(t *testing.T) {
	red := [4]uint8{180, 40, 30, 255}
	plain := dressed(t, geo.Surface{Kind: "wall", Color: red})
	if c := plain[geo.Facade]; c[0] != red[0] || c[1] != red[1] || c[2] != red[2] || c[3] == 255 {
		t.Errorf("a wall without openings is %v: not the model's colour with a style's code", plain)
	}
	open := dressed(t, geo.Surface{Kind: "wall"}, geo.Surface{Kind: "window"})
	if _, painted := open[geo.Facade]; painted || open[geo.Glass] != modelGlass {
		t.Errorf("a wall with windows of its own is %v", open)
	}
}
