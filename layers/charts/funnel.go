package charts

import (
	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "funnel-chart", Group: "charts", Doc: "steps that fewer and fewer reach",
	New: func() any {
		return &FunnelChart{Chart: with(420, 280), Parts: Parts{Aggregate: "sum", Sort: "value", Limit: 8}}
	},
	Examples: []scene.Example{{Layer: `source: places, name: name, value: population, limit: 5, heading: From arrival to stay, anchor: center, zoom: 2`}},
})

// FunnelChart draws a band a step, as wide as its value.
type FunnelChart struct {
	Chart
	Parts
}

// Draw makes a panel, or one for each group.
func (k *FunnelChart) Draw(c *layer.Context) ([]drawable.Draw, error) {
	return k.make(c, func(t *table.Table, look look) (plot, error) {
		parts, err := k.parts(t)
		if err != nil {
			return nil, err
		}
		f := &funnel{look: look}
		for _, g := range parts {
			if g.Value < 0 {
				c.Skip(g.Name, belowZero)
			}
			if g.Value >= 0 && (k.Limit == 0 || len(f.steps) < k.Limit) {
				f.steps = append(f.steps, g)
			}
		}
		return f, nil
	})
}

type funnel struct {
	look  look
	steps []panels.Group
}

func (f *funnel) paint(p *panels.Painter) {
	most := 0.0
	for _, s := range f.steps {
		most = max(most, s.Value)
	}
	if most == 0 {
		empty(p)
		return
	}
	names, values := 0.0, 0.0
	percent, _ := format.ParseNumber(".0%")
	for _, s := range f.steps {
		names = max(names, min(p.Fonts.Width(s.Name, p.Body()), 0.32*p.Box.W))
		values = max(values, p.Fonts.Width(f.look.write(s.Value), p.Body()))
	}
	band := p.Box.Cut(names+18, 0, values+18, 0)
	x, h := band.X+band.W/2, band.H/float64(len(f.steps))
	for i, s := range f.steps {
		grown := stagger(p.Grown, i, len(f.steps))
		w := band.W * s.Value / most * grown
		next := w * 0.9
		if i+1 < len(f.steps) {
			next = band.W * f.steps[i+1].Value / most * grown
		}
		y := band.Y + h*float64(i)
		color := panels.Alpha(p.Accent, 1-0.6*float64(i)/float64(len(f.steps)))
		if len(f.look.colors) > 0 {
			color = f.look.color(p, i)
		}
		step := (&canvas.Path{}).Move(x-w/2, y+1.5).Line(x+w/2, y+1.5).Line(x+next/2, y+h-1.5).Line(x-next/2, y+h-1.5).Close()
		p.Fill(step, canvas.Color(color))
		p.Part(step, s.Name+" · "+f.look.write(s.Value), s.Rows)
		p.Write(p.Fonts.Fit(s.Name, names, p.Body()), p.Box.X+names, y+h/2, panels.Right(p.Body()))
		p.Write(f.look.write(s.Value), p.Box.X+p.Box.W, y+h/2, panels.Right(p.Body()))
		if share := percent.Format(s.Value / most); i > 0 && (w+next)/2 > p.Fonts.Width(share, p.Small())+16 {
			p.Write(share, x, y+h/2, panels.Centred(p.Strong(p.Small())))
		}
	}
}
