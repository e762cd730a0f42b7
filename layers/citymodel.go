package layers

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

var cityModelType = scene.Type{Name: "citymodel", Group: "city", Doc: "roads, water, plants and bridges of a CityJSON or CityGML model", Sources: []string{"vector"},
	New: func() any { return &CityModel{} }}

// CityModel draws the objects of a city model that are no buildings, as the model gives
// them.
type CityModel struct{}

// Kind names what geo builds.
func (*CityModel) Kind() string { return "citymodel" }

// Draw names the tileset.
func (*CityModel) Draw(c *Context) ([]drawable.Draw, error) { return tiles(c, 0), nil }
