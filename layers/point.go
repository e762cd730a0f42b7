package layers

import (
	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

var pointType = scene.Type{Name: "point", Group: "points", Doc: "round dots facing the viewer",
	New: func() any {
		return &Point{Size: NumberBy{Constant: 8}, Unit: "px", Color: ColorBy{Constant: scene.Color{255, 205, 80, 255}}, Emission: 1}
	}}

// Point draws a dot at every point of its rows.
type Point struct {
	Size     NumberBy `json:"size" doc:"diameter"`
	Unit     string   `json:"unit" enum:"px,m" doc:"of the size: pixels of a 1080-line picture, or metres"`
	Color    ColorBy  `json:"color" doc:"colour"`
	Stroke   float64  `json:"stroke" min:"0" max:"1" doc:"ring width as a share of the radius; 0 is filled"`
	Emission float64  `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
	Height   NumberBy `json:"height" doc:"metres above where it stands"`
}

// Draw makes one set of points.
func (p *Point) Draw(c *Context) ([]drawable.Draw, error) {
	t, err := c.rows()
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
	d := &drawable.Points{Metres: p.Unit == "m", Blend: c.blend(drawable.Alpha), Emission: float32(p.Emission), Stroke: float32(p.Stroke)}
	for i, g := range t.Geometry {
		ps := points(g)
		if len(ps) == 0 {
			c.Skip(t.IDs[i], "no point geometry")
		}
		for _, q := range ps {
			if colors[i][3] == 0 || sizes[i] <= 0 {
				continue
			}
			at = append(at, c.place(q, heights[i]).ECEF())
			d.Vertices = append(d.Vertices, drawable.PointVertex{Size: float32(sizes[i]), Color: colors[i], Feature: uint32(i)})
		}
	}
	f := frame(at)
	d.Frame = f.Matrix()
	for i, p := range at {
		d.Vertices[i].Position = local(f, p)
	}
	return []drawable.Draw{{What: d.Bound()}}, nil
}

var columnType = scene.Type{Name: "column", Group: "points", Doc: "prisms standing at points, as tall as a value",
	New: func() any {
		return &Column{Radius: NumberBy{Constant: 12}, Height: NumberBy{Constant: 100}, Sides: 6, Color: ColorBy{Constant: scene.Color{0, 229, 255, 255}}, Emission: 0.3}
	}}

// Column draws a prism at every point of its rows.
type Column struct {
	Radius   NumberBy `json:"radius" doc:"metres from axis to corner"`
	Height   NumberBy `json:"height" doc:"metres from foot to top"`
	Sides    int      `json:"sides" min:"3" max:"64" doc:"number of sides"`
	Color    ColorBy  `json:"color" doc:"colour"`
	Emission float64  `json:"emission" min:"0" max:"100" doc:"light of its own; above 1 glows"`
}

// Draw makes instances of one prism for each row.
func (p *Column) Draw(c *Context) ([]drawable.Draw, error) {
	t, err := c.rows()
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
		q, ok := foot(g)
		if !ok {
			c.Skip(t.IDs[i], "no geometry")
			continue
		}
		if colors[i][3] == 0 || !(heights[i] > 0) || !(radii[i] > 0) {
			continue
		}
		at = append(at, c.place(q, 0).ECEF())
		d.Items = append(d.Items, drawable.Instance{Scale: [2]float32{float32(radii[i]), float32(heights[i])}, Color: colors[i], Feature: uint32(i)})
	}
	f := frame(at)
	d.Frame = f.Matrix()
	for i, p := range at {
		d.Items[i].Position = local(f, p)
	}
	return []drawable.Draw{{What: d.Bound()}}, nil
}

// foot is where something that stands for a whole row stands.
func foot(g orb.Geometry) (orb.Point, bool) {
	switch g := g.(type) {
	case nil:
		return orb.Point{}, false
	case orb.Point:
		return g, true
	default:
		b := g.Bound()
		return b.Center(), !b.IsEmpty()
	}
}
