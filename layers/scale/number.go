package scale

import (
	"github.com/invopop/jsonschema"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// NumberBy is a number: one for all rows, or by a field through a scale. In documents a
// number, or a NumberScale.
type NumberBy struct {
	Constant float64
	By       *NumberScale
}

// UnmarshalScene reads a number or a scale.
func (b *NumberBy) UnmarshalScene(v *scene.Value) {
	switch v.Kind() {
	case scene.Number:
		var n float64
		if v.Decode(&n) {
			*b = NumberBy{Constant: n}
		}
	case scene.Map:
		s := &NumberScale{}
		s.SetDefaults()
		if v.Decode(s) {
			b.By = s
		}
	default:
		v.Reject("a number or {field, scale, …} is allowed")
	}
}

// MarshalScene writes the shape that was read.
func (b NumberBy) MarshalScene() any {
	if b.By != nil {
		return *b.By
	}
	return b.Constant
}

// SceneSchema describes both shapes.
func (NumberBy) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Type: "number"}, scene.StructSchema(NumberScale{})}}
}

// SceneParts gives stories the parts of a scale, such as height.range.
func (b *NumberBy) SceneParts() any {
	if b.By == nil {
		return nil
	}
	return b.By
}

// Numbers returns the number of every row.
func (b NumberBy) Numbers(t *table.Table) ([]float64, error) {
	m, err := b.Resolve(t)
	if err != nil {
		return nil, err
	}
	return m.rows, nil
}

// Numbers are those of the rows of a table, or one for all of them.
type Numbers struct {
	rows []float64
	all  float64
}

// Each is Numbers without a copy of a constant for each row.
func (b NumberBy) Each(t *table.Table) (n Numbers, err error) {
	if b.By == nil {
		return Numbers{all: b.Constant}, nil
	}
	n.rows, err = b.Numbers(t)
	return n, err
}

// Of is the number of a row.
func (n *Numbers) Of(row int) float64 {
	if n.rows == nil {
		return n.all
	}
	return n.rows[row]
}

// Varies tells whether rows differ.
func (n *Numbers) Varies() bool { return n.rows != nil }
