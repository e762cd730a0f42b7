package city

import (
	"fmt"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "tileset", Group: "city", Doc: "a finished 3D Tiles tileset, as it is", Sources: []string{"tileset"},
	New:      func() any { return &Tileset{Coated: coated(1)} },
	Examples: []scene.Example{{Layer: `source: tiles`, Camera: `{ lng: -30.503, lat: 36.485, height: 2000, pitch: -38 }`}},
})

// Tileset draws 3D Tiles of other makers (1.0 and 1.1, explicit and implicit). Generating
// copies them into the package; the layer's altitude lifts them.
type Tileset struct {
	Coated
	Error float64 `json:"error" min:"0" max:"256" unit:"px" doc:"error on the screen from which finer tiles are drawn; 0 is the quality's"`
}

// Draw names the tileset.
func (t *Tileset) Draw(c *layer.Context) ([]drawable.Draw, error) {
	if c.Tiles == "" {
		return nil, fmt.Errorf("type tileset needs a source of type tileset: name its tileset.json")
	}
	return t.draw(c, []drawable.Draw{{What: &drawable.Tileset{Path: c.Tiles, MaxError: t.Error}}})
}
