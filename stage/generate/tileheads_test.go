package generate

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
)

// The heads of all tiles are found in one file: a run on features that are the same, in a
// file that is not, builds nothing without those of single tiles.
func TestHeadsOfTiles(t *testing.T) {
	dir, all, load := quarter(t, geo.Bound{West: -30.509, South: 36.505, East: -30.501, North: 36.511})
	file, parts := filepath.Join(dir, "quarter.geojsonl"), t.TempDir()
	writeLines(t, file, all)
	first, made := run(t, load(), Options{Parts: parts})
	glbs, err := filepath.Glob(filepath.Join(parts, "*", "*.glb"))
	if err != nil || len(glbs) == 0 || made.Rebuilt == 0 {
		t.Fatal(len(glbs), made.Rebuilt, err)
	}
	for _, glb := range glbs {
		if err := os.Remove(strings.TrimSuffix(glb, ".glb")); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, append(data, '\n'), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	second, s := run(t, load(), Options{Parts: parts})
	if s.Rebuilt > 0 {
		t.Errorf("%d of %d tiles are built again", s.Rebuilt, made.Rebuilt)
	}
	if d := differ(contents(t, first), contents(t, second)); !slices.Equal(d, []string{"report.json"}) { // which names the file
		t.Errorf("others: %v", d)
	}
}
