package lines

import (
	"fmt"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// byVertex is a table with a row for each element of a list field, so that scales see them as
// they see numbers, and where the elements of each row begin; nil where the field has no lists.
func byVertex(t *table.Table, field string) (*table.Table, []int, error) {
	c, err := t.Column(field)
	if err != nil || c.Kind != table.List {
		return nil, nil, err
	}
	flat := table.Column{Name: field, Kind: table.Number}
	first := make([]int, len(c.Lists)+1)
	for i, l := range c.Lists {
		flat.Numbers = append(flat.Numbers, l...)
		first[i+1] = len(flat.Numbers)
	}
	return &table.Table{IDs: make([]string, len(flat.Numbers)), Geometry: make([]orb.Geometry, len(flat.Numbers)), Columns: []table.Column{flat}}, first, nil
}

// perVertex are values of the vertices of rows: one for each row, or one for each vertex.
type perVertex[T any] struct {
	all   []T
	first []int // nil: one for each row
}

// of is the values of a row of so many vertices; ok is false where their number differs.
func (p perVertex[T]) of(row, vertices int) (values []T, ok bool) {
	if p.first == nil {
		return p.all[row : row+1], true
	}
	v := p.all[p.first[row]:p.first[row+1]]
	return v, len(v) == vertices
}

// at is the value of a vertex.
func at[T any](values []T, vertex int) T { return values[min(vertex, len(values)-1)] }

// Colors maps a field to colours, of rows or of their vertices.
func colorsOf(by scale.ColorBy, t *table.Table) (p perVertex[scene.Color], err error) {
	if by.By != nil && by.By.Field != "" {
		flat, first, err := byVertex(t, by.By.Field)
		if err != nil {
			return p, fmt.Errorf("color: %w", err)
		}
		if flat != nil {
			p.first, t = first, flat
		}
	}
	p.all, err = by.Colors(t)
	return p, err
}

// numbersOf maps a field to numbers, of rows or of their vertices.
func numbersOf(by scale.NumberBy, t *table.Table) (p perVertex[float64], err error) {
	if by.By != nil && by.By.Field != "" {
		flat, first, err := byVertex(t, by.By.Field)
		if err != nil {
			return p, err
		}
		if flat != nil {
			p.first, t = first, flat
		}
	}
	p.all, err = by.Numbers(t)
	return p, err
}
