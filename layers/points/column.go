package points

import (
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "column", Group: "points", Doc: "prisms standing at points, as tall as a value",
	New: func() any {
		return &Column{Radius: scale.NumberBy{Constant: 12}, Height: scale.NumberBy{Constant: 100}, Sides: 6, Color: scale.ColorBy{Constant: scene.Color{0, 229, 255, 255}}, Emission: 0.3}
	},
	Examples: []scene.Example{{Layer: `source: sensors, radius: 30, height: {field: megawatt, range: [100, 900]}, color: {field: megawatt, palette: neon}`}},
})

// Column draws a prism at every point of its rows.
type Column struct {
	layer.Rows
	Radius   scale.NumberBy `json:"radius" doc:"metres from axis to corner"`
	Height   scale.NumberBy `json:"height" doc:"metres from foot to top"`
	Sides    int            `json:"sides" min:"3" max:"64" doc:"number of sides"`
	Color    scale.ColorBy  `json:"color" doc:"colour"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"light of its own; above 1 glows"`
}

// Draw makes instances of one prism for each row.
func (p *Column) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	radii, err := p.Radius.Numbers(t)
	if err != nil {
		return nil, err
	}
	heights, err := p.Height.Numbers(t)
	if err != nil {
		return nil, err
	}
	m := drawable.DefaultMaterial()
	m.Name, m.Roughness = "column", 0.45
	e := float32(p.Emission)
	m.Emission = [3]float32{e, e, e}
	d := &drawable.Instances{Mesh: prism(p.Sides, m)}
	var at []mgl64.Vec3
	for i, g := range t.Geometry {
		q, ok := layer.Foot(g)
		if !ok {
			c.Skip(t.IDs[i], "no geometry")
			continue
		}
		if colors[i][3] == 0 || !(heights[i] > 0) || !(radii[i] > 0) {
			continue
		}
		at = append(at, c.Place(q, 0).ECEF())
		d.Items = append(d.Items, drawable.Instance{Scale: [2]float32{float32(radii[i]), float32(heights[i])}, Color: colors[i], Feature: uint32(i)})
	}
	f := layer.Frame(at)
	d.Frame = f.Matrix()
	for i, p := range at {
		d.Items[i].Position = layer.Local(f, p)
	}
	return []drawable.Draw{{What: d.Bound()}}, nil
}
