package points

import (
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
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

// linear is a colour as light, with straight alpha.
func linear(c scene.Color) [4]float32 {
	return [4]float32{layer.Linear(c[0]), layer.Linear(c[1]), layer.Linear(c[2]), float32(c[3]) / 255}
}
