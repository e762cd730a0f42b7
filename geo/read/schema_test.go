package read

import (
	"testing"

	"github.com/longtake/longtake/internal/realdata"
)

// TestTranslate says the same thing in every vocabulary and wants OSM's.
func TestTranslate(t *testing.T) {
	for _, c := range []struct {
		layers []string
		layer  string
		tags   map[string]string
		want   map[string]string
	}{
		{[]string{"building", "transportation"}, "building", map[string]string{"render_height": "12.5", "render_min_height": "3", "colour": "#abc"},
			map[string]string{"building": "yes", "height": "12.5", "min_height": "3", "building:colour": "#abc"}},
		{[]string{"building", "transportation"}, "building", map[string]string{"hide_3d": "true"}, map[string]string{"building": "no"}},
		{[]string{"transportation"}, "transportation", map[string]string{"class": "path", "subclass": "steps", "brunnel": "bridge"}, map[string]string{"highway": "steps", "bridge": "yes"}},
		{[]string{"transportation"}, "transportation", map[string]string{"class": "rail", "subclass": "tram"}, map[string]string{"railway": "tram"}},
		{[]string{"transportation"}, "landcover", map[string]string{"class": "wood"}, map[string]string{"natural": "wood"}},
		{[]string{"earth", "roads"}, "roads", map[string]string{"kind": "major_road", "kind_detail": "primary", "is_tunnel": "true"}, map[string]string{"highway": "primary", "tunnel": "yes"}},
		{[]string{"earth", "roads"}, "roads", map[string]string{"pmap:kind": "minor_road", "highway": "service"}, map[string]string{"highway": "service"}},
		{[]string{"earth", "roads"}, "buildings", map[string]string{"kind": "building_part", "height": "9"}, map[string]string{"building:part": "yes", "height": "9"}},
		{[]string{"earth", "roads"}, "landuse", map[string]string{"kind": "park"}, map[string]string{"leisure": "park"}},
		{[]string{"streets", "ocean"}, "streets", map[string]string{"kind": "residential", "bridge": "true"}, map[string]string{"highway": "residential", "bridge": "yes"}},
		{[]string{"streets", "ocean"}, "land", map[string]string{"kind": "forest"}, map[string]string{"landuse": "forest"}},
		{[]string{"road", "poi_label"}, "road", map[string]string{"class": "street", "structure": "tunnel"}, map[string]string{"highway": "residential", "tunnel": "yes"}},
		{[]string{"osm"}, "osm", map[string]string{"building": "yes"}, map[string]string{"building": "yes"}},
	} {
		tileSchema(c.layers).translate(c.layer, c.tags)
		for k, v := range c.want {
			if c.tags[k] != v {
				t.Errorf("%v %s: %s is %q, want %q; %v", c.layers, c.layer, k, c.tags[k], v, c.tags)
			}
		}
	}
}

// TestOverture reads a sample of Overture's buildings as OSM's.
func TestOverture(t *testing.T) {
	fs, _, err := collect(t, realdata.Path(t, "city-boston", "boston-buildings.geo.parquet"), Options{})
	if err != nil || len(fs) != 3 {
		t.Fatal(len(fs), err)
	}
	shed, kiosk := fs[0].Tags, fs[1].Tags
	if shed["building"] != "outbuilding" || shed["height"] != "4.7" || shed["building:levels"] != "1" || shed["roof:shape"] != "gabled" || shed["roof:colour"] != "green" || kiosk["name"] != "Gondola Kiosk" {
		t.Errorf("%v\n%v", shed, kiosk)
	}
}
