package layers

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

var barriersType = scene.Type{Name: "barriers", Group: "city", Doc: "hedges, fences, walls and rails, power lines and aerialways with their supports", Sources: []string{"osm", "vector"},
	New: func() any { return &Barriers{Wires: true} }}

// Barriers are what stands or hangs along lines.
type Barriers struct {
	Wires bool `json:"wires" fixed:"true" doc:"the wires of power lines and the ropes of aerialways; their supports stand in any case"`
}

// Kind names what geo builds.
func (*Barriers) Kind() string { return "barriers" }

// Draw names the tileset.
func (*Barriers) Draw(c *Context) ([]drawable.Draw, error) { return tiles(c, 0), nil }
