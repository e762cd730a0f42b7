package srgb

import (
	"math"
	"testing"
)

// The middle grey of photographers, 18 % of light, is 46 % of the scale; both ends stay.
func TestKnownValues(t *testing.T) {
	for value, light := range map[float64]float64{0: 0, 1: 1, 0.04045: 0.0031308, 0.461356: 0.18, 0.5: 0.214041} {
		if got := Light(value); math.Abs(got-light) > 1e-6 {
			t.Errorf("Light(%g) is %g, not %g", value, got, light)
		}
		if got := Value(light); math.Abs(got-value) > 1e-5 {
			t.Errorf("Value(%g) is %g, not %g", light, got, value)
		}
	}
	if Value(-1) != 0 || math.Abs(Value(2)-1) > 1e-15 {
		t.Errorf("light of -1 and 2 is %g and %g", Value(-1), Value(2))
	}
}

func TestBytesComeBack(t *testing.T) {
	for i := range 256 {
		if got := math.Round(255 * Value(Light(float64(i)/255))); got != float64(i) {
			t.Errorf("%d comes back as %g", i, got)
		}
	}
}
