package scene

import (
	"fmt"
	"reflect"
)

// Types are the layer types that documents may name. They are injected, because the
// catalogue is above this package.
type Types map[string]Type

// Type is a layer type. New returns a pointer to a struct of properties with its
// defaults filled. The struct's fields carry the metadata from which documents are read,
// checked, completed and written:
//
//	json      name in documents; "-" keeps a field out; embedded structs are inlined
//	doc       one clause for the reader; required
//	unit      "m", "s", "px", "°", …
//	min, max  inclusive limits of numbers (and of Time, in seconds); of each element of a list
//	above, below  exclusive limits
//	enum      allowed words, "a,b,c"
//	keys      allowed keys of a map, "a,b,c"
//	format    "color": a string "#rrggbb"; "path": a file, resolved by Document.Resolve,
//	          must exist where the document is loaded from disk; "source", "layer": the
//	          name of one in the document
//	example   values for the schema and the gallery, separated by "|"
//	required  "true"
//	fixed     "true": a story cannot set it
//	theme     key of Theme whose value is the default, where the document has one
//
// Fields are bool, numbers, string, Time, Color, Rate, lists, arrays, maps with string
// keys, structs, pointers (nil = not given) and any. A type with several shapes, such as
// a number or a mapping, implements Unmarshaler, Marshaler and Schemer; one that reads
// text implements encoding.TextUnmarshaler, TextMarshaler and Schemer. A struct that
// is created while reading may be a Defaulter, and one whose fields depend on each other
// a Checker. Property names must differ from the common ones of Layer.
type Type struct {
	Name  string
	Group string // heading in the gallery
	Doc   string // one sentence
	New   func() any
	// Sources are the source types that the layer reads. Nil takes any source or none;
	// otherwise a source is required, unless the layer has tiles or a table.
	Sources []string
	// Examples are the type's pictures in the gallery, its goldens, and what users copy.
	// The first shows the type as it is; each further one is a component of the catalogue
	// that the type makes with some of its options.
	Examples []Example
}

// Example is a layer of a type as a document writes it.
type Example struct {
	Name   string  // of the component: letters, digits and -; empty of the first
	Doc    string  // one sentence; empty takes the type's
	Layer  string  // properties in flow style, on the sources of the sample: "source: places, size: 14"
	Around string  // what stands around it: sea, ground or city; empty is the usual of its group
	Camera string  // a camera in flow style; empty looks over the sample's bay from the south
	Time   string  // RFC 3339; empty is the evening of a summer's day
	At     float64 // story seconds; 0 is 5
}

// Names returns the names in order.
func (t Types) Names() []string { return sortedKeys(t) }

// Check finds mistakes in the types themselves: missing or clashing tags.
func (t Types) Check() error {
	common := map[string]bool{}
	for _, f := range fieldsOf(reflect.TypeFor[Layer]()) {
		common[f.name] = true
	}
	for _, name := range t.Names() {
		typ := t[name]
		if typ.Name != name || typ.New == nil || typ.Doc == "" {
			return fmt.Errorf("scene: layer type %q: the name must be its key, and doc and New must be set", name)
		}
		props := reflect.TypeOf(typ.New())
		if props == nil || props.Kind() != reflect.Pointer || props.Elem().Kind() != reflect.Struct {
			return fmt.Errorf("scene: layer type %q: New returns %v, not a pointer to a struct", name, props)
		}
		if err := checkStruct(props, name, map[reflect.Type]bool{}); err != nil {
			return err
		}
		for _, f := range fieldsOf(props.Elem()) {
			if common[f.name] {
				return fmt.Errorf("scene: layer type %q: property %q is one of the common properties", name, f.name)
			}
		}
	}
	return nil
}

// Layer is one layer: the properties that all layers share and, in Props, those of its
// type. A layer that extends another starts from all of that one's values but id,
// template and extends; mappings are merged, lists replaced, null empties a list,
// mapping or optional value. The other layer is drawn too unless it is a template.
type Layer struct {
	ID         string  `json:"id" required:"true" fixed:"true" doc:"name of the layer: letters, digits, _ and -"`
	Type       string  `json:"type" fixed:"true" doc:"layer type"`
	Template   bool    `json:"template" fixed:"true" doc:"only extended, never drawn"`
	Extends    string  `json:"extends" fixed:"true" format:"layer" doc:"layer whose values this one starts from"`
	Source     string  `json:"source" fixed:"true" format:"source" doc:"source that it reads"`
	On         string  `json:"on" fixed:"true" enum:"ground" doc:"ground: drawn on the ground tiles"`
	Visible    bool    `json:"visible" doc:"whether it is drawn"`
	Opacity    float64 `json:"opacity" min:"0" max:"1" doc:"multiplies its alpha"`
	MinHeight  float64 `json:"minHeight" min:"0" unit:"m" doc:"least height of the camera above ground at which it is drawn"`
	MaxHeight  float64 `json:"maxHeight" min:"0" unit:"m" doc:"greatest height of the camera; 0 has no limit"`
	From       Time    `json:"from" min:"0" unit:"s" fixed:"true" doc:"story time at which it appears"`
	To         Time    `json:"to" min:"0" unit:"s" fixed:"true" doc:"story time at which it disappears; 0 is the end"`
	Blend      string  `json:"blend" enum:"auto,opaque,alpha,additive,tint" doc:"how it meets what is behind it; tint colours the surface below, which is lit as ever; auto is the type's own way"`
	DepthTest  bool    `json:"depthTest" doc:"hidden behind nearer things"`
	Altitude   float64 `json:"altitude" unit:"m" doc:"added to its heights"`
	Clamp      string  `json:"clamp" fixed:"true" enum:"none,ground" doc:"ground: heights count from the ground"`
	Order      int     `json:"order" min:"-1000" max:"1000" doc:"transparent layers of higher order are drawn later; what colours the ground, as imagery and heatmaps, lies over flat areas that come before it"`
	Transition Time    `json:"transition" min:"0" max:"3600" unit:"s" doc:"how long changes set by chapters take, and values that a refresh of the source changes"`
	Refresh    Time    `json:"refresh" max:"86400" unit:"s" fixed:"true" doc:"how often its source is read again while the scene is played live, where that is more often than the source says; 0 as the source says"`
	Events     *Events `json:"events" fixed:"true" doc:"what a click on a feature and a pointer over it do: filter and highlight other layers"`
	Time       *Clock  `json:"time" fixed:"true" doc:"rows come and go by the time of the data"`
	Tiles      string  `json:"tiles" fixed:"true" doc:"tileset of a package, relative to it"`
	Table      string  `json:"table" fixed:"true" doc:"table of a package, relative to it"`

	// Props points to the properties of the layer's type, as its New returns them.
	Props any `json:"-"`

	defaults any // Props as New returned them, so that defaults need not be written
	style    style
}

// CheckScene refuses to read again what is built once.
func (l *Layer) CheckScene(fail func(field, found, allowed string)) {
	if _, built := l.Props.(interface{ Kind() string }); built && (l.Refresh != Time{}) {
		fail("refresh", l.Refresh.String(), "of a layer of type "+l.Type+" none is allowed: what is built of a source stays as it was")
	}
}

// SetDefaults fills the defaults of the common properties.
func (l *Layer) SetDefaults() {
	l.Visible, l.Opacity, l.DepthTest, l.Blend, l.Clamp = true, 1, true, "auto", "none"
}

// NewLayer returns a layer of the type with all its defaults.
func NewLayer(id string, t Type) Layer {
	l := Layer{ID: id, Type: t.Name, Props: t.New(), defaults: t.New()}
	l.SetDefaults()
	return l
}

// Clone returns a deep copy.
func (l *Layer) Clone() Layer { return *cloned(l) }

func cloned[T any](v *T) *T {
	return clone(reflect.ValueOf(v)).Interface().(*T)
}

// parts are the structs whose fields are a layer's keys.
func (l *Layer) parts() []reflect.Value {
	out := []reflect.Value{reflect.ValueOf(l).Elem()}
	if p := reflect.ValueOf(l.Props); p.IsValid() && p.Kind() == reflect.Pointer && !p.IsNil() {
		out = append(out, p.Elem())
	}
	return out
}

// heir is a copy to start an extending layer from.
func (l *Layer) heir() Layer {
	c := l.Clone()
	c.ID, c.Template, c.Extends = "", false, ""
	return c
}

// layerTree is the layers as they are written: the difference from what each inherits.
func (d *Document) layerTree() []any {
	var out []any
	for i := range d.Layers {
		l := &d.Layers[i]
		var base Layer
		if parent := d.Layer(l.Extends); l.Extends != "" && parent != nil && reflect.TypeOf(parent.Props) == reflect.TypeOf(l.Props) {
			base = parent.heir()
		} else {
			base.SetDefaults()
			if l.defaults != nil {
				base.Props = l.defaults
			} else if p := reflect.TypeOf(l.Props); p != nil && p.Kind() == reflect.Pointer {
				base.Props = reflect.New(p.Elem()).Interface()
			}
		}
		out = append(out, encodeStructs(l.parts(), base.parts()))
	}
	return out
}

// inSources tells whether the type reads that kind of source.
func (t Type) inSources(kind string) bool {
	return t.Sources == nil || kind == "auto" || contains(t.Sources, kind)
}

// PropertyDoc is one property of a type or of all layers, for listings.
type PropertyDoc struct {
	Name, Kind, Unit, Doc string
	Default               string // as written in a document
	Enum                  []string
	Fixed                 bool // a story cannot set it
	Limited               bool // a number that has a limit at least
	File                  bool // a path
}

// Properties describes the properties of a layer type, in their order.
func (t Type) Properties() []PropertyDoc { return describe(reflect.ValueOf(t.New()).Elem()) }

// CommonProperties describes those that all layers share.
func CommonProperties() []PropertyDoc {
	var l Layer
	l.SetDefaults()
	return describe(reflect.ValueOf(l))
}

func describe(v reflect.Value) []PropertyDoc {
	var out []PropertyDoc
	for _, f := range fieldsOf(v.Type()) {
		out = append(out, PropertyDoc{f.name, kindName(f.typ), f.unit, f.doc, flow(encode(v.FieldByIndex(f.index), reflect.Value{}), word), f.enum, f.fixed, f.limited(), f.format == "path"})
	}
	return out
}

func kindName(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return "list of " + kindName(t.Elem())
	case reflect.Map:
		return "mapping"
	case reflect.Interface:
		return "anything"
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "text"
	case reflect.Struct:
		return t.Name()
	}
	return "number"
}
