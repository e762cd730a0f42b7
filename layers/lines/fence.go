package lines

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "fence", Group: "lines", Doc: "walls of light that stand on lines and outlines",
	New: func() any {
		return &Fence{Height: scale.NumberBy{Constant: 120}, Color: scale.ColorBy{Constant: scene.Color{0, 229, 255, 255}}, Foot: 0.9, Emission: 1.5}
	},
	Examples: []scene.Example{
		{Layer: `source: zones, height: 160`},
		{Name: "curtain", Doc: "walls as high as a value at each vertex", Layer: `source: trips, height: {field: timestamps, range: [20, 400]}, color: {field: timestamps, palette: turbo}, top: 0.5, foot: 0.5`},
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
}

// Draw makes one mesh of all walls.
func (p *Fence) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	colors, err := colorsOf(p.Color, t)
	if err != nil {
		return nil, err
	}
	heights, err := numbersOf(p.Height, t)
	if err != nil {
		return nil, err
	}
	e := float32(p.Emission)
	w := NewWall(Corners(c, t.Geometry), &drawable.Material{Name: "fence", Model: drawable.Unlit, Blend: c.Blend(drawable.Alpha), Color: [4]float32{e, e, e, 1}, DoubleSided: true})
	for i, g := range t.Geometry {
		parts := layer.Polylines(g)
		total := 0
		for _, ps := range parts {
			total += len(ps)
		}
		col, okColor := colors.of(i, total)
		high, okHeight := heights.of(i, total)
		switch {
		case total == 0:
			c.Skip(t.IDs[i], "no line or area geometry")
			continue
		case !okColor || !okHeight:
			c.Skip(t.IDs[i], "values and vertices differ in number")
			continue
		}
		done := 0
		for _, ps := range parts {
			way := wayOf(c, ps, 0)
			w.Begin()
			for k, q := range way.at {
				h := way.blend(high, done, k)
				if !(h > 0) {
					w.Begin()
					continue
				}
				ink := at(col, done+way.vertex[k])
				if s := way.share[k]; s > 0 {
					ink = ink.Mix(at(col, done+way.vertex[k]+1), s)
				}
				w.Post(q, h, faded(ink, p.Foot), faded(ink, p.Top), uint32(i))
			}
			done += len(ps)
		}
	}
	return w.Draws(), nil
}

// faded is a colour with a share of its opacity.
func faded(c scene.Color, opacity float64) scene.Color {
	c[3] = uint8(math.Round(float64(c[3]) * mgl64.Clamp(opacity, 0, 1)))
	return c
}
