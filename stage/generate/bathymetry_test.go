package generate

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// TestBathymetry builds a coast whose raster of the land knows nothing of the sea, with
// the bed from another one and without.
func TestBathymetry(t *testing.T) {
	lowest := func(bed string) (height float64, err error) {
		dir := t.TempDir()
		grid := func(land, sea float64) string {
			var b strings.Builder
			fmt.Fprint(&b, "ncols 80\nnrows 80\nxllcorner 7\nyllcorner 43\ncellsize 0.0005\nnodata_value -9999\n")
			for range 80 {
				for x := range 80 {
					h := land
					if x > 30 {
						h = sea
					}
					fmt.Fprint(&b, h, " ")
				}
				b.WriteByte('\n')
			}
			return b.String()
		}
		house := `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"building":"yes"},"geometry":{"type":"Polygon","coordinates":[[[7.01,43.02],[7.0102,43.02],[7.0102,43.0202],[7.01,43.0202],[7.01,43.02]]]}}]}`
		text := "longtake: 1\nname: Coast\nsources:\n" +
			"  dem: { type: raster, path: land.asc, crs: 'EPSG:4326', datum: egm96 }\n" +
			"  deep: { type: raster, path: bed.asc, crs: 'EPSG:4326', datum: egm96 }\n" +
			"  osm: { type: vector, path: house.geojson }\n" +
			"layers:\n  - { id: ground, type: terrain, source: dem, margin: 1500" + bed + " }\n" +
			"  - { id: sea, type: water, source: osm }\n  - { id: city, type: buildings, source: osm }\n"
		for name, data := range map[string]string{"land.asc": grid(30, 0), "bed.asc": grid(5, -40), "house.geojson": house, "scene.yaml": text} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		doc, err := scene.Load(filepath.Join(dir, "scene.yaml"), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(t.TempDir(), "out")
		if _, err := Run(t.Context(), doc, out, Options{Plain: true}); err != nil {
			return 0, err
		}
		set, err := tiles.Open(filepath.Join(out, "tiles", "ground", "tileset.json"))
		if err != nil {
			t.Fatal(err)
		}
		height = math.Inf(1)
		var walk func(n *tiles.Tile)
		walk = func(n *tiles.Tile) {
			if len(n.Children) > 0 {
				for _, c := range n.Children {
					walk(c)
				}
				return
			}
			contents, err := set.Load(n)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range contents {
				for _, m := range c.Meshes {
					for _, p := range m.Positions {
						at := c.Frame.FromLocal(mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])})
						height = min(height, earth.FromECEF(at).Height)
					}
				}
			}
		}
		walk(set.Root)
		return height, nil
	}
	shallow, err := lowest("")
	if err != nil {
		t.Fatal(err)
	}
	deep, err := lowest(", bathymetry: deep")
	if err != nil {
		t.Fatal(err)
	}
	// Skirts hang a few metres below the bed.
	if shallow-deep < 20 || shallow-deep > 36 {
		t.Errorf("the ground reaches down to %.1f m, with a bed of 40 m to %.1f m", shallow, deep)
	}
	if _, err := lowest(", bathymetry: osm"); err == nil || !strings.Contains(err.Error(), "raster") {
		t.Errorf("a bed of houses: %v", err)
	}
}
