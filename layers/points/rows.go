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
