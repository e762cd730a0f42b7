package pipeline

import (
	"math"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
)

// TestSpin: what the shader reads of a record is the axis and the share of the cycle of all
// turns, at any time, so finely that tips of rotors do not jump; what has no axis does not
// turn.
func TestSpin(t *testing.T) {
	if got := spinAt(drawable.Spin{Rate: 3}, 1); got != 0 {
		t.Errorf("no axis gives %#x", got)
	}
	for _, seconds := range []float64{-3.3, 0, 0.5, 7, 4999.96, 1e6} {
		s := drawable.Spin{Axis: 0.69, Rate: 29}
		got := spinAt(s, seconds)
		_, share := math.Modf(seconds*float64(s.Rate)/drawable.SpinCycle + 1e7)
		if axis := float64(got&0xfff) / 4095; math.Abs(axis-0.69) > 2e-4 {
			t.Errorf("axis %v", axis)
		}
		if d := math.Abs(float64(got>>12)/(1<<20) - share); d > 2e-6 && d < 1-2e-6 {
			t.Errorf("at %v s %v of a cycle, want %v", seconds, float64(got>>12)/(1<<20), share)
		}
	}
}
