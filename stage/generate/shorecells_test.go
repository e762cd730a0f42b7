package generate

import (
	"testing"

	"github.com/paulmach/orb"
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
