package verify_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
	khronos.Validate(t, glbs...)
	return fmt.Sprintf("%d glbs", len(glbs))
}

// officially runs the validator of 3D Tiles that TILES_VALIDATOR names, the command as a
// shell reads it, once on all tilesets below a folder. docs/verify.md tells how to get it.
func officially(t *testing.T, dir string) string {
	command := os.Getenv("TILES_VALIDATOR")
	if command == "" {
		return "not run"
	}
	said, err := exec.Command("sh", "-c", command+` --tilesetsDirectory "$0" --tilesetGlobPattern "**/tileset.json" --writeReports`, dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", dir, err, said[max(0, len(said)-2000):])
	}
	sets, errors, warnings := named(t, dir, isTileset), 0, 0
	for _, set := range sets {
		path := strings.TrimSuffix(set, ".json") + ".report.json" // it writes one beside each
		data, err := os.ReadFile(path)
		if err == nil {
			err = os.Remove(path)
		}
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
		errors, warnings = errors+r.NumErrors, warnings+r.NumWarnings
	}
	return fmt.Sprintf("%d tilesets, %d errors, %d warnings", len(sets), errors, warnings)
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
