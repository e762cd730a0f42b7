package panels

import (
	"fmt"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "carousel", Group: "panels", Doc: "one card a row, each shown for some seconds",
	New: func() any { return &Carousel{Panel: wide("left", 340), Name: "name", Every: 4} },
	Examples: []scene.Example{
		{Layer: `source: places, name: name, fields: [{field: population, title: People}], every: 3, anchor: center, zoom: 2.4`},
		{Name: "standing", Doc: "each card stands at its row's place", Layer: `source: places, name: name, fields: [{field: population, title: People}], every: 3, there: true, width: 230, zoom: 2`},
	},
})

// Carousel shows rows one after the other.
type Carousel struct {
	layer.Rows
	layer.Whole
	Panel
	Name   string   `json:"name" doc:"field of the card's heading"`
	Fields []Column `json:"fields" doc:"fields on the card; without them, all"`
	Every  float64  `json:"every" above:"0" max:"3600" unit:"s" doc:"seconds for which each card is shown"`
	There  bool     `json:"there" doc:"cards stand at the places of their rows"`
	cards  []card
}

// card is a row as it is written.
type card struct {
	name   string
	values [][2]string // title, text
	row    []int       // of the source
}

// cardsOf writes rows as cards.
func cardsOf(t *table.Table, name string, fields []Column) ([]card, error) {
	names, err := t.Strings(name)
	if err != nil {
		return nil, fmt.Errorf("name: %w", err)
	}
	if len(fields) == 0 {
		for _, k := range t.Columns {
			if k.Name != name && len(fields) < 6 {
				fields = append(fields, Column{Field: k.Name})
			}
		}
	}
	out := make([]card, t.Rows())
	for i := range out {
		out[i].name, out[i].row = names[i], t.Origins([]int{i})
	}
	for _, f := range fields {
		texts, _, err := Texts(t, f.Field, f.Format)
		if err != nil {
			return nil, fmt.Errorf("fields: %w", err)
		}
		title := f.Title
		if title == "" {
			title = f.Field
		}
		for i, s := range texts {
			out[i].values = append(out[i].values, [2]string{title, s})
		}
	}
	return out, nil
}

// Draw makes one panel, or with there one at each place, of which one is seen at a time.
func (r *Carousel) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := c.Present()
	if err != nil {
		return nil, err
	}
	cards, err := cardsOf(t, r.Name, r.Fields)
	if err != nil {
		return nil, err
	}
	if len(cards) == 0 {
		return nil, nil
	}
	if !r.There {
		shown := *r
		shown.cards = cards
		return r.Panel.Draw(c, &shown)
	}
	var out []drawable.Draw
	for i, k := range cards {
		at, ok := layer.Foot(t.Geometry[i])
		if !ok {
			c.Skip(t.IDs[i], "no geometry")
			continue
		}
		one := &turn{facts: facts{card: k, theme: r.Theme()}, at: i, of: len(cards), every: r.Every}
		out = append(out, r.Standing(c, one, k.name, at, 0))
	}
	return out, nil
}

// phase is which card is shown and how far it has faded in.
func phase(seconds, every float64, n int) (at int, shown float64) {
	k := int(seconds / every)
	const fade = 0.4
	return k % n, min((seconds-float64(k)*every)/min(fade, every/3), 1)
}

// Measure takes the longest card.
func (r *Carousel) Measure(f *canvas.Fonts, width float64) (w, h float64) {
	for _, k := range r.cards {
		cw, ch := (&facts{card: k, theme: r.Theme()}).Measure(f, width)
		w, h = max(w, cw), max(h, ch)
	}
	return w, h + 1.9*Heading + 20
}

type showing struct {
	card  int
	share float64
}

// State is the card and how far it has appeared.
func (r *Carousel) State(v *drawable.PanelView) any {
	k, share := phase(v.Time, r.Every, len(r.cards))
	return showing{k, share}
}

// Paint draws the card and a dot for each one.
func (r *Carousel) Paint(p *Painter) {
	k, share := phase(p.View.Time, r.Every, len(r.cards))
	p.Faded(share, func() {
		style := p.Strong(canvas.Style{Size: 1.3 * Heading})
		p.Text(p.Fonts.Fit(r.cards[k].name, p.Box.W, style), p.Box.X, p.Box.Y+canvas.CapHeight*style.Size, style)
		inner := *p
		inner.Box = p.Box.Cut(0, 1.9*Heading, 0, 20)
		(&facts{card: r.cards[k], theme: p.Theme}).Paint(&inner)
	})
	if len(r.cards) > 24 {
		return
	}
	for i := range r.cards {
		ink := p.Faint(0.25)
		if i == k {
			ink = canvas.Color(p.Accent)
		}
		p.Fill(canvas.Circle(p.Box.X+3+12*float64(i), p.Box.Y+p.Box.H-3, 3), ink)
	}
}

// facts are lines of titles and values.
type facts struct {
	card  card
	theme Theme
}

const factRow = 29.0

func (f *facts) Measure(fonts *canvas.Fonts, width float64) (w, h float64) {
	for _, v := range f.card.values {
		w = max(w, fonts.Width(v[0], f.theme.Small())+30+fonts.Width(v[1], f.theme.Body()))
	}
	return max(w, width, 120), max(float64(len(f.card.values))*factRow-8, 0)
}

func (f *facts) State(*drawable.PanelView) any { return nil }

func (f *facts) Paint(p *Painter) {
	p.Part(canvas.Round(p.Box.Inset(-6), 4), "", f.card.row)
	for i, v := range f.card.values {
		y := p.Box.Y + float64(i)*factRow + (factRow-8)/2
		if i > 0 {
			p.Rule(p.Box.X, y-factRow/2, p.Box.W, false, p.Faint(0.13))
		}
		w := p.Write(v[0], p.Box.X, y, p.Small())
		p.Write(p.Fonts.Fit(v[1], p.Box.W-w-12, p.Body()), p.Box.X+p.Box.W, y, Right(p.Body()))
	}
}

// turn is a card that is seen while it is its turn.
type turn struct {
	facts
	at, of int
	every  float64
}

func (t *turn) State(v *drawable.PanelView) any {
	k, share := phase(v.Time, t.every, t.of)
	return showing{k, share * map[bool]float64{true: 1}[k == t.at]}
}

// Share is how much of it is seen.
func (t *turn) Share(v *drawable.PanelView) float64 {
	if k, share := phase(v.Time, t.every, t.of); k == t.at {
		return share
	}
	return 0
}
