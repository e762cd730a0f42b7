package charts

import (
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "radar-chart", Group: "charts", Doc: "values of several texts on spokes, a shape a series",
	New: func() any {
		return &RadarChart{Chart: with(380, 330), Fields: Fields{Aggregate: "sum", Sort: "data"}}
	},
	Examples: []scene.Example{{Layer: `source: flows, x: to, y: [people], series: from, heading: Where people work, anchor: center, zoom: 2`}},
})

// RadarChart draws a closed line a series.
type RadarChart struct {
	Chart
	Fields
	Rim float64 `json:"whole" min:"0" doc:"value at the rim; 0 is the greatest of the data, rounded up"`
}

// Draw makes a panel, or one for each group.
func (r *RadarChart) Draw(c *layer.Context) ([]drawable.Draw, error) {
	return r.make(c, func(t *table.Table, look look) (plot, error) {
		f, err := r.frame(t)
		return &radar{*r, look, f}, err
	})
}

type radar struct {
	RadarChart
	look  look
	frame *frame
}

func (k *radar) paint(p *panels.Painter) {
	f := k.frame
	var all [][]float64
	for _, s := range f.series {
		all = append(all, s.values)
	}
	lo, hi, ok := span(all...)
	if n := len(f.names); !ok || n < 3 {
		empty(p)
		return
	}
	if k.Rim > 0 {
		hi = k.Rim
	}
	a := nice(min(lo, 0), max(hi, 1e-9), 4, k.look.number.Format) // zero is the middle, or a ring where values are below it
	b := k.look.keys(p, p.Box, f.keys())
	x, y := b.Middle()
	r := min(b.H/2-22, b.W/2-64)
	n := len(f.names)
	at := func(i int, share float64) canvas.Point {
		s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		return canvas.Point{X: x + r*share*s, Y: y - r*share*c}
	}
	ring := func(share func(i int) float64) *canvas.Path {
		var q []canvas.Point
		for i := range n {
			q = append(q, at(i, share(i)))
		}
		return canvas.Polyline(q).Close()
	}
	for _, v := range a.ticks[1:] {
		ink := p.Faint(0.16)
		if v == 0 {
			ink = p.Faint(0.5)
		}
		p.Stroke(ring(func(int) float64 { return a.share(v) }), p.Hairline(), ink)
	}
	for i, name := range f.names {
		rim := at(i, 1)
		p.Line(x, y, rim.X, rim.Y, p.Hairline(), p.Faint(0.16))
		q := at(i, 1+14/r)
		s := p.Small()
		s.Align = 0.5 - 0.5*(q.X-x)/(r+14)
		room := 60 + 30*(1-math.Abs(q.X-x)/r)
		p.Write(p.Fonts.Fit(name, room, s), q.X, q.Y, s)
	}
	grown := panels.Ease(p.Grown)
	for i := range f.series {
		s := len(f.series) - 1 - i
		color := k.look.color(p, s)
		values := f.series[s].values
		for _, run := range known(values) {
			var edge []canvas.Point
			for _, i := range run {
				edge = append(edge, at(i, min(max(a.share(values[i]), 0), 1)*grown))
			}
			line, area := canvas.Polyline(edge), canvas.Polyline(edge)
			if len(run) == n {
				line.Close()
			} else {
				area.Line(x, y)
			}
			p.Fill(area.Close(), canvas.Color(panels.Alpha(color, 0.2)))
			p.Stroke(line, 2, canvas.Color(color))
			for e, i := range run {
				p.Part(canvas.Circle(edge[e].X, edge[e].Y, 6), f.told(k.look, s, i), f.series[s].rows[i])
			}
			if len(run) == 1 {
				p.Fill(canvas.Circle(edge[0].X, edge[0].Y, 3), canvas.Color(color))
			}
		}
	}
}
