package check

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
)

type object = map[string]any

// The functions below read a value of a JSON object, report it where it is not what the
// schema asks for, and return ok only for a sound one.

// member returns a value; a missing one is an error where it is required.
func (r *report) member(o object, key, path string, required bool) (any, bool) {
	v, ok := o[key]
	if !ok && required {
		r.errorf(path, "%s is missing", key)
	}
	return v, ok
}

func typed[T any](r *report, o object, key, path, what string, required bool) (T, bool) {
	var zero T
	v, ok := r.member(o, key, path, required)
	if !ok {
		return zero, false
	}
	t, ok := v.(T)
	if !ok {
		r.errorf(path+"/"+key, "is %s, must be %s", kind(v), what)
	}
	return t, ok
}

func (r *report) object(o object, key, path string, required bool) (object, bool) {
	return typed[object](r, o, key, path, "an object", required)
}

func (r *report) text(o object, key, path string, required bool) (string, bool) {
	return typed[string](r, o, key, path, "a string", required)
}

func (r *report) number(o object, key, path string, required bool) (float64, bool) {
	return typed[float64](r, o, key, path, "a number", required)
}

// list is an array that holds something.
func (r *report) list(o object, key, path string, required bool) ([]any, bool) {
	l, ok := typed[[]any](r, o, key, path, "an array", required)
	if ok && len(l) == 0 {
		r.errorf(path+"/"+key, "is an empty array: leave it out")
		return nil, false
	}
	return l, ok
}

// numbers is an array of n numbers.
func (r *report) numbers(o object, key, path string, n int) ([]float64, bool) {
	l, ok := typed[[]any](r, o, key, path, "an array of numbers", true)
	if !ok {
		return nil, false
	}
	if len(l) != n {
		r.errorf(path+"/"+key, "has %d numbers, must have %d", len(l), n)
		return nil, false
	}
	out := make([]float64, n)
	for i, v := range l {
		if out[i], ok = v.(float64); !ok {
			r.errorf(path+"/"+key, "element %d is %s, must be a number", i, kind(v))
			return nil, false
		}
	}
	return out, true
}

// whole is an integer of at least lowest.
func (r *report) whole(o object, key, path string, lowest float64, required bool) (int, bool) {
	f, ok := r.number(o, key, path, required)
	if ok && (f != math.Trunc(f) || f < lowest || f > 1<<53) {
		r.errorf(path+"/"+key, "is %v, must be a whole number of at least %v", f, lowest)
		return 0, false
	}
	return int(f), ok
}

func kind(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case float64:
		return "a number"
	case string:
		return "a string"
	case []any:
		return "an array"
	}
	return "an object"
}

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// extensionsAndExtras checks the two members that every object may have, and notes the
// extensions that are found.
func (r *report) extensionsAndExtras(o object, path string, found map[string]bool) {
	e, ok := r.object(o, "extensions", path, false)
	for _, k := range keys(e) {
		if ok {
			found[k] = true
		}
		if _, is := e[k].(object); !is {
			r.errorf(path+"/extensions/"+k, "is %s, must be an object", kind(e[k]))
		}
	}
}

func decodeJSON(data []byte) (any, error) {
	var v any
	err := json.Unmarshal(data, &v)
	return v, err
}
