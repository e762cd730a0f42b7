package generate

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// TestWorld builds the Earth from a coarse raster: one continent of 500 m around Africa
// and sea elsewhere.
func TestWorld(t *testing.T) {
	dir := t.TempDir()
	var grid strings.Builder
	fmt.Fprint(&grid, "ncols 72\nnrows 36\nxllcorner -180\nyllcorner -90\ncellsize 5\nnodata_value -9999\n")
	for y := range 36 {
		for x := range 72 {
			h := -4000
			if lng, lat := -180+5*float64(x)+2.5, 90-5*float64(y)-2.5; math.Abs(lng-20) < 25 && math.Abs(lat) < 25 {
				h = 500
			}
			fmt.Fprint(&grid, h, " ")
		}
		grid.WriteByte('\n')
	}
	text := "longtake: 1\nname: Earth\nsources:\n  dem: { type: raster, path: world.asc, crs: 'EPSG:4326', datum: ellipsoid }\nlayers:\n  - { id: ground, type: terrain, source: dem }\n"
	for name, data := range map[string]string{"world.asc": grid.String(), "scene.yaml": text} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := scene.Load(filepath.Join(dir, "scene.yaml"), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	out, s := run(t, doc, Options{Plain: true}) // compressed positions of such large tiles are rounded to 100 m
	if s.Made["world"] != 1 || s.Tiles < 8 {
		t.Fatalf("%+v", s)
	}
	set, err := tiles.Open(filepath.Join(out, "tiles", "ground", "tileset.json"))
	if err != nil {
		t.Fatal(err)
	}
	highest := map[bool]float64{true: -1e9, false: -1e9} // on the continent, and far from it
	var walk func(n *tiles.Tile)
	walk = func(n *tiles.Tile) {
		if len(n.Children) == 0 && len(n.Content) > 0 {
			contents, err := set.Load(n)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range contents {
				survey(c, highest)
			}
		}
		for _, c := range n.Children {
			walk(c)
		}
	}
	walk(set.Root)
	if math.Abs(highest[true]-500) > 30 || highest[false] > sunk/2 {
		t.Errorf("the continent reaches %.0f m, the sea %.0f m", highest[true], highest[false])
	}
}

func survey(c geo.Content, highest map[bool]float64) {
	for _, m := range c.Meshes {
		for _, p := range m.Positions {
			at := earth.FromECEF(c.Frame.FromLocal(mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}))
			switch d := math.Max(math.Abs(at.Lng-20), math.Abs(at.Lat)); {
			case d < 10: // farther out interpolation overshoots beside the step into the sea
				highest[true] = math.Max(highest[true], at.Height)
			case d > 40:
				highest[false] = math.Max(highest[false], at.Height)
			}
		}
	}
}
