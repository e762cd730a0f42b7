package generate

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo/continents"
	"github.com/longtake/longtake/geo/sample"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// TestRowsOfARegion: a source that starts from another takes what touches its own region.
func TestRowsOfARegion(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.csv"), "lng,lat,v\n1,1,1\n5,5,2\n-179,5,3\n")
	for region, want := range map[string]int{"[0, 0, 2, 2]": 1, "[179, 0, -178, 9]": 1, "[0, 0, 9, 9]": 2} {
		doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"sources":{"a":{"path":"a.csv"},"b":{"from":"a","bbox":`+region+`}},"layers":[{"id":"t","type":"point","source":"b"}]}`), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		s, err := Run(t.Context(), doc, filepath.Join(t.TempDir(), "package"), Options{})
		if err != nil || s.Made["row"] != want {
			t.Errorf("%s: %+v %v", region, s, err)
		}
	}
}

// A package with files of every kind is replaced by another like it.
func TestReplacesFiles(t *testing.T) {
	dir := t.TempDir()
	files, err := sample.Files(1)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	out := filepath.Join(t.TempDir(), "package")
	for _, name := range []string{"first", "second"} {
		doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"name":"`+name+`","sources":{"trips":{"path":"trips.json"}},"environment":{"globe":{"image":"globe.png"}},
			"layers":[{"id":"i","type":"image","image":"icons.png","bounds":[-31,36,-30,37]},{"id":"t","type":"track","source":"trips","model":"pyramid.glb"}]}`), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Run(t.Context(), doc, out, Options{}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// TestGlobeOfAPackage: a package has the globe's picture and its mask of water, of the same name too, and is another
// where the mask is another.
func TestGlobeOfAPackage(t *testing.T) {
	dir := t.TempDir()
	mask := filepath.Join("masks", "globe.png")
	if err := os.Mkdir(filepath.Join(dir, "masks"), 0o755); err != nil {
		t.Fatal(err)
	}
	picture := func(grey byte) string {
		img := image.NewGray(image.Rect(0, 0, 2, 1))
		img.Pix[0] = grey
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	write(t, filepath.Join(dir, "globe.png"), picture(1))
	write(t, filepath.Join(dir, mask), picture(2))
	doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"environment":{"globe":{"image":"globe.png","water":"masks/globe.png"}}}`), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "package")
	if _, err := Run(t.Context(), doc, out, Options{}); err != nil {
		t.Fatal(err)
	}
	made, err := scene.Load(filepath.Join(out, "scene.json"), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	for grey, file := range map[byte]string{1: made.Environment.Globe.Image, 2: made.Environment.Globe.Water} {
		if data, err := os.ReadFile(made.Resolve(file)); err != nil || string(data) != picture(grey) {
			t.Errorf("%s is not the file that the scene names: %v", file, err)
		}
	}
	if !slices.Contains(documentFiles(doc), filepath.Join(dir, mask)) {
		t.Error("the mask is not among the files that a package depends on")
	}
	if err := os.Remove(filepath.Join(dir, mask)); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), doc, filepath.Join(t.TempDir(), "package"), Options{}); err == nil || !strings.Contains(err.Error(), mask) {
		t.Errorf("without the mask: %v", err)
	}
}

// TestLandOfAPackage: a package has what its globe has for land as a mask, whatever it was, and
// a globe cannot have a picture and land.
func TestLandOfAPackage(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "land.geojson"), `{"type":"Polygon","coordinates":[[[0,0],[90,0],[90,80],[0,80],[0,0]]]}`)
	doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"environment":{"globe":{"land":"land.geojson"}}}`), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "package")
	if _, err := Run(t.Context(), doc, out, Options{}); err != nil {
		t.Fatal(err)
	}
	made, err := scene.Load(filepath.Join(out, "scene.json"), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	m, err := continents.Read(made.Resolve(made.Environment.Globe.Land))
	if err != nil || filepath.Ext(made.Environment.Globe.Land) != ".png" {
		t.Fatalf("%s: %v", made.Environment.Globe.Land, err)
	}
	if in, beside := m.Share[m.Height*3/4*m.Width+m.Width*5/8], m.Share[m.Height/4*m.Width+m.Width/4]; in != 255 || beside != 0 {
		t.Errorf("land is %d, what is beside it %d", in, beside)
	}
	write(t, filepath.Join(dir, "none.json"), `{"longtake":1,"environment":{"globe":{"land":"none"}}}`)
	if _, err := scene.Load(filepath.Join(dir, "none.json"), layers.Types()); err != nil {
		t.Errorf("no land is no file: %v", err)
	}
	if _, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"environment":{"globe":{"land":"land.geojson","image":"globe.png"}}}`), layers.Types()); err == nil || !strings.Contains(err.Error(), "land") {
		t.Errorf("land and a picture: %v", err)
	}
}

// TestModelsOfRows: a package has the models that its rows move, and is another where one of
// them is another; nothing of it names where the rows came from.
func TestModelsOfRows(t *testing.T) {
	dir := t.TempDir()
	files, err := sample.Files(1)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	text := `{"longtake":1,"sources":{"trips":{"path":"trips.json"},"unused":{"database":"postgres://me:hunter2@nowhere/db","table":"a"}},
		"layers":[{"id":"t","type":"track","source":"trips","model":"pyramid.glb"},{"id":"own","type":"track","source":"trips","model":"bus"}]}`
	doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(text), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "package")
	if _, err := Run(t.Context(), doc, out, Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(out, "models", "t", "pyramid.glb")); err != nil {
		t.Error(err)
	}
	if files := documentFiles(doc); len(files) != 2 || filepath.Base(files[0]) != "pyramid.glb" {
		t.Errorf("what the package is made of: %v", files)
	}
	err = filepath.WalkDir(out, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte("hunter2")) {
			t.Errorf("%s has the password of a database", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A page of the web that is a file finds it whether or not it tells of rows, too.
func TestPageOfRowsIsAFile(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.csv"), "lng,lat,v\n1,1,1\n")
	write(t, filepath.Join(dir, "page.html"), "<p>one")
	doc, err := scene.Parse(filepath.Join(dir, "s.json"), []byte(`{"longtake":1,"sources":{"a":{"path":"a.csv"}},"layers":[{"id":"w","type":"web","source":"a","file":"page.html"}]}`), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	if s, err := Run(t.Context(), doc, filepath.Join(t.TempDir(), "package"), Options{}); err != nil || s.Made["row"] != 1 {
		t.Errorf("%+v %v", s, err)
	}
}
