package tiles

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
		"implicit":   {map[string]string{"tileset.json": root(`,"implicitTiling":{}`)}, true},
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

func TestImplicitRealTileset(t *testing.T) {
	_, err := Open(realdata.Path(t, "3dtiles", "delaware", "tileset.json"))
	if !errors.Is(err, ErrUnsupported) {
		t.Errorf("%v", err)
	}
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
