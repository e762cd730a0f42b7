package fields

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/aggregate"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "isoline", Group: "fields", Doc: "lines of equal value, of points or of a raster",
	New: func() any {
		p := &Isoline{Color: scale.Drawn(sheet.Density, "viridis"), Levels: Levels{Lines: 10}, Width: 2, Major: 5, Emission: 1}
		p.From.SetDefaults()
		return p
	},
	Examples: []scene.Example{
		{Layer: `source: sensors, radius: 800, color: {field: density, palette: turbo}`},
		{Name: "contours", Doc: "heights of a raster every so many metres, each fifth line bold", Layer: `source: dem, every: 25, color: "#fff1cf", width: 1.5, clamp: ground`, Around: "city", Camera: `{ lng: -30.505, lat: 36.462, height: 3500, pitch: -32 }`},
	},
})

// Isoline draws the lines of some levels.
type Isoline struct {
	sheet.From
	Levels
	Color    scale.ColorBy `json:"color" doc:"colour, by the field density, by the field that is interpolated, or by value of a raster: without it, by the one that is drawn"`
	Width    float64       `json:"width" min:"0" max:"100" unit:"px" doc:"of a line"`
	Major    int           `json:"major" min:"0" max:"100" doc:"each so many lines one is twice as wide; 0 has none"`
	Emission float64       `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
	Lift     float64       `json:"lift" min:"0" max:"1e6" unit:"m" doc:"of the greatest value above the ground, of others in proportion: lines in space"`
}

// Levels are values at which a field is cut; types embed it.
type Levels struct {
	At    []float64 `json:"at" doc:"values, instead of every or lines"`
	Every float64   `json:"every" min:"0" doc:"from value to value; 0 is by the number of lines"`
	Lines int       `json:"lines" min:"1" max:"100" doc:"about how many, at round values"`
}

// of are the levels for a field.
func (l *Levels) of(f sheet.Field) []float64 {
	lo, hi, ok := f.Range()
	switch {
	case !ok:
		return nil
	case len(l.At) > 0:
		return l.At
	}
	levels := aggregate.Levels(lo, hi, l.Lines)
	if l.Every > 0 {
		levels = aggregate.Every(lo, hi, l.Every)
	}
	if f.Counted && len(levels) > 0 && levels[0] == 0 {
		levels = levels[1:]
	}
	return levels
}

// Draw makes lines, the bold ones apart.
func (p *Isoline) Draw(c *layer.Context) ([]drawable.Draw, error) {
	fs, err := p.Fields(c)
	if err != nil {
		return nil, err
	}
	var out []drawable.Draw
	for _, f := range fs {
		colors, err := sheet.Colors(p.Color, f)
		if err != nil {
			return nil, err
		}
		lo, hi, _ := f.Range()
		thin := sheet.NewRim(sheet.Edge{Width: p.Width, Unit: "px", Emission: p.Emission})
		bold := sheet.NewRim(sheet.Edge{Width: 2 * p.Width, Unit: "px", Emission: p.Emission})
		levels := p.of(f)
		step := 0.0
		if len(levels) > 1 {
			step = levels[1] - levels[0]
		}
		for _, l := range f.Isolines(levels) {
			rim := thin
			if p.Major > 0 && step > 0 && len(p.At) == 0 && math.Abs(math.Remainder(math.Round(l.Level/step), float64(p.Major))) < 0.5 {
				rim = bold
			}
			lift := 0.0
			if hi > lo {
				lift = p.Lift * (l.Level - lo) / (hi - lo)
			}
			rim.Path(raised(c, l.Line, lift), colors.Of(l.Level), 0)
		}
		out = append(append(out, thin.Draws(c)...), bold.Draws(c)...)
	}
	return said(c, out), nil
}

// raised is a line on the ground, or at a height above it.
func raised(c *layer.Context, line orb.LineString, lift float64) (out []vec3) {
	if lift == 0 {
		return sheet.Follow(c, line)
	}
	for _, q := range line {
		out = append(out, c.Place(q, lift).ECEF())
	}
	return out
}
