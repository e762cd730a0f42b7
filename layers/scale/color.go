package scale

import (
	"github.com/invopop/jsonschema"

	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// ColorBy is a colour: one for all rows, or by a field through a scale. In documents
// "#rrggbb", or a ColorScale.
type ColorBy struct {
	Constant scene.Color
	By       *ColorScale
}

// UnmarshalScene reads a colour or a scale.
func (b *ColorBy) UnmarshalScene(v *scene.Value) {
	switch v.Kind() {
	case scene.Text:
		var c scene.Color
		if v.Decode(&c) {
			*b = ColorBy{Constant: c}
		}
	case scene.Map:
		s := &ColorScale{}
		s.SetDefaults()
		if v.Decode(s) {
			s.theme = themeOf(v)
			b.By = s
			s.warn(v)
		}
	default:
		v.Reject("a color or {field, scale, …} is allowed")
	}
}

// MarshalScene writes the shape that was read.
func (b ColorBy) MarshalScene() any {
	if b.By != nil {
		return *b.By
	}
	return b.Constant.String()
}

// SceneSchema describes both shapes.
func (ColorBy) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{scene.Color{}.SceneSchema(), scene.StructSchema(ColorScale{})}}
}

// SceneParts gives stories the parts of a scale, such as color.domain.
func (b *ColorBy) SceneParts() any {
	if b.By == nil {
		return nil
	}
	return b.By
}

// Colors returns the colour of every row.
func (b ColorBy) Colors(t *table.Table) ([]scene.Color, error) {
	m, err := b.Resolve(t)
	if err != nil {
		return nil, err
	}
	return m.rows, nil
}

// Colors are those of the rows of a table, or one for all of them; those along a scale of numbers
// are worked out when they are asked for, so that millions of them are not written first.
type Colors struct {
	rows   []scene.Color
	all    scene.Color
	scale  *ColorMap
	values []float64 // of the scale's field
	line   *straight // of a ramp; nil = the scale is asked
}

// Each is Colors without a copy for each row.
func (b ColorBy) Each(t *table.Table) (c Colors, err error) {
	b = b.ofDrawn(t)
	switch {
	case b.By == nil:
		return Colors{all: b.Constant}, nil
	case b.By.byText():
		c.rows, err = b.Colors(t)
		return c, err
	}
	if c.scale, c.values, err = b.scaled(t); err == nil && c.scale.ramp != nil {
		c.line = c.scale.axis.straight()
	}
	return c, err
}

// Of is the colour of a row.
func (c *Colors) Of(row int) scene.Color {
	switch {
	case c.scale != nil:
		if row >= len(c.values) {
			return c.scale.by.By.Missing
		}
		if c.line != nil {
			if share := c.line.share(c.values[row]); share >= 0 {
				return c.scale.ramp.at(share)
			}
		}
		return c.scale.Of(c.values[row])
	case c.rows == nil:
		return c.all
	}
	return c.rows[row]
}
