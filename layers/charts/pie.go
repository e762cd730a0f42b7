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

var _ = layer.Register(scene.Type{Name: "pie-chart", Group: "charts", Doc: "shares of a whole as a ring or a pie",
	New: func() any {
		return &PieChart{Chart: with(420, 250), Parts: Parts{Aggregate: "sum", Sort: "value", Limit: 6}, Inner: 0.66}
	},
	Examples: []scene.Example{
		{Layer: `source: places, name: name, value: population, heading: People by district, anchor: center, zoom: 2`},
		{Name: "rose", Doc: "sectors of one angle whose radius is the value", Layer: `source: places, name: name, value: population, rose: true, inner: 0.2, limit: 8, heading: People by district, anchor: center, zoom: 2`},
	},
})

// Parts bind a chart of named values to a source.
type Parts struct {
	Name      string `json:"name" required:"true" doc:"field of the names"`
	Value     string `json:"value" doc:"field of the values"`
	Aggregate string `json:"aggregate" enum:"sum,mean,median,min,max,count,first,last" doc:"how rows of one name become one value"`
	Sort      string `json:"sort" enum:"data,value,rising,name" doc:"order of the names: as in the data, by value from the greatest or from the least, or by name"`
	Limit     int    `json:"limit" min:"0" max:"200" doc:"how many names; the rest is one more, where parts make a whole; 0 is all"`
}

func (s *Parts) parts(t *table.Table) ([]panels.Group, error) {
	g, err := panels.Aggregated(t, s.Name, s.Value, s.Aggregate)
	if err != nil {
		return nil, fmt.Errorf("value: %w", err)
	}
	for i := range g {
		g[i].Rows = t.Origins(g[i].Rows)
	}
	return panels.Ranked(g, s.Sort, 0), nil
}

// belowZero is why a value is no part of a whole.
const belowZero = "a value below zero is no share of a whole"

// whole is parts above zero, those beyond the limit as one; those below zero are counted.
func (s *Parts) whole(c *layer.Context, t *table.Table) (out []panels.Group, total float64, err error) {
	groups, err := s.parts(t)
	rest := panels.Group{Name: "others"}
	for _, g := range groups {
		if g.Value < 0 {
			c.Skip(g.Name, belowZero)
		}
		if !(g.Value > 0) {
			continue
		}
		total += g.Value
		if s.Limit > 0 && len(out) >= s.Limit {
			rest.Value, rest.Rows = rest.Value+g.Value, append(rest.Rows, g.Rows...)
			continue
		}
		out = append(out, g)
	}
	if rest.Value > 0 {
		out = append(out, rest)
	}
	return out, total, err
}

// PieChart draws sectors.
type PieChart struct {
	Chart
	Parts
	Inner float64 `json:"inner" min:"0" max:"0.95" doc:"inner radius as a share of the outer one; 0 is a pie"`
	Rose  bool    `json:"rose" doc:"sectors of the same angle, their area the value"`
}

// Draw makes a panel, or one for each group.
func (k *PieChart) Draw(c *layer.Context) ([]drawable.Draw, error) {
	return k.make(c, func(t *table.Table, look look) (plot, error) {
		parts, total, err := k.whole(c, t)
		return &pie{*k, look, parts, total}, err
	})
}

type pie struct {
	PieChart
	look  look
	parts []panels.Group
	total float64
}

func (k *pie) paint(p *panels.Painter) {
	if len(k.parts) == 0 {
		empty(p)
		return
	}
	r := min(p.Box.H, 0.46*p.Box.W) / 2
	x, y := p.Box.X+r, p.Box.Y+p.Box.H/2
	most := 0.0
	for _, g := range k.parts {
		most = max(most, g.Value)
	}
	turn := 2 * math.Pi * panels.Ease(p.Grown)
	const seam = 0.012
	from := 0.0
	for i, g := range k.parts {
		share, outer := g.Value/k.total, r
		if k.Rose {
			share = 1 / float64(len(k.parts))
			in := k.Inner * k.Inner
			outer = r * math.Sqrt(in+(1-in)*g.Value/most)
		}
		to := from + share
		a, b := turn*from+seam, turn*to-seam
		if len(k.parts) == 1 {
			a, b = 0, turn-1e-6
		}
		if b > a {
			sector := canvas.Sector(x, y, k.Inner*r, outer, a, b)
			p.Fill(sector, canvas.Color(k.color(p, i)))
			p.Part(sector, g.Name+" · "+k.look.write(g.Value), g.Rows)
		}
		from = to
	}
	if !k.Rose && k.Inner > 0.5 {
		s := p.Strong(canvas.Style{Size: 0.34 * r})
		words := k.look.number.Format(k.total * panels.Ease(p.Grown))
		for s.Size > 8 && p.Fonts.Width(words, s) > 1.7*k.Inner*r {
			s.Size *= 0.9
		}
		dy := 0.0
		if k.look.unit != "" {
			dy = 0.1 * r
			p.Write(k.look.unit, x, y+0.24*r, panels.Centred(p.Small()))
		}
		p.Write(words, x, y-dy, panels.Centred(s))
	}
	k.list(p, p.Box.Cut(2*r+28, 0, 0, 0))
}

// color of a part; the rest is grey.
func (k *pie) color(p *panels.Painter, i int) scene.Color {
	if k.parts[i].Name == "others" && i == len(k.parts)-1 {
		return panels.Alpha(p.Ink, 0.3)
	}
	return k.look.color(p, i)
}

// list names the parts with their shares.
func (k *pie) list(p *panels.Painter, b canvas.Box) {
	row := min(30, b.H/float64(len(k.parts)))
	percent, _ := format.ParseNumber(".0%")
	y := b.Y + (b.H-row*float64(len(k.parts)))/2 + row/2
	for i, g := range k.parts {
		p.Fill(canvas.Round(canvas.Box{X: b.X, Y: y - 6, W: 12, H: 12}, 3), canvas.Color(k.color(p, i)))
		share := percent.Format(g.Value / k.total)
		w := p.Fonts.Width(share, p.Body())
		p.Write(share, b.X+b.W, y, panels.Right(p.Body()))
		s := p.Body()
		s.Ink = p.Faint(0.8)
		p.Part(canvas.Round(canvas.Box{X: b.X - 6, Y: y - row/2 + 1, W: b.W + 12, H: row - 2}, 4), g.Name+" · "+k.look.write(g.Value), g.Rows)
		p.Write(p.Fonts.Fit(g.Name, b.W-22-w-12, s), b.X+22, y, s)
		y += row
	}
}
