package stage

import "github.com/longtake/longtake/scene"

// Happening is an event of a layer with the data that the document hands to the host at it.
type Happening struct {
	Event  string         `json:"event"` // loaded, click or hover
	Layer  string         `json:"layer"`
	ID     string         `json:"id,omitempty"`     // of the feature
	Values map[string]any `json:"values,omitempty"` // of its row, by field; lists where a panel's part stands for rows that differ
	Data   any            `json:"data"`
}

// loaded tells of the layers that are there for the first time.
func (p *Player) loaded(tell func(Happening)) {
	for _, pl := range p.layers {
		if e := pl.base.Events; e != nil && e.Loaded != nil && pl.there && !pl.greeted {
			pl.greeted = true
			tell(Happening{Event: "loaded", Layer: pl.id, Data: e.Loaded})
		}
	}
}

// happened tells of a feature that is pointed at, where its layer hands data at that.
func (p *Player) happened(event string, f *feature, of func(*scene.Events) scene.Action, tell func(Happening)) {
	if f == nil || tell == nil {
		return
	}
	l := p.Doc.Layer(f.layer)
	if l == nil || l.Events == nil || of(l.Events).Data == nil {
		return
	}
	h := Happening{Event: event, Layer: f.layer, ID: f.id, Data: of(l.Events).Data}
	for _, pl := range p.layers {
		if pl.id != f.layer || pl.table == nil || f.id != "" {
			continue
		}
		h.Values = map[string]any{}
		for i := range pl.table.Columns {
			if v, ok := p.valueOf(f, pl.table.Columns[i].Name); ok {
				h.Values[pl.table.Columns[i].Name] = v
			}
		}
		if id, ok := p.valueOf(f, "id"); ok {
			h.ID, _ = id.(string) // a part of a panel may stand for rows of many
		}
	}
	tell(h)
}
