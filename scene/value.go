package scene

import "reflect"

// Value is a part of a document on its way into a type with several shapes; see
// Unmarshaler.
type Value struct {
	d    *decoder
	n    *node
	path string
	f    *field
}

// Kind is the shape that the document has here.
func (v *Value) Kind() Kind { return v.n.kind }

// Text is the text, or the number as it was written; "" for other kinds.
func (v *Value) Text() string { return v.n.text }

// Number is the number; 0 for other kinds.
func (v *Value) Number() float64 { return v.n.number }

// Bool is the truth value; false for other kinds.
func (v *Value) Bool() bool { return v.n.bool }

// Has tells whether a mapping has the key.
func (v *Value) Has(key string) bool { return v.n.key(key) >= 0 }

// Decode fills what the pointer points at by the rules of the tags, with the limits of
// the field that the value stands in, and tells whether that went well; what is wrong is
// already reported.
func (v *Value) Decode(pointer any) bool {
	before := len(v.d.errs)
	v.d.value(v.n, v.path, reflect.ValueOf(pointer).Elem(), v.f)
	return len(v.d.errs) == before
}

// Reject reports that the value is not allowed; allowed is a clause such as "a number or
// auto is allowed".
func (v *Value) Reject(allowed string) { v.d.expected(v.n, v.path, allowed) }

// Suggest is Reject for a name out of a list, with the nearest one.
func (v *Value) Suggest(allowed []string) {
	v.d.expected(v.n, v.path, choices(allowed)+" are allowed"+didYouMean(v.n.text, allowed))
}
