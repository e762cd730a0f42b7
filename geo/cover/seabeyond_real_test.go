package cover_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/realdata"
)

// TestSeaAroundCities carries the coast of real extracts on over a margin, without any
// elevation, and asks places whose side is known from maps. $LONGTAKE_PICTURES names a
// folder for plans.
func TestSeaAroundCities(t *testing.T) {
	for _, c := range []city{
		{name: "san-francisco-whole", path: []string{"city-sanfrancisco", "sf-downtown.osm.pbf"}, box: geo.Bound{West: -122.4238, South: 37.7656, East: -122.3789, North: 37.8008},
			sea:  [][2]float64{{-122.388, 37.797}, {-122.39, 37.805}, {-122.40, 37.815}, {-122.42, 37.815}, {-122.375, 37.76}, {-122.37, 37.80}, {-122.362, 37.755}},
			land: [][2]float64{{-122.41, 37.79}, {-122.42, 37.775}, {-122.40, 37.78}, {-122.42, 37.803}, {-122.43, 37.79}, {-122.43, 37.76}, {-122.395, 37.76}, {-122.3662, 37.8105}, {-122.47, 37.78}, {-122.44, 37.73}}},
		{name: "san-francisco-box", path: []string{"city-sanfrancisco", "sf-downtown.osm.pbf"}, box: geo.Bound{West: -122.425, South: 37.783, East: -122.385, North: 37.81},
			sea:  [][2]float64{{-122.388, 37.797}, {-122.39, 37.805}, {-122.40, 37.815}, {-122.42, 37.82}, {-122.37, 37.78}, {-122.375, 37.77}},
			land: [][2]float64{{-122.41, 37.79}, {-122.42, 37.775}, {-122.40, 37.78}, {-122.42, 37.803}, {-122.43, 37.79}, {-122.41, 37.765}}},
		{name: "monaco-box", path: []string{"city-monaco", "monaco-osrm.osm.pbf"}, box: geo.Bound{West: 7.4088, South: 43.7237, East: 7.4398, North: 43.7518},
			sea: [][2]float64{{7.435, 43.725}, {7.445, 43.735}, {7.42, 43.71}, {7.46, 43.74}}, land: [][2]float64{{7.4246, 43.7314}, {7.41, 43.735}, {7.43, 43.75}, {7.40, 43.76}}},
		{name: "monaco-planetiler", path: []string{"city-monaco", "monaco-planetiler.osm.pbf"}, box: geo.Bound{West: 7.4088, South: 43.7237, East: 7.4398, North: 43.7518},
			sea: [][2]float64{{7.435, 43.725}, {7.44, 43.735}, {7.42, 43.71}, {7.46, 43.74}}, land: [][2]float64{{7.4246, 43.7314}, {7.415, 43.735}, {7.425, 43.745}, {7.40, 43.76}, {7.36, 43.74}, {7.42, 43.79}, {7.37, 43.78}}},
		{name: "new-york-west", path: []string{"city-newyork", "nyc-westside.osm.pbf"}, box: geo.Bound{West: -74.016, South: 40.71, East: -73.985, North: 40.77},
			sea: [][2]float64{{-74.05, 40.68}, {-74.02, 40.74}, {-74.01, 40.765}, {-74.025, 40.72}}, land: [][2]float64{{-73.995, 40.75}, {-74.005, 40.72}, {-73.98, 40.76}, {-73.95, 40.74}, {-73.99, 40.66}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var features []geo.Feature
			for _, f := range readOSM(t, realdata.Path(t, c.path...)) {
				if v := f.Tags["natural"]; v == "coastline" || v == "bay" || v == "strait" || f.Tags["building"] != "" {
					features = append(features, f)
				}
			}
			frame := earth.FrameAt(earth.Place{Lng: (c.box.West + c.box.East) / 2, Lat: (c.box.South + c.box.North) / 2})
			x0, y0 := frame.Plan(c.box.West, c.box.South)
			x1, y1 := frame.Plan(c.box.East, c.box.North)
			core := orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x1, y1}}
			half := max(x1-x0, y1-y0)/2 + 6000
			rect := orb.Bound{Min: core.Center(), Max: core.Center()}.Pad(half)
			report := geo.NewReport()
			sea := cover.SeaAround(features, frame, core, rect, nil, 0, report)
			t.Log(report.Summary().Notes)
			seaAndLand(t, frame, sea, c.sea, c.land)
			if dir := os.Getenv("LONGTAKE_PICTURES"); dir != "" {
				paint(t, filepath.Join(dir, c.name+"-flat.png"), rect, cover.SeaPatches(sea, "water", 0, report), geo.Content{Frame: frame}, buildings(features), frame)
			}
		})
	}
}
