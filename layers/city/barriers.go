package city

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "barriers", Group: "city", Doc: "hedges, fences, walls and rails, power lines and aerialways with their supports", Sources: []string{"osm", "vector"},
	New:      func() any { return &Barriers{Wires: true} },
	Examples: []scene.Example{{Layer: `source: outskirts`, Camera: `{ lng: -30.5432, lat: 36.5196, height: 205, heading: 12, pitch: -18 }`}},
})

// Barriers are what stands or hangs along lines.
type Barriers struct {
	Kept
	Wires bool `json:"wires" fixed:"true" doc:"the wires of power lines and the ropes of aerialways; their supports stand in any case"`
}

// Kind names what geo builds.
func (*Barriers) Kind() string { return "barriers" }

// Draw names the tileset.
func (*Barriers) Draw(c *layer.Context) ([]drawable.Draw, error) { return c.Tileset(0), nil }
