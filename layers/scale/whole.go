package scale

import (
	"fmt"

	"github.com/longtake/longtake/layers/table"
)

// axisOf is the axis by the values of all rows of which the table's are some; n is how many
// entries the range has, 0 for a palette.
func (m *Mapping) axisOf(t *table.Table, n int) (axis, error) {
	return table.Once(t, fmt.Sprintf("axis %d of %+v", n, *m), func(all *table.Table) (axis, error) {
		values, err := all.Numbers(m.Field)
		if err != nil {
			return axis{}, err
		}
		return m.axis(values, n), nil
	})
}

// textsOf are the categories of all rows of which the table's are some, in order.
func (m *Mapping) textsOf(t *table.Table) ([]string, error) {
	if m.Scale == "identity" {
		return nil, nil
	}
	return table.Once(t, fmt.Sprintf("texts of %+v", *m), func(all *table.Table) ([]string, error) {
		values, err := all.Strings(m.Field)
		if err != nil {
			return nil, err
		}
		return m.Domain.texts(values), nil
	})
}
