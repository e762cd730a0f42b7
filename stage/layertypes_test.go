package stage

import (
	"cmp"
	"path/filepath"
	"testing"

	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// TestGoldenLayers draws every example of the data layers alone over the sea.
func TestGoldenLayers(t *testing.T) {
	info := screen(t)
	driver := golden.Driver(info.Version, info.Renderer)
	folder := filepath.Dir(sampleScene(t))
	for _, typ := range layers.Types() {
		if layers.Built(typ) {
			continue
		}
		for _, e := range typ.Examples {
			id := layers.ExampleID(typ, e)
			t.Run(id, func(t *testing.T) {
				screen(t)
				doc, err := scene.Parse(filepath.Join(folder, id+".yaml"), []byte(layers.ExampleScene(typ, e)), layers.Types())
				if err != nil {
					t.Fatal(err)
				}
				dir := filepath.Join(t.TempDir(), "package")
				if _, err := Generate(t.Context(), doc, dir, GenerateOptions{}); err != nil {
					t.Fatal(err)
				}
				p := player(t, dir)
				p.options.NoCredits = true
				at := scene.Seconds(cmp.Or(e.At, 5))
				out := filepath.Join(t.TempDir(), id+".png")
				renderTo(t, p, RenderOptions{Output: out, Size: scene.Size{Width: 240, Height: 135}, Quality: "low", At: &at})
				if len(p.Skipped()) > 0 {
					t.Errorf("left out: %v", p.Skipped())
				}
				golden.Check(t, "testdata/golden", "layer-"+id, driver, readPNG(t, out))
			})
		}
	}
}
