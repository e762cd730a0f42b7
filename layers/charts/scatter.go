package charts

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "scatter-chart", Group: "charts", Doc: "a dot a row by two of its values",
	New: func() any {
		return &ScatterChart{Chart: with(440, 300), Size: scale.NumberBy{Constant: 9}}
	},
	Examples: []scene.Example{{Layer: `source: prices, x: volume, y: close, size: {field: high, range: [5, 22]}, heading: Price and trade, anchor: center, zoom: 2`}},
})

// ScatterChart draws a dot a row.
type ScatterChart struct {
	Chart
	X     string         `json:"x" required:"true" doc:"field of numbers along the horizontal axis"`
	Y     string         `json:"y" required:"true" doc:"field of numbers along the vertical axis"`
	Size  scale.NumberBy `json:"size" doc:"diameter in pixels of a 1080-line picture"`
	Color *scale.ColorBy `json:"color" doc:"color; without it the accent"`
}

// Draw makes a panel, or one for each group.
func (s *ScatterChart) Draw(c *layer.Context) ([]drawable.Draw, error) {
	return s.make(c, func(t *table.Table, look look) (plot, error) {
		x, err := t.Numbers(s.X)
		if err != nil {
			return nil, fmt.Errorf("x: %w", err)
		}
		y, err := t.Numbers(s.Y)
		if err != nil {
			return nil, fmt.Errorf("y: %w", err)
		}
		d := &dots{x: x, y: y, look: look}
		for i := range x {
			d.rows = append(d.rows, t.Origins([]int{i})...)
		}
		if d.sizes, err = s.Size.Numbers(t); err != nil {
			return nil, fmt.Errorf("size: %w", err)
		}
		if s.Color != nil {
			if d.colors, err = s.Color.Colors(t); err != nil {
				return nil, err
			}
		}
		return d, nil
	})
}

type dots struct {
	x, y, sizes []float64
	rows        []int // of the layer's table
	colors      []scene.Color
	look        look
}

func (d *dots) paint(p *panels.Painter) {
	x0, x1, okX := span(d.x)
	y0, y1, okY := span(d.y)
	if !okX || !okY {
		empty(p)
		return
	}
	up, plot := d.look.upright(p, p.Box, y0, y1)
	across := nice(x0, x1, max(int(plot.W/90), 2), d.look.number.Format)
	across.below(p, plot)
	for i := range d.x {
		if math.IsNaN(d.x[i]) || math.IsNaN(d.y[i]) || !(d.sizes[i] > 0) {
			continue
		}
		color := p.Accent
		if d.colors != nil {
			color = d.colors[i]
		}
		r := d.sizes[i] / 2 * stagger(p.Grown, i, len(d.x))
		x, y := plot.X+plot.W*across.share(d.x[i]), plot.Y+plot.H*(1-up.share(d.y[i]))
		p.Fill(canvas.Circle(x, y, r), canvas.Color(panels.Alpha(color, 0.42)))
		p.Part(canvas.Circle(x, y, r), "", d.rows[i:i+1])
		if r > 1 {
			p.Stroke(canvas.Circle(x, y, r-0.5), 1, canvas.Color(color))
		}
	}
}
