package panels

import (
	"math/rand/v2"
	"testing"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
)

// Whatever flows and is tiled, nothing lies over another or beyond the safe margin, and what
// comes first at an anchor is nearest to it.
func TestPanelsNeverOverlap(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	names := []string{"top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right"}
	for round := range 400 {
		height, width := 1080.0, 1080*(0.6+2*r.Float64())
		var list []*drawable.Panel
		for range 1 + r.IntN(14) {
			p := &drawable.Panel{Size: [2]float64{80 + 400*r.Float64(), 40 + 300*r.Float64()}}
			p.Place.Layout, p.Place.Anchor = drawable.Flow, anchors[names[r.IntN(len(names))]]
			if r.IntN(3) == 0 {
				p.Place.Layout, p.Place.Grid, p.Place.Cell = drawable.Tile, [2]int{4, 4}, [4]int{r.IntN(3), r.IntN(4), 1 + r.IntN(2), 1}
			}
			p.Place.Order = r.IntN(3)
			list = append(list, p)
		}
		boxes := Arrange(list, width, height)
		seen := 0
		for i, b := range boxes {
			if b.W == 0 {
				continue
			}
			seen++
			if b.X < margin-1 || b.Y < margin-1 || b.X+b.W > width-margin+1 || b.Y+b.H > height-below+1 {
				t.Fatalf("round %d: %+v of %v×%v", round, b, width, height)
			}
			for k := range i {
				if o := boxes[k]; o.W > 0 && b.Inset(0.01).Meets(o) {
					t.Fatalf("round %d: %+v over %+v", round, b, o)
				}
			}
		}
		if seen == 0 {
			t.Fatalf("round %d: nothing of %d is seen", round, len(list))
		}
	}
}

func TestFlowAndTileAreWhereTheyShould(t *testing.T) {
	at := func(anchor string, w, h float64) *drawable.Panel {
		return &drawable.Panel{Size: [2]float64{w, h}, Place: drawable.PanelPlace{Layout: drawable.Flow, Anchor: anchors[anchor]}}
	}
	second := at("bottom-right", 200, 100)
	first := at("bottom-right", 300, 80)
	second.Place.Order = 1
	tile := &drawable.Panel{Place: drawable.PanelPlace{Layout: drawable.Tile, Grid: [2]int{2, 2}, Cell: [4]int{0, 1, 1, 1}}}
	twin := &drawable.Panel{Place: tile.Place}
	free := &drawable.Panel{Size: [2]float64{100, 50}, Place: drawable.PanelPlace{Layout: drawable.Free, Anchor: anchors["center"], Offset: [2]float64{10, -5}}}
	got := Arrange([]*drawable.Panel{second, first, tile, twin, free}, 1920, 1080)
	right, bottom := 1920-margin, 1080-below
	w, h := (1920-2*margin+gap)/2, (1080-margin-below+gap)/2
	for i, want := range map[int]canvas.Box{
		2: {X: margin + w, Y: margin, W: w - gap, H: h - gap},
		3: {X: margin, Y: margin + h, W: w - gap, H: h - gap}, // its cell is taken: the next one
		4: {X: margin + (1920-2*margin-100)/2 + 10, Y: margin + (1080-margin-below-50)/2 - 5, W: 100, H: 50},
	} {
		if got[i] != want {
			t.Errorf("%d: %+v, want %+v", i, got[i], want)
		}
	}
	if b := got[1]; b != (canvas.Box{X: right - 300, Y: bottom - 80, W: 300, H: 80}) {
		t.Errorf("the first at the corner is at %+v", b)
	}
	if b := got[0]; b.X+b.W != right || b.Y+b.H != bottom-80-gap {
		t.Errorf("the second at the corner is at %+v", b)
	}
}
