package scene

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// decoder fills Go values from nodes and collects what is wrong.
type decoder struct {
	file     string
	errs     Errors
	warnings Errors
	style    style
}

var (
	unmarshalerType = reflect.TypeFor[Unmarshaler]()
	textType        = reflect.TypeFor[encoding.TextUnmarshaler]()
	marshalerType   = reflect.TypeFor[Marshaler]()
	dateType        = reflect.TypeFor[time.Time]()
	colorType       = reflect.TypeFor[Color]()
)

// isLeaf tells whether a struct type reads itself instead of being a mapping of fields.
func isLeaf(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return t == dateType || p.Implements(unmarshalerType) || p.Implements(textType)
}

func (d *decoder) fail(n *node, path, message string) {
	d.errs = append(d.errs, Error{File: d.file, Line: n.line, Column: n.column, Path: path, Message: message})
}

func (d *decoder) expected(n *node, path, allowed string) {
	d.fail(n, path, "found "+n.describe()+"; "+allowed)
}

// value decodes n into v, which must be settable. f carries the tags' limits.
func (d *decoder) value(n *node, path string, v reflect.Value, f *field) {
	if f == nil {
		f = &field{}
	}
	t := v.Type()
	if n.kind == Null {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
			v.SetZero()
			return
		}
	}
	switch {
	case t == dateType:
		d.date(n, path, v)
		return
	case reflect.PointerTo(t).Implements(unmarshalerType):
		v.Addr().Interface().(Unmarshaler).UnmarshalScene(&Value{d, n, path, f})
		return
	case reflect.PointerTo(t).Implements(textType):
		d.textual(n, path, v, f)
		return
	}
	switch t.Kind() {
	case reflect.Pointer:
		p := reflect.New(t.Elem())
		if !v.IsNil() { // an inherited value is merged into, in a copy
			p = clone(v)
		} else if def, ok := p.Interface().(Defaulter); ok {
			def.SetDefaults()
		}
		d.value(n, path, p.Elem(), f)
		v.Set(p)
	case reflect.Bool:
		if n.kind != Bool {
			d.expected(n, path, "true or false is allowed")
			return
		}
		v.SetBool(n.bool)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64:
		d.number(n, path, v, f)
	case reflect.String:
		d.text(n, path, v, f)
	case reflect.Slice, reflect.Array:
		d.list(n, path, v, f)
	case reflect.Map:
		d.mapping(n, path, v, f)
	case reflect.Struct:
		if b, ok := v.Addr().Interface().(Brief); ok && n.kind == Text {
			n = &node{kind: Map, line: n.line, column: n.column, keys: []key{{b.BriefKey(), n.line, n.column}}, items: []*node{n}}
		}
		d.structs(n, path, nil, v)
	case reflect.Interface:
		if !n.finite() {
			d.expected(n, path, "finite numbers are allowed")
			return
		}
		v.Set(reflect.ValueOf(n.plain()))
	default:
		panic(fmt.Sprintf("scene: %s: a property cannot be a %s", path, t))
	}
}

func (d *decoder) number(n *node, path string, v reflect.Value, f *field) {
	x := n.number
	switch {
	case n.kind != Number:
		allowed := "a number is allowed"
		if f.unit != "" {
			allowed = "a number (" + f.unit + ") is allowed"
		}
		d.expected(n, path, allowed)
		return
	case math.IsNaN(x) || math.IsInf(x, 0):
		d.expected(n, path, "a finite number is allowed")
		return
	}
	if allowed := f.inRange(x); allowed != "" {
		d.expected(n, path, allowed)
		return
	}
	switch {
	case v.CanFloat():
		v.SetFloat(x)
	case x != math.Trunc(x):
		d.expected(n, path, "a whole number is allowed")
	case math.Abs(x) >= 1<<62, v.CanInt() && v.OverflowInt(int64(x)), v.CanUint() && (x < 0 || v.OverflowUint(uint64(x))):
		d.expected(n, path, "the number is out of range for "+v.Kind().String())
	case v.CanInt():
		v.SetInt(int64(x))
	default:
		v.SetUint(uint64(x))
	}
}

func (d *decoder) text(n *node, path string, v reflect.Value, f *field) {
	switch {
	case len(f.enum) > 0 && n.kind == Bool && contains(f.enum, onOff(n)):
		// YAML 1.1 habits: on and off reach us as words in most parsers, as bools in some.
		v.SetString(onOff(n))
		return
	case n.kind == Number || n.kind == Bool:
		d.expected(n, path, "text is allowed: put it in quotes")
		return
	case n.kind != Text:
		d.expected(n, path, "text is allowed")
		return
	case len(f.enum) > 0 && !contains(f.enum, n.text):
		d.expected(n, path, choices(f.enum)+" are allowed"+didYouMean(n.text, f.enum))
		return
	case f.format == "color":
		if _, err := ParseColor(n.text); err != nil {
			d.expected(n, path, err.Error())
			return
		}
	}
	v.SetString(n.text)
}

func onOff(n *node) string {
	if n.bool {
		return "on"
	}
	return "off"
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// textual decodes types that read themselves from text; a number counts as its text.
func (d *decoder) textual(n *node, path string, v reflect.Value, f *field) {
	if n.kind != Text && n.kind != Number {
		if n.kind == Null && v.Type() == colorType {
			d.expected(n, path, errColor.Error()+": in quotes, for an unquoted # begins a comment")
			return
		}
		d.expected(n, path, "text or a number is allowed")
		return
	}
	p := reflect.New(v.Type())
	if err := p.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(n.text)); err != nil {
		d.expected(n, path, err.Error())
		return
	}
	if s, ok := p.Interface().(interface{ Seconds() float64 }); ok {
		if allowed := f.inRange(s.Seconds()); allowed != "" {
			d.expected(n, path, allowed)
			return
		}
	}
	v.Set(p.Elem())
}

func (d *decoder) date(n *node, path string, v reflect.Value) {
	t, err := time.Parse(time.RFC3339Nano, n.text)
	if n.kind != Text || err != nil {
		d.expected(n, path, "a date such as 2026-06-21T20:40:00+02:00 (RFC 3339) is allowed")
		return
	}
	// time.Parse returns the machine's own zone where the offset fits it; a document
	// must not depend on where it is read.
	if _, off := t.Zone(); off == 0 {
		t = t.UTC()
	} else {
		t = t.In(time.FixedZone("", off))
	}
	v.Set(reflect.ValueOf(t))
}

func (d *decoder) list(n *node, path string, v reflect.Value, f *field) {
	if n.kind != List {
		d.expected(n, path, "a list is allowed")
		return
	}
	out := v
	if v.Kind() == reflect.Slice {
		out = reflect.MakeSlice(v.Type(), len(n.items), len(n.items))
	} else if len(n.items) != v.Len() {
		d.expected(n, path, fmt.Sprintf("a list of %d is allowed", v.Len()))
		return
	}
	for i, it := range n.items {
		if def, ok := out.Index(i).Addr().Interface().(Defaulter); ok {
			def.SetDefaults()
		}
		d.value(it, path+"["+strconv.Itoa(i)+"]", out.Index(i), f)
	}
	v.Set(out)
}

func (d *decoder) mapping(n *node, path string, v reflect.Value, f *field) {
	if n.kind != Map {
		d.expected(n, path, "a mapping is allowed")
		return
	}
	out := reflect.MakeMap(v.Type()) // a new one: inherited maps are shared
	for it := v.MapRange(); it.Next(); {
		out.SetMapIndex(it.Key(), it.Value())
	}
	for i, k := range n.keys {
		at := join(path, k.name)
		if len(f.keys) > 0 && !contains(f.keys, k.name) {
			d.unknown(k, at, f.keys)
			continue
		}
		name := reflect.ValueOf(k.name).Convert(v.Type().Key())
		elem := reflect.New(v.Type().Elem())
		if old := out.MapIndex(name); old.IsValid() {
			elem.Elem().Set(clone(old))
		} else if def, ok := elem.Interface().(Defaulter); ok {
			def.SetDefaults()
		}
		d.value(n.items[i], at, elem.Elem(), f)
		out.SetMapIndex(name, elem.Elem())
	}
	v.Set(out)
}

// structs decodes a mapping into the fields of one or several structs that share it.
// Keys that extra lists are allowed and left alone.
func (d *decoder) structs(n *node, path string, extra []string, targets ...reflect.Value) {
	if n.kind != Map {
		d.expected(n, path, mappingOf(targets)+" is allowed")
		return
	}
	taken := map[string]bool{}
	names := append([]string(nil), extra...)
	for _, v := range slices.Backward(targets) { // a type's own keys before those of all types
		for _, f := range fieldsOf(v.Type()) {
			names = append(names, f.name)
		}
	}
	for _, v := range targets {
		for _, f := range fieldsOf(v.Type()) {
			i := n.key(f.name)
			if i < 0 {
				if f.required {
					d.fail(n, join(path, f.name), "not given; it is required: "+f.doc)
				}
				continue
			}
			taken[f.name] = true
			if !f.later {
				d.value(n.items[i], join(path, f.name), v.FieldByIndex(f.index), &f)
			}
		}
	}
	for _, k := range n.keys {
		if taken[k.name] || contains(extra, k.name) {
			continue
		}
		if instead := former(k.name, targets); instead != "" {
			d.fail(&node{line: k.line, column: k.column}, join(path, k.name), fmt.Sprintf("unknown key %q: %s", k.name, instead))
		} else {
			d.unknown(k, join(path, k.name), names)
		}
	}
	for _, v := range targets {
		if c, ok := v.Addr().Interface().(Checker); ok {
			c.CheckScene(func(name, found, allowed string) {
				d.fail(n.child(name), join(path, name), "found "+found+"; "+allowed)
			})
		}
	}
}

// mappingOf names the keys of a mapping, where they are few.
func mappingOf(targets []reflect.Value) string {
	var names []string
	for _, v := range targets {
		for _, f := range fieldsOf(v.Type()) {
			names = append(names, f.name)
		}
	}
	if len(names) == 0 || len(names) > 12 {
		return "a mapping"
	}
	return "a mapping of " + strings.Join(names, ", ")
}

// Brief is implemented by structs of which documents may give one text alone.
type Brief interface {
	// BriefKey is the key of that text.
	BriefKey() string
}

// former is what takes the place of a key that one of the structs once had.
func former(name string, targets []reflect.Value) string {
	for _, v := range targets {
		if f, ok := v.Addr().Interface().(Former); ok {
			if instead := f.FormerKey(name); instead != "" {
				return instead
			}
		}
	}
	return ""
}

func (d *decoder) unknown(k key, path string, allowed []string) {
	d.fail(&node{line: k.line, column: k.column}, path,
		fmt.Sprintf("unknown key %q; allowed: %s%s", shorten(k.name), choices(allowed), didYouMean(k.name, allowed)))
}

// join adds a key to a path.
func join(path, name string) string {
	name = shorten(name)
	if strings.ContainsAny(name, " .[]\n") {
		name = strconv.Quote(name)
	}
	if path == "" {
		return name
	}
	return path + "." + name
}
