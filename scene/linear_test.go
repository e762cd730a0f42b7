package scene

import (
	"math"
	"testing"
)

// The standard's own figures: half grey is 21.4% of the light, and every byte comes back.
func TestLinear(t *testing.T) {
	if l := Linear(128); math.Abs(l-0.21586) > 1e-5 {
		t.Errorf("128 is %v of the light", l)
	}
	if a, b := Linear(10), Linear(11); math.Abs(a-10/(255*12.92)) > 1e-12 || b <= a || b > 1.2*a {
		t.Errorf("at the toe: %v, %v", a, b)
	}
	for v := range 256 {
		if got := SRGB(Linear(uint8(v))); got != uint8(v) {
			t.Errorf("%d comes back as %d", v, got)
		}
	}
	if SRGB(-1) != 0 || SRGB(7) != 255 || SRGB(0.5) != 188 {
		t.Errorf("beyond the ends %d and %d; half the light is %d", SRGB(-1), SRGB(7), SRGB(0.5))
	}
	if c := (Color{255, 0, 255, 51}).Linear(); c != [4]float32{1, 0, 1, 0.2} {
		t.Errorf("magenta is %v", c)
	}
}
