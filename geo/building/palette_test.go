package building

import "testing"

// A settled colour stays: tiles in 8-bit linear light give it back.
func TestSettled(t *testing.T) {
	for v := range 256 {
		c := settled([4]uint8{uint8(v), uint8(255 - v), uint8(v / 2), 7})
		if settled(c) != c || c[3] != 7 {
			t.Errorf("%v is not settled", c)
		}
		if d := int(settled([4]uint8{uint8(v)})[0]) - v; v >= 64 && (d > 2 || d < -2) {
			t.Errorf("%d moves by %d", v, d)
		}
	}
}
