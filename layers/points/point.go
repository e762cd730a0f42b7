package points

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "point", Group: "points", Doc: "dots and other shapes that face the viewer; for millions of rows",
	New: func() any {
		return &Point{Size: scale.NumberBy{Constant: 8}, Unit: "px", Color: scale.ColorBy{Constant: scene.Color{255, 205, 80, 255}}, Shape: "circle", Emission: 1}
	},
	Examples: []scene.Example{
		{Layer: `source: places, size: 40, color: {field: population, palette: neon}`},
		{Name: "bubble", Doc: "discs whose area is a value, with a rim", Layer: `source: places, size: {field: population, scale: sqrt, range: [18, 96]}, color: {field: population, palette: plasma}, stroke: 0.06, fill: 0.45`},
		{Name: "gradient", Doc: "soft dots whose light adds up", Layer: `source: sensors, size: {field: megawatt, range: [30, 110]}, color: "#ff7a2a", softness: 1, blend: additive, emission: 1.6`},
		{Name: "symbols", Doc: "shapes with a rim of their own", Layer: `source: sensors, size: 26, shape: star, color: {field: megawatt, palette: turbo}, stroke: 0.16, strokeColor: "#ffffff", fill: 1`},
		{Name: "glint", Doc: "stars of light that flash up", Layer: `source: sensors, size: 90, pattern: sparkle, period: 3, color: "#cfe8ff", blend: additive, emission: 3`, At: 4},
	},
})

// Point draws a mark at every point of its rows: 28 bytes a row on the GPU, which holds
// tens of millions.
type Point struct {
	layer.Rows
	Size        scale.NumberBy `json:"size" doc:"diameter; of other shapes, of the disc of their area"`
	Unit        string         `json:"unit" enum:"px,m" doc:"of the size: pixels of a 1080-line picture, or metres"`
	Least       float64        `json:"least" min:"0" unit:"px" doc:"smallest diameter on the screen"`
	Most        float64        `json:"most" min:"0" unit:"px" doc:"greatest diameter on the screen; 0 has no limit"`
	Color       scale.ColorBy  `json:"color" theme:"accent" doc:"colour"`
	Shape       string         `json:"shape" enum:"circle,square,diamond,triangle,pentagon,hexagon,star,cross,arrow" doc:"outline"`
	Angle       scale.NumberBy `json:"angle" unit:"°" doc:"turned clockwise on the screen"`
	Stroke      float64        `json:"stroke" min:"0" max:"1" doc:"ring width as a share of the radius; 0 is filled"`
	StrokeColor scene.Color    `json:"strokeColor" doc:"colour of the ring; transparent is the mark's own"`
	Fill        float64        `json:"fill" min:"0" max:"1" doc:"opacity within the ring"`
	Softness    float64        `json:"softness" min:"0" max:"1" doc:"0 has a sharp edge, 1 fades from the middle"`
	Pattern     string         `json:"pattern" enum:"breathe,ripple,sweep,flash,sparkle" doc:"moves, instead of the shape"`
	Period      float64        `json:"period" min:"-3600" max:"3600" unit:"s" doc:"of the pattern; rows are apart by their number; 0 is the pattern's own"`
	Emission    float64        `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
	Height      scale.NumberBy `json:"height" unit:"m" doc:"above where it stands"`
}

var shapes = map[string]drawable.Shape{
	"circle": drawable.Circle, "square": drawable.Square, "diamond": drawable.Diamond, "triangle": drawable.Triangle,
	"pentagon": drawable.Pentagon, "hexagon": drawable.Hexagon, "star": drawable.Star, "cross": drawable.Cross, "arrow": drawable.Arrow,
}

// Draw makes one set of points.
func (p *Point) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	rows, err := newCloud(c, t, p.Color, p.Size, p.Height, p.Angle)
	if err != nil {
		return nil, err
	}
	d := &drawable.Points{
		Metres: p.Unit == "m", Least: float32(p.Least), Most: float32(p.Most), Blend: c.Blend(drawable.Alpha), Emission: float32(p.Emission),
		Shape: shapes[p.Shape], Stroke: float32(p.Stroke), Rim: p.StrokeColor.Linear(), Fill: float32(p.Fill), Softness: float32(p.Softness),
	}
	if p.Pattern != "" {
		m := mark.Pattern{Pattern: p.Pattern, Period: p.Period, Stagger: 1}
		d.Effect = m.Effect()
	}
	rows.fill(d)
	return []drawable.Draw{{What: d}}, nil
}
