package generate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/geo/sample"
	"github.com/longtake/longtake/internal/scratch"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// sampleFiles are the sample city, invented once for all tests.
var sampleFiles = sync.OnceValues(func() ([]sample.File, error) { return sample.Files(1) })

// sampleCity writes the sample city and a scene of it into a folder.
func sampleCity(t testing.TB) (dir string, load func() *scene.Document) {
	t.Helper()
	dir = t.TempDir()
	files, err := sampleFiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files[:2] { // the map and the elevation
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	text := `longtake: 1
name: Sample
sources:
  osm: { type: osm, path: city.osm, bbox: [-30.513, 36.502, -30.497, 36.514] }
  dem: { type: raster, path: ` + files[1].Name + ` }
layers:
  - { id: ground, type: terrain, source: dem, margin: 1500 }
  - { id: areas, type: areas, source: osm }
  - { id: water, type: water, source: osm }
  - { id: roads, type: roads, source: osm }
  - { id: buildings, type: buildings, source: osm }
  - { id: trees, type: trees, source: osm }
`
	path := filepath.Join(dir, "scene.yaml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir, func() *scene.Document {
		doc, err := scene.Load(path, layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
}

func run(t testing.TB, doc *scene.Document, o Options) (string, *Summary) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "package")
	s, err := Run(context.Background(), doc, dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return dir, s
}

var plain struct {
	once  sync.Once
	files map[string]string
	took  time.Duration
}

// plainCity are the contents of the sample city's package, made once from nothing without a
// cache, and how long that took.
func plainCity(t testing.TB) (files map[string]string, took time.Duration) {
	t.Helper()
	plain.once.Do(func() {
		_, load := sampleCity(t)
		began := time.Now()
		dir, _ := run(t, load(), Options{})
		plain.took = time.Since(began)
		plain.files = contents(t, dir)
	})
	if plain.files == nil {
		t.Fatal("the sample city could not be made")
	}
	return plain.files, plain.took
}

// contents are the hashes of all files of a folder by their names.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		out[rel] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// differ lists the files that two packages do not share.
func differ(a, b map[string]string) (names []string) {
	for k, v := range a {
		if b[k] != v {
			names = append(names, k)
		}
	}
	for k := range b {
		if _, ok := a[k]; !ok {
			names = append(names, k)
		}
	}
	return names
}

// The package has the same bytes whatever the memory, the cores and what was kept.
func TestSameBytesWhateverTheMeans(t *testing.T) {
	_, load := sampleCity(t)
	want, _ := plainCity(t)
	parts := t.TempDir()
	for name, o := range map[string]Options{"kept": {Parts: parts}, "little memory": {MaxMemory: LeastMemory}} {
		got, _ := run(t, load(), o)
		if d := differ(want, contents(t, got)); len(d) > 0 {
			t.Errorf("%s: other bytes in %d files: %v", name, len(d), d[:min(len(d), 5)])
		}
	}
	again, s := run(t, load(), Options{Parts: parts})
	if d := differ(want, contents(t, again)); len(d) > 0 || s.Rebuilt > 0 {
		t.Errorf("from the kept parts %d tiles are built again and %d files are others: %v", s.Rebuilt, len(d), d[:min(len(d), 5)])
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one, _ := run(t, load(), Options{})
	if d := differ(want, contents(t, one)); len(d) > 0 {
		t.Errorf("on one core: other bytes in %v", d[:min(len(d), 5)])
	}
}

// A storey more on one house builds the tiles around it and above it again, and gives
// what a run from nothing gives.
func TestOneChangeBuildsLittle(t *testing.T) {
	dir, load := sampleCity(t)
	parts := t.TempDir()
	_, first := run(t, load(), Options{Parts: parts})
	file := filepath.Join(dir, "city.osm")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	way := 0 // of a house in the middle of the region
	box := geo.Bound{West: -30.506, South: 36.507, East: -30.504, North: 36.509}
	err = read.Features(context.Background(), file, read.Options{BBox: &box}, func(f geo.Feature) error {
		if f.Tags["building:levels"] != "" && way == 0 {
			_, err := fmt.Sscanf(f.ID, "way/%d", &way)
			return err
		}
		return nil
	})
	if err != nil || way == 0 {
		t.Fatal("no house with storeys: ", err)
	}
	from := bytes.Index(data, fmt.Appendf(nil, `<way id="%d"`, way))
	levels := regexp.MustCompile(`<tag k="building:levels" v="(\d+)"`)
	at := levels.FindIndex(data[from:])
	changed := append(bytes.Clone(data[:from+at[0]]), []byte(`<tag k="building:levels" v="7"`)...)
	changed = append(changed, data[from+at[1]:]...)
	if err := os.WriteFile(file, changed, 0o666); err != nil {
		t.Fatal(err)
	}
	dirty, s := run(t, load(), Options{Parts: parts})
	clean, all := run(t, load(), Options{})
	if d := differ(contents(t, clean), contents(t, dirty)); len(d) > 0 {
		t.Errorf("other bytes than from nothing: %v", d[:min(len(d), 5)])
	}
	if s.Rebuilt == 0 || s.Rebuilt*10 > all.Rebuilt {
		t.Errorf("%d of %d tiles built again", s.Rebuilt, all.Rebuilt)
	}
	if s.Tiles != first.Tiles {
		t.Errorf("%d tiles, before %d", s.Tiles, first.Tiles)
	}
	t.Logf("%d of %d tiles built again", s.Rebuilt, all.Rebuilt)
}

// What a killed run leaves is gone after the next one.
func TestSweepsWhatIsLeft(t *testing.T) {
	_, load := sampleCity(t)
	parent, parts := t.TempDir(), t.TempDir()
	for _, d := range []string{filepath.Join(parent, ".out.part77"), filepath.Join(parts, workPrefix+"77")} {
		if err := os.Mkdir(d, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(d, scratch.LockName), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Run(context.Background(), load(), filepath.Join(parent, "out"), Options{Parts: parts}); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{parent, parts} {
		entries, err := os.ReadDir(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") {
				t.Errorf("%s is left in %s", e.Name(), d)
			}
		}
	}
}
