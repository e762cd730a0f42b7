package metric

import (
	"math"
	"slices"

	"github.com/longtake/longtake/internal/srgb"
)

// Errors are the statistics of measured minus true values.
type Errors struct {
	N    int     `json:"n"`
	RMSE float64 `json:"rmse"`
	Bias float64 `json:"bias"` // mean; above 0 is measured too high
	P95  float64 `json:"p95"`  // of the absolute errors
}

// ErrorsOf compares what was measured with the truth where use says so; nil is everywhere.
func ErrorsOf(measured, truth []float64, use func(i int) bool) (e Errors) {
	var all []float64
	sum, squares := 0.0, 0.0
	for i, m := range measured {
		if use != nil && !use(i) {
			continue
		}
		d := m - truth[i]
		sum += d
		squares += d * d
		all = append(all, math.Abs(d))
	}
	if e.N = len(all); e.N == 0 {
		return e
	}
	slices.Sort(all)
	n := float64(e.N)
	e.RMSE, e.Bias, e.P95 = math.Sqrt(squares/n), sum/n, all[min(int(0.95*n), e.N-1)]
	return e
}

// PSNR is the peak signal-to-noise ratio in decibels of two pictures, compared as sRGB;
// +Inf where they are equal.
func PSNR(a, b [][3]float64) float64 {
	sum := 0.0
	for i := range a {
		for k := range 3 {
			d := srgb.Value(a[i][k]) - srgb.Value(b[i][k])
			sum += d * d
		}
	}
	if sum == 0 {
		return math.Inf(1)
	}
	return -10 * math.Log10(sum/float64(3*len(a)))
}
