package stage

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/pyramid"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// Each tile has its name in its middle, on the ground; one that shows a coarser one's picture
// names that, too.
func TestNamesOfTiles(t *testing.T) {
	var n tileNames
	n.add(pyramid.Tile{Z: 2, X: 3, Y: 1}, pyramid.Tile{Z: 1, X: 1, Y: 0})
	n.add(pyramid.Tile{Z: 1, X: 0, Y: 1}, pyramid.Tile{Z: 1, X: 0, Y: 1})
	var f pipeline.Frame
	if err := n.draw(&f, drawable.Draw{}, func(_, _ float64) float64 { return 500 }); err != nil {
		t.Fatal(err)
	}
	g := f.Draws[0].What.(*drawable.Glyphs)
	if len(g.Labels) != 2 || g.Labels[1].First != g.Labels[0].Count || g.Labels[1].First+g.Labels[1].Count != len(g.Quads) {
		t.Fatalf("labels %+v of %d quads", g.Labels, len(g.Quads))
	}
	// Of the square that is cut in halves along y = 0: tan of half of the latitude's complement.
	for i, want := range []earth.Place{{Lng: 135, Lat: 40.9799, Height: 500}, {Lng: -90, Lat: -66.5133, Height: 500}} {
		a := g.Labels[i].Anchor
		at := g.Frame.Mul4x1([4]float64{float64(a[0]), float64(a[1]), float64(a[2]), 1}).Vec3()
		if off := at.Sub(want.ECEF()).Len(); off > 20 || math.IsNaN(off) {
			t.Errorf("label %d is %.0f m from the tile's middle", i, off)
		}
	}
	for want, is := range map[string][2]pyramid.Tile{"2/3/1 ◂ 1/1/0": {n.tiles[0], n.of[0]}, "1/0/1": {n.tiles[1], n.of[1]}} {
		if name := tileName(is[0], is[1]); name != want {
			t.Errorf("%s, not %s", name, want)
		}
	}
}
