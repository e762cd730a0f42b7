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

var _ = layer.Register(scene.Type{Name: "bar-chart", Group: "charts", Doc: "values of texts as bars, side by side or on each other",
	New: func() any {
		return &BarChart{Chart: with(440, 280), Fields: Fields{Aggregate: "sum", Sort: "data"}, Share: 0.62, Radius: 3}
	},
	Examples: []scene.Example{
		{Layer: `source: places, x: name, y: [population], sort: value, limit: 6, heading: People by district, anchor: center, zoom: 2`},
		{Name: "stacked", Doc: "series on each other", Layer: `source: flows, x: to, y: [people], series: from, stack: true, heading: Where people work, format: ",d", anchor: center, zoom: 2`},
		{Name: "horizontal", Doc: "bars to the right, for long names", Layer: `source: places, x: name, y: [population], sort: value, horizontal: true, heading: People by district, anchor: center, zoom: 2`},
		{Name: "standing", Doc: "a chart at each place of the data", Layer: `source: flows, each: from, x: to, y: [people], width: 280, height: 190, zoom: 1.4, leader: 30`},
		{Name: "board", Doc: "a board of 2.4 km in the world, hidden by what stands before it", Layer: `source: places, x: name, y: [population], sort: value, at: [-30.5, 36.5, 60], board: 2400, facing: 180, heading: People by district`},
	},
})

// BarChart draws bars.
type BarChart struct {
	Chart
	Fields
	Stack      bool    `json:"stack" doc:"series stand on each other rather than side by side"`
	Horizontal bool    `json:"horizontal" doc:"bars go to the right"`
	Share      float64 `json:"share" above:"0" max:"1" doc:"share of its room that a bar fills"`
	Radius     float64 `json:"radius" min:"0" max:"40" unit:"px" doc:"of the bars' corners"`
	Values     bool    `json:"values" doc:"values written at the bars' ends"`
}

// Draw makes a panel, or one for each group.
func (b *BarChart) Draw(c *layer.Context) ([]drawable.Draw, error) {
	return b.make(c, func(t *table.Table, look look) (plot, error) {
		f, err := b.frame(t)
		return &bars{*b, look, f}, err
	})
}

// bars is a chart of bars.
type bars struct {
	BarChart
	look  look
	frame *frame
}

func (b *bars) paint(p *panels.Painter) {
	f := b.frame
	low, high := make([][]float64, len(f.series)), make([][]float64, len(f.series))
	for i, s := range f.series {
		low[i], high[i] = make([]float64, len(s.values)), s.values
	}
	if b.Stack {
		low, high = f.stacked()
	}
	lo, hi, ok := span(append(append([][]float64(nil), high...), low...)...)
	if !ok {
		empty(p)
		return
	}
	lo, hi = min(lo, 0), max(hi, 0)
	box := b.look.keys(p, p.Box, f.keys())
	if b.Horizontal {
		b.rows(p, box, low, high, axis{lo: lo, hi: hi})
		return
	}
	if b.Values {
		lo *= 1.08 // room for what is written below
	}
	up, plot := b.look.upright(p, box, lo, hi)
	n := float64(len(f.names))
	slot := plot.W / n
	b.names(p, plot, slot)
	for i := range f.names {
		grown := stagger(p.Grown, i, len(f.names))
		for s := range f.series {
			if math.IsNaN(high[s][i]) {
				continue
			}
			x, w := b.room(plot.X+slot*float64(i), slot, s)
			y0 := plot.Y + plot.H*(1-up.share(low[s][i]*grown))
			y1 := plot.Y + plot.H*(1-up.share(high[s][i]*grown))
			bar := canvas.Box{X: x, Y: min(y0, y1), W: w, H: math.Abs(y1 - y0)}
			b.bar(p, bar, s, high[s][i] >= 0)
			p.Part(canvas.Round(bar, min(b.Radius, bar.W/2, bar.H/2)), f.told(b.look, s, i), f.series[s].rows[i])
			if b.Values && !b.Stack {
				y := bar.Y - 10
				if high[s][i] < 0 {
					y = bar.Y + bar.H + 10
				}
				p.Write(b.look.number.Format(high[s][i]), x+w/2, y, panels.Centred(p.Small()))
			}
		}
		if !b.Values || !b.Stack {
			continue
		}
		for _, t := range f.totals(i) {
			y := plot.Y + plot.H*(1-up.share(t.value*grown)) - 10
			if t.below {
				y += 20
			}
			p.Write(b.look.number.Format(t.value), plot.X+slot*(float64(i)+0.5), y, panels.Centred(p.Small()))
		}
	}
}

// room is a series' part of the slot of a place.
func (b *bars) room(x, slot float64, s int) (at, width float64) {
	width = min(slot*b.Share, 64)
	at = x + (slot-width)/2
	if n := len(b.frame.series); !b.Stack && n > 1 {
		one := width / float64(n)
		return at + one*float64(s), one * 0.9
	}
	return at, width
}

// bar fills one bar, a little brighter towards its end.
func (b *bars) bar(p *panels.Painter, box canvas.Box, s int, up bool) {
	if box.H <= 0 || box.W <= 0 {
		return
	}
	color := b.look.color(p, s)
	if b.Stack && len(b.frame.series) > 1 {
		box.H = max(box.H-1, 0.5) // a seam between series
		p.Fill(canvas.Round(box, min(b.Radius, 1.5)), canvas.Color(panels.Alpha(color, 0.92)))
		return
	}
	deep := panels.Alpha(color, 0.55)
	ink := canvas.Down(box, color, deep)
	if !up {
		ink = canvas.Down(box, deep, color)
	}
	p.Fill(canvas.Round(box, b.Radius), ink)
}

// names writes the places below the bars, shortened to their room.
func (b *bars) names(p *panels.Painter, plot canvas.Box, slot float64) {
	every := 1
	for every < len(b.frame.names) && slot*float64(every) < 44 {
		every++
	}
	for i := 0; i < len(b.frame.names); i += every {
		name := p.Fonts.Fit(b.frame.names[i], slot*float64(every)-6, p.Small())
		p.Write(name, plot.X+slot*(float64(i)+0.5), plot.Y+plot.H+8+panels.Small/2, panels.Centred(p.Small()))
	}
}

// rows draws bars to the right, their names before them and values behind.
func (b *bars) rows(p *panels.Painter, box canvas.Box, low, high [][]float64, a axis) {
	f := b.frame
	wide, end, begin := 0.0, 0.0, 0.0
	for i, n := range f.names {
		wide = max(wide, min(p.Fonts.Width(n, p.Body()), 0.4*box.W))
		for s := range high {
			room := p.Fonts.Width(b.look.write(high[s][i]), p.Small())
			if end = max(end, room); high[s][i] < 0 && !b.Stack {
				begin = max(begin, room+10)
			}
		}
	}
	plot := box.Cut(wide+14, 0, end+10, 0)
	names := plot.X - 14
	plot = plot.Cut(begin, 0, 0, 0)
	slot := plot.H / float64(len(f.names))
	for i, n := range f.names {
		y := plot.Y + slot*(float64(i)+0.5)
		p.Write(p.Fonts.Fit(n, wide, p.Body()), names, y, panels.Right(p.Body()))
		grown := stagger(p.Grown, i, len(f.names))
		last := plot.X
		for s := range f.series {
			if math.IsNaN(high[s][i]) {
				continue
			}
			at, h := b.room(plot.Y+slot*float64(i), slot, s)
			x0, x1 := plot.X+plot.W*a.share(low[s][i]*grown), plot.X+plot.W*a.share(high[s][i]*grown)
			bar := canvas.Box{X: min(x0, x1), Y: at, W: math.Abs(x1 - x0), H: h}
			if bar.W > 0 {
				color := b.look.color(p, s)
				p.Fill(canvas.Round(bar, b.Radius), canvas.Linear{X0: bar.X, Y0: 0, X1: bar.X + bar.W, Y1: 0, Stops: []canvas.Stop{{At: 0, Color: panels.Alpha(color, 0.55)}, {At: 1, Color: color}}})
			}
			p.Part(canvas.Round(bar, min(b.Radius, bar.W/2, bar.H/2)), f.told(b.look, s, i), f.series[s].rows[i])
			last = max(last, x0, x1)
			switch {
			case b.Stack:
			case high[s][i] < 0:
				p.Write(b.look.write(high[s][i]), bar.X-8, at+h/2, panels.Right(p.Small()))
			default:
				p.Write(b.look.write(high[s][i]), bar.X+bar.W+8, at+h/2, p.Small())
			}
		}
		if b.Stack {
			total := 0.0
			for s := range f.series {
				if v := f.series[s].values[i]; !math.IsNaN(v) {
					total += v
				}
			}
			p.Write(b.look.write(total), last+8, y, p.Small())
		}
	}
}
