package lines

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "fence", Group: "lines", Doc: "walls of light that stand on lines and outlines",
	New: func() any {
		return &Fence{Height: scale.NumberBy{Constant: 120}, Color: scale.ColorBy{Constant: scene.Color{0, 229, 255, 255}}, Foot: 0.9, Emission: 1.5, Pattern: "none", Period: scene.Seconds(4), Spacing: 0.5}
	},
	Examples: []scene.Example{
		{Layer: `source: zones, height: 160`},
		{Name: "bands", Doc: "bands that rise", Layer: `source: zones, height: 260, pattern: bands, foot: 1, top: 0.2, color: {field: rent, palette: neon}`},
		{Name: "flowing", Doc: "light that flows along an outline, of arrowheads", Layer: `source: zones, height: 160, pattern: chevrons, spacing: 2, top: 1, color: "#ffb703", emission: 3`},
		{Name: "force-field", Doc: "a net of cells that light up", Layer: `source: zones, height: 300, pattern: hexagons, spacing: 0.2, top: 0.4, color: "#4cc9f0"`},
		{Name: "curtain", Doc: "walls as high as a value at each vertex", Layer: `source: ferries, height: {field: timestamps, range: [20, 260]}, color: {field: timestamps, palette: turbo}, foot: 0.75, top: 0.1`},
	},
})

// Fence draws an upright wall along the lines of its rows, and the rings of areas.
type Fence struct {
	layer.Rows
	Height   scale.NumberBy `json:"height" doc:"metres, by a field that has a number or a list with one for each vertex"`
	Color    scale.ColorBy  `json:"color" theme:"accent" doc:"colour, by a field that has a value for each row or a list with one for each vertex"`
	Foot     float64        `json:"foot" min:"0" max:"1" doc:"opacity at the ground"`
	Top      float64        `json:"top" min:"0" max:"1" doc:"opacity at the top"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
	Pattern  string         `json:"pattern" enum:"none,bands,stripes,chevrons,sparks,hexagons,grid,energy" doc:"what moves over the wall: bands rise, stripes and chevrons run along it"`
	Spacing  float64        `json:"spacing" above:"0" max:"100" doc:"size of a stripe, a cell or the gap of bands, as a share of the wall's height"`
	Period   scene.Time     `json:"period" above:"0" max:"3600" unit:"s" doc:"time of a cycle of the pattern"`
}

// patterns are the effects of walls.
var patterns = map[string]drawable.Effect{
	"bands":    {Pattern: drawable.Bands, Width: 0.6, Softness: 1, Fill: 0.15},
	"stripes":  {Pattern: drawable.Stripes, Width: 0.5, Softness: 1, Fill: 0.12},
	"chevrons": {Pattern: drawable.Chevrons, Width: 0.4, Softness: 0.3, Fill: 0.12},
	"sparks":   {Pattern: drawable.Sparks, Width: 0.3, Fill: 0.1},
	"hexagons": {Pattern: drawable.Hexagons, Width: 0.1, Softness: 0.6, Fill: 0.3, Band: true},
	"grid":     {Pattern: drawable.Grid, Width: 0.06, Fill: 0.15, Band: true},
	"energy":   {Pattern: drawable.Energy, Width: 0.08, Softness: 0.5, Fill: 0.1, Band: true},
}

// effect is what moves over the wall; none where the pattern is.
func (p *Fence) effect() drawable.Effect {
	e, ok := patterns[p.Pattern]
	if ok {
		e.Period, e.Repeat, e.Emission = float32(p.Period.Seconds()), float32(1/p.Spacing), 1
	}
	return e
}

// Draw makes one mesh of all walls.
func (p *Fence) Draw(c *layer.Context) ([]drawable.Draw, error) {
	painted, err := paint(c, p.Color, p.Height)
	if err != nil {
		return nil, err
	}
	e := float32(p.Emission)
	w := NewWall(Corners(c, painted.table.Geometry), &drawable.Material{Name: "fence", Model: drawable.Unlit, Blend: c.Blend(drawable.Alpha), Color: [4]float32{e, e, e, 1}, DoubleSided: true, Effect: p.effect()})
	painted.each(c, func(row int, ps []orb.Point, of look) {
		way := wayOf(c, ps, 0)
		w.Begin()
		u := 0.0
		for k, q := range way.at {
			ink, h := of(way.vertex[k], way.share[k])
			if !(h > 0) {
				w.Begin()
				continue
			}
			u += w.Along(q) / h
			w.Add(Post{Foot: q, Height: h, Low: faded(ink, p.Foot), High: faded(ink, p.Top), U: u, Feature: uint32(row)})
		}
	})
	return w.Draws(), nil
}

// faded is a colour with a share of its opacity.
func faded(c scene.Color, opacity float64) scene.Color {
	c[3] = uint8(math.Round(float64(c[3]) * mgl64.Clamp(opacity, 0, 1)))
	return c
}
