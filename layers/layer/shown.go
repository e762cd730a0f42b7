package layer

import (
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
)

// Shown are the rows of a table that a selection or the time of the data lets through; nil
// lets all through.
type Shown []bool

// Shows tells whether a row is to be drawn. Rows that are not have no geometry, so that only
// types that draw rows without one need to ask.
func (c *Context) Shows(row int) bool { return c.Shown == nil || c.Shown[row] }

// Only is the context with fewer rows: the others keep their values, so that scales stay as
// they are, but have no geometry. Of what is left out, rows that are not to be drawn are not counted.
func (c *Context) Only(shown Shown) *Context {
	if shown == nil || c.Table == nil {
		return c
	}
	out, rows := *c, *c.Table
	rows.Geometry = make([]orb.Geometry, len(c.Table.Geometry))
	for i, g := range c.Table.Geometry {
		if shown[i] {
			rows.Geometry[i] = g
		}
	}
	out.Table, out.Shown, out.all = &rows, shown, c.All()
	out.Skip = func(id, reason string) {
		if row, ok := c.rowOf(id); (!ok || shown[row]) && c.Skip != nil {
			c.Skip(id, reason)
		}
	}
	return &out
}

// rowOf is the row of an id, the first of several.
func (c *Context) rowOf(id string) (row int, ok bool) {
	if c.numbers == nil {
		c.numbers = make(map[string]int, len(c.Table.IDs))
		for i, id := range c.Table.IDs {
			if _, twice := c.numbers[id]; !twice {
				c.numbers[id] = i
			}
		}
	}
	row, ok = c.numbers[id]
	return row, ok
}

// Present are the rows that are to be drawn, without the others: for types that reckon with
// values rather than draw places, such as panels and charts. They are numbered: their origins
// are rows of the layer's table.
func (c *Context) Present() (*table.Table, error) {
	t, err := c.Rows()
	if err != nil {
		return nil, err
	}
	t = t.Numbered()
	if c.Shown == nil {
		return t, nil
	}
	var rows []int
	for i, shown := range c.Shown {
		if shown {
			rows = append(rows, i)
		}
	}
	return t.Pick(rows), nil
}

// All are the rows of the source with those that are not to be drawn: an extent of them stays
// as it is whatever is selected.
func (c *Context) All() *table.Table {
	switch {
	case c.Shown != nil && c.all != nil:
		return c.all
	case c.Table == nil:
		return nil
	}
	return c.Table.All()
}

// Matching are the rows that have all of the values, of the fields that the table has; nil
// where it has none of them. A value is one that rows have, a list of them, or a mapping with
// min, max or both.
func Matching(t *table.Table, values map[string]any) Shown {
	var out Shown
	if t.Rows() == 0 {
		return nil
	}
	for i := range t.Columns {
		c := &t.Columns[i]
		want, ok := values[c.Name]
		if !ok {
			continue
		}
		if out == nil {
			out = slices.Repeat(Shown{true}, t.Rows())
		}
		match(t, c, want, out)
	}
	return out
}

// match takes away the rows whose value is another.
func match(t *table.Table, c *table.Column, want any, out Shown) {
	if limits, ok := want.(map[string]any); ok {
		low, hasLow := limits["min"].(float64)
		high, hasHigh := limits["max"].(float64)
		for i := range out {
			ok := c.Numbers != nil && c.Numbers[i] == c.Numbers[i] // a missing value is in no range
			out[i] = out[i] && ok && (!hasLow || c.Numbers[i] >= low) && (!hasHigh || c.Numbers[i] <= high)
		}
		return
	}
	list, ok := want.([]any)
	if !ok {
		list = []any{want}
	}
	wanted := map[string]bool{}
	for _, v := range list {
		wanted[written(v)] = true
	}
	texts, err := t.Strings(c.Name)
	for i := range out {
		out[i] = out[i] && err == nil && texts[i] != "" && wanted[texts[i]]
	}
}

// Matches tells whether a value of a tile's feature is the wanted one, one of a list, or in a range;
// "" is a missing one.
func Matches(value string, want any) bool {
	number, numeric := geo.Number(value)
	switch want := want.(type) {
	case map[string]any:
		low, hasLow := want["min"].(float64)
		high, hasHigh := want["max"].(float64)
		return numeric && (!hasLow || number >= low) && (!hasHigh || number <= high)
	case []any:
		return slices.ContainsFunc(want, func(w any) bool { return Matches(value, w) })
	case float64:
		return numeric && number == want
	}
	return value != "" && value == written(want)
}

// written is a value as table.Strings writes it.
func written(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return table.FormatNumber(v)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}
