package areas

import (
	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "choropleth", Group: "areas", Doc: "areas coloured by a value, flat on the ground or as prisms",
	New: func() any {
		p := newChoropleth()
		return &p
	},
	Examples: []scene.Example{
		{Layer: `source: zones, color: {field: rent, scale: quantile, palette: viridis}`},
		{Name: "outlined", Doc: "areas with a line around each", Layer: `source: zones, color: {field: rent, palette: ylorrd}, alpha: 0.7, edge: {width: 2, color: "#ffffff"}`},
		{Name: "prism", Doc: "areas raised by a value, with walls that darken to their feet and a rim of light", Layer: `source: zones, height: {field: rent, range: [120, 700]}, color: {field: rent, palette: plasma}, gradient: 0.6, edge: {width: 2, color: "#ffe9a8", emission: 2}`},
		{Name: "hatch", Doc: "areas filled with a pattern", Layer: `source: zones, color: {field: rent, palette: turbo}, alpha: 0.9, pattern: hatch, patternSize: 90, edge: {width: 1.5, color: "#00000000"}`},
		{Name: "floating", Doc: "plates that float above the ground", Layer: `source: zones, color: {field: rent, palette: neon}, height: 30, base: 400, glow: 0.5, edge: {width: 1.5, color: "#ffffff"}`, Time: "2026-06-22T01:30:00Z"},
	},
})

// Choropleth colours the areas of its rows.
type Choropleth struct {
	layer.Rows
	Color        scale.ColorBy  `json:"color" theme:"accent" doc:"colour"`
	Alpha        float64        `json:"alpha" min:"0" max:"1" doc:"how much it covers the ground"`
	Height       scale.NumberBy `json:"height" doc:"metres of a prism above the ground; 0 is flat"`
	Base         float64        `json:"base" min:"0" max:"1e7" unit:"m" doc:"height of a prism's foot above the ground; 0 stands on it"`
	Grow         float64        `json:"grow" min:"0" max:"1" doc:"share of the heights that is there: set by a story, prisms grow"`
	Side         scene.Color    `json:"side" doc:"of a prism's walls; transparent is the area's own"`
	Gradient     float64        `json:"gradient" min:"0" max:"1" doc:"how dark the feet of a prism's walls are"`
	Emission     float64        `json:"emission" min:"0" max:"100" doc:"brightness of flat areas; above 1 glows"`
	Glow         float64        `json:"glow" min:"0" max:"100" doc:"light of prisms' own"`
	Step         float64        `json:"step" min:"5" max:"1e6" unit:"m" doc:"flat areas follow the ground with triangles of about this size; larger for large areas"`
	Pattern      string         `json:"pattern" enum:"none,lines,hatch,cross,grid,dots,checks" doc:"fills flat areas instead of the whole"`
	PatternSize  float64        `json:"patternSize" min:"0.1" max:"1e6" unit:"m" doc:"from line to line"`
	PatternShare float64        `json:"patternShare" min:"0.01" max:"0.99" doc:"share of it that a line takes"`
	Edge         sheet.Edge     `json:"edge" doc:"line around flat areas and the tops of prisms"`
}

func newChoropleth() Choropleth {
	p := Choropleth{Color: scale.ColorBy{Constant: scene.Color{64, 140, 255, 255}}, Alpha: 0.6, Emission: 1, Step: 60, Grow: 1, Gradient: 0.35, Pattern: "none", PatternSize: 120, PatternShare: 0.4}
	p.Edge.SetDefaults()
	return p
}

// Draw makes few meshes of all rows.
func (p *Choropleth) Draw(c *layer.Context) ([]drawable.Draw, error) { return p.draw(c) }

func (p *Choropleth) draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := p.Color.Colors(t)
	if err != nil {
		return nil, err
	}
	heights, err := p.Height.Numbers(t)
	if err != nil {
		return nil, err
	}
	flat, solid, rim := sheet.New(c, p.fill(c)), sheet.New(c, sheet.Solid(c, p.Glow)), sheet.NewRim(p.Edge)
	flat.Bias, flat.Period = sheet.FlatBias, p.PatternSize
	step := sheet.Step(c, p.Step, t.Geometry)
	for i, g := range t.Geometry {
		polys := layer.Polygons(g)
		if none, empty := g.(orb.MultiPolygon); empty && len(none) == 0 {
			continue // of a layer that makes areas, and has none here
		}
		if len(polys) == 0 {
			c.Skip(t.IDs[i], "no area geometry")
			continue
		}
		color, row := colors[i], uint32(i)
		if color[3] == 0 {
			continue
		}
		how, outline := p.prism(heights[i], color), layer.OutlineOf(polys)
		for _, poly := range polys {
			drawn := false
			if how.Height > 0 {
				drawn = solid.Prism(poly, how, row, func(at []mgl64.Vec3) { rim.Path(at, color, row) })
			} else if drawn = flat.Flat(poly, step, color, row); drawn {
				rim.Borders(c, poly, outline, color, row)
			}
			if !drawn {
				c.Skip(t.IDs[i], "area without triangles")
			}
		}
	}
	return append(append(flat.Draws(), solid.Draws()...), rim.Draws(c)...), nil
}

// fill is the material of flat areas.
func (p *Choropleth) fill(c *layer.Context) *drawable.Material {
	m := sheet.Flat(c, p.Alpha, p.Emission)
	m.Texture = sheet.Hatch(p.Pattern, p.PatternShare)
	return m
}

func (p *Choropleth) prism(height float64, color scene.Color) sheet.Prism {
	side := color
	if p.Side[3] > 0 {
		side = p.Side
	}
	return sheet.Prism{Height: height * p.Grow, Base: p.Base, Top: color, Wall: side, WallFoot: side.Mix(scene.Color{0, 0, 0, side[3]}, p.Gradient)}
}
