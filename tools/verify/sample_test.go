package verify_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/longtake/longtake/assets"
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/sample"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

// What a part of the invented city draws stands on its ground: the small form, for every
// test run, of what is asked of real cities.
func TestSampleStands(t *testing.T) {
	if testing.Short() {
		t.Skip("generates a part of a city")
	}
	dir := t.TempDir()
	files, err := sample.Files(1)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(files, sample.File{Name: "scene.yaml", Data: assets.SampleScene}) {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := stage.Load(context.Background(), []string{filepath.Join(dir, "scene.yaml")})
	if err != nil {
		t.Fatal(err)
	}
	doc.Layers = slices.DeleteFunc(doc.Layers, func(l scene.Layer) bool {
		return !slices.Contains([]string{"terrain", "areas", "water", "roads", "buildings", "trees", "furniture", "traffic"}, l.Type)
	})
	doc.Story = scene.Story{}
	at := earth.Place{Lng: -30.4985, Lat: 36.5078}
	out := filepath.Join(dir, "package")
	box := geo.Bound{West: at.Lng - 0.004, South: at.Lat - 0.003, East: at.Lng + 0.004, North: at.Lat + 0.003}
	if _, err := stage.Generate(context.Background(), doc, out, stage.GenerateOptions{BBox: &box}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "standing.txt")
	t.Log(stands(t, out, at, 200, file))
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"vertices", "feet of trees", "feet of furniture", "stretches", "points of vehicles"} {
		if !regexp.MustCompile("(?m)^" + kind + ".*: [1-9]").Match(text) {
			t.Errorf("no %s were measured", kind)
		}
	}
	t.Logf("%s", text)
}
