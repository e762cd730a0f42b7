package fields

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "surface", Group: "fields", Doc: "a field pulled up as a smooth surface, lit and coloured by its values: a 3D heat map",
	New: func() any {
		p := &Surface{Color: scale.Drawn(sheet.Density, "turbo"), Height: 1000, Power: 1, Least: 0.02, Grow: 1, Alpha: 0.7, Emission: 0.22}
		p.From.SetDefaults()
		return p
	},
	Examples: []scene.Example{
		{Layer: `source: sensors, radius: 700, height: 900, color: {field: density, palette: turbo}`},
		{Name: "interpolated", Doc: "values of points as hills and hollows", Layer: `source: sensors, value: megawatt, radius: 800, least: 0, height: 700, color: {field: megawatt, palette: viridis}`},
		{Name: "glass", Doc: "a clear surface that glows, by night", Layer: `source: sensors, radius: 600, height: 1100, color: {field: density, palette: plasma}, blend: alpha, alpha: 0.65, emission: 1.4`, Time: "2026-06-22T01:30:00Z"},
	},
})

// Surface is a field as a relief.
type Surface struct {
	sheet.From
	Color    scale.ColorBy `json:"color" doc:"colour, by the field density, by the field that is interpolated, or by value of a raster: without it, by the one that is drawn"`
	Height   float64       `json:"height" min:"0" max:"1e7" unit:"m" doc:"of the greatest value above the least"`
	Power    float64       `json:"power" min:"0.1" max:"10" doc:"heights are raised to it: below 1 small values rise, above 1 peaks stand out"`
	Least    float64       `json:"least" min:"0" max:"1" doc:"share of the way from the least to the greatest value below which nothing is drawn"`
	Grow     float64       `json:"grow" min:"0" max:"1" doc:"share of the heights that is there: set by a story, it rises"`
	Alpha    float64       `json:"alpha" min:"0" max:"1" doc:"opacity, where blend is alpha"`
	Emission float64       `json:"emission" min:"0" max:"100" doc:"light of its own; above 1 glows"`
}

// Draw makes a relief of each field.
func (p *Surface) Draw(c *layer.Context) ([]drawable.Draw, error) {
	fs, err := p.Fields(c)
	if err != nil {
		return nil, err
	}
	m := sheet.Solid(c, p.Emission)
	m.Roughness, m.DoubleSided = 0.55, true
	if m.Blend != drawable.Opaque {
		m.Color[3] = float32(p.Alpha)
	}
	var out []drawable.Draw
	for _, f := range fs {
		colors, err := sheet.Colors(p.Color, f)
		if err != nil {
			return nil, err
		}
		lo, hi, ok := f.Range()
		if !ok || hi <= lo {
			continue
		}
		if f.Counted {
			lo = 0
		}
		from := lo + p.Least*(hi-lo)
		foot := lo
		if f.Counted { // it begins on the ground
			foot = from
		}
		height := func(v float64) float64 {
			return p.Height * p.Grow * math.Pow(math.Max((v-foot)/(hi-foot), 0), p.Power)
		}
		out = append(out, sheet.Relief(c, f.Field, m, from, height, colors.Of)...)
	}
	return said(c, out), nil
}
