package read

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/internal/realdata"
)

// TestMultipolygonConformance reads the OSM test data of Jochen Topf and compares the
// areas with the expected WKT: exactly where a case is valid; where it is not, with the repaired
// form if the case gives one, and else only that what comes out can be made sound.
func TestMultipolygonConformance(t *testing.T) {
	root := realdata.Path(t, "conformance", "osm-multipolygon")
	compared := 0
	for _, section := range []string{"1", "7"} {
		cases, _ := filepath.Glob(filepath.Join(root, section, "*", "test.json"))
		for _, path := range cases {
			features, _, err := collect(t, filepath.Join(filepath.Dir(path), "data.osm"), Options{})
			if err != nil {
				t.Fatal(err)
			}
			found := byID(features)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var c struct {
				ID          int    `json:"test_id"`
				Description string `json:"description"`
				Areas       map[string][]struct {
					ID   int64  `json:"from_id"`
					Type string `json:"from_type"`
					WKT  string `json:"wkt"`
				} `json:"areas"`
			}
			if err := json.Unmarshal(data, &c); err != nil {
				t.Fatal(path, err)
			}
			// "fixed" asks to close gaps, which would be guessing.
			for _, variant := range []string{"default", "fix", "location"} {
				for _, want := range c.Areas[variant] {
					id := fmt.Sprintf("%s/%d", want.Type, want.ID)
					f, ok := found[id]
					if want.WKT == "INVALID" {
						if g, area := f.Geometry.(orb.Polygon); ok && area {
							if polys, out := clean.Polygon(g, clean.Degrees); len(polys) == 0 && out.Reason == "" {
								t.Errorf("%d: %s: nothing left without a reason", c.ID, id)
							}
						}
						continue
					}
					g, err := wkt.Unmarshal(want.WKT)
					if err != nil {
						t.Fatal(path, err)
					}
					if !ok {
						t.Errorf("%d (%s): no %s: %s", c.ID, variant, id, c.Description)
						continue
					}
					sound, _ := clean.Feature(f, clean.Degrees, nil)
					if d := abs(areaOf(sound.Geometry) - areaOf(g)); d > 1e-8 || !near(sound.Geometry.Bound(), g.Bound()) {
						t.Errorf("%d (%s): %s: area %v, want %v: %s", c.ID, variant, id, areaOf(sound.Geometry), areaOf(g), c.Description)
					}
					compared++
				}
			}
		}
	}
	if compared < 60 {
		t.Errorf("only %d areas compared", compared)
	}
}

func near(a, b orb.Bound) bool {
	const tol = 1e-8
	return abs(a.Min[0]-b.Min[0]) < tol && abs(a.Min[1]-b.Min[1]) < tol && abs(a.Max[0]-b.Max[0]) < tol && abs(a.Max[1]-b.Max[1]) < tol
}

// TestOSM2WorldFiles reads the OSM files of another 3D builder.
func TestOSM2WorldFiles(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(realdata.Path(t, "conformance", "osm2world"), "*.osm"))
	for _, path := range files {
		features, _, err := collect(t, path, Options{})
		name := filepath.Base(path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(features) == 0 && name != "sameCoordNodes.osm" { // that one has no tags
			t.Errorf("%s: no features", name)
		}
		for _, f := range features {
			switch f.Geometry.(type) {
			case orb.Polygon, orb.MultiPolygon:
			default:
				if strings.HasPrefix(f.ID, "relation/") {
					t.Errorf("%s: %s is a %T", name, f.ID, f.Geometry)
				}
			}
		}
	}
}
