package scene

import (
	"slices"
	"strings"

	"github.com/invopop/jsonschema"
)

// Attributes names values of a layer's features that tiles keep: a list of names, names with
// the kinds of their values, or all of them.
type Attributes struct {
	All   bool
	Names []string
	Kinds map[string]string // by name, where it was said
}

// AttributeKinds are what values may be declared as.
var AttributeKinds = []string{"auto", "text", "number", "integer", "boolean"}

// None tells whether nothing is kept.
func (a *Attributes) None() bool { return !a.All && len(a.Names) == 0 }

// UnmarshalScene reads any of the shapes.
func (a *Attributes) UnmarshalScene(v *Value) {
	*a = Attributes{}
	switch v.Kind() {
	case Null:
	case Text:
		if v.Text() != "all" {
			v.Reject("a list of names, names with their kinds, or all is allowed")
			return
		}
		a.All = true
	case List:
		var names []string
		if !v.Decode(&names) {
			return
		}
		for i, name := range names {
			if name == "" || slices.Contains(names[:i], name) {
				v.Reject("names of attributes, each once, are allowed")
				return
			}
		}
		a.Names = names
	case Map:
		kinds := map[string]string{}
		if !v.Decode(&kinds) {
			return
		}
		for _, name := range sortedKeys(kinds) {
			if !slices.Contains(AttributeKinds, kinds[name]) {
				v.Reject("for each name one of " + strings.Join(AttributeKinds, ", ") + " is allowed")
				return
			}
		}
		a.Names, a.Kinds = sortedKeys(kinds), kinds
	default:
		v.Reject("a list of names, names with their kinds, or all is allowed")
	}
}

// MarshalScene writes the shape that was read.
func (a Attributes) MarshalScene() any {
	switch {
	case a.All:
		return "all"
	case a.Kinds != nil:
		return a.Kinds
	}
	return a.Names
}

// SceneSchema describes the shapes.
func (Attributes) SceneSchema() *jsonschema.Schema {
	var kinds []any
	for _, k := range AttributeKinds {
		kinds = append(kinds, k)
	}
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
		{Type: "array", Items: &jsonschema.Schema{Type: "string"}},
		{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "string", Enum: kinds}},
		{Const: "all"},
	}}
}
