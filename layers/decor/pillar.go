package decor

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "pillar", Group: "decoration", Doc: "pillars of light that mark places from afar, with rings at their feet",
	New: func() any {
		return &Pillar{Radius: scale.NumberBy{Constant: 18}, Height: scale.NumberBy{Constant: 600}, Color: scale.ColorBy{Constant: scene.Color{70, 205, 255, 255}}, Period: 2.4, Ring: 5, Emission: 2.5}
	},
	Examples: []scene.Example{
		{Layer: `source: places, radius: 34, height: {field: population, range: [500, 1300]}`, Time: "2026-06-21T21:40:00Z"},
		{Name: "day", Doc: "pillars in colours of a value, by day", Layer: `source: places, radius: 34, height: 900, color: {field: population, palette: neon}, emission: 1.4`},
	},
})

// Pillar draws a beam at every point of its rows: 96 bytes a row, for thousands. A core and a
// soft mantle stand for the light that air scatters: what is looked through longest is
// brightest.
type Pillar struct {
	mark.Where
	Radius   scale.NumberBy `json:"radius" unit:"m" doc:"of the mantle"`
	Height   scale.NumberBy `json:"height" unit:"m" doc:"of the beam"`
	Color    scale.ColorBy  `json:"color" theme:"accent" doc:"colour"`
	Period   float64        `json:"period" min:"0" max:"3600" unit:"s" doc:"in which light runs up once; 0 is a still beam"`
	Ring     float64        `json:"ring" min:"0" max:"100" doc:"radius of the ring at its foot, in radii; 0 has none"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness; up to 1 colours are exact, above they glow"`
}

// Draw makes instances of mantle, core and ring.
func (p *Pillar) Draw(c *layer.Context) ([]drawable.Draw, error) {
	l, err := looksOf(c, &p.Where, p.Color, p.Radius, &p.Height)
	if err != nil {
		return nil, err
	}
	groups := mark.Groups(l.spots)
	beam := drawable.Effect{Pattern: drawable.Bands, Period: float32(p.Period), Repeat: 2, Width: 0.4, Softness: 1, Fill: 0.55, Fade: 1, Rim: 1, Stagger: 1, Emission: float32(p.Emission)}
	mantle := beam
	mantle.Fill, mantle.Width = 0.22, 0.2
	blend := c.Blend(drawable.Alpha)
	var out []drawable.Draw
	for _, part := range []struct {
		effect drawable.Effect
		share  float64
	}{{mantle, 1}, {beam, 0.28}} {
		m := mark.Material("pillar", part.effect, blend)
		m.DoubleSided = false
		out = append(out, mark.Copies(groups, mark.Tube(m, 24), func(row int, it *drawable.Instance) {
			it.Scale, it.Color = [2]float32{float32(part.share * l.radii[row]), float32(l.heights[row])}, l.colors[row]
		})...)
	}
	if p.Ring > 0 {
		ring := mark.Pattern{Pattern: "ripple", Period: p.Period, Stagger: 1, Emission: p.Emission}
		out = append(out, mark.Discs(c, groups, ring.Effect(), 200, func(row int, it *drawable.Instance) {
			r := float32(p.Ring * l.radii[row])
			it.Scale, it.Color = [2]float32{r, r}, l.colors[row]
		})...)
	}
	return out, nil
}
