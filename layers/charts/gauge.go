package charts

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "gauge", Group: "charts", Doc: "one value on an arc from least to most",
	New: func() any {
		return &Gauge{Chart: with(300, 230), Aggregate: "sum", Most: 100}
	},
	Examples: []scene.Example{
		{Layer: `source: sensors, field: megawatt, most: 200, unit: MW, format: ",.0f", heading: Load of the grid, anchor: center, zoom: 2`},
		{Name: "bands", Doc: "with bands of colours", Layer: `source: sensors, field: megawatt, most: 200, unit: MW, format: ",.0f", bands: [{to: 110, color: "#48cd8e"}, {to: 150, color: "#f0b23e"}, {to: 200, color: "#f27068"}], heading: Load of the grid, anchor: center, zoom: 2`},
	},
})

// Gauge shows one value of all rows.
type Gauge struct {
	Chart
	Field     string  `json:"field" doc:"field of the value"`
	Aggregate string  `json:"aggregate" enum:"sum,mean,median,min,max,count,first,last" doc:"how rows become one value"`
	Least     float64 `json:"least" min:"-1e15" max:"1e15" doc:"value at the arc's begin"`
	Most      float64 `json:"most" min:"-1e15" max:"1e15" doc:"value at the arc's end"`
	Bands     []Band  `json:"bands" doc:"bands of colors, in rising order"`
}

// Band colours a gauge up to a value.
type Band struct {
	To    float64     `json:"to" required:"true" doc:"value up to which the color reaches"`
	Color scene.Color `json:"color" required:"true" doc:"color"`
}

// CheckScene refuses ends that are the same.
func (g *Gauge) CheckScene(fail func(field, found, allowed string)) {
	g.Chart.CheckScene(fail)
	if g.Most <= g.Least {
		fail("most", fmt.Sprint(g.Most), fmt.Sprintf("more than least (%v) is allowed", g.Least))
	}
}

// Draw makes a panel, or one for each group.
func (g *Gauge) Draw(c *layer.Context) ([]drawable.Draw, error) {
	return g.make(c, func(t *table.Table, look look) (plot, error) {
		groups, err := panels.Aggregated(t, "", g.Field, g.Aggregate)
		if err != nil {
			return nil, fmt.Errorf("field: %w", err)
		}
		return &dial{*g, look, groups[0].Value}, nil
	})
}

type dial struct {
	Gauge
	look  look
	value float64
}

// color is that of the band in which a value lies.
func (d *dial) color(p *panels.Painter, v float64) scene.Color {
	for _, b := range d.Bands {
		if v <= b.To {
			return b.Color
		}
	}
	if n := len(d.Bands); n > 0 {
		return d.Bands[n-1].Color
	}
	return p.Accent
}

func (d *dial) paint(p *panels.Painter) {
	const reach = 1.32 * math.Pi // of the arc
	r := min(p.Box.W/2, p.Box.H/(1+math.Sin(reach/2-math.Pi/2)+0.02))
	x, y := p.Box.X+p.Box.W/2, p.Box.Y+r
	angle := func(v float64) float64 {
		return reach * (min(max((v-d.Least)/(d.Most-d.Least), 0), 1) - 0.5)
	}
	arc := func(a, b, radius, width float64, ink canvas.Ink) {
		if b-a > 1e-6 {
			p.Stroke((&canvas.Path{}).Arc(x, y, radius, a-math.Pi/2, b-math.Pi/2), width, ink)
		}
	}
	wide := 0.13 * r
	arc(-reach/2, reach/2, r-wide/2, wide, p.Faint(0.12))
	from := d.Least
	for _, b := range d.Bands {
		arc(angle(from)+0.012, angle(b.To)-0.012, r-wide-5, 3, canvas.Color(b.Color))
		from = b.To
	}
	a := nice(d.Least, d.Most, 5, d.look.number.Format)
	for i, v := range a.ticks {
		if v < d.Least || v > d.Most {
			continue
		}
		s, c := math.Sincos(angle(v))
		k := r - wide - 24
		p.Write(a.labels[i], x+k*s, y-k*c, panels.Centred(canvas.Style{Size: min(panels.Small, 0.11*r), Ink: p.Faint(0.5)}))
	}
	if math.IsNaN(d.value) {
		p.Write(format.Missing, x, y, panels.Centred(p.Strong(canvas.Style{Size: 0.36 * r})))
		return
	}
	now := d.Least + (d.value-d.Least)*panels.Ease(p.Grown)
	arc(-reach/2, angle(now), r-wide/2, wide, canvas.Color(d.color(p, now)))
	p.Write(d.look.number.Format(now), x, y+0.02*r, panels.Centred(p.Strong(canvas.Style{Size: 0.36 * r})))
	if d.look.unit != "" {
		p.Write(d.look.unit, x, y+0.34*r, panels.Centred(p.Body()))
	}
}
