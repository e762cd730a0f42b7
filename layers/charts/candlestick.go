package charts

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "candlestick-chart", Group: "charts", Doc: "first, last, least and greatest values of stretches of time",
	New: func() any {
		return &CandlestickChart{Chart: with(480, 280), Open: "open", High: "high", Low: "low", Close: "close",
			Rising: scene.Color{72, 205, 142, 255}, Falling: scene.Color{242, 112, 104, 255}}
	},
	Examples: []scene.Example{{Layer: `source: prices, x: day, heading: Share of the harbour, unit: €, anchor: center, zoom: 2`}},
})

// CandlestickChart draws a candle a row, in the order of x.
type CandlestickChart struct {
	Chart
	X       string      `json:"x" required:"true" doc:"field of times or numbers"`
	Open    string      `json:"open" doc:"field of the first values"`
	High    string      `json:"high" doc:"field of the greatest values"`
	Low     string      `json:"low" doc:"field of the least values"`
	Close   string      `json:"close" doc:"field of the last values"`
	Rising  scene.Color `json:"rising" doc:"color where the last value is above the first"`
	Falling scene.Color `json:"falling" doc:"color where it is below"`
}

// Draw makes a panel, or one for each group.
func (k *CandlestickChart) Draw(c *layer.Context) ([]drawable.Draw, error) {
	return k.make(c, func(t *table.Table, look look) (plot, error) {
		out := &candles{CandlestickChart: *k, look: look}
		for i, name := range []string{k.Open, k.High, k.Low, k.Close} {
			f, err := (&Fields{X: k.X, Y: []string{name}, Aggregate: []string{"first", "max", "min", "last"}[i], Sort: "data"}).frame(t)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", []string{"open", "high", "low", "close"}[i], err)
			}
			out.frame = f
			out.values[i] = f.series[0].values
		}
		return out, nil
	})
}

type candles struct {
	CandlestickChart
	look   look
	frame  *frame
	values [4][]float64 // open, high, low, close
}

func (k *candles) paint(p *panels.Painter) {
	lo, hi, ok := span(k.values[:]...)
	if !ok {
		empty(p)
		return
	}
	up, plot := k.look.upright(p, p.Box, lo, hi)
	n := len(k.frame.names)
	slot := plot.W / float64(n)
	inner := plot.Cut(slot/2, 0, slot/2, 0)
	across := k.frame.across(plot.W, k.look.number.Format)
	across.below(p, inner)
	at := func(v float64) float64 { return plot.Y + plot.H*(1-up.share(v)) }
	wide := max(slot*0.6, p.Hairline())
	for i := range n {
		open, high, low, last := k.values[0][i], k.values[1][i], k.values[2][i], k.values[3][i]
		if math.IsNaN(open + high + low + last) {
			continue
		}
		color := k.Rising
		if last < open {
			color = k.Falling
		}
		grown := stagger(p.Grown, i, n)
		middle := (open + last) / 2
		ease := func(v float64) float64 { return at(middle + (v-middle)*grown) }
		x := inner.X + inner.W*across.share(k.frame.place(i))
		h := p.Hairline()
		p.Faded(grown, func() {
			p.Fill(canvas.Rect(p.Crisp(x-h/2), ease(high), h, ease(low)-ease(high)), canvas.Color(color))
			p.Part(canvas.Rect(x-wide/2, ease(high), wide, max(ease(low)-ease(high), 1)), k.frame.told(k.look, 0, i), k.frame.series[0].rows[i])
			y0, y1 := ease(max(open, last)), ease(min(open, last))
			p.Fill(canvas.Round(canvas.Box{X: x - wide/2, Y: y0, W: wide, H: max(y1-y0, 1)}, 1), canvas.Color(color))
		})
	}
}
