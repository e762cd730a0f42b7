package stage

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/internal/realdata"
)

// Elevation that covers a part of the data goes on beyond it: nothing is without ground.
func TestPartialElevation(t *testing.T) {
	if testing.Short() {
		t.Skip("generates a city")
	}
	doc, err := Load(t.Context(), []string{
		realdata.Path(t, "city-sanfrancisco", "sf-downtown.osm.pbf"),
		realdata.Path(t, "city-sanfrancisco", "elev-russian-hill-float32.tif"),
	})
	if err != nil {
		t.Fatal(err)
	}
	bbox := geo.Bound{West: -122.41, South: 37.78, East: -122.39, North: 37.79} // beside the raster
	s, err := Generate(t.Context(), doc, filepath.Join(t.TempDir(), "package"), GenerateOptions{BBox: &bbox})
	if err != nil {
		t.Fatal(err)
	}
	if s.Made["building"] < 100 {
		t.Errorf("%d buildings", s.Made["building"])
	}
}

// A package is replaced as a whole, so it must hold nothing of anybody else, least of all
// what it is made from.
func TestGenerateKeepsWhatIsNotIts(t *testing.T) {
	root := t.TempDir()
	data := writeText(t, root, "places.csv", "name,lng,lat\na,1,2\n")
	dir := filepath.Join(root, "package")
	doc, err := Load(t.Context(), []string{data})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // its own package may be replaced
		if _, err := Generate(t.Context(), doc, dir, GenerateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	mine := writeText(t, root, "package/notes.txt", "mine")
	_, err = Generate(t.Context(), doc, dir, GenerateOptions{})
	clearly(t, err, "notes.txt", "another folder")
	if err := os.Rename(mine, filepath.Join(dir, "tables", "in.csv")); err != nil {
		t.Fatal(err)
	}
	inside := writeText(t, root, "package/tables/in.csv", "name,lng,lat\na,1,2\n")
	if doc, err = Load(t.Context(), []string{inside}); err != nil {
		t.Fatal(err)
	}
	_, err = Generate(t.Context(), doc, dir, GenerateOptions{})
	clearly(t, err, "in.csv", "would be replaced")
	if _, err := os.Stat(inside); err != nil {
		t.Error(err)
	}
}
