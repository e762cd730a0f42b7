package tiles

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/internal/realdata"
)

// tileset writes a file and opens it.
func tileset(t *testing.T, files map[string]string) (*Tileset, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return Open(filepath.Join(dir, "tileset.json"))
}

const sphere = `"boundingVolume":{"sphere":[0,0,0,10]},"geometricError":5`

func TestExternalTilesets(t *testing.T) {
	set, err := tileset(t, map[string]string{
		"tileset.json": `{"asset":{"version":"1.0"},"geometricError":9,"root":{` + sphere + `,"refine":"ADD","transform":[1,0,0,0,0,1,0,0,0,0,1,0,100,0,0,1],"content":{"url":"a.glb"},"children":[{` + sphere + `,"content":{"uri":"sub/more.json"}}]}}`,
		"sub/more.json": `{"asset":{"version":"1.1"},"geometricError":9,"root":{` + sphere + `,"refine":"REPLACE","transform":[2,0,0,0,0,2,0,0,0,0,2,0,0,7,0,1],
			"contents":[{"uri":"b%20c.glb"},{"uri":"../d.b3dm"}]}}`,
	})
	if err != nil {
		t.Fatal(err)
	}
	x := set.Root.Children[0].Children[0]
	if !set.Root.Additive || x.Additive || x.Content[0].Path != "sub/b c.glb" || x.Content[1].Path != "d.b3dm" {
		t.Errorf("%+v", x)
	}
	if x.Volume.Center[0] != 100 || x.Volume.Center[1] != 7 || x.Volume.Radius != 20 || x.GeometricError != 10 || set.Count != 3 || x.Address.Level != -1 {
		t.Errorf("%+v", x)
	}
}

func TestRefusedTilesets(t *testing.T) {
	root := func(s string) string {
		return `{"asset":{"version":"1.1"},"geometricError":9,"root":{` + sphere + `,"refine":"ADD"` + s + `}}`
	}
	for name, c := range map[string]struct {
		files       map[string]string
		unsupported bool
	}{
		"cycle":      {map[string]string{"tileset.json": root(`,"content":{"uri":"b.json"}`), "b.json": root(`,"content":{"uri":"tileset.json"}`)}, false},
		"escape":     {map[string]string{"tileset.json": root(`,"content":{"uri":"../../etc/passwd"}`)}, true},
		"absolute":   {map[string]string{"tileset.json": root(`,"content":{"uri":"/etc/passwd"}`)}, true},
		"remote":     {map[string]string{"tileset.json": root(`,"content":{"uri":"https://example.org/a.glb"}`)}, true},
		"implicit":   {map[string]string{"tileset.json": root(`,"implicitTiling":{}`)}, false},
		"null child": {map[string]string{"tileset.json": root(`,"children":[null]`)}, false},
		"no root":    {map[string]string{"tileset.json": `{"asset":{"version":"1.1"},"geometricError":9}`}, false},
		"version":    {map[string]string{"tileset.json": `{"asset":{"version":"2.0"},"geometricError":9}`}, true},
		"not JSON":   {map[string]string{"tileset.json": `{`}, false},
		"missing":    {map[string]string{}, false},
		"refine":     {map[string]string{"tileset.json": `{"asset":{"version":"1.1"},"geometricError":9,"root":{` + sphere + `,"refine":"SWAP"}}`}, false},
		"required":   {map[string]string{"tileset.json": `{"asset":{"version":"1.1"},"extensionsRequired":["X"],"geometricError":9,"root":{` + sphere + `}}`}, true},
	} {
		_, err := tileset(t, c.files)
		if err == nil || errors.Is(err, ErrUnsupported) != c.unsupported {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Many references to many references end at the limit, not with the memory.
func TestMultipliedTilesets(t *testing.T) {
	many := func(next string) string {
		child := `{` + sphere + `,"content":{"uri":"` + next + `"}}`
		return `{"asset":{"version":"1.1"},"geometricError":9,"root":{` + sphere + `,"refine":"ADD","children":[` +
			strings.Repeat(child+",", 20) + child + `]}}`
	}
	dir := t.TempDir()
	for name, next := range map[string]string{"tileset.json": "b.json", "b.json": "c.json", "c.json": "d.glb"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(many(next)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	top := filepath.Join(dir, "tileset.json")
	// 1 root, 21 children with a root each, 21×21 children with a root each, 21³ children.
	const all = 1 + 2*21 + 2*21*21 + 21*21*21
	if set, err := openTileset(top, all); err != nil || set.Count != all {
		t.Errorf("%v", err)
	}
	if _, err := openTileset(top, all-1); err == nil {
		t.Error("more tiles than the limit are accepted")
	}
}

// TestImplicitRealTileset counts what pg2b3dm wrote: 59 contents in 29 subtrees, each at
// its own place.
func TestImplicitRealTileset(t *testing.T) {
	file := realdata.Path(t, "3dtiles", "delaware", "tileset.json")
	set, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string]bool{}
	err = set.Walk(func(tile *Tile) error {
		for _, c := range tile.Content {
			contents[c.Path] = true
			if _, err := os.Stat(set.File(c)); err != nil {
				t.Error(err)
			}
		}
		for _, c := range tile.Children {
			if c.GeometricError != tile.GeometricError/2 || c.Volume.Radius > tile.Volume.Radius {
				t.Errorf("a child of error %v and radius %v in %v, %v", c.GeometricError, c.Volume.Radius, tile.GeometricError, tile.Volume.Radius)
			}
		}
		return nil
	})
	if err != nil || len(contents) != 59 || !set.Root.Additive {
		t.Errorf("%d contents, %v", len(contents), err)
	}
	dir := t.TempDir()
	n, whole, bytes, err := Copy(file, dir, 30, func(content string, err error) { t.Error(content, err) })
	if err != nil || n != set.Count || whole != 59 || bytes < 4e6 {
		t.Fatal(n, whole, bytes, err)
	}
	copied, err := Open(filepath.Join(dir, "tileset.json"))
	if err != nil {
		t.Fatal(err)
	}
	inner := copied.Root.Children[0]
	lift := inner.Volume.Center.Sub(set.Root.Volume.Center)
	if copied.Count != set.Count+1 || lift.Len() < 29.9 || lift.Len() > 30.1 || lift.Dot(set.Root.Volume.Center) < 0 {
		t.Errorf("%d tiles of %d, lifted by %v", copied.Count, set.Count, lift)
	}
}

// TestCopyOfBrokenTiles: contents that are cut off or missing are told by name and put in
// as empty ones, which are read; a tileset that is broken is an error.
func TestCopyOfBrokenTiles(t *testing.T) {
	file := realdata.Path(t, "3dtiles", "delaware", "tileset.json")
	set, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, _, _, err := Copy(file, dir, 0, nil); err != nil {
		t.Fatal(err)
	}
	var contents []string
	_ = set.Walk(func(tile *Tile) error {
		for _, c := range tile.Content {
			contents = append(contents, c.Path)
		}
		return nil
	})
	at := func(name string) string { return filepath.Join(dir, "source", filepath.FromSlash(name)) }
	if err := os.Truncate(at(contents[3]), 1000); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(at(contents[7])); err != nil {
		t.Fatal(err)
	}
	again := t.TempDir()
	var skipped []string
	_, whole, _, err := Copy(filepath.Join(dir, "tileset.json"), again, 0, func(content string, err error) { skipped = append(skipped, content) })
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"source/" + contents[3], "source/" + contents[7]}
	slices.Sort(want)
	if whole != 57 || !slices.Equal(skipped, want) {
		t.Errorf("%d whole, skipped %v, want %v", whole, skipped, want)
	}
	copied, err := Open(filepath.Join(again, "tileset.json"))
	if err != nil {
		t.Fatal(err)
	}
	err = copied.Walk(func(tile *Tile) error {
		_, err := copied.Load(tile)
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestImplicitTree expands a small tree of both kinds and of both versions' words.
func TestImplicitTree(t *testing.T) {
	const box = `"boundingVolume":{"box":[0,0,0,8,0,0,0,8,0,0,0,8]},"geometricError":16,"refine":"REPLACE","content":{"uri":"c/{level}_{x}_{y}_{z}.glb"}`
	all := `{"tileAvailability":{"constant":1},"contentAvailability":[{"constant":1}],"childSubtreeAvailability":{"constant":0}}`
	none := strings.Replace(all, `"contentAvailability":[{"constant":1}],`, "", 1)
	for _, c := range []struct {
		name, root, subtree string
		tiles, contents     int
	}{
		{"quadtree", `,"implicitTiling":{"subdivisionScheme":"QUADTREE","subtreeLevels":3,"availableLevels":3,"subtrees":{"uri":"s.json"}}`, all, 21, 21},
		{"octree", `,"implicitTiling":{"subdivisionScheme":"OCTREE","subtreeLevels":2,"availableLevels":2,"subtrees":{"uri":"s.json"}}`, all, 9, 9},
		{"fewer levels", `,"implicitTiling":{"subdivisionScheme":"QUADTREE","subtreeLevels":3,"availableLevels":2,"subtrees":{"uri":"s.json"}}`, all, 5, 5},
		{"no contents", `,"implicitTiling":{"subdivisionScheme":"QUADTREE","subtreeLevels":2,"availableLevels":2,"subtrees":{"uri":"s.json"}}`, none, 5, 0},
		{"extension", `,"extensions":{"3DTILES_implicit_tiling":{"subdivisionScheme":"QUADTREE","subtreeLevels":2,"maximumLevel":1,"subtrees":{"uri":"s.json"}}}`, strings.NewReplacer("[", "", "]", "").Replace(all), 5, 5},
	} {
		set, err := tileset(t, map[string]string{"tileset.json": `{"asset":{"version":"1.1"},"geometricError":32,"root":{` + box + c.root + `}}`, "s.json": c.subtree})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		contents := 0
		last := ""
		_ = set.Walk(func(tile *Tile) error {
			for _, f := range tile.Content {
				contents, last = contents+1, f.Path
			}
			return nil
		})
		if set.Count != c.tiles || contents != c.contents {
			t.Errorf("%s: %d tiles, %d contents", c.name, set.Count, contents)
		}
		if c.name == "quadtree" {
			corner := set.Root.Children[3].Children[3]
			if last != "c/2_3_3_0.glb" || corner.Volume.Center != (mgl64.Vec3{6, 6, 0}) || corner.Volume.Half[2][2] != 8 || corner.GeometricError != 4 {
				t.Errorf("%s: the last is %s, %+v", c.name, last, corner)
			}
		}
	}
}

func FuzzSubtree(f *testing.F) {
	f.Add([]byte("subt\x01\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00{}"))
	f.Add([]byte(`{"buffers":[{"byteLength":1}],"bufferViews":[{"buffer":0,"byteLength":1}],"tileAvailability":{"bitstream":0},"childSubtreeAvailability":{"constant":0}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := readSubtree(data, [2]uint64{21, 64}, semantics(implicitSchema()), func(string) ([]byte, error) { return []byte{255}, nil })
		if err != nil {
			return
		}
		for i := range uint64(64) {
			s.tiles.at(i)
			s.children.at(i)
		}
	})
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(`{"asset":{"version":"1.1"},"geometricError":9,"root":{` + sphere + `,"refine":"ADD","content":{"uri":"tileset.json"}}}`))
	f.Add([]byte(`{"asset":{"version":"1.0"},"geometricError":9,"root":{"boundingVolume":{"region":[0,0,1,1,0,9]},"geometricError":1,"children":[{"boundingVolume":{"box":[0,0,0,1,0,0,0,1,0,0,0,1]},"geometricError":0}]}}`))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		p := filepath.Join(dir, "tileset.json")
		if err := os.WriteFile(p, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if set, err := Open(p); err == nil {
			set.Select(View{FovY: 1, Width: 3, Height: 2}, 16, SelectOptions{Everywhere: true})
		}
	})
}
