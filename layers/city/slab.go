package city

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "slab", Group: "areas", Doc: "countries or provinces cut out of the Earth, with relief and side walls", Sources: []string{"vector", "table"},
	New: func() any {
		return &Slab{Thickness: 20000, Top: 20000, Exaggeration: 6, MaxError: 25, Side: scene.Color{92, 122, 150, 255}}
	},
	Examples: []scene.Example{{Layer: `source: zones, thickness: 150, top: 260, side: "#5c7a96", color: "#b0a890"`}},
})

// Slab is built into tiles when a package is generated.
type Slab struct {
	Relief       string            `json:"relief" fixed:"true" format:"source" doc:"raster source of the relief; without it the top is level"`
	Exaggeration float64           `json:"exaggeration" min:"0" max:"1000" fixed:"true" doc:"multiplies the relief"`
	Thickness    float64           `json:"thickness" above:"0" max:"1000000" unit:"m" fixed:"true" doc:"from the top where the relief is 0 down to the lower rim"`
	Top          float64           `json:"top" min:"-10000" max:"1000000" unit:"m" fixed:"true" doc:"height of the top where the relief is 0"`
	Where        map[string]string `json:"where" fixed:"true" doc:"only areas whose fields have these values"`
	Color        scene.Color       `json:"color" fixed:"true" doc:"of the top; transparent black colours it by height"`
	Side         scene.Color       `json:"side" fixed:"true" doc:"of the walls, which darken towards their foot"`
	MaxError     float64           `json:"maxError" min:"0.1" max:"100000" unit:"m" fixed:"true" doc:"distance of the finest level from the round Earth and the relief, about"`
}

// Draw names the tileset.
func (*Slab) Draw(c *layer.Context) ([]drawable.Draw, error) { return c.Tileset(0), nil }
