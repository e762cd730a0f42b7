package scene

import (
	"fmt"
	"math"
	"reflect"
	"strings"
)

// setting checks one entry of a chapter's set and brings its value into the form that
// the property writes itself.
func (d *decoder) setting(doc *Document, set map[string]any, name string, n *node, path string) {
	place := &node{line: n.line, column: n.column}
	value := nodeOf(set[name])
	if i := n.key(name); i >= 0 {
		place, value = &node{line: n.keys[i].line, column: n.keys[i].column}, n.items[i]
	}
	path = join(path, name)
	if name == selectionName {
		d.selection(doc, set, value, path)
		return
	}
	id, prop, ok := strings.Cut(name, ".")
	if !ok {
		d.fail(place, path, fmt.Sprintf("found %q; layer.property or selection is allowed", shorten(name)))
		return
	}
	l := doc.Layer(id)
	if l == nil {
		seen := map[string]bool{}
		for i := range doc.Layers {
			if doc.Layers[i].ID != "" {
				seen[doc.Layers[i].ID] = true
			}
		}
		ids := sortedKeys(seen)
		d.fail(place, path, fmt.Sprintf("found layer %q; allowed: %s%s", shorten(id), choices(ids), didYouMean(id, ids)))
		return
	}
	if l.Props == nil {
		return // its type is unknown, which is told already
	}
	scratch := l.Clone()
	v, f, names := property(&scratch, prop)
	if !v.IsValid() {
		last := prop[strings.LastIndexByte(prop, '.')+1:]
		d.fail(place, path, fmt.Sprintf("found property %q; allowed: %s%s", shorten(prop), choices(names), didYouMean(last, names)))
		return
	}
	before := len(d.errs)
	d.value(value, path, v, f)
	if len(d.errs) == before {
		set[name] = nodeOfTree(encode(v, reflect.Value{})).plain()
	}
}

// property finds a property of a layer by its dotted path, through structs. It returns
// an invalid value, with the names that are allowed, where there is none.
func property(l *Layer, path string) (reflect.Value, *field, []string) {
	parts := l.parts()
	for {
		name, rest, deeper := strings.Cut(path, ".")
		var found reflect.Value
		var at *field
		var names []string
		for _, part := range parts {
			for _, f := range fieldsOf(part.Type()) {
				if f.fixed {
					continue
				}
				names = append(names, f.name)
				if f.name == name {
					found, at = part.FieldByIndex(f.index), &f
				}
			}
		}
		if at == nil || !deeper {
			return found, at, names
		}
		if found.Kind() == reflect.Pointer {
			if found.IsNil() {
				found.Set(reflect.New(found.Type().Elem()))
				if def, ok := found.Interface().(Defaulter); ok {
					def.SetDefaults()
				}
			}
			found = found.Elem()
		}
		if whole, ok := found.Addr().Interface().(Parted); ok {
			inner := reflect.ValueOf(whole.SceneParts())
			if !inner.IsValid() {
				return reflect.Value{}, nil, []string{strings.TrimSuffix(path, "."+rest)}
			}
			found = inner.Elem()
		}
		if found.Kind() != reflect.Struct || isLeaf(found.Type()) {
			return reflect.Value{}, nil, []string{strings.TrimSuffix(path, "."+rest)}
		}
		parts, path = []reflect.Value{found}, rest
	}
}

// With returns a copy of the layer with properties set, as Moment.Set has them. An entry
// that the layer does not have, or cannot take, is an error.
func (l *Layer) With(set map[string]any) (Layer, error) {
	out := l.Clone()
	d := &decoder{file: "layer " + l.ID, style: l.style}
	for _, name := range sortedKeys(set) {
		v, f, names := property(&out, name)
		if !v.IsValid() {
			d.fail(&node{}, name, "no such property; allowed: "+choices(names))
			continue
		}
		d.value(nodeOf(set[name]), name, v, f)
	}
	return out, d.errs.result()
}

// current returns a property's value as documents write it.
func current(l *Layer, path string) any {
	scratch := l.Clone()
	v, _, _ := property(&scratch, path)
	if !v.IsValid() {
		return nil
	}
	return nodeOfTree(encode(v, reflect.Value{})).plain()
}

// mix returns the value a share f of the way from a to b. Numbers and colors are mixed;
// true holds through the whole of a change, so that a layer that comes or goes is
// visible while its opacity changes; anything else changes at once.
func mix(a, b any, f float64) any {
	switch y := b.(type) {
	case float64:
		if x, ok := a.(float64); ok && f < 1 {
			return x + (y-x)*f
		}
	case bool:
		if x, ok := a.(bool); ok && f < 1 {
			return x || y
		}
	case string:
		x, ok := a.(string)
		from, errA := ParseColor(x)
		to, errB := ParseColor(y)
		if ok && errA == nil && errB == nil && f < 1 {
			return from.Mix(to, f).String()
		}
	case []any:
		x, ok := a.([]any)
		if ok && len(x) == len(y) && f < 1 {
			out := make([]any, len(y))
			for i := range y {
				out[i] = mix(x[i], y[i], f)
			}
			return out
		}
	}
	return b
}

// roundWhole keeps whole-numbered properties whole while they change.
func roundWhole(l *Layer, path string, v any) any {
	x, ok := v.(float64)
	if !ok {
		return v
	}
	scratch := l.Clone()
	if p, _, _ := property(&scratch, path); p.IsValid() && (p.CanInt() || p.CanUint()) {
		return math.Round(x)
	}
	return v
}
