package panels

import (
	"fmt"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/format"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "table", Group: "panels", Doc: "rows of the data with chosen columns",
	New:      func() any { return &Table{Panel: wide("right", 420), Limit: 10} },
	Examples: []scene.Example{{Layer: `source: flows, columns: [{field: from, title: From}, {field: to, title: To}, {field: people, title: Commuters}], limit: 8, heading: Commuters, anchor: center, zoom: 2.4`}},
})

// Table lists rows.
type Table struct {
	layer.Rows
	layer.Whole
	Panel
	Columns []Column `json:"columns" doc:"columns in order, each a field or {field, title, format}; without them, all"`
	Limit   int      `json:"limit" min:"1" max:"60" doc:"how many rows are listed"`
	Every   float64  `json:"every" min:"0" max:"3600" unit:"s" doc:"seconds after which the next rows are shown; 0 shows the first ones"`
	cells   [][]string
	numbers []bool
	heads   []string
	rows    []int // of the source, of each line
}

// Column is a field in a table.
type Column struct {
	Field  string `json:"field" required:"true" doc:"field of the source"`
	Title  string `json:"title" doc:"heading; without it, the field's name"`
	Format string `json:"format" example:",.1f" doc:"how numbers are written: a specifier of d3-format"`
}

// BriefKey lets a column be written as the name of its field.
func (*Column) BriefKey() string { return "field" }

// CheckScene refuses formats that are none.
func (c *Column) CheckScene(fail func(field, found, allowed string)) { checkFormat(c.Format, fail) }

// Draw makes one panel.
func (t *Table) Draw(c *layer.Context) ([]drawable.Draw, error) {
	rows, err := c.Present()
	if err != nil {
		return nil, err
	}
	shown := *t
	columns := t.Columns
	if len(columns) == 0 {
		for _, k := range rows.Columns[:min(len(rows.Columns), 6)] {
			columns = append(columns, Column{Field: k.Name})
		}
	}
	shown.cells = make([][]string, rows.Rows())
	for i := range shown.cells {
		shown.rows = append(shown.rows, rows.Origins([]int{i})...)
	}
	for _, k := range columns {
		title := k.Title
		if title == "" {
			title = k.Field
		}
		texts, number, err := Texts(rows, k.Field, k.Format)
		if err != nil {
			return nil, fmt.Errorf("columns: %w", err)
		}
		shown.heads, shown.numbers = append(shown.heads, title), append(shown.numbers, number)
		for i, s := range texts {
			shown.cells[i] = append(shown.cells[i], s)
		}
	}
	return t.Panel.Draw(c, &shown)
}

// Texts is a field as it is written, and whether it holds numbers.
func Texts(t *table.Table, field, spec string) (out []string, number bool, err error) {
	column, err := t.Column(field)
	if err != nil {
		return nil, false, err
	}
	if column.Kind != table.Number || t.Rows() == 0 {
		out, err = t.Strings(field)
		return out, false, err
	}
	f, err := format.ParseNumber(spec)
	if err != nil {
		return nil, true, err
	}
	for _, v := range column.Numbers {
		out = append(out, f.Format(v))
	}
	return out, true, nil
}

const tableRow = 31.0

// Measure is that of its rows and their heading.
func (t *Table) Measure(f *canvas.Fonts, width float64) (w, h float64) {
	return max(width, float64(len(t.heads))*90), float64(max(min(t.Limit, len(t.cells)), 1))*tableRow + 28
}

// page is the number of the rows shown at a time.
func (t *Table) page(v *drawable.PanelView) int {
	pages := (len(t.cells) + t.Limit - 1) / t.Limit
	if t.Every <= 0 || pages < 2 {
		return 0
	}
	return int(v.Time/t.Every) % pages
}

// State is the page.
func (t *Table) State(v *drawable.PanelView) any { return t.page(v) }

// Paint writes heading and rows with hairlines between; numbers are aligned on the right.
func (t *Table) Paint(p *Painter) {
	from := t.page(p.View) * t.Limit
	rows := t.cells[min(from, len(t.cells)):min(from+t.Limit, len(t.cells))]
	widths := t.widths(p)
	line := func(cells []string, y float64, style canvas.Style) {
		x := p.Box.X
		for i, s := range cells {
			s = p.Fonts.Fit(s, widths[i]-12, style)
			if t.numbers[i] {
				p.Write(s, x+widths[i], y, Right(style))
			} else {
				p.Write(s, x, y, style)
			}
			x += widths[i]
		}
	}
	line(t.heads, p.Box.Y+Small/2, p.Small())
	for i, r := range rows {
		y := p.Box.Y + 28 + float64(i)*tableRow
		p.Rule(p.Box.X, y-2, p.Box.W, false, p.Faint(0.13))
		p.Part(canvas.Round(canvas.Box{X: p.Box.X - 6, Y: y, W: p.Box.W + 12, H: tableRow - 4}, 4), "", t.rows[from+i:from+i+1])
		late := 0.5 * float64(i) / float64(len(rows))
		p.Faded((p.Grown-late)/0.5, func() { line(r, y+tableRow/2-1, p.Body()) })
	}
}

// widths shares the box among columns by their longest texts.
func (t *Table) widths(p *Painter) []float64 {
	out := make([]float64, len(t.heads))
	total := 0.0
	for i := range out {
		out[i] = p.Fonts.Width(t.heads[i], p.Small())
		for _, r := range t.cells[:min(len(t.cells), 100)] {
			out[i] = max(out[i], min(p.Fonts.Width(r[i], p.Body()), 0.6*p.Box.W))
		}
		out[i] += 18
		total += out[i]
	}
	for i := range out {
		out[i] *= p.Box.W / max(total, 1)
	}
	return out
}
