package layer

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

// Painter is implemented by types whose tiles are coloured by values of their features.
type Painter interface {
	// Paints are the fields that the present properties colour by.
	Paints() []string
}

// PaintOf colours the features of a layer's tiles by a scale; nil for one colour. share is how
// much of the scale's colour there is.
func PaintOf(c *Context, by *scale.ColorBy, share float64) (*drawable.Paint, error) {
	s := by.By
	if s == nil || c.Tiles == "" { // one that is not built yet has no features
		return nil, nil
	}
	if c.Values == nil {
		return nil, fmt.Errorf("color: the package knows no values of %q: name it in the layer's attributes and generate again", s.Field)
	}
	m, err := by.Resolve(c.Values)
	if err != nil {
		return nil, err
	}
	byText := s.Scale == "categorical" || s.Scale == "identity"
	return &drawable.Paint{Field: s.Field, Of: func(value string) (out [4]uint8) {
		color := s.Missing
		if byText && value != "" {
			color = m.Named(value)
		} else if v, ok := geo.Number(value); ok && !byText {
			color = m.Of(v)
		}
		out = color
		out[3] = uint8(float64(out[3])*share + 0.5)
		return out
	}}, nil
}

// JoinedPaint colours the features of a layer's tiles by the rows of its table whose field theirs
// has what the features have in ours; nil for one colour.
func JoinedPaint(c *Context, by *scale.ColorBy, share float64, ours, theirs string) (*drawable.Paint, error) {
	if by.By == nil {
		return nil, nil
	}
	t, err := c.Rows()
	if err != nil {
		return nil, fmt.Errorf("join: %w", err)
	}
	keys, err := t.Strings(theirs)
	if err != nil {
		return nil, fmt.Errorf("join: %w", err)
	}
	colors, err := by.Colors(t)
	if err != nil {
		return nil, err
	}
	rows := map[string]int{}
	for i := len(keys) - 1; i >= 0; i-- { // the first of equal ones counts
		rows[keyOf(keys[i])] = i
	}
	return &drawable.Paint{Field: ours, Of: func(value string) (out [4]uint8) {
		i, ok := rows[keyOf(value)]
		if value == "" || !ok {
			out = by.By.Missing
		} else {
			out = colors[i]
		}
		out[3] = uint8(float64(out[3])*share + 0.5)
		return out
	}}, nil
}

// keyOf writes equal numbers alike.
func keyOf(text string) string {
	if v, ok := geo.Number(text); ok {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return text
}

// StoryFields are the fields of features by which a story lets the colour of a layer be, in the
// order of its chapters; none of one whose colours come from the rows of another source.
func StoryFields(d *scene.Document, id string) (out []string) {
	if l := d.Layer(id); l != nil {
		if j, ok := l.Props.(interface{ JoinedSource() *string }); ok && j.JoinedSource() != nil {
			return nil
		}
	}
	for _, c := range d.Story.Chapters {
		field := c.Set[id+".color.field"]
		if s, ok := c.Set[id+".color"].(map[string]any); ok {
			field = s["field"]
		}
		if f, ok := field.(string); ok && f != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// EventFields are the fields that events of a layer select by and go down by.
func EventFields(l *scene.Layer) (out []string) {
	if l.Events == nil {
		return nil
	}
	e := l.Events
	for _, link := range []*scene.Link{e.Click.Filter, e.Click.Highlight, e.Hover.Filter, e.Hover.Highlight} {
		if link != nil && !slices.Contains(out, link.Field) {
			out = append(out, link.Field)
		}
	}
	if k := e.Click.Drill; k != nil && !slices.Contains(out, k.Field) {
		out = append(out, k.Field)
	}
	return out
}

// HeightText is a row's height as the field height has it.
func HeightText(r *geo.FeatureRow) string {
	if !(r.Height > 0) {
		return ""
	}
	return strconv.FormatFloat(float64(r.Height), 'f', -1, 32)
}

// InAllTiles tells whether all tiles have a field, whatever attributes they keep.
func InAllTiles(field string) bool {
	return field == "id" || field == "name" || field == "class" || field == "height"
}

// ValueOf is a field of a tile's row: of its attributes, or id, name, class or height, as built.
func ValueOf(r *geo.FeatureRow, attributes []geo.Attribute, field string) string {
	if field == "height" && r.Height > 0 {
		return HeightText(r)
	}
	for k := range attributes {
		if attributes[k].Name == field {
			return r.Value(k)
		}
	}
	switch field {
	case "id":
		return r.ID
	case "name":
		return r.Name
	case "class":
		return r.Class
	}
	return ""
}
