package city

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "citymodel", Group: "city", Doc: "roads, water, plants and bridges of a CityJSON or CityGML model", Sources: []string{"vector"},
	New:      func() any { return &CityModel{} },
	Examples: []scene.Example{{Layer: `source: isle`, Camera: `{ lng: -30.5047, lat: 36.5045, height: 110, heading: 62, pitch: -18 }`}},
})

// CityModel draws the objects of a city model that are no buildings, as the model gives
// them.
type CityModel struct{ Kept }

// Kind names what geo builds.
func (*CityModel) Kind() string { return "citymodel" }

// Draw names the tileset.
func (*CityModel) Draw(c *layer.Context) ([]drawable.Draw, error) { return c.Tileset(0), nil }
