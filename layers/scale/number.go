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

// Numbers are those of the rows of a table, or one for all of them; those along a scale are
// worked out when they are asked for, so that millions of them are not written first.
type Numbers struct {
	rows   []float64
	all    float64
	scale  *NumberMap
	values []float64 // of the scale's field
	line   *straight // of a range of two; nil = the scale is asked
}

// Each is Numbers without a copy for each row.
func (b NumberBy) Each(t *table.Table) (n Numbers, err error) {
	switch {
	case b.By == nil:
		return Numbers{all: b.Constant}, nil
	case b.By.Scale == "categorical":
		n.rows, err = b.Numbers(t)
		return n, err
	}
	if n.scale, n.values, err = b.scaled(t); err == nil && len(b.By.Range) == 2 && n.scale.axis.stops != nil {
		n.line = n.scale.axis.straight()
	}
	return n, err
}

// Of is the number of a row.
func (n *Numbers) Of(row int) float64 {
	switch {
	case n.scale != nil:
		if row >= len(n.values) {
			return n.scale.by.By.Missing
		}
		if n.line != nil {
			if share := n.line.share(n.values[row]); share >= 0 {
				r := n.scale.by.By.Range
				return r[0] + (r[1]-r[0])*share
			}
		}
		return n.scale.Of(n.values[row])
	case n.rows == nil:
		return n.all
	}
	return n.rows[row]
}

// Varies tells whether rows differ.
func (n *Numbers) Varies() bool { return n.rows != nil || n.scale != nil }
