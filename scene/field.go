package scene

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/invopop/jsonschema"
)

// field is what the struct tags say about one key of a mapping. The tags are
// documented at Type.
type field struct {
	name     string
	index    []int
	typ      reflect.Type
	doc      string
	unit     string
	format   string
	enum     []string
	examples []string
	keys     []string // allowed keys of a map
	min, max *float64
	above    *float64
	below    *float64
	required bool
	fixed    bool   // a story cannot set it
	later    bool   // decoded by hand
	theme    string // key of the theme that its default comes from
}

// Unmarshaler is implemented (by pointer) by property types that accept several shapes,
// such as a number or a mapping. It reports what it does not like through the Value.
type Unmarshaler interface{ UnmarshalScene(v *Value) }

// Marshaler is the way back: it returns what is written in the value's place: nil,
// bool, float64, string, a slice, a map with string keys or a tagged struct.
type Marshaler interface{ MarshalScene() any }

// Schemer gives such a type its place in the JSON Schema.
type Schemer interface{ SceneSchema() *jsonschema.Schema }

// Defaulter fills the defaults of a struct that is created while reading: an element of
// a list or map, or a pointer's target.
type Defaulter interface{ SetDefaults() }

// Checker is implemented by structs whose fields depend on each other. fail takes the
// name of the field at fault, what was found and what is allowed.
type Checker interface {
	CheckScene(fail func(field, found, allowed string))
}

// Former is implemented by structs that once had further keys: what takes the place of one,
// such as "use the type line-label", or "" where it had none of that name.
type Former interface{ FormerKey(name string) string }

// Parted is implemented by Unmarshalers that hold a struct in one of their shapes: SceneParts
// points to it, so that stories can set its fields; nil in the other shapes.
type Parted interface{ SceneParts() any }

// Sourced is implemented by properties of layers whose type takes any source, and that may
// draw nothing without one.
type Sourced interface{ NeedsSource() bool }

var fieldCache sync.Map // reflect.Type → []field

// fieldsOf returns the fields of a struct type in order; embedded structs are inlined.
func fieldsOf(t reflect.Type) []field {
	if f, ok := fieldCache.Load(t); ok {
		return f.([]field)
	}
	var out []field
	for i := 0; i < t.NumField(); i++ {
		sf := t.Field(i)
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if sf.Anonymous && name == "" && sf.Type.Kind() == reflect.Struct {
			for _, f := range fieldsOf(sf.Type) {
				f.index = append([]int{i}, f.index...)
				out = append(out, f)
			}
			continue
		}
		if !sf.IsExported() || name == "" || name == "-" {
			continue
		}
		f := field{name: name, index: sf.Index, typ: sf.Type}
		get := sf.Tag.Get
		f.doc, f.unit, f.format = get("doc"), get("unit"), get("format")
		f.enum, f.keys = split(get("enum"), ","), split(get("keys"), ",")
		f.examples = split(get("example"), "|")
		f.theme = get("theme")
		f.min, f.max = limit(get("min")), limit(get("max"))
		f.above, f.below = limit(get("above")), limit(get("below"))
		f.required, f.fixed, f.later = get("required") == "true", get("fixed") == "true", get("later") == "true"
		out = append(out, f)
	}
	fieldCache.Store(t, out)
	return out
}

func split(s, sep string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, sep)
}

func limit(s string) *float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return nil
	}
	return &x
}

// limited tells whether a number has a limit: of its tags, or of its type.
func (f *field) limited() bool {
	switch f.typ.Kind() {
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return true
	}
	return f.min != nil || f.max != nil || f.above != nil || f.below != nil
}

// inRange returns "" or what is allowed.
func (f *field) inRange(x float64) string {
	ok := (f.min == nil || x >= *f.min) && (f.max == nil || x <= *f.max) &&
		(f.above == nil || x > *f.above) && (f.below == nil || x < *f.below)
	if ok {
		return ""
	}
	say := func(v *float64) string { return strings.TrimSpace(formatFloat(*v) + " " + f.unit) }
	switch {
	case f.min != nil && f.max != nil && *f.min == *f.max:
		return "only " + say(f.min) + " is allowed"
	case f.min != nil && f.max != nil:
		return "from " + formatFloat(*f.min) + " to " + say(f.max) + " is allowed"
	}
	var parts []string
	add := func(word string, v *float64) {
		if v != nil {
			parts = append(parts, word+" "+say(v))
		}
	}
	add("at least", f.min)
	add("more than", f.above)
	add("at most", f.max)
	add("less than", f.below)
	return strings.Join(parts, " and ") + " is allowed"
}

// checkStruct finds mistakes in a properties type, for Types.Check.
func checkStruct(t reflect.Type, path string, seen map[reflect.Type]bool) error {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map || t.Kind() == reflect.Array {
		t = t.Elem()
	}
	if isLeaf(t) && t != dateType && !t.Implements(reflect.TypeFor[Schemer]()) {
		return fmt.Errorf("scene: %s: %s reads itself but has no SceneSchema", path, t)
	}
	if t.Kind() != reflect.Struct || seen[t] || isLeaf(t) {
		return nil
	}
	seen[t] = true
	for i := 0; i < t.NumField(); i++ {
		sf := t.Field(i)
		if sf.IsExported() && !sf.Anonymous && sf.Tag.Get("json") == "" {
			return fmt.Errorf("scene: %s: field %s.%s has no json tag; write json:\"-\" to keep it out of documents", path, t, sf.Name)
		}
	}
	names := map[string]bool{}
	for _, f := range fieldsOf(t) {
		if names[f.name] {
			return fmt.Errorf("scene: %s: %s has two fields named %q", path, t, f.name)
		}
		names[f.name] = true
		if f.theme != "" && !contains(themeKeys, f.theme) {
			return fmt.Errorf("scene: %s: field %q of %s takes %q of the theme, which has %s", path, f.name, t, f.theme, choices(themeKeys))
		}
		if f.doc == "" {
			return fmt.Errorf("scene: %s: field %q of %s has no doc tag", path, f.name, t)
		}
		if err := checkStruct(f.typ, path+"."+f.name, seen); err != nil {
			return err
		}
	}
	return nil
}
