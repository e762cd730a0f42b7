package fields

import (
	"math"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "heatmap", Group: "fields", Doc: "how densely points lie, as colours on the ground",
	New: func() any {
		p := &Heatmap{Paint: newPaint(sheet.Density, "inferno"), Fade: 0.35}
		p.From.SetDefaults()
		return p
	},
	Examples: []scene.Example{
		{Layer: `source: sensors, radius: 700, color: {field: density, palette: turbo}`},
		{Name: "weighted", Doc: "points that count by a value, in classes", Layer: `source: sensors, weight: megawatt, radius: 500, fade: 0, least: 0.17, color: {field: density, scale: quantise, classes: 6, palette: magma}`},
	},
})

// Heatmap is a kernel density on the ground.
type Heatmap struct {
	sheet.From
	Paint
	Fade float64 `json:"fade" min:"0" max:"1" doc:"share of the way to the greatest value, along its square root, below which it fades out"`
}

// Paint is how a field lies on the ground; types embed it.
type Paint struct {
	Color    scale.ColorBy `json:"color" doc:"colour, by the field density, by the field that is interpolated, or by value of a raster: without it, by the one that is drawn"`
	Alpha    float64       `json:"alpha" min:"0" max:"1" doc:"how much it covers the ground"`
	Least    float64       `json:"least" min:"0" max:"1" doc:"share of the way from the least to the greatest value below which nothing is drawn"`
	Emission float64       `json:"emission" min:"0" max:"100" doc:"light of its own, beside that of sun and sky"`
	Over     string        `json:"over" enum:"ground,flat,all" doc:"what it colours: ground is terrain, areas and the globe; flat roads and water as well; all buildings too"`
}

func newPaint(field, palette string) Paint {
	return Paint{Color: scale.Drawn(field, palette), Alpha: 0.85, Emission: 0.45, Over: "flat"}
}

// Draw paints the density.
func (p *Heatmap) Draw(c *layer.Context) ([]drawable.Draw, error) {
	fs, err := p.Fields(c)
	if err != nil {
		return nil, err
	}
	var out []drawable.Draw
	for _, f := range fs {
		draws, err := p.paint(c, f, p.Fade)
		if err != nil {
			return nil, err
		}
		out = append(out, draws...)
	}
	return said(c, out), nil
}

// paint is a picture of the field; fade is the share of the range over which it appears.
func (p *Paint) paint(c *layer.Context, f sheet.Field, fade float64) ([]drawable.Draw, error) {
	colors, err := sheet.Colors(p.Color, f)
	if err != nil {
		return nil, err
	}
	lo, hi, ok := f.Range()
	if !ok {
		return nil, nil
	}
	if f.Counted {
		lo = 0
	}
	from := lo + p.Least*(hi-lo)
	color := func(v float64) scene.Color {
		if math.IsNaN(v) || v < from || v <= 0 && f.Counted {
			return scene.Color{}
		}
		rgba := colors.Of(v)
		cover := p.Alpha
		if fade > 0 && hi > lo {
			cover *= smooth(math.Sqrt((v-from)/(hi-lo)) / fade)
		}
		rgba[3] = uint8(math.Round(float64(rgba[3]) * cover))
		return rgba
	}
	return sheet.Picture(c, f.Field, color, p.Emission, sheet.Surfaces(p.Over)), nil
}

// smooth rises from 0 to 1 without corners.
func smooth(t float64) float64 {
	t = min(max(t, 0), 1)
	return t * t * (3 - 2*t)
}

// said counts a layer of which nothing can be seen.
func said(c *layer.Context, draws []drawable.Draw) []drawable.Draw {
	if len(draws) == 0 {
		c.Skip(c.Layer.ID, "no values to draw")
	}
	return draws
}
