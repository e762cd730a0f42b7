package generate

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/check"
	"github.com/longtake/longtake/geo/tiles/check/khronos"
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

// Models at rows of a table are in the package's tiles once, with all their places, and in one glb as
// nodes that share a mesh; neither our checker nor Khronos' finds anything wrong.
func TestModelsAtRowsAreTiles(t *testing.T) {
	dir := t.TempDir()
	files, err := sampleFiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	near := "id,lng,lat,size,turn\na,7,50,10,0\nb,7.001,50,20,90\nnone,7.002,50,0,0\n"
	for _, c := range []struct {
		name, rows, props string
		copies, tiles     int
	}{
		{"near", near, "", 2, 1},
		{"far", near + "c,151.2,-33.9,30,45\n", "", 3, 2},
		{"by time", near, `,"time":{"field":"size"}`, 0, 0},
	} {
		write(t, filepath.Join(dir, "r.csv"), c.rows)
		doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"sources":{"r":{"type":"table","path":"r.csv"}},"layers":[
			{"id":"m","type":"model","model":"pyramid.glb","source":"r","altitude":5,"scale":{"field":"size","scale":"identity"},"heading":{"field":"turn","scale":"identity"}`+c.props+`}]}`), layers.Types())
		if err != nil {
			t.Fatal(c.name, err)
		}
		out, _ := run(t, doc, Options{})
		made, err := scene.Load(filepath.Join(out, "scene.json"), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		if l := &made.Layers[0]; l.Table == "" || (l.Tiles != "") != (c.tiles > 0) {
			t.Errorf("%s: table %q, tiles %q", c.name, l.Table, l.Tiles)
		}
		if c.tiles == 0 {
			continue
		}
		file := filepath.Join(out, "tiles", "m", "tileset.json")
		if issues, err := check.Tileset(file); err != nil || len(issues) > 0 {
			t.Error(c.name, issues, err)
		}
		set, err := tiles.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		var stood []earth.Place
		err = set.Walk(func(tile *tiles.Tile) error {
			for _, content := range tile.Content {
				paths = append(paths, set.File(content))
				data, err := set.ReadFile(content.Path)
				if err != nil {
					return err
				}
				_, copies, err := glb.ReadCopies(data)
				for _, m := range copies {
					stood = append(stood, earth.FromECEF(mgl64.TransformCoordinate(m.Col(3).Vec3(), tile.Transform)))
				}
				if err != nil || !bytes.Contains(data, []byte("EXT_mesh_gpu_instancing")) {
					t.Errorf("%s: no copies: %v", c.name, err)
				}
			}
			return nil
		})
		if err != nil || len(paths) != c.tiles || len(stood) != c.copies {
			t.Fatalf("%s: %d tiles with %d copies, %v", c.name, len(paths), len(stood), err)
		}
		for _, want := range []earth.Place{{Lng: 7, Lat: 50, Height: 5}, {Lng: 7.001, Lat: 50, Height: 5}, {Lng: 151.2, Lat: -33.9, Height: 5}}[:c.copies] {
			if !slices.ContainsFunc(stood, func(p earth.Place) bool { return p.ECEF().Sub(want.ECEF()).Len() < 0.05 }) {
				t.Errorf("%s: none at %v: %v", c.name, want, stood)
			}
		}
		var one bytes.Buffer
		if _, err := export.GLB(&one, nil, earth.Place{Lng: 7, Lat: 50, Height: 5}, export.Options{Placed: []export.Model{{Layer: "m", Set: set}}}); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "one.glb")
		write(t, path, one.String())
		khronos.Validate(t, append(paths, path)...)
		raw, err := os.ReadFile(filepath.Join(dir, "pyramid.glb"))
		if err != nil {
			t.Fatal(err)
		}
		of, err := glb.ReadModel(raw, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := glb.ReadModel(one.Bytes(), nil)
		if err != nil || got.Triangles() != c.copies*of.Triangles() {
			t.Fatalf("%s: %d triangles, %v", c.name, got.Triangles(), err)
		}
		if c.tiles > 1 {
			continue
		}
		// The second, 71.7 m to the east, is twenty times the model, turned by a right angle.
		if want := 71.7 - 20*float64(of.Min[1]); math.Abs(float64(got.Max[0])-want) > 0.1 && math.Abs(float64(got.Max[0])-(71.7+20*float64(of.Max[1]))) > 0.1 || math.Abs(float64(got.Max[2])-20*float64(of.Max[2])) > 0.1 {
			t.Errorf("%s: from %v to %v, the model from %v to %v", c.name, got.Min, got.Max, of.Min, of.Max)
		}
	}
}

// A chimney that is an area is built from its outline where a layer makes buildings of its source, and
// stands as a model where none does.
func TestWorksWithoutBuildings(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "h.geojson"), `{"type":"FeatureCollection","features":[{"type":"Feature","id":"c","properties":{"man_made":"chimney"},"geometry":{"type":"Polygon","coordinates":[[[7,50],[7.00005,50],[7.00005,50.00004],[7,50.00004],[7,50]]]}}]}`)
	for layer, want := range map[string][2]int{"": {1, 0}, `,{"id":"b","type":"buildings","source":"h"}`: {0, 1}, `,{"id":"b","type":"buildings","source":"other"}`: {1, 1}} {
		doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"sources":{"h":{"path":"h.geojson"},"other":{"path":"h.geojson"}},"layers":[{"id":"f","type":"furniture","source":"h"}`+layer+`]}`), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		if _, s := run(t, doc, Options{}); s.Made["furniture"] != want[0] || s.Made["building"] != want[1] {
			t.Errorf("with %q: %v", layer, s.Made)
		}
	}
}
