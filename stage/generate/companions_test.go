package generate

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/layers/basemap"
	"github.com/longtake/longtake/scene"
)

// What is read with a file is a part of the package's name.
func TestCompanions(t *testing.T) {
	for _, c := range []struct {
		name, content string
		with          map[string]string
		other         string // has no part in it
	}{
		{"roads.shp", "shapes", map[string]string{"roads.dbf": "rows", "roads.PRJ": "here"}, "roofs.dbf"},
		{"city.gltf", `{"buffers":[{"uri":"mesh%20data.bin"}],"images":[{"uri":"wall.png"},{"uri":"data:,x"}]}`,
			map[string]string{"mesh data.bin": "points", "wall.png": "paint"}, "floor.png"},
		{"tower.obj", "mtllib tower.mtl\nv 0 0 0\n", map[string]string{"tower.mtl": "newmtl a\nmap_Kd -s 1 1 1 bricks.jpg\n", "bricks.jpg": "red"}, "stone.jpg"},
		{"houses.gml", "<a><app:imageURI>look/wall &amp; roof.jpg</app:imageURI><app:imageURI> . </app:imageURI><imageURI>../up.jpg</imageURI></a>",
			map[string]string{"look/wall & roof.jpg": "bricks"}, "look/up.jpg"},
		{"houses.city.json", `{"type":"CityJSON","CityObjects":{},"vertices":[],"appearance":{"textures":[{"image" : "look/wall \u0026 roof.png"},{"image":"../up.png"},{"image":null}]}}`,
			map[string]string{"look/wall & roof.png": "bricks"}, "look/up.png"},
		{"map.geojson.json", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"image":"photo.png"},"geometry":null}]}`, nil, "photo.png"},
		{"dem.tif", "heights", map[string]string{"dem.tfw": "1", "dem.tif.aux.xml": "<a/>"}, "dem2.tfw"},
		{"tileset.json", "{}", map[string]string{"0/a.glb": "tile"}, ""},
	} {
		dir := t.TempDir()
		key := func() string {
			doc := &scene.Document{Dir: dir, Sources: map[string]scene.Source{"s": {Path: []string{c.name}}}}
			k, err := packageKey(doc, Options{})
			if err != nil {
				t.Fatal(err)
			}
			return k
		}
		put := func(name, content string) {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		put(c.name, c.content)
		for name, content := range c.with {
			put(name, content)
		}
		last := key()
		for name, content := range c.with {
			put(name, content+"!")
			if k := key(); k == last {
				t.Errorf("%s: another %s changes nothing", c.name, name)
			} else {
				last = k
			}
		}
		if c.other != "" {
			put(c.other, "something else")
			if key() != last {
				t.Errorf("%s: %s has no part in it", c.name, c.other)
			}
		}
	}
}

// Tiles of a folder are a part of the package's name, as are the folders that they are in.
func TestFolderOfTiles(t *testing.T) {
	dir := t.TempDir()
	doc := &scene.Document{Dir: dir, Layers: []scene.Layer{{ID: "a", Type: "imagery", Props: &basemap.Imagery{Address: "tiles/{z}/{x}/{y}.png"}}}}
	seen := map[string]bool{}
	tile := filepath.Join(dir, "tiles", "1", "0", "0.png")
	for i, content := range []string{"sea", "land", "land"} {
		if i == 2 { // the same picture elsewhere
			if err := os.RemoveAll(filepath.Join(dir, "tiles")); err != nil {
				t.Fatal(err)
			}
			tile = filepath.Join(dir, "tiles", "1", "1", "0.png")
		}
		if err := os.MkdirAll(filepath.Dir(tile), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, tile, content)
		key, err := packageKey(doc, Options{})
		if err != nil || seen[key] {
			t.Fatalf("%d: %s, %v", i, key, err)
		}
		seen[key] = true
	}
}

// A package reads live files where they lie, so that a copy of a project has one of its own; what
// is not read again is the same package wherever it lies.
func TestKeyOfLiveFiles(t *testing.T) {
	key := func(refresh float64) string {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "queue.csv"), "lng,lat\n7,43\n")
		raw := scene.Source{Path: []string{"queue.csv"}}
		of := scene.Source{}
		of.From, of.Refresh = "raw", scene.Seconds(refresh)
		k, err := packageKey(&scene.Document{Dir: dir, Sources: map[string]scene.Source{"raw": raw, "of": of}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	if a, b := key(2), key(2); a == b {
		t.Error("two folders with live files are one package")
	}
	if a, b := key(0), key(0); a != b {
		t.Error("two folders with the same files are two packages")
	}
}
