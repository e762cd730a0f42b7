package verify_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo/tiles/check"
	"github.com/longtake/longtake/geo/tiles/check/khronos"
)

// named lists the files of a folder, and of those below, for which is returns true.
func named(t *testing.T, dir string, is func(name string) bool) (found []string) {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && is(d.Name()) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func isTileset(name string) bool { return name == "tileset.json" }
func isGLB(name string) bool     { return filepath.Ext(name) == ".glb" }

// ourIssues runs our checker on all tilesets of a package and counts what it finds.
func ourIssues(t *testing.T, dir string) (issues int) {
	for _, path := range named(t, dir, isTileset) {
		list, err := check.Tileset(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range list {
			t.Errorf("%s: %v", path, i)
		}
		issues += len(list)
	}
	return issues
}

// khronosIssues runs the Khronos validator on all glbs, which are uncompressed as it does
// not know EXT_meshopt_compression.
func khronosIssues(t *testing.T, dir string) string {
	glbs := named(t, dir, isGLB)
	for rest := glbs; len(rest) > 0; { // as many at once as node takes easily
		n := min(200, len(rest))
		khronos.Validate(t, rest[:n]...)
		rest = rest[n:]
	}
	return fmt.Sprintf("%d glbs", len(glbs))
}

// officially runs the validator of 3D Tiles that TILES_VALIDATOR names, the command as a
// shell reads it, on all tilesets of the packages. docs/verify.md tells how to get it.
func officially(t *testing.T, dirs ...string) string {
	command := os.Getenv("TILES_VALIDATOR")
	if command == "" {
		return "not run"
	}
	sets, errors, warnings := 0, 0, 0
	file := filepath.Join(t.TempDir(), "report.json")
	for _, dir := range dirs {
		for _, set := range named(t, dir, isTileset) {
			out, err := exec.Command("sh", "-c", command+` --tilesetFile "$0" --reportFile "$1"`, set, file).CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v: %s", set, err, out[max(0, len(out)-2000):])
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var r struct{ NumErrors, NumWarnings int }
			if err := json.Unmarshal(data, &r); err != nil {
				t.Fatal(err)
			}
			if r.NumErrors+r.NumWarnings > 0 {
				t.Errorf("%s: %s", set, data[:min(len(data), 3000)])
			}
			sets, errors, warnings = sets+1, errors+r.NumErrors, warnings+r.NumWarnings
			if err := os.Remove(file); err != nil { // the next must write its own
				t.Fatal(err)
			}
		}
	}
	return fmt.Sprintf("%d tilesets, %d errors, %d warnings", sets, errors, warnings)
}

// size is the number of bytes of a folder's files.
func size(t *testing.T, dir string) (bytes int64) {
	for _, path := range named(t, dir, func(string) bool { return true }) {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		bytes += info.Size()
	}
	return bytes
}
