package verify_test

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/table"
)

// vehicles holds the lines of traffic against the roads and decks.
func (s *standing) vehicles(t *testing.T, decks *surface) {
	for i := range s.layers {
		l := &s.layers[i]
		if l.Type != "traffic" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(l.Table)))
		if err != nil {
			t.Fatal(err)
		}
		runs, err := table.ReadParquet(data)
		if err != nil {
			t.Fatal(err)
		}
		up, err := runs.Lists("height")
		if err != nil {
			t.Fatal(err)
		}
		k := s.count("points of vehicles' ways", 0.005, 0)
		for row, g := range runs.Geometry {
			line, _ := g.(orb.LineString)
			for j := 0; j+1 < len(line); j++ { // and halfway to the next
				for _, w := range [2]float64{0, 0.5} {
					x, y := s.plan.Plan(line[j][0]+w*(line[j+1][0]-line[j][0]), line[j][1]+w*(line[j+1][1]-line[j][1]))
					z := up[row][j] + w*(up[row][j+1]-up[row][j])
					if math.Hypot(x, y) > s.within {
						continue
					}
					if h, ok := decks.nearest(x, y, z); ok {
						k.measure(math.Abs(z-h), driven, func() string { return runs.IDs[row] + " " + s.place([3]float64{x, y, z}) })
					}
				}
			}
		}
	}
}

// crossings holds decks clear of the roads and rails below them, but where they come down:
// there a street that they join is as wide as to lie below their first metres. Those of
// which the report says that junctions leave no room for a ramp are held to what it says
// that they lack above what they cross: data that put both in one place can't be built to
// any clearance. They must be few, of ways: how many places of theirs are measured follows how
// finely the ground is cut. Floors of a parking house are held to what it says that
// they keep.
func (s *standing) crossings(t *testing.T, ground *tiles.Tileset, under *surface) {
	k := s.count("places of roads that are clear of the deck above", 0.01, 0)
	told := s.count("places of roads below decks that the report tells to be low, and by how much", 0.01, 0)
	ways, class := newSurface(s.plan), map[string]string{}
	var owners []geo.FeatureRow
	s.each(t, ground, 0, func(c *geo.Content) {
		first := int32(len(owners))
		owners = append(owners, c.Features...)
		for _, f := range c.Features {
			class[f.ID] = f.Class
		}
		for i := range c.Meshes {
			if m := &c.Meshes[i]; m.Material == geo.Road || m.Material == geo.Rail {
				ways.addOf(m, inPlan(s.plan, c.Frame, m.Positions), func(v uint32) int32 { return first + int32(m.Features[v]) })
			}
		}
	})
	known := s.lowDecks(t, class)
	pairs, low := map[string]bool{}, map[string]bool{}
	for i, p := range ways.triangles {
		v := [3]float64{(p[0][0] + p[1][0] + p[2][0]) / 3, (p[0][1] + p[1][1] + p[2][1]) / 3, (p[0][2] + p[1][2] + p[2][2]) / 3}
		above, deck := math.Inf(1), geo.FeatureRow{}
		ways.hits(v[0], v[1], func(j int32, h float64) {
			if h > v[2]+1 && h < above {
				above, deck = h, owners[ways.owners[j]]
			}
		})
		if math.IsInf(above, 1) || landing(ways, under, v, above) {
			continue
		}
		way := owners[ways.owners[i]]
		at := func() string { return way.ID + " below " + deck.ID + " " + s.place(v) }
		pairs[street.Above(deck.ID, way.ID)] = true
		should, garage := known.should(deck.ID, way.ID, way.Class)
		if lacks, lacking := known.lack(deck.ID, way.ID, way.Class); lacking {
			low[street.Above(deck.ID, way.ID)] = true
			told.measure(should-(above-v[2])-lacks, toldBy, at)
			continue
		}
		least := clear
		if garage {
			least = should - garageBy
		}
		k.measure(least-(above-v[2]), 0, at)
	}
	if few := max(10, len(pairs)/10); len(low) > few {
		t.Errorf("%s: of %d ways below decks %d have decks that the report tells to be low, more than %d", s.dir, len(pairs), len(low), few)
	}
}

// landing tells whether a deck comes down to the ground within 30 m.
func landing(ways, under *surface, v [3]float64, deck float64) bool {
	for _, r := range [4]float64{6, 12, 20, 30} {
		for _, d := range around {
			x, y := v[0]+r*d[0], v[1]+r*d[1]
			h, ok := ways.nearest(x, y, deck)
			g, known := under.nearest(x, y, h)
			if ok && known && math.Abs(h-deck) < 0.12*r+0.2 && h-g < 0.5 {
				return true
			}
		}
	}
	return false
}
