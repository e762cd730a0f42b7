package fields

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/scene"
)

type vec3 = mgl64.Vec3

var _ = layer.Register(scene.Type{Name: "isoband", Group: "fields", Doc: "areas between lines of equal value, flat or in steps",
	New: func() any {
		p := &Isoband{Color: scale.Drawn(sheet.Density, "viridis"), Alpha: 0.75, Emission: 0.9, Glow: 0.22}
		p.Lines = 8
		p.From.SetDefaults()
		p.Edge.SetDefaults()
		return p
	},
	Examples: []scene.Example{
		{Layer: `source: sensors, radius: 800, color: {field: density, palette: ylorrd}, edge: {width: 1, color: "#ffffff80"}`},
		{Name: "steps", Doc: "bands as terraces, each as high as its value", Layer: `source: sensors, value: megawatt, radius: 900, height: 600, color: {field: megawatt, palette: viridis}`},
	},
})

// Isoband fills the bands between some levels.
type Isoband struct {
	sheet.From
	Levels
	Color    scale.ColorBy `json:"color" doc:"colour of a band's middle, by the field density, by the field that is interpolated, or by value of a raster: without it, by the one that is drawn"`
	Alpha    float64       `json:"alpha" min:"0" max:"1" doc:"how much flat bands cover the ground"`
	Emission float64       `json:"emission" min:"0" max:"100" doc:"brightness of flat bands; above 1 glows"`
	Glow     float64       `json:"glow" min:"0" max:"100" doc:"light of raised bands' own"`
	Height   float64       `json:"height" min:"0" max:"1e6" unit:"m" doc:"of the highest band; 0 is flat"`
	Edge     sheet.Edge    `json:"edge" doc:"line around each band"`
}

// Draw makes areas of each band.
func (p *Isoband) Draw(c *layer.Context) ([]drawable.Draw, error) {
	fs, err := p.Fields(c)
	if err != nil {
		return nil, err
	}
	flat, solid, rim := sheet.New(c, sheet.Flat(c, p.Alpha, p.Emission)), sheet.New(c, sheet.Solid(c, p.Glow)), sheet.NewRim(p.Edge)
	flat.Bias = sheet.FlatBias
	for _, f := range fs {
		colors, err := sheet.Colors(p.Color, f)
		if err != nil {
			return nil, err
		}
		lo, hi, ok := f.Range()
		if !ok || hi <= lo {
			continue
		}
		limits := p.of(f)
		if len(p.At) == 0 { // what is beyond the last line is a band, too
			if n := len(limits); n == 0 || limits[n-1] < hi {
				limits = append(limits, hi)
			}
			if !f.Counted && limits[0] > lo {
				limits = append([]float64{lo}, limits...)
			}
		}
		bands := f.Isobands(limits)
		var all []orb.Geometry
		for _, b := range bands {
			all = append(all, b.Area)
		}
		step := sheet.Step(c, 60, all)
		for _, b := range bands {
			color := colors.Of((b.Low + b.High) / 2)
			for _, poly := range b.Area {
				if p.Height > 0 {
					h := p.Height * math.Max((b.High-lo)/(hi-lo), 0)
					foot := color.Mix(scene.Color{0, 0, 0, color[3]}, 0.4)
					solid.Prism(poly, sheet.Prism{Height: h, Top: color, Wall: color, WallFoot: foot}, 0, func(at []vec3) { rim.Path(at, color, 0) })
					continue
				}
				flat.Flat(poly, step, color, 0)
				rim.Rings(c, poly, color, 0)
			}
		}
	}
	return said(c, append(append(flat.Draws(), solid.Draws()...), rim.Draws(c)...)), nil
}
