package stage

import (
	"cmp"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// TestGoldenLayers draws every example of the data layers alone: over the sea, or over the
// bare island where it lies on the ground. The city has goldens of its own.
func TestGoldenLayers(t *testing.T) {
	info := screen(t)
	driver := golden.Driver(info.Version, info.Renderer)
	folder := filepath.Dir(sampleScene(t))
	island := sync.OnceValue(func() *Player { return islandPlayer(t, folder) })
	all := newPainter(t, scene.Size{Width: 240, Height: 135}, "low")
	for _, typ := range layers.Types() {
		if layers.Built(typ) {
			continue
		}
		for _, e := range typ.Examples {
			id := layers.ExampleID(typ, e)
			t.Run(id, func(t *testing.T) {
				if _, err := Chromium(); typ.Name == "web" && err != nil {
					t.Skip(err)
				}
				doc := parsed(t, filepath.Join(folder, id+".yaml"), layers.ExampleScene(typ, e))
				var p *Player
				if !onIsland(typ, e) {
					dir := filepath.Join(t.TempDir(), "package")
					if _, err := Generate(t.Context(), doc, dir, GenerateOptions{}); err != nil {
						t.Fatal(err)
					}
					p = player(t, dir)
				} else {
					p = island()
					for i := range p.Doc.Layers {
						l := &p.Doc.Layers[i]
						l.Visible = l.ID == "island" || l.ID == id
					}
					p.Doc.Environment.Time = doc.Environment.Time
				}
				p.options.NoCredits = true
				picture := all.picture(t, p, scene.Seconds(cmp.Or(e.At, 5)), doc.Camera)
				if out := p.LeftOut(); len(out) > 0 {
					t.Errorf("left out: %v", out)
				}
				golden.Check(t, "testdata/golden", "layer-"+id, driver, picture)
			})
		}
	}
}

// islandPlayer plays the island with all examples that lie on ground.
func islandPlayer(t *testing.T, folder string) *Player {
	t.Helper()
	return player(t, islandPackage(t, folder, onIsland))
}

// onIsland tells whether an example is drawn on the bare island, in one package. The others
// have packages of their own: those in the sea, those that adorn the city, and those whose rows
// are the city's, its places or zones, which would decide where the island lies.
func onIsland(typ scene.Type, e scene.Example) bool {
	return layers.Around(typ, e) != layers.Sea && !(typ.Group == "decoration" && e.Around == layers.City) && !strings.Contains(e.Layer, "source: city") && !strings.Contains(e.Layer, "source: places") && !strings.Contains(e.Layer, "source: zones")
}

// islandPackage is the package of the island with the examples that are wanted, but for those
// of the city: each the layer of its name.
func islandPackage(t *testing.T, folder string, wanted func(scene.Type, scene.Example) bool) string {
	t.Helper()
	var list []string
	types := layers.Types()
	for _, name := range types.Names() {
		for _, e := range types[name].Examples {
			if layers.Built(types[name]) || !wanted(types[name], e) {
				continue
			}
			e.Around = layers.Ground
			own := layers.ExampleLayers(types[name], e)
			if list == nil {
				list = own[:1]
			}
			list = append(list, own[len(own)-1])
		}
	}
	return packageOf(t, folder, layers.ExampleSources(list), list)
}

func parsed(t *testing.T, name, text string) *scene.Document {
	t.Helper()
	doc, err := scene.Parse(name, []byte(text), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
