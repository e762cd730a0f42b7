package terrain

import (
	"reflect"
	"testing"
)

// How small the finest tiles are is of no matter to the tiles above them: of one error they
// are the same, but for how far their skirts hang, as levels are then others.
func TestTileCells(t *testing.T) {
	var want []*Patch
	for _, side := range []int{64, 32, 8} {
		tr := build(t, andorra, sized(512, 256), Options{TileCells: side, Error: 2})
		for k, place := range [][3]int{{0, 0, 0}, {1, 1, 0}, {2, 3, 2}} {
			p, err := tr.Tile(place[0], place[1], place[2], 8)
			if err != nil {
				t.Fatal(err)
			}
			p.Skirt = 0
			if len(want) <= k {
				want = append(want, p)
			} else if !reflect.DeepEqual(p, want[k]) {
				t.Errorf("tile %v differs with %d cells to the finest", place, side)
			}
		}
	}
}

// What is forgotten is made again, the same.
func TestForget(t *testing.T) {
	tr := build(t, andorra, 64, Options{TileCells: 16})
	want, _ := tr.HeightAtPlan(100, 200)
	if tr.leaves.bytes == 0 {
		t.Fatal("nothing is kept")
	}
	tr.Forget()
	if tr.leaves.bytes != 0 || len(tr.leaves.kept)+len(tr.leaves.old) != 0 {
		t.Fatal("something is kept")
	}
	if got, ok := tr.HeightAtPlan(100, 200); !ok || got != want {
		t.Errorf("%g, %g after it was forgotten", want, got)
	}
}
