package generate

import (
	"strings"
	"testing"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// TestCredits: whoever has to be named is, once: owners of sources that are drawn, or that such
// a source is made of, of imagery, and OpenStreetMap by itself.
func TestCredits(t *testing.T) {
	doc, err := scene.Parse("a.yaml", []byte(`longtake: 1
credits: [ours]
sources:
  city: { type: osm, path: city.osm }
  shops: { type: table, path: shops.csv, credit: shops }
  busy: { from: shops }
  unused: { type: table, path: a.csv, credit: nobody }
layers:
  - { id: roads, type: roads, source: city }
  - { id: places, type: point, source: busy }
  - { id: air, type: imagery, address: "https://tiles.example.org/{z}/{x}/{y}.jpg", credit: the air survey }
  - { id: again, type: imagery, address: "https://tiles.example.org/{z}/{x}/{y}.png", credit: the air survey }
  - { id: none, type: imagery, template: true, address: "https://tiles.example.org/b/{z}/{x}/{y}.png", credit: nobody }
`), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(credits(doc), "; "); got != "ours; © OpenStreetMap contributors; shops; the air survey" {
		t.Error(got)
	}
}
