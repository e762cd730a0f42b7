package city

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "furniture", Group: "city", Doc: "lamps, signals, benches, stops, masts, turbines and other single things outdoors", Sources: []string{"osm", "vector"},
	New:      func() any { return &Furniture{StreetLamps: true} },
	Examples: []scene.Example{{Layer: `source: city`, Camera: `{ lng: -30.4913, lat: 36.5010, height: 75, heading: 65, pitch: -12 }`}},
})

// Furniture is instances of our own models.
type Furniture struct {
	Kept
	StreetLamps bool `json:"streetLamps" fixed:"true" doc:"lamps along streets that are said to be lit, and along main streets of towns, where none are mapped"`
}

// Kind names what geo builds.
func (*Furniture) Kind() string { return "furniture" }

// Draw names the tileset.
func (*Furniture) Draw(c *layer.Context) ([]drawable.Draw, error) { return c.Tileset(0), nil }
