package panels

import (
	"strings"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "title", Group: "panels", Doc: "headline with a line below it, straight on the picture",
	New: func() any {
		t := &Title{Panel: New("top-left"), Size: 46}
		t.Glass = false
		return t
	},
	Examples: []scene.Example{
		{Layer: `text: Porto Largo, below: "Power use along the quay, June 2026", anchor: center, zoom: 2.4`},
		{Name: "caption", Doc: "a paragraph on glass", Layer: `text: "", below: "The quay takes two thirds of the power of the town: cranes, cold stores and the ferries that lie there over night.", glass: true, width: 560, anchor: center, zoom: 2`},
	},
})

// Title writes a headline and text below it.
type Title struct {
	Panel
	Text  string  `json:"text" doc:"the headline; {caption} stands for the caption of the story's chapter"`
	Below string  `json:"below" doc:"text below the headline; {caption} as above. Lines break where the script allows it; of Thai, Lao, Khmer and Burmese only a dictionary, which there is none of, knows the words: they break at spaces, and where a line has none between letters with their signs, which may be within a syllable"`
	Size  float64 `json:"size" theme:"titleSize" min:"8" max:"200" unit:"px" doc:"em of the headline"`
}

// Draw makes one panel.
func (t *Title) Draw(c *layer.Context) ([]drawable.Draw, error) { return t.Panel.Draw(c, t) }

const belowSize = 19.0

func (t *Title) texts(caption string) (head, below string) {
	put := func(s string) string { return strings.ReplaceAll(s, "{caption}", caption) }
	return put(t.Text), put(t.Below)
}

func (t *Title) styles() (head, below canvas.Style) {
	th := t.Theme()
	return canvas.Style{Size: t.Size, Weight: text.Medium, Ink: th.Faint(1)}, canvas.Style{Size: belowSize, Ink: th.Faint(0.84)}
}

// Measure leaves room for three lines of captions.
func (t *Title) Measure(f *canvas.Fonts, width float64) (w, h float64) {
	head, below := t.texts(strings.Repeat("caption ", 8))
	hs, bs := t.styles()
	limit := width
	if limit == 0 {
		limit = 900
	}
	if head != "" {
		lines := f.Wrap(head, limit, hs)
		for _, l := range lines {
			w = max(w, f.Width(l, hs))
		}
		h += float64(len(lines)) * 1.16 * t.Size
	}
	if below != "" {
		lines := f.Wrap(below, limit, bs)
		for _, l := range lines {
			w = max(w, f.Width(l, bs))
		}
		h += float64(len(lines)) * 1.5 * belowSize
		if head != "" {
			h += 6
		}
	}
	return max(w+4, width), h
}

// State is the caption, where it is written.
func (t *Title) State(v *drawable.PanelView) any {
	if strings.Contains(t.Text+t.Below, "{caption}") {
		return v.Caption
	}
	return nil
}

// Paint writes the lines, with a soft shade where there is no glass.
func (t *Title) Paint(p *Painter) {
	head, below := t.texts(p.View.Caption)
	hs, bs := t.styles()
	align := anchors[t.Anchor][0]
	if t.Panel.Glass {
		align = 0
	}
	hs.Align, bs.Align = align, align
	x, y := p.Box.X+2+align*(p.Box.W-4), p.Box.Y
	line := func(s string, style canvas.Style, leading float64) {
		y += leading * style.Size
		base := y - (leading-CapLine)*style.Size
		if !t.Panel.Glass {
			p.Shade(s, x, base+0.03*style.Size, style, max(0.22*style.Size, 5), canvas.Plain{4, 8, 14, 215})
		}
		p.Text(s, x, base, style)
	}
	if head != "" {
		for _, l := range p.Fonts.Wrap(head, p.Box.W, hs) {
			line(l, hs, 1.16)
		}
		y += 6
	}
	if below != "" {
		for _, l := range p.Fonts.Wrap(below, p.Box.W, bs) {
			line(l, bs, 1.5)
		}
	}
}

// CapLine is where a line's baseline lies below its top, in ems.
const CapLine = 0.92
