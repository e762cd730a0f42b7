package generate

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/longtake/longtake/layers/city"
	"github.com/longtake/longtake/scene"
)

// Without coarser levels there are the same buildings in the same finest tiles, and no
// others; a white model has fewer triangles, and fewer and larger tiles.
func TestBuildingsWithoutLevelsAndFlat(t *testing.T) {
	_, load := sampleCity(t)
	built := func(levels string, flat bool) (map[string]string, *Summary) {
		doc := load()
		doc.Layers = slices.DeleteFunc(doc.Layers, func(l scene.Layer) bool { return l.ID != "buildings" })
		p := doc.Layers[0].Props.(*city.Buildings)
		p.Levels, p.Flat = levels, flat
		dir, s := run(t, doc, Options{})
		tiles := contents(t, filepath.Join(dir, "tiles", "buildings"))
		delete(tiles, "tileset.json")
		return tiles, s
	}
	all, full := built(city.AllLevels, false)
	leaves, s := built(city.LeavesOnly, false)
	flat, white := built(city.LeavesOnly, true)
	if len(leaves) >= len(all) || len(leaves) == 0 {
		t.Errorf("%d tiles without coarser levels, %d with them", len(leaves), len(all))
	}
	for name, hash := range leaves {
		if all[name] != hash {
			t.Errorf("tile %s is another one without coarser levels", name)
		}
	}
	if full.Made["building"] != s.Made["building"] || s.Made["building"] != white.Made["building"] {
		t.Errorf("%d, %d and %d buildings", full.Made["building"], s.Made["building"], white.Made["building"])
	}
	if len(flat) == 0 || len(flat) >= len(leaves) { // prisms weigh less
		t.Errorf("a white model has %d tiles, the full one %d", len(flat), len(leaves))
	}
	if a, b := white.Made["buildings triangle"], s.Made["buildings triangle"]; a*2 > b {
		t.Errorf("a white model has %d triangles, the full one %d", a, b)
	}
}
