package panels

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "number", Group: "panels", Doc: "one number in large figures, with its trend and the course of its values",
	New: func() any { return &Number{Panel: New("top-right"), Aggregate: "sum", Size: 50} },
	Examples: []scene.Example{
		{Layer: `source: sensors, field: megawatt, unit: MW, format: ",.1f", heading: Power on the quay, anchor: center, zoom: 2.4`},
		{Name: "trend", Doc: "the last value, how it has changed and all of its course", Layer: `source: prices, field: close, aggregate: last, trend: true, course: true, format: ",.2f", unit: €, heading: Share of the harbour, width: 320, anchor: center, zoom: 2.4`},
		{Name: "count-up", Doc: "a constant that counts up as it appears", Layer: `value: 128450, unit: passengers, heading: Ferries in June, from: 4s, enter: 2s, anchor: center, zoom: 2.4`},
	},
})

// Number shows one number.
type Number struct {
	layer.Whole
	Panel
	Value     *float64 `json:"value" min:"-1e15" max:"1e15" doc:"the number itself, where no field gives it"`
	Field     string   `json:"field" doc:"field whose rows make the number"`
	Aggregate string   `json:"aggregate" enum:"sum,mean,median,min,max,count,first,last" doc:"how rows become one number"`
	Format    string   `json:"format" example:",.1f|.0%|.3s" doc:"how it is written: a specifier of d3-format"`
	Unit      string   `json:"unit" doc:"written behind it"`
	Size      float64  `json:"size" min:"12" max:"240" unit:"px" doc:"em of the figures"`
	Trend     bool     `json:"trend" doc:"how the last row differs from the one before it"`
	Course    bool     `json:"course" doc:"line through the values of all rows"`
	number    figure
}

type figure struct {
	format format.Number
	value  float64
	change float64 // share; NaN = none
	course []float64
}

// CheckScene refuses formats that are none, and numbers from nowhere.
func (n *Number) CheckScene(fail func(field, found, allowed string)) {
	n.Panel.CheckScene(fail)
	checkFormat(n.Format, fail)
}

func checkFormat(spec string, fail func(field, found, allowed string)) {
	if _, err := format.ParseNumber(spec); err != nil {
		fail("format", spec, "a specifier of d3-format such as ,.1f or .0% is allowed")
	}
}

// Draw makes one panel.
func (n *Number) Draw(c *layer.Context) ([]drawable.Draw, error) {
	shown := *n
	var err error
	if shown.number, err = n.figure(c); err != nil {
		return nil, err
	}
	return n.Panel.Draw(c, &shown)
}

// figure is the number with how it came to be.
func (n *Number) figure(c *layer.Context) (out figure, err error) {
	out.change = math.NaN()
	if out.format, err = format.ParseNumber(n.Format); err != nil {
		return out, err
	}
	if n.Value != nil {
		out.value = *n.Value
		return out, nil
	}
	t, err := c.Present()
	if err != nil {
		return out, fmt.Errorf("a number needs a value, or a source and a field: %w", err)
	}
	groups, err := Aggregated(t, "", n.Field, n.Aggregate)
	if err != nil {
		return out, fmt.Errorf("field: %w", err)
	}
	out.value = groups[0].Value
	if n.Field != "" {
		if out.course, err = t.Numbers(n.Field); err != nil {
			return out, fmt.Errorf("field: %w", err)
		}
	}
	if k := len(out.course); n.Trend && k > 1 && out.course[k-2] != 0 {
		last, before := out.course[k-1], out.course[k-2]
		out.change = (last - before) / math.Abs(before)
	}
	return out, nil
}

func (n *Number) style() canvas.Style {
	return canvas.Style{Size: n.Size, Weight: text.Medium, Ink: n.Theme().Faint(1)}
}

const (
	courseHeight = 54.0
	courseLeast  = 160.0 // width of a course that is not told how wide it is to be
	trendArrow   = 18.0
	trendGap     = 8.0
	sinceBefore  = "since the one before"
)

// change is how the trend is written; ok is false where there is none.
func (n *Number) change() (words string, ok bool) {
	f, _ := format.ParseNumber("+.1%")
	return f.Format(n.number.change), !math.IsNaN(n.number.change)
}

// Measure leaves room for the final number.
func (n *Number) Measure(f *canvas.Fonts, width float64) (w, h float64) {
	w = f.Width(n.number.format.Format(n.number.value), n.style())
	if n.Unit != "" {
		w += 10 + f.Width(n.Unit, n.unit())
	}
	h = 0.8 * n.Size
	if n.Trend {
		h += 14 + Body
		if change, ok := n.change(); ok {
			w = max(w, trendArrow+f.Width(change, n.Theme().Body())+trendGap+f.Width(sinceBefore, n.Theme().Small()))
		}
	}
	if n.Course {
		w, h = max(w, courseLeast), h+14+courseHeight
	}
	return max(w+2, width), h
}

func (n *Number) unit() canvas.Style {
	s := n.Theme().Small()
	s.Size = max(Small, 0.4*n.Size)
	return s
}

// State never changes: how far it has grown is the frame's.
func (n *Number) State(*drawable.PanelView) any { return nil }

// Paint writes the number as far as it has counted, its trend and its course.
func (n *Number) Paint(p *Painter) {
	v := n.number.value
	if p.Grown < 1 {
		v *= Ease(p.Grown)
	}
	y := p.Box.Y + canvas.CapHeight*n.Size
	x := p.Box.X - 0.04*n.Size
	x += p.Text(n.number.format.Format(v), x, y, n.style())
	p.Text(n.Unit, x+10, y, n.unit())
	y = p.Box.Y + 0.8*n.Size
	if n.Trend {
		n.trend(p, y+14+Body/2)
		y += 14 + Body
	}
	if n.Course {
		Course(p, canvas.Box{X: p.Box.X, Y: y + 14, W: p.Box.W, H: p.Box.Y + p.Box.H - y - 14}, n.number.course, p.Accent)
	}
}

var (
	rising  = scene.Color{72, 205, 142, 255}
	falling = scene.Color{242, 112, 104, 255}
)

// trend is an arrow up or down and the change since the row before.
func (n *Number) trend(p *Painter, y float64) {
	words, ok := n.change()
	if !ok {
		return
	}
	ink, dir := canvas.Color(rising), 1.0
	if n.number.change < 0 {
		ink, dir = canvas.Color(falling), -1
	}
	x := p.Box.X
	p.Fill((&canvas.Path{}).Move(x, y+4*dir).Line(x+10, y+4*dir).Line(x+5, y-5*dir).Close(), ink)
	s := p.Body()
	s.Ink = ink
	x += trendArrow + p.Write(words, x+trendArrow, y, s)
	p.Write(p.Fonts.Fit(sinceBefore, p.Box.X+p.Box.W-x-trendGap, p.Small()), x+trendGap, y, p.Small())
}

// Course is a line through values with a wash of its colour below it, as far as the panel
// has grown.
func Course(p *Painter, b canvas.Box, values []float64, color scene.Color) {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if lo > hi || len(values) < 2 {
		return
	}
	b = b.Cut(0, 4, 4, 0)
	var run []canvas.Point
	draw := func() {
		if len(run) > 1 {
			area := canvas.Smooth(run)
			area.Line(run[len(run)-1].X, b.Y+b.H).Line(run[0].X, b.Y+b.H).Close()
			p.Fill(area, canvas.Down(b, Alpha(color, 0.34), Alpha(color, 0)))
			p.Stroke(canvas.Smooth(run), 2, canvas.Color(color))
		}
	}
	last := canvas.Point{}
	reveal := canvas.Box{X: b.X, Y: b.Y - 4, W: (b.W + 8) * Ease(p.Grown), H: b.H + 8}
	p.Within(reveal, func() {
		for i, v := range values {
			if math.IsNaN(v) {
				draw()
				run = run[:0]
				continue
			}
			last = canvas.Point{X: b.X + b.W*float64(i)/float64(len(values)-1), Y: b.Y + b.H - b.H*(v-lo)/max(hi-lo, 1e-12)}
			run = append(run, last)
		}
		draw()
		p.Fill(canvas.Circle(last.X, last.Y, 3.6), canvas.Color(color))
	})
}
