package stage

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// tilePaint is a tile's features in the colours of a paint.
type tilePaint struct {
	of     *drawable.Paint
	colors *drawable.Colors
}

// mostPaints bounds those that a tile keeps: a scale that changes frame by frame makes new ones.
const mostPaints = 4

// painted is the colours that a paint gives the tile's features; they are made once.
func (c *tileContent) painted(p *drawable.Paint) *drawable.Colors {
	if p == nil || len(c.rows) == 0 {
		return nil
	}
	for i := range c.paints {
		if c.paints[i].of == p {
			return c.paints[i].colors
		}
	}
	out := &drawable.Colors{Of: make([][4]uint8, len(c.rows))}
	known := map[string][4]uint8{}
	for i := range c.rows {
		v := layer.ValueOf(&c.rows[i], c.columns, p.Field)
		color, ok := known[v]
		if !ok {
			color = p.Of(v)
			known[v] = color
		}
		out.Of[i] = color
	}
	if len(c.paints) == mostPaints {
		c.paints = append(c.paints[:0], c.paints[1:]...)
	}
	c.paints = append(c.paints, tilePaint{p, out})
	return out
}

// fieldsOf are the fields of tiles' features that a document asks for: to colour by, in the
// layers as they are and as the story has them, and to select by: what chapters, events and
// windows of any layer filter and highlight by, and what levels below drills are filtered by.
func fieldsOf(d *scene.Document) map[string]bool {
	out := map[string]bool{}
	paints := func(l *scene.Layer) {
		if p, ok := l.Props.(layer.Painter); ok {
			for _, f := range p.Paints() {
				out[f] = true
			}
		}
	}
	for _, c := range d.Story.Chapters {
		selection, _ := c.Set["selection"].(map[string]any)
		for _, of := range []string{"filter", "highlight"} {
			values, _ := selection[of].(map[string]any)
			for f := range values {
				out[f] = true
			}
		}
	}
	for i := range d.Layers {
		l := &d.Layers[i]
		paints(l)
		for _, f := range layer.StoryFields(d, l.ID) {
			out[f] = true
		}
		for _, f := range layer.EventFields(l) {
			out[f] = true
		}
		if e := l.Events; e != nil {
			for _, link := range []*scene.Link{e.Click.Filter, e.Click.Highlight, e.Hover.Filter, e.Hover.Highlight} {
				if link != nil {
					out[link.Name()] = true
				}
			}
			if k := e.Click.Drill; k != nil {
				out[k.Name()] = true
			}
		}
		if w, ok := l.Props.(windowing); ok {
			field, _, _, _ := w.Selects()
			out[field] = true
			for _, c := range d.Story.Chapters {
				if f, ok := c.Set[l.ID+".field"].(string); ok {
					out[f] = true
				}
			}
		}
	}
	return out
}
