package building

import (
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/realdata"
)

// TestRealData builds real cities at every level of detail: next to nothing is skipped,
// volumes (of large cities a sample) are closed and faces outwards, and no level is farther off than allowed.
func TestRealData(t *testing.T) {
	for _, c := range []struct {
		pattern string
		all     bool
		least   int // buildings
	}{
		{"city-berlin/siegessaeule.osm.gz", false, 120},
		{"city-sanfrancisco/sf-downtown.osm.pbf", false, 8500},
		{"city-newyork/manhattan-buildings.json", true, 990},
		{"city-newyork/nyc-westside.osm.pbf", false, 1550},
		{"city-newyork/building-tiles/*.json", false, 3500},
		{"city-monaco/monaco-osrm.osm.pbf", false, 23000},
		{"city-monaco/monaco-planetiler.osm.pbf", false, 1200},
		{"city-liechtenstein/liechtenstein-2013.osm.pbf", false, 3700},
		{"conformance/osmbuilding/*/*.xml", false, 7},
		{"city-washington-dc/buildings.geojson", true, 84},
		{"city-delft/delft.city.json", false, 150},
		{"city-delft/3dbag.city.jsonl", false, 95},
		{"city-zurich/zurich_lod2.city.json", false, 45},
	} {
		t.Run(c.pattern, func(t *testing.T) {
			if testing.Short() && c.least > 4000 {
				t.Skip("large")
			}
			paths, _ := filepath.Glob(filepath.Join(realdata.Path(t), c.pattern))
			if len(paths) == 0 {
				t.Skip("real data is not here: set LONGTAKE_DATA to the folder that holds it")
			}
			features := load(t, geo.NewReport(), paths...)
			report := geo.NewReport()
			frame := earth.FrameAt(middleOf(features))
			bs := assemble(features, frame, Options{All: c.all}, report)
			if len(bs) < c.least {
				t.Errorf("%d buildings, want %d", len(bs), c.least)
			}
			bad := 0
			for i := 0; i < len(bs); i += 1 + len(bs)/4000 {
				if bs[i].surfaces != nil {
					continue
				}
				s, _, _ := bs[i].volume(1200, 0, 0, report)
				if s == nil {
					continue
				}
				if msg := judge(&bs[i], s, bs[i].Top); msg != "" {
					if bad++; bad < 5 {
						t.Logf("%s, %s roof, %v to %v: %s", bs[i].ID, bs[i].Roof(), bs[i].Bottom, bs[i].Top, msg)
					}
				}
			}
			if bad > 0 {
				t.Errorf("%d of %d volumes are not sound", bad, len(bs))
			}
			b := NewBuilder(geo.FlatElevation(30), report)
			for _, detail := range []float64{0, 4} {
				m := &Meshes{}
				for i := range bs {
					if off := b.Build(&bs[i], frame, uint32(i), detail, m); off > detail {
						t.Errorf("%s: %v off at detail %v", bs[i].ID, off, detail)
					}
				}
				t.Logf("detail %v m: %.1f triangles a building", detail, float64(m.Triangles())/float64(len(bs)))
			}
			skipped := 0
			s := report.Summary()
			for _, k := range s.Skipped {
				t.Logf("skipped %d: %s %v", k.Count, k.Reason, k.IDs[:min(4, len(k.IDs))])
				skipped += k.Count
			}
			t.Logf("%d buildings; %v", len(bs), s.Notes)
			if skipped > 3 && float64(skipped) > 0.005*float64(len(bs)) {
				t.Errorf("%d of %d skipped", skipped, len(bs)+skipped)
			}
		})
	}
}

// middleOf is the mean position of the features that may be buildings.
func middleOf(features []geo.Feature) earth.Place {
	x, y, n := 0.0, 0.0, 0.0
	for _, f := range features {
		switch f.Geometry.(type) {
		case orb.Polygon, orb.MultiPolygon:
			p := f.Geometry.Bound().Center()
			x, y, n = x+p[0], y+p[1], n+1
		}
	}
	return earth.Place{Lng: x / n, Lat: y / n}
}
