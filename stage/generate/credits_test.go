package generate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo/pyramid"
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

// TestCreditsOfArchives: PMTiles tell themselves who is to be named, unless the document does.
func TestCreditsOfArchives(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "air.pmtiles"))
	if err != nil {
		t.Fatal(err)
	}
	if err := pyramid.Write(f, nil, `<a href="https://a.example">The Survey</a> &copy;&nbsp;2026`); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{"": "The Survey © 2026", ", credit: mine": "mine"} {
		doc, err := scene.Parse(filepath.Join(dir, "a.yaml"), []byte(`longtake: 1
sources:
  tiles: { type: vector, path: air.pmtiles`+said+` }
layers:
  - { id: roads, type: roads, source: tiles }
  - { id: air, type: imagery, address: air.pmtiles`+said+` }
`), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(credits(doc), "; "); got != want {
			t.Errorf("%q: %q", said, got)
		}
	}
}
