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

var _ = layer.Register(scene.Type{Name: "heat-chart", Group: "charts", Doc: "values of two texts as a matrix of colours",
	New:      func() any { return &HeatChart{Chart: with(440, 250), Aggregate: "sum"} },
	Examples: []scene.Example{{Layer: `source: flows, x: to, y: from, value: people, heading: Commuters, width: 560, anchor: center, zoom: 2`}},
})

// HeatChart draws a cell for every pair of texts.
type HeatChart struct {
	Chart
	X         string        `json:"x" required:"true" doc:"field of the columns"`
	Y         string        `json:"y" required:"true" doc:"field of the rows"`
	Value     string        `json:"value" doc:"field of the values"`
	Aggregate string        `json:"aggregate" enum:"sum,mean,median,min,max,count,first,last" doc:"how rows of one cell become one value"`
	Palette   scale.Palette `json:"palette" doc:"named colors"`
}

// Draw makes a panel, or one for each group.
func (h *HeatChart) Draw(c *layer.Context) ([]drawable.Draw, error) {
	return h.make(c, func(t *table.Table, look look) (plot, error) {
		f, err := (&Fields{X: h.X, Y: values(h.Value), Series: h.Y, Aggregate: h.Aggregate, Sort: "data"}).frame(t)
		if err != nil {
			return nil, err
		}
		m := &matrix{frame: f, look: look}
		// One row a cell, for the scale.
		cells := &table.Table{}
		column := table.Column{Name: "value", Kind: table.Number}
		for _, s := range f.series {
			column.Numbers = append(column.Numbers, s.values...)
		}
		cells.Columns = []table.Column{column}
		for i := range column.Numbers {
			cells.IDs, cells.Geometry = append(cells.IDs, fmt.Sprint(i)), append(cells.Geometry, nil)
		}
		s := &scale.ColorScale{}
		s.SetDefaults()
		s.Field, s.Palette = "value", h.Palette
		m.colors, err = scale.ColorBy{By: s}.Colors(cells)
		return m, err
	})
}

func values(field string) []string {
	if field == "" {
		return nil
	}
	return []string{field}
}

type matrix struct {
	frame  *frame
	look   look
	colors []scene.Color // row by row
}

func (m *matrix) paint(p *panels.Painter) {
	f := m.frame
	if len(f.names) == 0 || len(f.series) == 0 {
		empty(p)
		return
	}
	wide := 0.0
	for _, s := range f.series {
		wide = max(wide, min(p.Fonts.Width(s.name, p.Small()), 0.3*p.Box.W))
	}
	b := p.Box.Cut(wide+12, 0, 0, under)
	w, h := b.W/float64(len(f.names)), b.H/float64(len(f.series))
	for r, s := range f.series {
		y := b.Y + h*float64(r)
		p.Write(p.Fonts.Fit(s.name, wide, p.Small()), b.X-12, y+h/2, panels.Right(p.Small()))
		for k, v := range s.values {
			if math.IsNaN(v) {
				continue
			}
			color := m.colors[r*len(f.names)+k]
			cell := canvas.Box{X: b.X + w*float64(k), Y: y, W: w, H: h}.Inset(1)
			p.Faded(stagger(p.Grown, k+r, len(f.names)+len(f.series)), func() {
				p.Fill(canvas.Round(cell, 3), canvas.Color(color))
				p.Part(canvas.Round(cell, 3), f.names[k]+" · "+s.name+" · "+m.look.write(v), s.rows[k])
				ink := scene.Color{255, 255, 255, 235}
				if 0.299*float64(color[0])+0.587*float64(color[1])+0.114*float64(color[2]) > 140 {
					ink = scene.Color{10, 14, 20, 235}
				}
				st := canvas.Style{Size: panels.Small, Ink: canvas.Color(ink)}
				if words := m.look.number.Format(v); p.Fonts.Width(words, st) < w-8 && h > 20 {
					p.Write(words, cell.X+cell.W/2, cell.Y+cell.H/2, panels.Centred(st))
				}
			})
		}
	}
	for k, name := range f.names {
		p.Write(p.Fonts.Fit(name, w-4, p.Small()), b.X+w*(float64(k)+0.5), b.Y+b.H+8+panels.Small/2, panels.Centred(p.Small()))
	}
}
