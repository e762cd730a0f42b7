package stage

import (
	"fmt"
	"slices"
	"strings"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// links tells of events and selections by fields that nothing has.
func (s *fieldSearch) links() {
	for i := range s.doc.Layers {
		l := &s.doc.Layers[i]
		if l.Template {
			continue
		}
		s.timeOf(i, l)
		if l.Events == nil {
			continue
		}
		for _, e := range []struct {
			name   string
			action scene.Action
		}{{"click", l.Events.Click}, {"hover", l.Events.Hover}} {
			s.link(i, l, e.name, "filter", e.action.Filter)
			s.link(i, l, e.name, "highlight", e.action.Highlight)
		}
	}
	for i := range s.doc.Layers {
		l := &s.doc.Layers[i]
		if k := drillOf(l); k != nil && !l.Template {
			s.link(i, l, "click", "drill", &scene.Link{Field: k.Field})
			s.below(i, k)
		}
	}
	for i, c := range s.doc.Story.Chapters {
		set, _ := c.Set["selection"].(map[string]any)
		for _, part := range []string{"filter", "highlight"} {
			fields, _ := set[part].(map[string]any)
			for field := range fields {
				s.selected(field, fmt.Sprintf("story.chapters[%d].set.selection.%s", i, part), "story", "chapters", i, "set", "selection", part, field)
			}
		}
	}
}

// timeOf tells of a layer that is to show the time of one that has none.
func (s *fieldSearch) timeOf(i int, l *scene.Layer) {
	of, ok := l.Props.(interface{ TimeOf() string })
	if !ok || of.TimeOf() == "" {
		return
	}
	peer := s.doc.Layer(of.TimeOf())
	found := ""
	switch {
	case peer == nil: // told already
		return
	case peer.Time == nil:
		found = "has no time"
	case peer.Time.Speed == 0:
		found = "has a time that stands still: its speed is 0"
	default:
		return
	}
	e := s.at(fmt.Sprintf("layer %q %s; one with time: { field, speed } is allowed", of.TimeOf(), found), "layers", i, "for")
	e.Path = fmt.Sprintf("layers[%d].for", i)
	s.add(&s.found, e)
}

// link tells of a field of an event that the layer lacks, or under whose name no other has it.
func (s *fieldSearch) link(i int, l *scene.Layer, event, effect string, link *scene.Link) {
	if link == nil {
		return
	}
	path := fmt.Sprintf("layers[%d].events.%s.%s", i, event, effect)
	at := []any{"layers", i, "events", event, effect}
	if names, known := s.fieldsOf(l); known && link.Field != "id" && !slices.Contains(names, link.Field) {
		if !slices.Contains(names, "id") {
			names = append(names, "id")
		}
		e := s.at(fmt.Sprintf("%v %q: the layer has %s", table.ErrNoField, link.Field, strings.Join(names, ", ")), at...)
		e.Path = path
		s.add(&s.found, e)
		return
	}
	if link.Name() != "id" { // ids of what is built are no column
		s.selected(link.Name(), path, at...)
	}
}

// below tells of a drill whose layer below lacks its field: all of it would be shown.
func (s *fieldSearch) below(i int, k *scene.Drill) {
	l := s.doc.Layer(k.Show)
	if l == nil { // told already
		return
	}
	if names, known := s.fieldsOf(l); known && !slices.Contains(names, k.Name()) {
		if len(names) == 0 {
			names = []string{"none"}
		}
		e := s.at(fmt.Sprintf("%v %q: layer %q, which it shows, has %s", table.ErrNoField, k.Name(), k.Show, strings.Join(names[:min(len(names), 40)], ", ")), "layers", i, "events", "click", "drill")
		e.Path = fmt.Sprintf("layers[%d].events.click.drill", i)
		s.add(&s.found, e)
	}
}

// selected tells of a field that no layer has.
func (s *fieldSearch) selected(field, path string, at ...any) {
	var all []string
	for i := range s.doc.Layers {
		l := &s.doc.Layers[i]
		if l.Template || l.Source == "" {
			continue
		}
		names, known := s.fieldsOf(l)
		if !known || slices.Contains(names, field) {
			return
		}
		all = append(all, names...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) == 0 {
		all = []string{"none"}
	}
	e := s.at(fmt.Sprintf("%v %q in the source of any layer: they have %s", table.ErrNoField, field, strings.Join(all[:min(len(all), 40)], ", ")), at...)
	e.Path = path
	s.add(&s.found, e)
}

// fieldsOf are the fields of a layer's rows; what has no rows has none but ids, and what geo builds
// the attributes that it keeps.
func (s *fieldSearch) fieldsOf(l *scene.Layer) (names []string, known bool) {
	typ, ok := layers.Types()[l.Type]
	switch {
	case !ok:
		return nil, false
	case layers.Built(typ):
		return s.keptBy(l)
	case l.Source == "":
		return nil, true
	}
	t := s.rows(l.Source)
	if t == nil {
		return nil, false
	}
	for i := range t.Columns {
		names = append(names, t.Columns[i].Name)
	}
	return names, true
}

// keptBy are the fields that the tiles of a layer have, whether its source has them or not.
func (s *fieldSearch) keptBy(l *scene.Layer) (names []string, known bool) {
	keeper, ok := l.Props.(layer.Keeper)
	if !ok {
		return nil, true
	}
	kept := keeper.Keeps()
	if kept.All {
		return nil, false
	}
	names = append(names, kept.Names...)
	names = append(names, layer.EventFields(l)...)
	if _, paints := l.Props.(layer.Painter); paints {
		names = append(names, layer.StoryFields(s.doc, l.ID)...)
	}
	if len(names) == 0 {
		return nil, true
	}
	names = append(names, "class", "height", "name") // as layer.InAllTiles
	slices.Sort(names)
	return slices.Compact(names), true
}
