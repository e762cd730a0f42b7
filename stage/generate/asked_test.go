package generate

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain"
)

// counted is ground that counts how often it is asked.
type counted struct {
	geo.Elevation
	times int
}

func (c *counted) HeightAt(lng, lat float64) (float64, bool) {
	c.times++
	return c.Elevation.HeightAt(lng, lat)
}

// Where one pad moves, what was asked of other finest tiles is found, and all answers are
// those of the ground as it is now: for surveys, and for what a block builds. A terrain with
// other tiles finds nothing.
func TestAskedTilesAreFound(t *testing.T) {
	store, err := openStore(t.TempDir(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer store.close()
	frame := earth.FrameAt(earth.Place{Lng: 7, Lat: 44})
	ask := func(x float64, tile int) (asked, remembered int) {
		pad := func(x, y float64) terrain.Pad {
			return terrain.Pad{Outline: orb.Polygon{{{x, y}, {x + 10, y}, {x + 10, y + 10}, {x, y + 10}, {x, y}}}, Height: 105, Bank: terrain.Bank{Slope: 1, Reach: 5}}
		}
		ground, err := terrain.New(geo.FlatElevation(100), terrain.Options{Frame: frame, Min: [2]float64{-256, -256}, Size: 512, Cells: 64, TileCells: tile,
			Shapes: terrain.Shapes{Pads: []terrain.Pad{pad(x, 20), pad(-200, -200)}}.Index(), Detail: 1, Error: 0.1})
		if err != nil {
			t.Fatal(err)
		}
		g := &generation{Options: Options{Parts: "kept"}, store: store, site: &site{frame: frame, min: [2]float64{-256, -256}, size: 512}, terrain: ground, digests: ground.Digests()}
		c := &counted{Elevation: ground}
		g.elevation = c
		a := g.asking()
		f, ok := g.foot(&block{}, digest{}).(*footing)
		if !ok {
			t.Fatal("nothing is noted")
		}
		remembered = len(f.memory.before)
		for x := -270.0; x < 270; x += 9 {
			for y := -270.0; y < 270; y += 9 {
				lng, lat := frame.Unplan(x, y)
				was, ok := a.HeightAt(lng, lat)
				is, known := ground.HeightAt(lng, lat)
				if was != is || ok != known {
					t.Fatalf("%g, %v at %.0f, %.0f, not %g, %v", was, ok, x, y, is, known)
				}
				if was, ok := f.HeightAt(lng, lat); was != is || ok != known {
					t.Fatalf("a block is told %g, %v at %.0f, %.0f, not %g, %v", was, ok, x, y, is, known)
				}
			}
		}
		if err := a.done(); err != nil {
			t.Fatal(err)
		}
		if err := g.keepHeights(f); err != nil {
			t.Fatal(err)
		}
		return c.times, remembered
	}
	whole, none := ask(20, 8)
	if whole != 60*60 || none != 0 {
		t.Fatalf("%d places are asked from nothing, %d remembered", whole, none)
	}
	n, all := ask(20, 8)
	if n != 0 || all < whole/2 {
		t.Errorf("%d places are asked where nothing has changed, %d remembered", n, all)
	}
	if n, left := ask(23, 8); n == 0 || n > 64 || left == all || left < all-64 { // a tile is 64 m wide
		t.Errorf("%d of %d places are asked where one pad has moved, %d of %d remembered", n, whole, left, all)
	}
	if n, _ := ask(23, 16); n < whole/2 {
		t.Errorf("%d of %d places are asked of other tiles", n, whole)
	}
}
