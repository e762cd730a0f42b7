package points

import (
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/table"
)

// numbers are those of all rows, for each of the scales.
func numbers(t *table.Table, by ...scale.NumberBy) ([][]float64, error) {
	out := make([][]float64, len(by))
	for i, b := range by {
		n, err := b.Numbers(t)
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}

// number is that of a row; one that all rows have is not written out for each.
func number(t *table.Table, by scale.NumberBy) (func(row int) float64, error) {
	if by.By == nil {
		return func(int) float64 { return by.Constant }, nil
	}
	n, err := by.Numbers(t)
	if err != nil {
		return nil, err
	}
	return func(row int) float64 { return n[row] }, nil
}
