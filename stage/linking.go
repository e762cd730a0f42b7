package stage

import (
	"maps"
	"math"
	"reflect"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// linking is the document's one selection: what the story selects, and over it what was
// clicked and what the pointer is over.
type linking struct {
	used         bool // the document links layers at all
	click, hover scene.Selection
	now          scene.Selection         // of the frame
	over, chosen *feature                // parts of panels that are pointed at
	windows      map[string]drawable.Act // that were dragged, by the layer of the panel
}

// windowing is implemented by layers that filter others by from when to when a field lies.
type windowing interface {
	Selects() (field string, from, to float64, ok bool)
}

// newLinking finds out whether a document selects anything.
func newLinking(d *scene.Document) linking {
	l := linking{}
	for i := range d.Layers {
		e := d.Layers[i].Events
		if w, ok := d.Layers[i].Props.(windowing); ok {
			field, _, _, _ := w.Selects()
			l.used = l.used || field != ""
		}
		l.used = l.used || e != nil && (e.Click.Filter != nil || e.Click.Highlight != nil || e.Hover.Filter != nil || e.Hover.Highlight != nil || e.Click.Drill != nil)
	}
	for _, c := range d.Story.Chapters {
		_, selects := c.Set["selection"]
		l.used = l.used || selects
	}
	return l
}

// at is the selection of a moment, where layers are as they are then: what the story selects, what
// was gone down into and windows of panels over it, and what is pointed at over those.
func (l *linking) at(m scene.Moment, levels scene.Selection, layers []*playedLayer) scene.Selection {
	if !l.used {
		return l.now
	}
	s := joined(m.Selection, levels)
	for _, pl := range layers {
		w, ok := pl.now.Props.(windowing)
		if !ok || pl.now.Template || !pl.now.Visible {
			continue
		}
		field, from, to, chosen := w.Selects()
		if by, ok := l.windows[pl.id]; ok {
			if from, to, chosen = by.From, by.To, !by.None; by.None && s.Filter[field] != nil {
				s.Filter = maps.Clone(s.Filter)
				delete(s.Filter, field)
			}
		}
		if chosen && field != "" {
			s = joined(s, scene.Selection{Filter: map[string]any{field: map[string]any{"min": from, "max": to}}})
		}
	}
	l.now = joined(joined(s, l.click), l.hover)
	return l.now
}

// window is from when to when the selection lets a field lie.
func (l *linking) window(field string) (from, to float64, ok bool) {
	limits, ok := l.now.Filter[field].(map[string]any)
	if !ok {
		return 0, 0, false
	}
	from, to = math.Inf(-1), math.Inf(1)
	if v, is := limits["min"].(float64); is {
		from = v
	}
	if v, is := limits["max"].(float64); is {
		to = v
	}
	return from, to, true
}

// joined is a selection with another's values over it.
func joined(a, b scene.Selection) scene.Selection {
	over := func(a, b map[string]any) map[string]any {
		if len(b) == 0 {
			return a
		}
		out := map[string]any{}
		maps.Copy(out, a)
		maps.Copy(out, b)
		return out
	}
	return scene.Selection{Filter: over(a.Filter, b.Filter), Highlight: over(a.Highlight, b.Highlight)}
}

// chooses is what an action selects for a feature; nothing where the feature has no value.
func chooses(a scene.Action, value func(field string) (any, bool)) (out scene.Selection) {
	of := func(l *scene.Link) map[string]any {
		if l == nil {
			return nil
		}
		if v, ok := value(l.Field); ok {
			return map[string]any{l.Name(): v}
		}
		return nil
	}
	return scene.Selection{Filter: of(a.Filter), Highlight: of(a.Highlight)}
}

// filterOf is what a selection filters a layer by: all fields but those that the layer's own
// events and its window filter by, so that another of its features can be chosen.
func filterOf(l *scene.Layer, s scene.Selection) map[string]any {
	w, windows := l.Props.(windowing)
	if len(s.Filter) == 0 || l.Events == nil && !windows {
		return s.Filter
	}
	out := maps.Clone(s.Filter)
	if windows {
		field, _, _, _ := w.Selects()
		delete(out, field)
	}
	if l.Events == nil {
		return out
	}
	for _, link := range []*scene.Link{l.Events.Click.Filter, l.Events.Hover.Filter} {
		if link != nil {
			delete(out, link.Name())
		}
	}
	return out
}

// selects sets what an event of a feature's layer selects; no feature clears it.
func (p *Player) selects(to *scene.Selection, f *feature, event func(*scene.Events) scene.Action) {
	*to = scene.Selection{}
	if f == nil || !p.links.used {
		return
	}
	l := p.Doc.Layer(f.layer)
	if l == nil || l.Events == nil {
		return
	}
	*to = chooses(event(l.Events), func(field string) (any, bool) { return p.valueOf(f, field) })
}

// valueOf is the value of a feature's field: of a table's row, or of a tile's.
func (p *Player) valueOf(f *feature, field string) (any, bool) {
	if f.id != "" {
		if field == "id" {
			return f.id, true
		}
		return p.tileValue(f, field)
	}
	t := p.tableOf(f.layer)
	switch {
	case t == nil:
		return nil, false
	case f.rows == nil:
		return rowValue(t, f.row, field)
	}
	var values []any // different ones, in the order of the rows
	seen := map[any]bool{}
	for _, row := range f.rows {
		if v, ok := rowValue(t, row, field); ok && !seen[v] {
			seen[v], values = true, append(values, v)
		}
	}
	if len(values) == 1 {
		return values[0], true
	}
	return values, len(values) > 0
}

// tileValue is the value of a field of a tile's feature, a number where it is one.
func (p *Player) tileValue(f *feature, field string) (any, bool) {
	for i := range p.named {
		r := &p.named[i]
		if r.layer != f.layer || r.tile == nil {
			continue
		}
		for k := range r.tile.rows {
			if row := &r.tile.rows[k]; row.ID == f.id {
				text := layer.ValueOf(row, r.tile.columns, field)
				if c := p.played(f.layer).values; c != nil {
					if col := c.Find(field); col != nil && col.Kind == table.Number {
						if v, ok := geo.Number(text); ok {
							return v, true
						}
					}
				}
				return text, text != ""
			}
		}
	}
	return nil, false
}

// played is the layer of an id.
func (p *Player) played(id string) *playedLayer {
	for _, pl := range p.layers {
		if pl.id == id {
			return pl
		}
	}
	return &playedLayer{}
}

// rowValue is a value as selections have it.
func rowValue(t *table.Table, row int, field string) (any, bool) {
	for i := range t.Columns {
		c := &t.Columns[i]
		switch {
		case c.Name != field || row >= t.Rows():
		case c.Texts != nil:
			return c.Texts[row], c.Texts[row] != ""
		case c.Kind == table.Time || c.Kind == table.Bool: // as rows are matched (layer.Matching)
			word := c.Word(row)
			return word, word != ""
		case c.Numbers != nil:
			return c.Numbers[row], !math.IsNaN(c.Numbers[row])
		}
	}
	if field == "id" && row < len(t.IDs) { // where no column is called so
		return t.IDs[row], true
	}
	return nil, false
}

const (
	mostOutlined = 64 // rows of a layer
	outlineEvery = 16 // ids of one outline
)

var highlightColor = [4]uint8{255, 233, 168, 240}

// highlights outlines the rows that the selection highlights, and in the layers that filter
// others the feature that they are filtered by.
func (p *Player) highlights(f *pipeline.Frame, s scene.Selection) {
	if len(s.Highlight) == 0 && len(s.Filter) == 0 {
		return
	}
	outlined := map[string]int{} // by layer: its rows may lie in many tiles
	for i := range p.named {
		r := &p.named[i]
		values := p.highlighted(r.layer, s)
		var ids []uint32
		if r.table != nil {
			for row, shown := range layer.Matching(r.table, values) {
				if shown && len(ids) < mostOutlined {
					ids = append(ids, r.base+uint32(row))
				}
			}
		} else if values = p.played(r.layer).ofTiles(values); len(values) > 0 {
			for _, row := range r.tile.matching(values) {
				if outlined[r.layer] < mostOutlined {
					outlined[r.layer]++
					ids = append(ids, r.base+uint32(row))
				}
			}
		}
		for len(ids) > 0 {
			n := min(len(ids), outlineEvery)
			f.Outlines = append(f.Outlines, pipeline.Outline{IDs: ids[:n], Color: highlightColor, Width: 4})
			ids = ids[n:]
		}
	}
}

// highlighted are the values whose rows a layer marks: those that the selection highlights, and
// in a layer that filters others those that they are filtered by.
func (p *Player) highlighted(id string, s scene.Selection) map[string]any {
	if l := p.Doc.Layer(id); l != nil && l.Events != nil && l.Events.Click.Filter != nil {
		link := l.Events.Click.Filter
		if v, ok := s.Filter[link.Name()]; ok {
			return joined(s, scene.Selection{Highlight: map[string]any{link.Field: v}}).Highlight
		}
	}
	return s.Highlight
}

// same tells whether two filters let the same through.
func same(a, b map[string]any) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}
