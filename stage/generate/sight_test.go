package generate

import (
	"maps"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
)

// Two versions of a feature that differ in what a sight hides are handed over as one, and
// have one hash; what it shows tells them apart.
func TestSight(t *testing.T) {
	house := orb.Polygon{{{0, 0}, {0.001, 0}, {0.001, 0.001}, {0, 0}}}
	way := orb.LineString{{0, 0}, {0.001, 0}}
	for _, c := range []struct {
		name     string
		geometry orb.Geometry
		tags     map[string]string
		key, to  string
		flags    uint32
		hides    []sight
		shows    []sight
	}{
		{"name of a house next door", house, map[string]string{"building": "yes", "name": "A"}, "name", "B", 0,
			[]sight{sightBuildings, sightThings, sightShapes}, []sight{sightAll}},
		{"height of a house", house, map[string]string{"building": "yes", "height": "9"}, "height", "12", ownedFlag,
			[]sight{sightShapes, sightWays}, []sight{sightAll, sightBuildings, sightThings}},
		{"height of a house next door", house, map[string]string{"building": "yes", "height": "9"}, "height", "12", 0,
			[]sight{sightShapes}, []sight{sightBuildings, sightThings}},
		{"least height of a house", house, map[string]string{"building": "yes", "min_height": "3"}, "min_height", "0", ownedFlag,
			[]sight{sightWays}, []sight{sightBuildings, sightThings, sightShapes}},
		{"name of a street", way, map[string]string{"highway": "residential", "name": "A"}, "name", "B", 0,
			[]sight{sightBuildings, sightThings, sightShapes}, []sight{sightAll}},
		{"name of a far street", way, map[string]string{"highway": "residential", "name": "A"}, "name", "B", 0,
			[]sight{sightShapes}, []sight{sightAll}},
		{"whether a street has a name", way, map[string]string{"highway": "tertiary", "name": "A"}, "name", "", 0,
			nil, []sight{sightShapes, sightWays}},
		{"lanes of a far street", way, map[string]string{"highway": "residential", "lanes": "2"}, "lanes", "3", 0,
			[]sight{sightBuildings}, []sight{sightThings, sightShapes, sightWays}},
		{"width of a way through a house", way, map[string]string{"highway": "service", "tunnel": "building_passage", "width": "3"}, "width", "4", 0,
			nil, []sight{sightBuildings, sightThings, sightShapes, sightWays}},
		{"name of a tree", orb.Point{}, map[string]string{"natural": "tree", "name": "A"}, "name", "B", ownedFlag,
			[]sight{sightBuildings, sightThings, sightShapes}, []sight{sightAll}},
		{"address of a wood", house, map[string]string{"natural": "wood", "addr:street": "A"}, "addr:street", "B", 0,
			[]sight{sightBuildings, sightThings, sightShapes}, []sight{sightAll}},
	} {
		version := func(tags map[string]string, s sight) (seen, hash digest) {
			b := &batch{features: []geo.Feature{{ID: "x", Geometry: c.geometry, Tags: tags}}, report: geo.NewReport(), rejected: newShapes()}
			_ = b.encode(nil)
			if len(b.heads) != 1 {
				t.Fatalf("%s is left out", c.name)
			}
			h := &b.heads[0]
			f, err := spool.ReadFeature(b.data)
			if err != nil {
				t.Fatal(err)
			}
			if !s.shows(h.kind) {
				return digest{}, digest{}
			}
			grade := s.grade(h.kind, c.flags)
			see(&f, h.kind, grade)
			return sumOf(spool.AppendFeature(nil, &f)), h.seen(grade)
		}
		other := maps.Clone(c.tags)
		if other[c.key] = c.to; c.to == "" {
			delete(other, c.key)
		}
		for s := range sights {
			seen, hash := version(maps.Clone(c.tags), s)
			if seen != hash {
				t.Errorf("%s, sight %d: the hash is not of what is handed over", c.name, s)
			}
		}
		same := func(s sight) bool {
			a, _ := version(maps.Clone(c.tags), s)
			b, _ := version(maps.Clone(other), s)
			return a == b
		}
		for _, s := range c.hides {
			if !same(s) {
				t.Errorf("%s is in sight %d", c.name, s)
			}
		}
		for _, s := range c.shows {
			if same(s) {
				t.Errorf("%s is out of sight %d", c.name, s)
			}
		}
	}
}
