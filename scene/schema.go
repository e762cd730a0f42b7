package scene

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"

	"github.com/invopop/jsonschema"
)

// SchemaID names the JSON Schema of documents.
const SchemaID = "https://github.com/longtake/longtake/scene.schema.json"

// Schema returns the JSON Schema (2020-12) of documents with these layer types, from
// the tags of the Go types: the same bytes every time. It knows all that Parse knows but
// references, order and what the properties of a story's set are.
func Schema(types Types) ([]byte, error) {
	if err := types.Check(); err != nil {
		return nil, err
	}
	s := structSchema(*New(), map[string]*jsonschema.Schema{
		"layers": {Type: "array", Description: "what is drawn, in order", Items: &jsonschema.Schema{Ref: "#/$defs/layer"}},
	})
	s.Version, s.ID, s.Title = jsonschema.Version, SchemaID, "longtake scene"
	camera := structSchema(defaultsOf(reflect.TypeFor[Camera]()).Interface(), nil)
	frame := structSchema(defaultsOf(reflect.TypeFor[Keyframe]()).Interface(), map[string]*jsonschema.Schema{"camera": {Ref: "#/$defs/camera"}})
	story := structSchema(Story{}, map[string]*jsonschema.Schema{"keyframes": {Type: "array", Items: frame}})
	s.Properties.Set("camera", &jsonschema.Schema{Ref: "#/$defs/camera", Description: "pose of stills, and of a scene without keyframes"})
	s.Properties.Set("story", story)
	s.Definitions = jsonschema.Definitions{"camera": camera, "layer": layerSchema(types)}
	for _, name := range types.Names() {
		p := structSchema(reflect.ValueOf(types[name].New()).Elem().Interface(), nil)
		p.AdditionalProperties, p.Description = nil, types[name].Doc
		s.Definitions["layer-"+name] = p
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// layerSchema joins the common properties with those of the type that a layer names. A
// layer that extends another need not name its type; then any property may be meant.
func layerSchema(types Types) *jsonschema.Schema {
	var l Layer
	l.SetDefaults()
	s := structSchema(l, nil)
	s.AdditionalProperties = nil
	s.Extras = map[string]any{"unevaluatedProperties": false}
	typ, _ := s.Properties.Get("type")
	typ.Enum, typ.Default = anys(types.Names()), nil
	var naming []*jsonschema.Schema
	for _, name := range types.Names() {
		is := object()
		is.Properties.Set("type", &jsonschema.Schema{Const: name})
		is.Required = []string{"type"}
		s.AllOf = append(s.AllOf, &jsonschema.Schema{If: is, Then: &jsonschema.Schema{Ref: "#/$defs/layer-" + name}})
		naming = append(naming, &jsonschema.Schema{Ref: "#/$defs/layer-" + name})
	}
	s.AllOf = append(s.AllOf, &jsonschema.Schema{
		If:   &jsonschema.Schema{Required: []string{"type"}},
		Else: &jsonschema.Schema{Required: []string{"extends"}, AnyOf: naming},
	})
	return s
}

func object() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties()}
}

// StructSchema describes a tagged struct, for types with several shapes that write one
// of them as a mapping. The values that v has are the defaults.
func StructSchema(v any) *jsonschema.Schema { return structSchema(v, nil) }

// structSchema describes a struct by its tags, with the values that v has as defaults.
// Fields that are decoded by hand come from special, or are left out.
func structSchema(v any, special map[string]*jsonschema.Schema) *jsonschema.Schema {
	s := object()
	s.AdditionalProperties = jsonschema.FalseSchema
	rv := reflect.ValueOf(v)
	for _, f := range fieldsOf(rv.Type()) {
		if f.required {
			s.Required = append(s.Required, f.name)
		}
		if p, ok := special[f.name]; ok {
			s.Properties.Set(f.name, p)
			continue
		}
		if f.later {
			continue
		}
		value := rv.FieldByIndex(f.index)
		p := typeSchema(value, &f)
		p.Description = f.doc
		if f.unit != "" {
			p.Description += " (" + f.unit + ")"
		}
		if !f.required && value.Kind() != reflect.Struct && !value.IsZero() {
			p.Default = jsonValue(encode(value, reflect.Value{}))
		}
		for _, x := range f.examples {
			p.Examples = append(p.Examples, example(x))
		}
		s.Properties.Set(f.name, p)
	}
	return s
}

// typeSchema describes the shape of one value.
func typeSchema(v reflect.Value, f *field) *jsonschema.Schema {
	t := v.Type()
	if t == dateType {
		return &jsonschema.Schema{Type: "string", Format: "date-time"}
	}
	if sc, ok := reflect.New(t).Elem().Interface().(Schemer); ok && t.Kind() != reflect.Pointer {
		return sc.SceneSchema()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return orNull(typeSchema(defaultsOf(t.Elem()), f))
	case reflect.Bool:
		return &jsonschema.Schema{Type: "boolean"}
	case reflect.String:
		s := &jsonschema.Schema{Type: "string", Enum: anys(f.enum)}
		if f.format == "color" {
			s.Format, s.Pattern = "color", colorPattern
		}
		return s
	case reflect.Slice:
		return orNull(&jsonschema.Schema{Type: "array", Items: typeSchema(defaultsOf(t.Elem()), f)})
	case reflect.Array:
		n := uint64(t.Len())
		return &jsonschema.Schema{Type: "array", Items: typeSchema(defaultsOf(t.Elem()), f), MinItems: &n, MaxItems: &n}
	case reflect.Map:
		s := &jsonschema.Schema{Type: "object", AdditionalProperties: typeSchema(defaultsOf(t.Elem()), f)}
		if len(f.keys) > 0 {
			s.PropertyNames = &jsonschema.Schema{Enum: anys(f.keys)}
		}
		return orNull(s)
	case reflect.Struct:
		if _, ok := reflect.New(t).Interface().(Brief); ok {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string"}, structSchema(v.Interface(), nil)}}
		}
		return structSchema(v.Interface(), nil)
	case reflect.Interface:
		return &jsonschema.Schema{}
	}
	s := &jsonschema.Schema{Type: "integer", Minimum: jsonNumber(f.min), Maximum: jsonNumber(f.max), ExclusiveMinimum: jsonNumber(f.above), ExclusiveMaximum: jsonNumber(f.below)}
	if v.CanFloat() {
		s.Type = "number"
	}
	return s
}

// orNull allows null too, which empties what is inherited.
func orNull(s *jsonschema.Schema) *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{s, {Type: "null"}}}
}

func jsonNumber(x *float64) json.Number {
	if x == nil {
		return ""
	}
	return json.Number(formatFloat(*x))
}

func anys(list []string) []any {
	var out []any
	for _, s := range list {
		out = append(out, s)
	}
	return out
}

// jsonValue turns what encode returns into what encoding/json writes in a fixed order.
func jsonValue(v any) any {
	if v == nil {
		return nil
	}
	var b bytes.Buffer
	writeJSON(&b, v, "")
	return json.RawMessage(b.Bytes())
}

func example(s string) any {
	if x, err := strconv.ParseFloat(s, 64); err == nil {
		return x
	}
	return s
}
