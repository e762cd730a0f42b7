package stage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/scene"
)

// Where a globe is land comes from polygons or a mask by its document, else from our own
// outlines once a camera is high above it; none and pictures say no.
func TestReadLand(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"land.geojson":  `{"type":"Polygon","coordinates":[[[0,0],[90,0],[90,80],[0,80],[0,0]]]}`,
		"point.geojson": `{"type":"Point","coordinates":[0,0]}`, "bad.png": "text",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	player := func(g scene.Globe) (*Player, error) {
		doc, err := scene.Parse(filepath.Join(dir, "s.yaml"), []byte("longtake: 1\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		doc.Environment.Globe = g
		land, err := readLand(doc)
		return &Player{Doc: doc, land: land}, err
	}
	p, err := player(scene.Globe{Land: "land.geojson"})
	if err != nil {
		t.Fatal(err)
	}
	land := p.landFrom(10)
	if land == nil || land.Rough {
		t.Fatalf("near the ground the land of the file is %v", land)
	}
	at := func(lng, lat float64) byte {
		c := land.Cover
		return c.Pixels[int((lat+90)/180*float64(c.Height))*c.Width+int((lng+180)/360*float64(c.Width))]
	}
	if at(45, 40) != 255 || at(45, -40) != 0 || at(-45, 40) != 0 {
		t.Errorf("land is %d, south of it %d, west %d", at(45, 40), at(45, -40), at(-45, 40))
	}
	for _, c := range []struct {
		globe  scene.Globe
		height float64
		want   bool
	}{{scene.Globe{}, 1e3, false}, {scene.Globe{}, 1e6, true}, {scene.Globe{Land: "none"}, 1e6, false}, {scene.Globe{Image: "x.png"}, 1e6, false}} {
		p, err := player(c.globe)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.landFrom(c.height); (got != nil) != c.want || got != nil && !got.Rough {
			t.Errorf("%+v from %g m: %v", c.globe, c.height, got != nil)
		}
	}
	for name, want := range map[string]string{"point.geojson": "no polygons", "bad.png": "bad.png", "none.shp": "none.shp"} {
		if _, err := player(scene.Globe{Land: name}); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "environment.globe.land") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
