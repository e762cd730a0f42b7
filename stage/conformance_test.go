package stage

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo/tiles/check"
	"github.com/longtake/longtake/geo/tiles/check/khronos"
	"github.com/longtake/longtake/geo/tiles/glb"
	"github.com/longtake/longtake/internal/realdata"
)

// What the sample city is packed into passes our checker of 3D Tiles and the Khronos
// group's glTF validator without a word.
func TestSampleConforms(t *testing.T) { conforms(t, samplePackage(t), 3) }

// So does a real city: steep, by the sea, with voids in its elevation, members of
// relations missing and areas that cross themselves; and made again it is the same.
func TestRealCityConforms(t *testing.T) {
	if testing.Short() {
		t.Skip("generates a real city twice")
	}
	paths := []string{realdata.Path(t, "city-monaco", "monaco-planetiler.osm.pbf"), realdata.Path(t, "city-monaco", "N43E007.hgt.zip")}
	dirs := []string{filepath.Join(t.TempDir(), "monaco"), filepath.Join(t.TempDir(), "again")}
	for _, dir := range dirs {
		doc, err := Load(context.Background(), paths)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Generate(context.Background(), doc, dir, GenerateOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if s.Made["building"] < 1200 || s.Made["sea"] == 0 {
			t.Errorf("made %v", s.Made)
		}
	}
	sameFolders(t, dirs[0], dirs[1])
	conforms(t, dirs[0], 3)
}

// conforms checks every tileset of a package, its ground tiled implicitly, and, of its
// glbs, as many as make a run of the validator short: the first of every folder, and every
// tenth, compressed as they are and decompressed, as the validator does not look into
// EXT_meshopt_compression.
func conforms(t *testing.T, dir string, tilesets int) {
	t.Helper()
	var sets, glbs, subtrees []string
	in := map[string]int{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
			return err
		case d.Name() == "tileset.json":
			sets = append(sets, path)
		case strings.HasSuffix(path, ".subtree"):
			subtrees = append(subtrees, path)
		case strings.HasSuffix(path, ".glb"):
			level := filepath.Dir(filepath.Dir(path))
			if in[level]%10 == 0 {
				glbs = append(glbs, path)
			}
			in[level]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(sets) < tilesets || len(glbs) < tilesets || len(subtrees) == 0 {
		t.Fatalf("%d tilesets, %d glbs: at least %d of each expected, and %d subtrees", len(sets), len(glbs), tilesets, len(subtrees))
	}
	for _, set := range sets {
		issues, err := check.Tileset(set)
		if err != nil {
			t.Fatal(err)
		}
		for i, issue := range issues {
			if i == 20 {
				t.Errorf("%s: %d more", set, len(issues)-i)
				break
			}
			t.Errorf("%s: %v", set, issue)
		}
	}
	khronos.Validate(t, glbs...)
	khronos.Validate(t, decompressed(t, glbs)...)
}

// decompressed writes the glbs without EXT_meshopt_compression, which most of them have.
func decompressed(t *testing.T, glbs []string) []string {
	t.Helper()
	dir := t.TempDir()
	twins := make([]string, len(glbs))
	packed := 0
	for i, path := range glbs {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := glb.Decompress(data)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if !bytes.Equal(plain, data) {
			packed++
		}
		twins[i] = filepath.Join(dir, fmt.Sprintf("%d.glb", i))
		if err := os.WriteFile(twins[i], plain, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if packed < len(glbs)/2 { // a few are too small to gain by it
		t.Errorf("%d of %d glbs are compressed", packed, len(glbs))
	}
	return twins
}
