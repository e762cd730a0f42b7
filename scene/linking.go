package scene

import (
	"fmt"
	"reflect"

	"github.com/invopop/jsonschema"
)

// Events are what happens where somebody points at a layer's features. A document has one
// Selection, which they change: what is chosen in one layer filters and marks the others.
type Events struct {
	Click  Action `json:"click" doc:"a feature is chosen; a click beside everything takes it back"`
	Hover  Action `json:"hover" doc:"the pointer is over a feature; it lasts as long"`
	Loaded any    `json:"loaded" doc:"data that the kiosk hands to the host, as a line of JSON on standard output, when the layer is first drawn"`
}

// Action is what an event does.
type Action struct {
	Filter    *Link  `json:"filter" doc:"a field, or {field, as}: the layers that have it draw only rows with the feature's value; this layer goes on to draw all"`
	Highlight *Link  `json:"highlight" doc:"a field, or {field, as}: rows with the feature's value are outlined, in all layers that have the field"`
	Drill     *Drill `json:"drill" doc:"click: goes down into the feature; Esc, Backspace and a click beside everything go up again"`
	Data      any    `json:"data" doc:"data that the kiosk hands to the host, as a line of JSON on standard output with the feature's id and its row's values"`
}

// Link names a field of the layer whose value is selected; in documents its name, or a
// mapping.
type Link struct {
	Field string `json:"field" required:"true" doc:"field of this layer's source"`
	As    string `json:"as" doc:"what the field is called in the other sources; without it the same"`
}

type linkFields Link // without the methods, so that it reads as a plain struct

// Name is what the other sources call the field.
func (l *Link) Name() string {
	if l.As != "" {
		return l.As
	}
	return l.Field
}

// UnmarshalScene reads a name or a mapping.
func (l *Link) UnmarshalScene(v *Value) {
	switch v.Kind() {
	case Text:
		*l = Link{Field: v.Text()}
	case Map:
		var f linkFields
		if v.Decode(&f) {
			*l = Link(f)
		}
	default:
		v.Reject("a field or {field, as} is allowed")
	}
}

// MarshalScene writes the shape that was read.
func (l Link) MarshalScene() any {
	if l.As == "" {
		return l.Field
	}
	return linkFields(l)
}

// SceneSchema describes both shapes.
func (Link) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string"}, structSchema(linkFields{}, nil)}}
}

// Selection is what is chosen among the rows of all layers, by fields. A value is one that
// rows have, a list of them, or {min, max}, either of which may be left out. In a story a
// chapter's set has it under the name selection, until another chapter sets it.
type Selection struct {
	Filter    map[string]any `json:"filter" doc:"by field: layers that have it draw only rows with the value, one of a list, or from min to max; but for layers whose own events filter by it"`
	Highlight map[string]any `json:"highlight" doc:"by field: rows with the value are outlined"`
	Drill     []Drilled      `json:"drill" doc:"levels that the story has gone down, the uppermost first, as clicks on layers with drill do"`
}

// CheckScene refuses values that no row can have.
func (s *Selection) CheckScene(fail func(field, found, allowed string)) {
	for _, part := range []struct {
		name   string
		values map[string]any
	}{{"filter", s.Filter}, {"highlight", s.Highlight}, {"drill", levelValues(s.Drill)}} {
		for _, field := range sortedKeys(part.values) {
			if !selectable(part.values[field]) {
				fail(part.name, fmt.Sprintf("%v for %s", part.values[field], field), "a value, a list of values, or {min, max} is allowed")
			}
		}
	}
}

// levelValues are those that levels go down from, by their layers.
func levelValues(levels []Drilled) map[string]any {
	out := map[string]any{}
	for _, it := range levels {
		out[it.Layer] = it.Of
	}
	return out
}

func selectable(v any) bool {
	switch v := v.(type) {
	case float64, string, bool:
		return true
	case []any:
		for _, it := range v {
			switch it.(type) {
			case float64, string, bool:
			default:
				return false
			}
		}
		return len(v) > 0
	case map[string]any:
		for k, x := range v {
			if _, ok := x.(float64); !ok || k != "min" && k != "max" {
				return false
			}
		}
		return len(v) > 0
	}
	return false
}

// selectionName is the entry of a chapter's set that is no layer's.
const selectionName = "selection"

// selection checks that entry of a chapter's set; null is none.
func (d *decoder) selection(doc *Document, set map[string]any, n *node, path string) {
	var s Selection
	before := len(d.errs)
	if n.kind != Null {
		d.structs(n, path, nil, reflect.ValueOf(&s).Elem())
		d.levels(doc, s.Drill, n, path)
	}
	if len(d.errs) == before {
		plain := nodeOfTree(encode(reflect.ValueOf(s), reflect.Value{})).plain()
		if m, ok := plain.(map[string]any); ok && s.Drill == nil {
			delete(m, "drill")
		}
		set[selectionName] = plain
	}
}

// selected is what the story has selected at a time.
func (s *Story) selected(t Time) (out Selection) {
	for _, c := range s.Chapters {
		if t.Before(c.From) {
			break
		}
		if v, ok := c.Set[selectionName]; ok {
			out = Selection{}
			(&decoder{}).structs(nodeOf(v), selectionName, nil, reflect.ValueOf(&out).Elem())
		}
	}
	return out
}
