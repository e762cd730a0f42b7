package city

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "indoor", Group: "city", Doc: "rooms, walls, doors and stairs inside buildings, storey by storey", Sources: []string{"osm", "vector"},
	New:      func() any { return &Indoor{} },
	Examples: []scene.Example{{Layer: `source: city, explode: 6`, Around: "ground", Camera: `{ lng: -30.5061, lat: 36.5058, height: 130, pitch: -40 }`}},
})

// Indoor is the inside of buildings, from Simple Indoor Tagging.
type Indoor struct {
	Levels  []float64 `json:"levels" min:"-200" max:"200" doc:"only these storeys; empty shows all"`
	Explode float64   `json:"explode" min:"0" max:"1000" unit:"m" doc:"storeys are pulled apart by this much each"`
	Storey  float64   `json:"storey" min:"0" max:"20" unit:"m" fixed:"true" doc:"from floor to floor; 0 takes the tags of each building"`
}

// Kind names what geo builds.
func (*Indoor) Kind() string { return "indoor" }

// Draw names the tileset and its storeys.
func (p *Indoor) Draw(c *layer.Context) ([]drawable.Draw, error) {
	d := c.Tileset(0)
	for i := range d {
		d[i].What.(*drawable.Tileset).Storeys = drawable.Storeys{Only: p.Levels, Explode: p.Explode}
	}
	return d, nil
}
