package generate

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo/sample"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

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
