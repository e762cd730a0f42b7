package generate

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// Data without anything in it is an error, as OSM's is, unless the scene has something else to show.
func TestEmptySource(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "e.geojson"), `{"type":"FeatureCollection","features":[]}`)
	for more, fails := range map[string]bool{"": true, `,{"id":"g","type":"graticule"}`: false, `,{"id":"q","type":"point","source":"e","refresh":"5s"}`: false} {
		doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"sources":{"e":{"path":"e.geojson"}},"layers":[{"id":"p","type":"point","source":"e"}`+more+`]}`), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		_, err = Run(context.Background(), doc, filepath.Join(dir, "out"), Options{})
		if fails && (err == nil || !strings.Contains(err.Error(), "source e holds nothing that can be drawn")) || !fails && err != nil {
			t.Errorf("with %q: %v", more, err)
		}
	}
}
