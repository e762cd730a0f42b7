package scale

import (
	"math"
	"testing"
)

func TestPositions(t *testing.T) {
	for scale, want := range map[string][3]float64{"linear": {0, 0.25, 1}, "log": {0, 0.5, 1}, "quantile": {0, 0.33, 0.66}} {
		f := numberScale(scale, nil, []float64{1, 2, 4, 3, 5, math.NaN()}, 3)
		if scale == "log" {
			f = numberScale(scale, nil, []float64{1, 2, 4}, 3)
		}
		x := [3]float64{f(1), f(2), f(4)}
		if scale == "linear" {
			x[2] = f(5)
		}
		for i := range x {
			if scale != "quantile" && math.Abs(x[i]-want[i]) > 1e-9 {
				t.Errorf("%s: %v, want %v", scale, x, want)
			}
		}
	}
}
