package labels_test

import (
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

func streets(t *testing.T, props string, rows ...geo.Feature) *drawable.Glyphs {
	t.Helper()
	c, _ := layertest.Context(t, "longtake: 1\nsources: { s: { type: vector, path: s.geojson } }\nlayers: [{ id: l, type: line-label, source: s"+props+" }]")
	c.Table = table.FromFeatures(rows)
	draws, err := layer.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	return draws[0].What.(*drawable.Glyphs)
}

func street(name string, line ...orb.Point) geo.Feature {
	return geo.Feature{Geometry: orb.LineString(line), Tags: map[string]string{"name": name}}
}

// Parts of a street are one line, whichever way each runs; the straightest goes on, and what
// has another name or turns back is a line of its own.
func TestStreetsAreJoined(t *testing.T) {
	p := func(x, y float64) orb.Point { return orb.Point{7 + x/100, 43 + y/100} }
	for name, c := range map[string]struct {
		rows  []geo.Feature
		lines []int // vertices of each
	}{
		"in order":   {[]geo.Feature{street("a", p(0, 0), p(1, 0)), street("a", p(1, 0), p(2, 0)), street("a", p(2, 0), p(3, 0))}, []int{4}},
		"against":    {[]geo.Feature{street("a", p(1, 0), p(2, 0)), street("a", p(1, 0), p(0, 0)), street("a", p(3, 0), p(2, 0))}, []int{4}},
		"names":      {[]geo.Feature{street("a", p(0, 0), p(1, 0)), street("b", p(1, 0), p(2, 0))}, []int{2, 2}},
		"fork":       {[]geo.Feature{street("a", p(0, 0), p(1, 0)), street("a", p(1, 0), p(2, 2)), street("a", p(1, 0), p(4, 0))}, []int{3, 2}},
		"turns back": {[]geo.Feature{street("a", p(0, 0), p(1, 0)), street("a", p(1, 0), p(0, 0.2))}, []int{2, 2}},
		"points":     {[]geo.Feature{street("a", p(0, 0), p(0, 0)), street("a", p(1, 1), p(2, 1))}, []int{2}},
	} {
		g := streets(t, ", repeat: 0", c.rows...)
		if len(g.Labels) != len(c.lines) {
			t.Errorf("%s: %d labels", name, len(g.Labels))
			continue
		}
		for _, l := range g.Labels { // the longer lines come first
			if l.Way.Count != c.lines[0] {
				t.Errorf("%s: a line of %d vertices, want %d", name, l.Way.Count, c.lines[0])
			}
			c.lines = c.lines[1:]
		}
	}
}

// The middles of lines come before further places, those of the longest first, and all of a
// text share its letters.
func TestPlacesOnStreets(t *testing.T) {
	g := streets(t, "", street("Rua", orb.Point{7, 43}, orb.Point{7.001, 43}), street("Estrada", orb.Point{7, 44}, orb.Point{7.01, 44}))
	if len(g.Labels) < 8 || len(g.Quads) != 3+7 {
		t.Fatalf("%d labels of %d letters", len(g.Labels), len(g.Quads))
	}
	if l := g.Labels; l[0].Count != 7 || l[1].Count != 3 || l[2].Count != 7 || l[0].First != l[2].First {
		t.Errorf("first labels of %d, %d and %d letters", l[0].Count, l[1].Count, l[2].Count)
	}
	if m := g.Lines[g.Labels[0].Way.First]; g.Labels[0].Anchor[0]-m[0] < 380 || g.Labels[0].Anchor[0]-m[0] > 420 {
		t.Errorf("the middle of 802 m is %v from the start", g.Labels[0].Anchor[0]-m[0])
	}
	for _, l := range g.Labels {
		if l.Way.Text != g.Labels[0].Way.Text && l.Count == 7 {
			t.Error("two numbers for one text")
		}
	}
}

// Areas have no text on their outlines unless it is asked for.
func TestOutlinesAreAskedFor(t *testing.T) {
	area := geo.Feature{Geometry: orb.Polygon{{{7, 43}, {7.1, 43}, {7.1, 43.1}, {7, 43}}}, Tags: map[string]string{"name": "a"}}
	if n := len(streets(t, "", area).Labels); n > 0 {
		t.Errorf("%d labels", n)
	}
	if n := len(streets(t, ", repeat: 0, outlines: true", area).Labels); n != 1 {
		t.Errorf("%d labels with outlines", n)
	}
}

// Places that have no room are never seen: watched live, a text fades in where it has.
func TestPlacesFadeIn(t *testing.T) {
	for i, l := range streets(t, "", street("Estrada", orb.Point{7, 44}, orb.Point{7.01, 44})).Labels {
		if l.Fade != 1 {
			t.Errorf("place %d is there before it has its room: %v", i, l.Fade)
		}
	}
}

// However long a line is, texts find a place on it close up; very many metres have them
// further apart, so that they stay few.
func TestLongLinesKeepTheirTexts(t *testing.T) {
	river := func(degrees float64) (most float64, places int) {
		var line []orb.Point
		for k := range 401 {
			line = append(line, orb.Point{7 + degrees*float64(k)/400, 0})
		}
		var at []float64
		for _, l := range streets(t, "", street("Rio", line...)).Labels {
			at = append(at, float64(l.Anchor[0]))
		}
		slices.Sort(at)
		for k := 1; k < len(at); k++ {
			most = max(most, at[k]-at[k-1])
		}
		return most, len(at)
	}
	if most, n := river(3.6); most > 200 || n > 9000 {
		t.Errorf("%d places on 400 km, %.0f m apart", n, most)
	}
	if most, n := river(90); most > 400 || n > 1<<17 {
		t.Errorf("%d places on 10,000 km, %.0f m apart", n, most)
	}
}
