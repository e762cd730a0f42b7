package panels

import (
	"fmt"
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "ranking", Group: "panels", Doc: "list from the greatest value to the least, with bars",
	New: func() any {
		return &Ranking{Panel: wide("right", 340), Name: "name", Aggregate: "sum", Limit: 8}
	},
	Examples: []scene.Example{{Layer: `source: places, name: name, field: population, heading: People by district, limit: 6, anchor: center, zoom: 2.4`}},
})

// wide is a panel of a width.
func wide(anchor string, width float64) Panel {
	p := New(anchor)
	p.Width = width
	return p
}

// Ranking lists the greatest values.
type Ranking struct {
	layer.Rows
	layer.Whole
	Panel
	Name      string `json:"name" doc:"field whose texts are listed"`
	Field     string `json:"field" doc:"field of the values"`
	Aggregate string `json:"aggregate" enum:"sum,mean,median,min,max,count,first,last" doc:"how rows of one name become one number"`
	Limit     int    `json:"limit" min:"1" max:"40" doc:"how many are listed"`
	Format    string `json:"format" example:",.1f" doc:"how values are written: a specifier of d3-format"`
	Unit      string `json:"unit" doc:"written behind values"`
	list      []Group
	places    []float64 // of each of them, in rows from the top
	number    format.Number
}

// CheckScene refuses formats that are none.
func (r *Ranking) CheckScene(fail func(field, found, allowed string)) {
	r.Panel.CheckScene(fail)
	checkFormat(r.Format, fail)
}

// Draw makes one panel.
func (r *Ranking) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Present()
	if err != nil {
		return nil, err
	}
	shown := *r
	if shown.list, shown.number, err = listed(t, r.Name, r.Field, r.Aggregate, r.Format); err != nil {
		return nil, err
	}
	shown.list = Ranked(shown.list, "value", 0)
	shown.places, err = places(c, shown.list, func(near *table.Table) ([]Group, error) {
		list, _, err := listed(near, r.Name, r.Field, r.Aggregate, r.Format)
		return list, err
	})
	if err != nil {
		return nil, err
	}
	for i := range shown.list {
		shown.list[i].Rows = t.Origins(shown.list[i].Rows)
	}
	return r.Panel.Draw(c, &shown)
}

func listed(t *table.Table, name, field, how, spec string) ([]Group, format.Number, error) {
	f, err := format.ParseNumber(spec)
	if err != nil {
		return nil, f, err
	}
	groups, err := Aggregated(t, name, field, how)
	if err != nil {
		return nil, f, fmt.Errorf("field: %w", err)
	}
	return groups, f, nil
}

const rankRow = 40.0

// Measure is the list's.
func (r *Ranking) Measure(_ *canvas.Fonts, width float64) (w, h float64) {
	return max(width, 200), float64(max(r.rows(), 1))*rankRow - 8
}

// rows is how many there is room for.
func (r *Ranking) rows() int { return min(len(r.list), r.Limit) }

// State never changes.
func (r *Ranking) State(*drawable.PanelView) any { return nil }

// seen is how much of a row is: less of one that leaves the list or comes into it.
func (r *Ranking) seen(i int) float64 {
	return min(max(float64(r.rows())-r.places[i], 0), 1)
}

// greatest is the amount of a whole bar, by the rows that are seen as much as they are.
func (r *Ranking) greatest() (out float64) {
	for i, g := range r.list {
		if !math.IsNaN(g.Value) {
			out = max(out, math.Abs(g.Value)*r.seen(i))
		}
	}
	return out
}

// Paint draws the rows; bars grow one after the other.
func (r *Ranking) Paint(p *Painter) {
	greatest := r.greatest()
	row := min(rankRow, (p.Box.H+8)/float64(max(r.rows(), 1)))
	for i, g := range r.list {
		seen := r.seen(i)
		if seen <= 0 {
			continue
		}
		theme := p.Theme
		theme.Ink = Alpha(theme.Ink, seen)
		y := p.Box.Y + r.places[i]*row
		value := r.number.Format(g.Value)
		if r.Unit != "" && !math.IsNaN(g.Value) {
			value += " " + r.Unit
		}
		w := p.Text(value, p.Box.X+p.Box.W, y+CapLine*Body, Right(theme.Body()))
		x := p.Box.X + p.Text(fmt.Sprintf("%d", i+1), p.Box.X, y+CapLine*Body, theme.Small())
		x = max(x+10, p.Box.X+24)
		p.Text(p.Fonts.Fit(g.Name, p.Box.X+p.Box.W-w-12-x, p.Body()), x, y+CapLine*Body, theme.Body())
		p.Part(canvas.Round(canvas.Box{X: p.Box.X - 6, Y: y - 5, W: p.Box.W + 12, H: row - 3}, 4), g.Name+" · "+value, g.Rows)
		track := canvas.Box{X: p.Box.X, Y: y + 24, W: p.Box.W, H: 4}
		p.Fill(canvas.Round(track, 2), theme.Faint(0.1))
		if math.IsNaN(g.Value) || greatest == 0 {
			continue
		}
		late := min(r.places[i]/float64(max(r.rows(), 1)), 1) * 0.5
		track.W *= min(math.Abs(g.Value)/greatest, 1) * Ease((p.Grown-late)/0.5)
		color := Alpha(p.Accent, seen*(1-0.38*min(max(r.places[i]-2, 0), 1)))
		if track.W > 0 {
			p.Fill(canvas.Round(track, 2), canvas.Color(color))
		}
	}
}
