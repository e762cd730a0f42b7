package drawable_test

import (
	"math"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
)

func TestHalf(t *testing.T) {
	for f, want := range map[float32]drawable.Half{0: 0, 1: 0x3c00, -2: 0xc000, 0.1: 0x2e66, 65504: 0x7bff, 1e9: 0x7bff, 1e-9: 0, 2049: 0x6801, 2051: 0x6802, float32(math.NaN()): 0} {
		got := drawable.ToHalf(f)
		if got != want {
			t.Errorf("%v becomes %04x", f, got)
		}
		if back := got.Float(); drawable.ToHalf(back) != got || math.Abs(float64(f)) < 65504 && math.Abs(float64(back-f)) > 1e-3*math.Abs(float64(f))+1e-4 {
			t.Errorf("%v becomes %v", f, back)
		}
	}
}
