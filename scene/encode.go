package scene

import (
	"encoding"
	"fmt"
	"reflect"
	"sort"
	"time"
)

// member is one key of an ordered mapping that is to be written.
type member struct {
	name  string
	value any // nil, bool, float64, string, []any or []member
}

// encode turns a Go value into what is written: nil, bool, float64, string, []any or
// []member. Fields equal to those of base are left out; base may be invalid.
func encode(v, base reflect.Value) any {
	t := v.Type()
	if t == dateType {
		return v.Interface().(time.Time).Format(time.RFC3339Nano)
	}
	if t.Implements(marshalerType) && !(v.Kind() == reflect.Pointer && v.IsNil()) {
		return encodePlain(v.Interface().(Marshaler).MarshalScene())
	}
	if m, ok := v.Interface().(encoding.TextMarshaler); ok && v.Kind() != reflect.Pointer {
		text, err := m.MarshalText()
		if err != nil {
			return nil
		}
		return string(text)
	}
	switch t.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.String:
		return v.String()
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		inner := reflect.Value{}
		switch {
		case base.IsValid() && !base.IsNil():
			inner = base.Elem()
		case t.Kind() == reflect.Pointer:
			inner = defaultsOf(t.Elem())
		}
		if inner.IsValid() && inner.Type() != v.Elem().Type() {
			inner = reflect.Value{}
		}
		return encode(v.Elem(), inner)
	case reflect.Slice, reflect.Array:
		if t.Kind() == reflect.Slice && v.IsNil() {
			return nil
		}
		out := make([]any, v.Len())
		for i := range out {
			out[i] = encode(v.Index(i), defaultsOf(t.Elem()))
		}
		return out
	case reflect.Map:
		if v.IsNil() {
			return nil
		}
		return encodeMap(v, base)
	case reflect.Struct:
		return encodeStructs([]reflect.Value{v}, []reflect.Value{base})
	}
	switch {
	case v.CanFloat():
		return v.Float()
	case v.CanInt():
		return float64(v.Int())
	case v.CanUint():
		return float64(v.Uint())
	}
	panic(fmt.Sprintf("scene: a property cannot be a %s", t))
}

// encodeMap writes the entries that base does not have, in the order of their names:
// reading merges a mapping into the inherited one.
func encodeMap(v, base reflect.Value) any {
	out := []member{}
	keys := v.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
	for _, k := range keys {
		elem, old := v.MapIndex(k), defaultsOf(v.Type().Elem())
		if base.IsValid() && base.MapIndex(k).IsValid() {
			old = base.MapIndex(k)
			if reflect.DeepEqual(elem.Interface(), old.Interface()) {
				continue
			}
		}
		if v.Type().Elem().Kind() == reflect.Interface {
			old = reflect.Value{}
		}
		out = append(out, member{k.String(), encode(elem, old)})
	}
	return out
}

// encodeStructs writes several structs as one mapping.
func encodeStructs(vs, bases []reflect.Value) []member {
	out := []member{}
	for i, v := range vs {
		for _, f := range fieldsOf(v.Type()) {
			if f.later {
				continue
			}
			x, old := v.FieldByIndex(f.index), reflect.Value{}
			if bases[i].IsValid() {
				old = bases[i].FieldByIndex(f.index)
				if reflect.DeepEqual(x.Interface(), old.Interface()) && !f.required {
					continue
				}
			}
			out = append(out, member{f.name, encode(x, old)})
		}
	}
	return out
}

// encodePlain writes what MarshalScene returned.
func encodePlain(v any) any {
	if v == nil {
		return nil
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Struct && !isLeaf(rv.Type()) {
		return encodeStructs([]reflect.Value{rv}, []reflect.Value{defaultsOf(rv.Type())})
	}
	return encode(rv, reflect.Value{})
}

// defaultsOf returns a fresh value of the type with its defaults.
func defaultsOf(t reflect.Type) reflect.Value {
	p := reflect.New(t)
	if d, ok := p.Interface().(Defaulter); ok {
		d.SetDefaults()
	}
	return p.Elem()
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
