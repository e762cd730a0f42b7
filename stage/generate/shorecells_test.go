package generate

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/terrain"
)

// Sand within a cell of a shore may be its beach; sand inland, and far within the sea, is not.
func TestShoreCells(t *testing.T) {
	s := newShoreCells(orb.MultiPolygon{{{{0, 0}, {2000, 0}, {2000, -2000}, {0, -2000}, {0, 0}}}})
	box := func(x, y, half float64) orb.Bound {
		return orb.Bound{Min: orb.Point{x - half, y - half}, Max: orb.Point{x + half, y + half}}
	}
	for name, c := range map[string]struct {
		box  orb.Bound
		want bool
	}{
		"on the shore": {box(1000, 5, 10), true}, "24 m from it": {box(1000, 34, 10), true}, "inland": {box(1000, 400, 10), false},
		"in the sea": {box(1000, -1000, 10), false}, "all around": {box(1000, -1000, 4000), true}, "large, inland": {box(1000, 9000, 4000), false},
	} {
		if got := s.near(c.box); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestMouthsOf: a polygon of a sea has the mouths that may meet it, not those of all.
func TestMouthsOf(t *testing.T) {
	square := func(x, y, side float64) orb.Polygon {
		return orb.Polygon{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}
	}
	all := []terrain.Mouth{{Area: square(900, 0, 20)}, {Area: square(1100, 0, 20), Flows: true}, {Area: square(3000, 0, 20)}}
	if own := mouthsOf(square(0, 0, 1000), all); len(own) != 2 || !own[1].Flows {
		t.Errorf("mouths %v", own)
	}
}
