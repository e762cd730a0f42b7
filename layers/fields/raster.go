package fields

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/sheet"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "raster", Group: "fields", Doc: "values of a raster, or interpolated between points, as colours on the ground; clear where nothing is known",
	New: func() any {
		p := &Raster{Paint: newPaint(sheet.Value, "viridis")}
		p.From.SetDefaults()
		return p
	},
	Examples: []scene.Example{
		{Layer: `source: dem, color: {field: value, palette: viridis, domain: [0, 400]}, least: 0.002`, Around: "city", Camera: `{ lng: -30.505, lat: 36.462, height: 3500, pitch: -32 }`},
		{Name: "interpolated", Doc: "a surface through the values of points", Layer: `source: sensors, value: megawatt, radius: 900, color: {field: megawatt, palette: turbo}`},
	},
})

// Raster paints a field as it is.
type Raster struct {
	sheet.From
	Paint
}

// Draw paints each raster.
func (p *Raster) Draw(c *layer.Context) ([]drawable.Draw, error) {
	fs, err := p.Fields(c)
	if err != nil {
		return nil, err
	}
	var out []drawable.Draw
	for _, f := range fs {
		draws, err := p.paint(c, f, 0)
		if err != nil {
			return nil, err
		}
		out = append(out, draws...)
	}
	return said(c, out), nil
}
