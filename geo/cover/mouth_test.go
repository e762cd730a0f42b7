package cover_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
)

// TestMouths: rivers flow and lakes do not, lines are as wide as they say, and what is covered
// or no water at all has none.
func TestMouths(t *testing.T) {
	f := earth.FrameAt(earth.Place{Lng: 7.4, Lat: 43.7})
	at := func(x, y float64) orb.Point { lng, lat := f.Unplan(x, y); return orb.Point{lng, lat} }
	square := orb.Polygon{{at(0, 0), at(30, 0), at(30, 30), at(0, 30), at(0, 0)}}
	for name, c := range map[string]struct {
		g     orb.Geometry
		tags  map[string]string
		area  float64
		flows bool
	}{
		"lake":    {square, map[string]string{"natural": "water"}, 900, false},
		"river":   {square, map[string]string{"natural": "water", "water": "river"}, 900, true},
		"canal":   {orb.LineString{at(0, 0), at(100, 0)}, map[string]string{"waterway": "canal", "width": "6"}, 106 * 6, true},
		"culvert": {orb.LineString{at(0, 0), at(100, 0)}, map[string]string{"waterway": "canal", "tunnel": "culvert"}, 0, false},
		"pool":    {square, map[string]string{"leisure": "swimming_pool"}, 0, false},
		"meadow":  {square, map[string]string{"landuse": "meadow"}, 0, false},
	} {
		area := 0.0
		for _, m := range cover.Mouths(f, &geo.Feature{ID: "a", Geometry: c.g, Tags: c.tags}) {
			area += planar.Area(m.Area)
			if m.Flows != c.flows {
				t.Errorf("%s: flows %v", name, m.Flows)
			}
		}
		if math.Abs(area-c.area) > 0.01*c.area {
			t.Errorf("%s: %v m², want %v", name, area, c.area)
		}
	}
}
