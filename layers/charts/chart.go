package charts

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// Chart is what all charts share; types embed it.
type Chart struct {
	layer.Rows
	layer.Whole
	panels.Panel
	Each   string        `json:"each" doc:"field: a chart for each of its texts, standing at the place of its first row"`
	Format string        `json:"format" example:",.1f|.0%|.3s" doc:"how values are written: a specifier of d3-format"`
	Unit   string        `json:"unit" doc:"of the values"`
	Colors []scene.Color `json:"colors" doc:"of the series, in order; without them, the accent and others beside it"`
}

// with returns the defaults of a chart of a size.
func with(width, height float64) Chart {
	p := panels.New("right")
	p.Width, p.Height = width, height
	return Chart{Panel: p}
}

// CheckScene refuses formats that are none.
func (b *Chart) CheckScene(fail func(field, found, allowed string)) {
	b.Panel.CheckScene(fail)
	if _, err := format.ParseNumber(b.Format); err != nil {
		fail("format", b.Format, "a specifier of d3-format such as ,.1f or .0% is allowed")
	}
}

// plot is a chart of some rows, ready to be painted into a box.
type plot interface{ paint(p *panels.Painter) }

// make draws a chart of the layer's rows, or with each one for each group of them.
func (b *Chart) make(c *layer.Context, build func(t *table.Table, look look) (plot, error)) ([]drawable.Draw, error) {
	number, err := format.ParseNumber(b.Format)
	if err != nil {
		return nil, err
	}
	look := look{number, b.Unit, b.Colors}
	t, err := c.Present()
	if err != nil {
		return nil, err
	}
	if b.Each == "" {
		p, err := build(t, look)
		if err != nil {
			return nil, err
		}
		return b.Panel.Draw(c, content{p})
	}
	groups, err := panels.Grouped(t, b.Each)
	if err != nil {
		return nil, fmt.Errorf("each: %w", err)
	}
	var out []drawable.Draw
	for _, g := range groups {
		at, ok := orb.Point{}, false
		for _, r := range g.Rows {
			if at, ok = layer.Foot(t.Geometry[r]); ok {
				break
			}
		}
		if !ok {
			c.Skip(g.Name, "no geometry")
			continue
		}
		p, err := build(t.Pick(g.Rows), look)
		if err != nil {
			return nil, err
		}
		heading := g.Name
		if b.Heading != "" {
			heading = b.Heading + " · " + g.Name
		}
		out = append(out, b.Standing(c, content{p}, heading, at, 0))
	}
	return out, nil
}

// content is a plot as a panel's content.
type content struct{ plot }

// Measure is a chart's usual size.
func (content) Measure(_ *canvas.Fonts, width float64) (w, h float64) {
	if width == 0 {
		width = 380
	}
	return width, 0.58 * width
}

// State never changes: growing is the frame's.
func (content) State(*drawable.PanelView) any { return nil }

// Paint paints the plot.
func (c content) Paint(p *panels.Painter) { c.paint(p) }

// look is how a chart's values and series look.
type look struct {
	number format.Number
	unit   string
	colors []scene.Color
}

// write is a value with its unit.
func (l look) write(v float64) string {
	s := l.number.Format(v)
	if l.unit != "" && s != format.Missing {
		s += " " + l.unit
	}
	return s
}

// color is that of a series.
func (l look) color(p *panels.Painter, i int) scene.Color {
	if len(l.colors) > 0 {
		return l.colors[i%len(l.colors)]
	}
	return p.Series(i)
}

// keys writes the names of series beside dots of their colours in a row at the top and
// returns the box below it.
func (l look) keys(p *panels.Painter, b canvas.Box, names []string) canvas.Box {
	if len(names) < 2 {
		return b
	}
	x, y := b.X, b.Y+panels.Small/2
	for i, n := range names {
		n = p.Fonts.Fit(n, min(b.W-20, 160), p.Small())
		w := 16 + p.Fonts.Width(n, p.Small())
		if x > b.X && x+w > b.X+b.W {
			x, y = b.X, y+panels.Small+8
			if y > b.Y+b.H/3 {
				break
			}
		}
		p.Fill(canvas.Circle(x+4.5, y, 4.5), canvas.Color(l.color(p, i)))
		p.Write(n, x+16, y, p.Small())
		x += w + 18
	}
	return b.Cut(0, y-b.Y+panels.Small/2+14, 0, 0)
}

// stagger is how far the i-th of n marks has grown.
func stagger(grown float64, i, n int) float64 {
	late := 0.45 * float64(i) / float64(max(n, 1))
	return panels.Ease((grown - late) / 0.55)
}
