package points

import (
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "point", Group: "points", Doc: "round dots facing the viewer",
	New: func() any {
		return &Point{Size: scale.NumberBy{Constant: 8}, Unit: "px", Color: scale.ColorBy{Constant: scene.Color{255, 205, 80, 255}}, Emission: 1}
	},
	Examples: []scene.Example{{Layer: `source: places, size: 14, color: {field: population, palette: turbo}`}},
})

// Point draws a dot at every point of its rows.
type Point struct {
	layer.Rows
	Size     scale.NumberBy `json:"size" doc:"diameter"`
	Unit     string         `json:"unit" enum:"px,m" doc:"of the size: pixels of a 1080-line picture, or metres"`
	Color    scale.ColorBy  `json:"color" doc:"colour"`
	Stroke   float64        `json:"stroke" min:"0" max:"1" doc:"ring width as a share of the radius; 0 is filled"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
	Height   scale.NumberBy `json:"height" doc:"metres above where it stands"`
}

// Draw makes one set of points.
func (p *Point) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	sizes, err := p.Size.Numbers(t)
	if err != nil {
		return nil, err
	}
	heights, err := p.Height.Numbers(t)
	if err != nil {
		return nil, err
	}
	var at []mgl64.Vec3
	d := &drawable.Points{Metres: p.Unit == "m", Blend: c.Blend(drawable.Alpha), Emission: float32(p.Emission), Stroke: float32(p.Stroke)}
	for i, g := range t.Geometry {
		ps := layer.Points(g)
		if len(ps) == 0 {
			c.Skip(t.IDs[i], "no point geometry")
		}
		for _, q := range ps {
			if colors[i][3] == 0 || sizes[i] <= 0 {
				continue
			}
			at = append(at, c.Place(q, heights[i]).ECEF())
			d.Vertices = append(d.Vertices, drawable.PointVertex{Size: float32(sizes[i]), Color: colors[i], Feature: uint32(i)})
		}
	}
	f := layer.Frame(at)
	d.Frame = f.Matrix()
	for i, p := range at {
		d.Vertices[i].Position = layer.Local(f, p)
	}
	return []drawable.Draw{{What: d.Bound()}}, nil
}
