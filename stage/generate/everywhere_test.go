package generate

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/internal/realdata"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// TestBayBesideAHill: elevation of a hill says nothing of the bay beside it, where it is
// carried on: the coastline does.
func TestBayBesideAHill(t *testing.T) {
	osm, hill := realdata.Path(t, "city-sanfrancisco", "sf-downtown.osm.pbf"), realdata.Path(t, "city-sanfrancisco", "elev-russian-hill-float32.tif")
	text := fmt.Sprintf(`longtake: 1
sources:
  osm: { type: osm, path: %q, bbox: [-122.42, 37.79, -122.39, 37.815] }
  dem: { type: raster, path: %q }
layers:
  - { id: ground, type: terrain, source: dem, margin: 500, maxError: 20 }
  - { id: water, type: water, source: osm, on: ground }
`, osm, hill)
	doc, err := scene.Parse(filepath.Join(t.TempDir(), "s.yaml"), []byte(text), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	s, err := Run(t.Context(), doc, filepath.Join(t.TempDir(), "package"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, skip := range s.Skipped {
		if skip.IDs[0] == "coastline" {
			t.Errorf("the coastline is left out: %s", skip.Reason)
		}
	}
	if s.Made["sea"] == 0 {
		t.Error("the bay is no sea")
	}
}
