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

var _ = layer.Register(scene.Type{Name: "line-chart", Group: "charts", Doc: "values along an axis as lines",
	New: func() any {
		return &LineChart{Chart: with(460, 280), Fields: Fields{Aggregate: "mean", Sort: "data"}, Smooth: true, Stroke: 2.4}
	},
	Examples: []scene.Example{{Layer: `source: prices, x: day, y: [close], heading: Share of the harbour, unit: €, anchor: center, zoom: 2`}},
})

var _ = layer.Register(scene.Type{Name: "area-chart", Group: "charts", Doc: "values along an axis as areas, on each other where stacked",
	New: func() any {
		return &AreaChart{LineChart{Chart: with(460, 280), Fields: Fields{Aggregate: "sum", Sort: "data"}, Smooth: true, Stroke: 2, fill: true}, true}
	},
	Examples: []scene.Example{{Layer: `source: prices, x: day, y: [volume], aggregate: sum, heading: Shares traded, anchor: center, zoom: 2`}},
})

// LineChart draws a line a series.
type LineChart struct {
	Chart
	Fields
	Smooth bool    `json:"smooth" doc:"curves through the points, which never overshoot"`
	Dots   bool    `json:"dots" doc:"a dot at every point"`
	Zero   bool    `json:"zero" doc:"the axis of values starts at zero"`
	Stroke float64 `json:"stroke" min:"0.5" max:"12" unit:"px" doc:"width of lines"`
	fill   bool
	stack  bool
}

// AreaChart fills below lines.
type AreaChart struct {
	LineChart
	Stack bool `json:"stack" doc:"series stand on each other"`
}

// Draw makes a panel, or one for each group.
func (l *LineChart) Draw(c *layer.Context) ([]drawable.Draw, error) {
	return l.Chart.make(c, func(t *table.Table, look look) (plot, error) {
		f, err := l.frame(t)
		return &lines{*l, look, f}, err
	})
}

// Draw makes a panel, or one for each group.
func (a *AreaChart) Draw(c *layer.Context) ([]drawable.Draw, error) {
	l := a.LineChart
	l.fill, l.stack, l.Zero = true, a.Stack, true
	return l.Draw(c)
}

// lines is a chart of lines or areas.
type lines struct {
	LineChart
	look  look
	frame *frame
}

func (l *lines) paint(p *panels.Painter) {
	f := l.frame
	if len(f.names) == 0 {
		empty(p)
		return
	}
	low, high := make([][]float64, len(f.series)), make([][]float64, len(f.series))
	for i, s := range f.series {
		high[i] = s.values
	}
	if l.stack {
		low, high = f.banded(l.Aggregate == "count")
	}
	lo, hi, ok := span(append(append([][]float64(nil), high...), low...)...)
	if !ok {
		empty(p)
		return
	}
	if l.Zero {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	box := l.look.keys(p, p.Box, f.keys())
	up, plot := l.look.upright(p, box, lo, hi)
	across := f.across(plot.W, l.look.number.Format)
	across.below(p, plot)
	at := func(i int, v float64) canvas.Point {
		return canvas.Point{X: plot.X + plot.W*across.share(f.place(i)), Y: plot.Y + plot.H*(1-up.share(v))}
	}
	shown := canvas.Box{X: plot.X - 6, Y: plot.Y - 8, W: (plot.W + 12) * panels.Ease(p.Grown), H: plot.H + 16}
	p.Within(shown, func() {
		for k := range f.series {
			s := len(f.series) - 1 - k // the first on top
			l.series(p, plot, s, low[s], high[s], at, at(0, min(max(0, up.lo), up.hi)).Y)
		}
	})
}

// series draws the runs of points between missing ones.
func (l *lines) series(p *panels.Painter, plot canvas.Box, s int, low, high []float64, at func(int, float64) canvas.Point, base float64) {
	color := l.look.color(p, s)
	var run, floor []canvas.Point
	curve := func(points []canvas.Point) *canvas.Path {
		if l.Smooth {
			return canvas.Smooth(points)
		}
		return canvas.Polyline(points)
	}
	flush := func() {
		if len(run) == 1 {
			p.Fill(canvas.Circle(run[0].X, run[0].Y, 1.2*l.Stroke), canvas.Color(color))
		}
		if len(run) > 1 {
			if l.fill {
				area := curve(run)
				for i := len(floor) - 1; i >= 0; i-- {
					area.Line(floor[i].X, floor[i].Y)
				}
				top, bottom := 0.4, 0.02
				if l.stack && low[0] != low[len(low)-1] || l.stack && len(l.frame.series) > 1 {
					top, bottom = 0.62, 0.5
				}
				p.Fill(area.Close(), canvas.Down(plot, panels.Alpha(color, top), panels.Alpha(color, bottom)))
			}
			p.Stroke(curve(run), l.Stroke, canvas.Color(color))
		}
		run, floor = nil, nil
	}
	for i, v := range high {
		if math.IsNaN(v) {
			flush()
			continue
		}
		q := at(i, v)
		run = append(run, q)
		foot := canvas.Point{X: q.X, Y: base}
		if low != nil && !math.IsNaN(low[i]) {
			foot.Y = at(i, low[i]).Y
		}
		floor = append(floor, foot)
		p.Part(canvas.Circle(q.X, q.Y, max(5, 2*l.Stroke)), l.frame.told(l.look, s, i), l.frame.series[s].rows[i])
		if l.Dots {
			defer p.Fill(canvas.Circle(q.X, q.Y, 1.5*l.Stroke), canvas.Color(color))
		}
	}
	flush()
}

// empty says that there is nothing to show.
func empty(p *panels.Painter) {
	x, y := p.Box.Middle()
	p.Write("no data", x, y, panels.Centred(p.Small()))
}
