package clean_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/clean"
)

// TestMasks: masks of maps and boxes of what lies on both sides of the antimeridian cover
// what they say on a map, once, and what was taken for what is noted.
func TestMasks(t *testing.T) {
	hole := rectangle(-60, 20, -20, 60)
	slices.Reverse(hole)
	for _, c := range []struct {
		name     string
		in       orb.Polygon
		in1      []orb.Point
		out      []orb.Point
		area     float64 // square degrees
		note     string
		farthest float64 // how far its longitudes may be from 0
	}{
		{"a mask", orb.Polygon{rectangle(-179.9, -85, 179.9, 85), hole}, []orb.Point{{0, 0}, {-170, 80}, {170, -80}}, []orb.Point{{-40, 40}, {180, 0}}, 359.8*170 - 1600, clean.NoteLong, 180},
		{"a mask, clockwise", orb.Polygon{rectangle(179.9, -85, -179.9, 85), hole}, []orb.Point{{0, 0}}, []orb.Point{{-40, 40}}, 359.8*170 - 1600, clean.NoteLong, 180},
		{"the box of the United States", orb.Polygon{rectangle(-179.15, 18.9, 179.77, 71.4)}, []orb.Point{{-100, 40}, {0, 40}}, []orb.Point{{180, 40}, {0, 10}}, 358.92 * 52.5, clean.NoteLong, 180},
		{"a cell of a grid over the antimeridian", orb.Polygon{rectangle(-179.5, 10, 179.5, 11)}, nil, []orb.Point{{0, 10.5}}, 1, clean.NoteShort, 180.5},
		{"a narrow box, clockwise", orb.Polygon{rectangle(179.9, 10, -179.9, 15)}, nil, []orb.Point{{0, 12}}, 1, clean.NoteShort, 180.1},
		{"a mask of a map that repeats", orb.Polygon{rectangle(-360, -90, 360, 90), hole}, []orb.Point{{0, 0}, {170, 80}, {-170, -80}, {179, 0}}, []orb.Point{{-40, 40}}, 360*180 - 1600, clean.NoteWorld, 180},
		{"the same to 85°", orb.Polygon{rectangle(-360, -85, 360, 85), hole}, []orb.Point{{0, 0}, {170, 80}}, []orb.Point{{-40, 40}, {0, 87}}, 360*170 - 1600, clean.NoteWorld, 180},
		{"with points on the way", orb.Polygon{dense(rectangle(-540, -85, 540, 85), 180), hole}, []orb.Point{{0, 0}, {170, 80}}, []orb.Point{{-40, 40}}, 360*170 - 1600, clean.NoteWorld, 180},
		{"a hole over the antimeridian", orb.Polygon{rectangle(-360, -85, 360, 85), {{178, -2}, {178, 2}, {-178, 2}, {-178, -2}, {178, -2}}}, []orb.Point{{0, 0}, {177, 0}, {-177, 0}}, []orb.Point{{179, 0}, {-179, 0}}, 360*170 - 16, clean.NoteCut, 180},
	} {
		g, told := covers(t, c.name, c.in, c.in1, c.out, c.area, 1e-6)
		if b := g.Bound(); b.Min[0] < -c.farthest || b.Max[0] > c.farthest {
			t.Errorf("%s: in %v", c.name, b)
		}
		if notes := slices.Collect(maps.Keys(told.Notes)); !slices.Equal(notes, []string{c.note}) {
			t.Errorf("%s: notes %q, want %q", c.name, notes, c.note)
		}
	}
}
