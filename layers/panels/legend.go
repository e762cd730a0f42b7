package panels

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "legend", Group: "panels", Doc: "what the colours and sizes of a layer mean, from its scales",
	New: func() any { return &Legend{Panel: New("bottom-right")} },
	Examples: []scene.Example{
		{Layer: `source: places, color: {field: population, palette: turbo}, heading: People, anchor: center, zoom: 2.4`},
		{Name: "classes", Doc: "classes of equal counts", Layer: `source: zones, color: {field: rent, scale: quantile, palette: viridis}, heading: "Rent, € a m²", anchor: center, zoom: 2.4`},
		{Name: "categories", Doc: "a colour for each text", Layer: `source: places, color: {field: name, scale: categorical, palette: set2}, heading: District, anchor: center, zoom: 2.4`},
		{Name: "sizes", Doc: "circles of the sizes that stand for values", Layer: `source: places, size: {field: population, scale: sqrt, range: [6, 54]}, heading: People, anchor: center, zoom: 2.4`},
	},
})

// Legend explains a layer's scales, or scales of its own.
type Legend struct {
	Panel
	For   string          `json:"for" format:"layer" doc:"layer whose colors and sizes are explained"`
	Color *scale.ColorBy  `json:"color" doc:"colors to explain instead of a layer's, by a field of the source"`
	Size  *scale.NumberBy `json:"size" doc:"sizes to explain instead of a layer's: diameters in pixels"`
	Unit  string          `json:"unit" doc:"written above the values"`
	keys  []key
}

// key is one scale that is explained.
type key struct {
	scale.Legend
	sizes   bool
	caption string // what of the layer has the colours, where there are several kinds
}

// paint is a colour by a field, and what of a layer has it.
type paint struct {
	scale.ColorBy
	of string
}

// Draw makes one panel.
func (l *Legend) Draw(c *layer.Context) ([]drawable.Draw, error) {
	shown := *l
	var err error
	if shown.keys, err = l.explain(c); err != nil {
		return nil, err
	}
	if len(shown.keys) == 0 {
		c.Skip(l.For, "no scale to explain")
		return nil, nil
	}
	if l.Heading == "" {
		shown.Heading = shown.keys[0].Field
	}
	return shown.Panel.Draw(c, &shown)
}

// explain finds the keys.
func (l *Legend) explain(c *layer.Context) (keys []key, err error) {
	colors, sizes, t, err := l.scales(c)
	if err != nil {
		return nil, err
	}
	if t == nil {
		t = &table.Table{}
	}
	for _, b := range colors {
		if d := b.By; d != nil && t.Rows() == 0 && len(d.Domain.Texts) == 0 && (d.Domain.Percent || len(d.Domain.Numbers) == 0) {
			continue // its domain is that of rows, which there are none of
		}
		m, err := b.Resolve(t)
		if err != nil {
			return nil, err
		}
		if k := m.Legend(); !k.Empty() && !slices.ContainsFunc(keys, func(o key) bool { return same(o.Legend, k) }) {
			keys = append(keys, key{Legend: k, caption: b.of})
		}
	}
	if len(keys) == 1 {
		keys[0].caption = ""
	}
	for _, b := range sizes {
		m, err := b.Resolve(t)
		if err != nil {
			return nil, err
		}
		if k := m.Legend(); len(k.Ticks) > 0 {
			keys = append(keys, key{Legend: k, sizes: true})
		}
	}
	return keys, nil
}

// same tells whether two keys say the same, as those of both ends of arcs with one scale.
func same(a, b scale.Legend) bool {
	return a.Field == b.Field && slices.Equal(a.Colors, b.Colors) && slices.Equal(a.Ticks, b.Ticks) && (a.Missing == nil) == (b.Missing == nil) &&
		slices.EqualFunc(a.Classes, b.Classes, func(a, b scale.Class) bool { return a.Label == b.Label && a.Color == b.Color })
}

// scales are those to explain, with the rows that their domains are found in.
func (l *Legend) scales(c *layer.Context) (colors []paint, sizes []scale.NumberBy, t *table.Table, err error) {
	switch {
	case l.For != "":
		if c.Peer == nil {
			return nil, nil, nil, fmt.Errorf("for: layer %q is not at hand", l.For)
		}
		peer, rows := c.Peer(l.For)
		if peer == nil {
			return nil, nil, nil, fmt.Errorf("for: no layer %q", l.For)
		}
		colors, sizes = scalesOf(peer.Props)
		if v, ok := peer.Props.(layer.Valued); ok && rows != nil {
			of := *c
			of.Layer, of.Table, of.Shown, of.Skip = peer, rows, nil, func(_, _ string) {} // the layer itself counts
			if rows, err = v.Values(&of); err != nil {
				return nil, nil, nil, fmt.Errorf("for: layer %s: %w", l.For, err)
			}
		}
		return colors, sizes, rows, nil
	case l.Color != nil || l.Size != nil:
		if l.Color != nil {
			colors = append(colors, paint{ColorBy: *l.Color})
		}
		if l.Size != nil {
			sizes = append(sizes, *l.Size)
		}
		return colors, sizes, c.Table, nil
	}
	return nil, nil, nil, fmt.Errorf("a legend needs a layer: give for, or color or size with a source")
}

// scalesOf are the scales by fields among a layer's properties; of sizes those named size.
func scalesOf(props any) (colors []paint, sizes []scale.NumberBy) {
	v := reflect.Indirect(reflect.ValueOf(props))
	if v.Kind() != reflect.Struct {
		return nil, nil
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		if f.Anonymous {
			c, n := scalesOf(v.Field(i).Interface())
			colors, sizes = append(colors, c...), append(sizes, n...)
			continue
		}
		switch b := v.Field(i).Interface().(type) {
		case scale.ColorBy:
			if b.By != nil {
				of, _, _ := strings.Cut(f.Tag.Get("doc"), ",")
				colors = append(colors, paint{b, of})
			}
		case scale.NumberBy:
			if b.By != nil && f.Name == "Size" {
				sizes = append(sizes, b)
			}
		}
	}
	return colors, sizes
}

const (
	keyRow     = 27.0
	rampHigh   = 12.0
	keyGap     = 22.0
	captionRow = Small + 10
)

// Measure is that of the keys one below the other.
func (l *Legend) Measure(f *canvas.Fonts, width float64) (w, h float64) {
	for i, k := range l.keys {
		if i > 0 {
			h += keyGap
		}
		kw, kh := k.measure(f, l.Theme())
		if k.caption != "" {
			kw, kh = max(kw, f.Width(k.caption, l.Theme().Small())), kh+captionRow
		}
		w, h = max(w, kw), h+kh
	}
	if l.Unit != "" {
		h += Small + 10
	}
	return max(w, width), h
}

func (k key) measure(f *canvas.Fonts, t Theme) (w, h float64) {
	switch {
	case k.sizes:
		for _, d := range k.discs() {
			w, h = max(w, d.Number+26+f.Width(d.Label, t.Small())), h+max(d.Number, keyRow-6)+6
		}
		return w, h
	case len(k.Classes) > 0:
		for _, c := range k.Classes {
			w = max(w, 16+12+f.Width(c.Label, t.Body()))
		}
		h = keyRow*float64(len(k.Classes)) - 8
	default:
		w, h = 250, rampHigh+12+Small
	}
	if k.Missing != nil {
		h += keyRow + 4
	}
	return w, h
}

// State never changes.
func (l *Legend) State(*drawable.PanelView) any { return nil }

// Paint draws the keys.
func (l *Legend) Paint(p *Painter) {
	y := p.Box.Y
	if l.Unit != "" {
		p.Text(l.Unit, p.Box.X, y+CapLine*Small-3, p.Small())
		y += Small + 10
	}
	for i, k := range l.keys {
		if i > 0 {
			y += keyGap
		}
		if k.caption != "" {
			p.Text(k.caption, p.Box.X, y+CapLine*Small-3, p.Small())
			y += captionRow
		}
		y = k.paint(p, y)
	}
}

func (k key) paint(p *Painter, y float64) float64 {
	swatch := func(c scene.Color, label string) {
		p.Fill(canvas.Round(canvas.Box{X: p.Box.X, Y: y + 1, W: 16, H: 16}, 4), canvas.Color(c))
		p.Write(label, p.Box.X+28, y+9, p.Body())
		y += keyRow
	}
	switch {
	case k.sizes:
		return k.circles(p, y)
	case len(k.Classes) > 0:
		for _, c := range k.Classes {
			swatch(c.Color, c.Label)
		}
		y -= 8
	default:
		ramp := canvas.Box{X: p.Box.X, Y: y, W: p.Box.W, H: rampHigh}
		p.Fill(canvas.Round(ramp, 3), canvas.Along(ramp, k.Colors))
		last := math.Inf(-1)
		for _, t := range k.Ticks {
			w := p.Fonts.Width(t.Label, p.Small())
			x := ramp.X + t.At*ramp.W
			p.Fill(canvas.Rect(p.Crisp(min(x, ramp.X+ramp.W-1)), y+rampHigh, p.Hairline(), 5), p.Faint(0.5))
			x = min(max(x, ramp.X+w/2), ramp.X+ramp.W-w/2)
			if x-w/2 < last+8 {
				continue
			}
			last = x + w/2
			p.Text(t.Label, x, y+rampHigh+10+CapLine*Small-2, Centred(p.Small()))
		}
		y += rampHigh + 12 + Small
	}
	if k.Missing != nil {
		y += 12
		swatch(*k.Missing, "no value")
		y -= 8
	}
	return y
}

// discs are up to four ticks from the greatest down, of those that are to be seen.
func (k key) discs() (out []scale.Tick) {
	for i := len(k.Ticks) - 1; i >= 0; i-- {
		if k.Ticks[i].Number >= 2 {
			out = append(out, k.Ticks[i])
		}
	}
	if len(out) > 4 {
		out = []scale.Tick{out[0], out[len(out)/3], out[2*len(out)/3], out[len(out)-1]}
	}
	return out
}

func (k key) circles(p *Painter, y float64) float64 {
	discs := k.discs()
	if len(discs) == 0 {
		return y
	}
	widest := 0.0
	for _, d := range discs {
		widest = max(widest, d.Number)
	}
	for _, d := range discs {
		h := max(d.Number, keyRow-6) + 6
		x := p.Box.X + widest/2
		p.Fill(canvas.Circle(x, y+h/2, d.Number/2), canvas.Color(Alpha(p.Accent, 0.24)))
		p.Stroke(canvas.Circle(x, y+h/2, max(d.Number/2-0.7, 0.5)), 1.4, canvas.Color(p.Accent))
		p.Write(d.Label, p.Box.X+widest+18, y+h/2, p.Body())
		y += h
	}
	return y
}
