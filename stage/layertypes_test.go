package stage

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/glb"
	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// TestGoldenLayers draws every example of the data layers alone over the sea.
func TestGoldenLayers(t *testing.T) {
	info := screen(t)
	driver := golden.Driver(info.Version, info.Renderer)
	folder := filepath.Dir(sampleScene(t))
	writePyramid(t, filepath.Join(folder, "pyramid.glb"))
	writeTileset(t, filepath.Join(folder, "pyramid"))
	for name, typ := range layers.Types() {
		if _, built := typ.New().(layer.Built); built {
			continue
		}
		for _, e := range typ.Examples {
			id := name
			if e.Name != "" {
				id += "-" + e.Name
			}
			t.Run(id, func(t *testing.T) {
				screen(t)
				doc, err := scene.Parse(filepath.Join(folder, id+".yaml"), []byte(exampleScene(name, e)), layers.Types())
				if err != nil {
					t.Fatal(err)
				}
				dir := filepath.Join(t.TempDir(), "package")
				if _, err := Generate(t.Context(), doc, dir, GenerateOptions{}); err != nil {
					t.Fatal(err)
				}
				p := player(t, dir)
				p.options.NoCredits = true
				at := scene.Seconds(cmp.Or(e.At, 5))
				out := filepath.Join(t.TempDir(), id+".png")
				renderTo(t, p, RenderOptions{Output: out, Size: scene.Size{Width: 240, Height: 135}, Quality: "low", At: &at})
				if len(p.Skipped()) > 0 {
					t.Errorf("left out: %v", p.Skipped())
				}
				golden.Check(t, "testdata/golden", "layer-"+id, driver, readPNG(t, out))
			})
		}
	}
}

// exampleScene is a document with one example, on the sample's files.
func exampleScene(name string, e scene.Example) string {
	return fmt.Sprintf(`
longtake: 1
sources:
  places: { type: table, path: places.csv }
  sensors: { type: table, path: sensors.csv }
  flows: { type: table, path: flows.csv }
  trips: { type: vector, path: trips.json }
  zones: { type: vector, path: zones.geojson }
  tiles: { type: tileset, path: pyramid/tileset.json }
layers:
  - { id: layer, type: %s, %s }
camera: %s
environment: { time: %s }
`, name, e.Layer, cmp.Or(e.Camera, "{ lng: -30.505, lat: 36.47, height: 3500, pitch: -38 }"), cmp.Or(e.Time, "2026-06-21T17:00:00Z"))
}

// writePyramid writes a small model: four sides of 1 m.
func writePyramid(t *testing.T, path string) {
	t.Helper()
	var b bytes.Buffer
	if err := glb.Write(&b, geo.Content{Frame: earth.FrameAt(earth.Place{}), Meshes: []geo.Mesh{pyramid(1)}}, glb.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// writeTileset writes a tileset of one large pyramid.
func writeTileset(t *testing.T, dir string) {
	t.Helper()
	frame := earth.FrameAt(earth.Place{Lng: -30.5, Lat: 36.508})
	w, err := tiles.NewWriter(dir, tiles.Grid{Frame: frame, Min: [2]float64{-500, -500}, Size: 1000}, tiles.WriterOptions{Compress: true})
	if err == nil {
		err = w.Add(tiles.Address{}, geo.Content{Frame: frame, Meshes: []geo.Mesh{pyramid(600)}}, 0)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// pyramid is four sides over a square of so many metres.
func pyramid(size float32) geo.Mesh {
	m := geo.Mesh{Material: geo.Wall}
	corners := [][3]float32{{-0.5, -0.5, 0}, {0.5, -0.5, 0}, {0.5, 0.5, 0}, {-0.5, 0.5, 0}}
	for i, a := range corners {
		b := corners[(i+1)%4]
		n := [3]float32{a[0] + b[0], a[1] + b[1], 0.7}
		for _, p := range [][3]float32{a, b, {0, 0, 1}} {
			m.Indices = append(m.Indices, uint32(len(m.Positions)))
			m.Positions = append(m.Positions, [3]float32{p[0] * size, p[1] * size, p[2] * size})
			m.Normals = append(m.Normals, n)
			m.Colors = append(m.Colors, [4]uint8{200, 120, uint8(60 * i), 255})
		}
	}
	return m
}
