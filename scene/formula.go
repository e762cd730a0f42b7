package scene

import (
	"github.com/invopop/jsonschema"

	"github.com/longtake/longtake/scene/expression"
)

// Formula is an expression over the fields of a row, in the language of package
// expression. It knows where it was written.
type Formula struct {
	Text string
	at   Error
}

// UnmarshalScene reads text, a number or a truth value.
func (f *Formula) UnmarshalScene(v *Value) {
	switch v.Kind() {
	case Text, Number:
		f.Text = v.Text()
	case Bool:
		f.Text = "false"
		if v.Bool() {
			f.Text = "true"
		}
	default:
		v.Reject("an expression such as \"speed > 10\" is allowed")
		return
	}
	f.at = v.place()
	if _, err := expression.Parse(f.Text); err != nil {
		v.d.fail(v.n, v.path, "found "+v.n.describe()+"; "+err.Error())
	}
}

// MarshalScene writes the text.
func (f Formula) MarshalScene() any { return f.Text }

// SceneSchema describes an expression.
func (Formula) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "string"}, {Type: "number"}, {Type: "boolean"}}}
}

// Fail is an error of the expression where it stands in the document.
func (f Formula) Fail(err error) error {
	e := f.at
	e.Message = "found \"" + shorten(f.Text) + "\"; " + err.Error()
	return e
}

// Fields lists the fields that it names, sorted.
func (f Formula) Fields() []string {
	n, err := expression.Parse(f.Text)
	if err != nil {
		return nil
	}
	return expression.Fields(n)
}

// Ambiguous is an operator that means one thing of fields that are text and another of numbers,
// see expression.Ambiguous.
func (f Formula) Ambiguous() (operator string, ok bool) {
	n, err := expression.Parse(f.Text)
	if err != nil {
		return "", false
	}
	return expression.Ambiguous(n)
}

// place is where the value stands, for errors that only the data shows.
func (v *Value) place() Error {
	return Error{File: v.d.file, Line: v.n.line, Column: v.n.column, Path: v.path}
}
