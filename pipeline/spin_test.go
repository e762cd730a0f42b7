package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
)

// TestSpin: what the shader reads of a record is the axis and the share of a turn, at any
// time; what has no axis does not turn.
func TestSpin(t *testing.T) {
	if got := spinAt(drawable.Spin{Rate: 3}, 1); got != 0 {
		t.Errorf("no axis gives %#x", got)
	}
	for _, seconds := range []float64{-3.3, 0, 0.5, 7, 4999.96, 1e6} {
		s := drawable.Spin{Axis: 0.69, Rate: 0.2}
		got := spinAt(s, seconds)
		_, turn := math.Modf(seconds*float64(s.Rate) + 1e7)
		if axis := float64(got&0xffff) / 65535; math.Abs(axis-0.69) > 1e-5 {
			t.Errorf("axis %v", axis)
		}
		if d := math.Abs(float64(got>>16)/65536 - turn); d > 3e-5 && d < 1-3e-5 {
			t.Errorf("at %v s %v of a turn, want %v", seconds, float64(got>>16)/65536, turn)
		}
	}
}
