package stage

import (
	"bytes"
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
	"github.com/longtake/longtake/scene"
)

// layerExamples is one layer of every type that draws rows, on the sample's files. A new
// type needs a line here and its golden.
var layerExamples = map[string]string{
	"point":      `source: places, size: 14, color: {field: population, palette: turbo}`,
	"light":      `source: places, clamp: none, height: 500, lumens: 5e11, range: 4000, size: 120, color: "#ffd070", temperature: 0`,
	"column":     `source: sensors, radius: 30, height: {field: megawatt, range: [100, 900]}, color: {field: megawatt, palette: neon}`,
	"line":       `source: zones, width: 2, color: "#7fe3ff"`,
	"arc":        `source: flows, width: {field: people, range: [1, 5]}, flow: true`,
	"trip":       `source: trips, width: 3, trail: 20s, color: {field: kind, scale: categorical, palette: set2}`,
	"choropleth": `source: zones, color: {field: rent, scale: quantile, palette: viridis}`,
	"label":      `source: places, text: name, size: 60`,
	"slab":       `source: zones, thickness: 150, top: 260, side: "#5c7a96", color: "#b0a890"`,
	"tileset":    `source: tiles`,
	"model":      `model: pyramid.glb, at: {lng: -30.5, lat: 36.508, height: 0}, scale: 400`,
}

// TestGoldenLayers draws every data layer alone over the sea.
func TestGoldenLayers(t *testing.T) {
	info := screen(t)
	driver := golden.Driver(info.Version, info.Renderer)
	folder := filepath.Dir(sampleScene(t))
	writePyramid(t, filepath.Join(folder, "pyramid.glb"))
	writeTileset(t, filepath.Join(folder, "pyramid"))
	for name, typ := range layers.Types() {
		if _, built := typ.New().(layers.Built); built {
			continue
		}
		example, ok := layerExamples[name]
		if !ok {
			t.Errorf("layer type %s has no example here", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			screen(t)
			doc, err := scene.Parse(filepath.Join(folder, name+".yaml"), fmt.Appendf(nil, `
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
camera: { lng: -30.505, lat: 36.47, height: 3500, pitch: -38 }
environment: { time: 2026-06-21T17:00:00Z }
`, name, example), layers.Types())
			if err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "package")
			if _, err := Generate(t.Context(), doc, dir, GenerateOptions{}); err != nil {
				t.Fatal(err)
			}
			p := player(t, dir)
			p.options.NoCredits = true
			at := scene.Seconds(5)
			out := filepath.Join(t.TempDir(), name+".png")
			renderTo(t, p, RenderOptions{Output: out, Size: scene.Size{Width: 240, Height: 135}, Quality: "low", At: &at})
			if len(p.Skipped()) > 0 {
				t.Errorf("left out: %v", p.Skipped())
			}
			golden.Check(t, "testdata/golden", "layer-"+name, driver, readPNG(t, out))
		})
	}
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
