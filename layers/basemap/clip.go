package basemap

import (
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "clip", Group: "basemap", Doc: "cuts ground, buildings and what else is built along the borders of the areas of its source, and leaves what is inside, or outside",
	New:      func() any { return &Clip{Keep: "inside", Whole: true, Wall: 40, Color: scene.Color{92, 84, 76, 255}} },
	Examples: []scene.Example{{Layer: `source: zones, wall: 120`, Around: "city", Camera: `{ lng: -30.503, lat: 36.462, height: 3800, pitch: -33 }`}},
})

// Clip cuts city layers.
type Clip struct {
	layer.Rows
	Keep   string      `json:"keep" enum:"inside,outside" doc:"what stays: what is inside of the areas, or what is around them"`
	Layers []string    `json:"layers" format:"layer" doc:"layers that are cut; without it all that geo builds and all tilesets. Layers of rows are not: filter theirs"`
	Whole  bool        `json:"whole" doc:"buildings stay whole, or go, by where their middle is; else they are cut open"`
	Wall   float64     `json:"wall" min:"0" max:"10000" unit:"m" doc:"height of the wall that goes down from the cut of the ground; 0 is none"`
	Color  scene.Color `json:"color" doc:"colour of the wall"`
}

// DrawsWhole tells that areas that come and go by time are one cut: of several, what each leaves
// would have to be within all.
func (*Clip) DrawsWhole() bool { return true }

// AtOnce tells that new areas are there at once: half of a cut is none.
func (*Clip) AtOnce() bool { return true }

// Draw hands the areas to the stage.
func (p *Clip) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	var areas []orb.Polygon
	for i, g := range t.Geometry {
		own := layer.Polygons(g)
		if len(own) == 0 && g != nil {
			c.Skip(t.IDs[i], "no area geometry")
		}
		areas = append(areas, own...)
	}
	if len(areas) == 0 {
		return nil, nil
	}
	return []drawable.Draw{{What: &drawable.Clip{Areas: areas, Inside: p.Keep == "outside", Layers: p.Layers, Whole: p.Whole, Wall: float32(p.Wall), Color: p.Color}}}, nil
}
