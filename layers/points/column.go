package points

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "column", Group: "points", Doc: "columns standing at points, as tall as a value",
	New: func() any {
		return &Column{Radius: scale.NumberBy{Constant: 12}, Height: scale.NumberBy{Constant: 100}, Shape: "prism", Sides: 6, Color: scale.ColorBy{Constant: scene.Color{0, 229, 255, 255}}, Emission: 0.3, Grow: 1}
	},
	Examples: []scene.Example{
		{Layer: `source: sensors, radius: 30, height: {field: megawatt, range: [100, 900]}, color: {field: megawatt, palette: neon}`},
		{Name: "cylinder", Doc: "round columns, darker at their feet", Layer: `source: sensors, shape: cylinder, radius: 34, height: {field: megawatt, range: [100, 900]}, color: {field: megawatt, palette: neon}, gradient: 0.6`},
		{Name: "cone", Doc: "cones, for heights that are read at their tips", Layer: `source: sensors, shape: cone, radius: 50, height: {field: megawatt, range: [100, 900]}, color: {field: megawatt, palette: plasma}`},
		{Name: "square", Doc: "square towers with light running up their sides", Layer: `source: sensors, sides: 4, radius: 42, height: {field: megawatt, range: [100, 900]}, color: "#1d6fd6", gradient: 0.7, flow: 1.2`, Time: "2026-06-21T21:30:00Z"},
		{Name: "pyramid", Doc: "pyramids", Layer: `source: sensors, shape: pyramid, radius: 60, height: {field: megawatt, range: [100, 900]}, color: {field: megawatt, palette: turbo}`},
		{Name: "cross", Doc: "columns of a cross's outline", Layer: `source: sensors, shape: cross, radius: 48, height: {field: megawatt, range: [100, 900]}, color: "#ff6b4a", gradient: 0.5`},
	},
})

// Column draws a column at every point of its rows: 32 bytes a row on the GPU, for hundreds
// of thousands.
type Column struct {
	layer.Rows
	Radius   scale.NumberBy `json:"radius" doc:"metres from axis to corner"`
	Height   scale.NumberBy `json:"height" doc:"metres from foot to top"`
	Shape    string         `json:"shape" enum:"prism,cylinder,cone,pyramid,obelisk,cross" doc:"outline and taper; a prism has the given sides"`
	Sides    int            `json:"sides" min:"3" max:"64" doc:"number of sides of a prism"`
	Color    scale.ColorBy  `json:"color" theme:"accent" doc:"colour"`
	Gradient float64        `json:"gradient" min:"0" max:"1" doc:"how dark the foot is"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"light of its own; above 1 glows"`
	Glass    *mark.Glass    `json:"glass" doc:"columns of glass in their colour, lit by the scene whatever the layer's blend is"`
	Flow     float64        `json:"flow" min:"0" max:"100" doc:"brightness of light that runs up the sides"`
	Grow     float64        `json:"grow" min:"0" max:"1" doc:"share of the heights that is there: set by a story, columns grow"`
}

// Draw makes instances of one column for each row.
func (p *Column) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Each(t)
	if err != nil {
		return nil, err
	}
	radii, err := p.Radius.Each(t)
	if err != nil {
		return nil, err
	}
	heights, err := p.Height.Each(t)
	if err != nil {
		return nil, err
	}
	m := mark.Solid(c, 0.45, p.Emission)
	look := func(grown float64) func(row int, it *drawable.Instance) bool {
		return func(row int, it *drawable.Instance) bool {
			radius, height, color := radii.Of(row), heights.Of(row), colors.Of(row)
			it.Scale[0], it.Scale[1], it.Color = float32(radius*grown), float32(height*p.Grow), color
			return color[3] > 0 && height > 0 && radius > 0 && p.Grow > 0
		}
	}
	if p.Glass != nil { // a diameter behind its surface: copies stretch the mesh by the greater of their scales
		var radius, scale float32
		for i := range t.Rows() {
			if it := (drawable.Instance{}); look(1)(i, &it) && t.Geometry[i] != nil {
				radius, scale = max(radius, it.Scale[0]), max(scale, it.Scale[0], it.Scale[1])
			}
		}
		p.Glass.On(m, 2*float64(radius)/max(float64(scale), 1e-9))
	}
	out := mark.Stand(c, t, p.body(m), look(1))
	if p.Flow > 0 {
		flow := mark.Material("column flow", drawable.Effect{Pattern: drawable.Bands, Period: 1.8, Repeat: 1, Width: 0.28, Softness: 1, Stagger: 1, Emission: float32(p.Flow)}, drawable.Additive)
		flow.DoubleSided = false
		told := *c // what is left out has been counted
		told.Skip = func(string, string) {}
		out = append(out, mark.Stand(&told, t, p.body(flow), look(1.01))...)
	}
	return out, nil
}

// body is the column of radius and height 1.
func (p *Column) body(m *drawable.Material) *drawable.Mesh {
	foot := 1 - p.Gradient
	if m.Effect.Pattern != drawable.NoPattern {
		foot = 1
	}
	outline, top, round := p.shape()
	d := mark.Extrude(m, outline, top, round, foot)
	if m.Clears() {
		mark.Foot(d, outline, foot)
	}
	return d
}

// shape is the outline of a column of radius 1, how wide its top is, and whether its side is round.
func (p *Column) shape() (outline [][2]float64, top float64, round bool) {
	switch p.Shape {
	case "cylinder":
		return mark.Polygon(40), 1, true
	case "cone":
		return mark.Polygon(40), 0, true
	case "pyramid":
		return turned(mark.Polygon(4)), 0, false
	case "obelisk":
		return turned(mark.Polygon(4)), 0.55, false
	case "cross":
		return mark.Plus(), 1, false
	}
	outline = mark.Polygon(p.Sides)
	if p.Sides == 4 {
		outline = turned(outline)
	}
	return outline, 1, p.Sides > 12
}

// turned has a square's sides face the cardinal directions.
func turned(outline [][2]float64) [][2]float64 {
	sin, cos := math.Sincos(math.Pi / 4)
	for i, p := range outline {
		outline[i] = [2]float64{cos*p[0] - sin*p[1], sin*p[0] + cos*p[1]}
	}
	return outline
}
