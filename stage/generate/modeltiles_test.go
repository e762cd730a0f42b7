package generate

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/check"
	"github.com/longtake/longtake/geo/tiles/export"
	"github.com/longtake/longtake/geo/tiles/glb"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// A model that replaces a building stands in the package's tiles and in one glb where the building
// stood, so that no engine shows a hole.
func TestModelsAreTiles(t *testing.T) {
	dir := t.TempDir()
	files, err := sampleFiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	house := func(id, lng string) string {
		return `{"type":"Feature","id":"` + id + `","properties":{"building":"house","height":"6"},"geometry":{"type":"Polygon","coordinates":[[[` + lng + `0,50],[` + lng + `2,50],[` + lng + `2,50.0001],[` + lng + `0,50.0001],[` + lng + `0,50]]]}}`
	}
	write(t, filepath.Join(dir, "h.geojson"), `{"type":"FeatureCollection","features":[`+house("gone", "7.000")+`,`+house("stays", "7.003")+`]}`)
	doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"sources":{"h":{"path":"h.geojson"}},"layers":[{"id":"b","type":"buildings","source":"h"},
		{"id":"m","type":"model","model":"pyramid.glb","clamp":"ground","altitude":2,"at":{"lng":7.0001,"lat":50.00005},"scale":30,"heading":30,"replaces":true}]}`), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	out, s := run(t, doc, Options{})
	if s.Made["building"] != 1 || s.Notes[noteReplaced] != 1 {
		t.Fatalf("made %v, notes %v", s.Made, s.Notes)
	}
	grid, err := os.ReadFile(filepath.Join(out, GroundFile))
	if err != nil {
		t.Fatal(err)
	}
	heightOf, err := heights.Read(bytes.NewReader(grid))
	if err != nil {
		t.Fatal(err)
	}
	ground, _ := heightOf.HeightAt(7.0001, 50.00005)
	file := filepath.Join(out, "tiles", "m", "tileset.json")
	if issues, err := check.Tileset(file); err != nil || len(issues) > 0 {
		t.Error(issues, err)
	}
	set, err := tiles.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	if p := earth.FromECEF(set.Root.Volume.Center); math.Abs(p.Lng-7.0001) > 1e-5 || math.Abs(p.Lat-50.00005) > 1e-5 || p.Height < ground+2 || p.Height > ground+32 {
		t.Errorf("the model stands at %v", p)
	}
	origin := earth.Place{Lng: 7.0001, Lat: 50.00005, Height: ground}
	var one bytes.Buffer
	if _, err := export.GLB(&one, nil, origin, export.Options{Placed: []export.Model{{Layer: "m", Set: set}}}); err != nil {
		t.Fatal(err)
	}
	got, err := glb.ReadModel(one.Bytes(), nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "pyramid.glb"))
	if err != nil {
		t.Fatal(err)
	}
	of, err := glb.ReadModel(raw, nil)
	if err != nil {
		t.Fatal(err)
	}
	if high := 2 + 30*float64(of.Max[2]); got.Triangles() != of.Triangles() || math.Abs(float64(got.Max[2])-high) > 0.05 || math.Abs(float64(got.Min[2])-2) > 0.05 {
		t.Errorf("%d triangles from %v to %v, want %d up to %.2f", got.Triangles(), got.Min, got.Max, of.Triangles(), high)
	}
	again, _ := run(t, doc, Options{Plain: true})
	if plain, err := os.ReadFile(filepath.Join(again, "tiles", "m", "model.glb")); err != nil || bytes.Contains(plain, []byte("meshopt")) {
		t.Errorf("a package without compression has a compressed model: %v", err)
	}
}

// Layers that are called as the folder of the ground leave the ground what it is.
func TestLayersCalledGround(t *testing.T) {
	dir := t.TempDir()
	files, err := sampleFiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	write(t, filepath.Join(dir, "h.geojson"), `{"type":"FeatureCollection","features":[{"type":"Feature","id":"1","properties":{"building":"yes"},"geometry":{"type":"Polygon","coordinates":[[[7,50],[7.0002,50],[7.0002,50.0001],[7,50.0001],[7,50]]]}}]}`)
	for _, layer := range []string{
		`{"id":"b","type":"buildings","source":"h"},{"id":"ground","type":"model","model":"pyramid.glb","at":{"lng":7.0001,"lat":50.00005},"scale":30}`,
		`{"id":"ground","type":"buildings","source":"h"}`,
	} {
		doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"sources":{"h":{"path":"h.geojson"}},"layers":[`+layer+`]}`), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		out, _ := run(t, doc, Options{})
		made, err := scene.Load(filepath.Join(out, "scene.json"), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		for i := range made.Layers {
			l := &made.Layers[i]
			if l.Tiles == "" {
				t.Errorf("%s has no tiles", l.ID)
				continue
			}
			if issues, err := check.Tileset(made.Resolve(l.Tiles)); err != nil || len(issues) > 0 {
				t.Error(l.ID, issues, err)
			}
			for k := range made.Layers[:i] {
				if made.Layers[k].Tiles == l.Tiles {
					t.Errorf("%s and %s have the same tiles", made.Layers[k].ID, l.ID)
				}
			}
		}
	}
}
