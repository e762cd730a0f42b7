package canvas

import (
	"math"
	"testing"
)

// What a path holds is what is filled of it: a ring's hole, the inside of a sector's chord and
// what lies between two boxes are not.
func TestHoldsWhatIsFilled(t *testing.T) {
	both := Rect(10, 10, 20, 20)
	both.Move(50, 10).Line(50, 30).Line(70, 30).Line(70, 10).Close() // wound the other way
	for name, p := range map[string]*Path{
		"ring":    Sector(40, 40, 20, 35, 0, 1.5*math.Pi),
		"hole":    Round(Box{X: 5, Y: 5, W: 70, H: 60}, 9).Without(Circle(40, 35, 15)),
		"two":     both,
		"open":    (&Path{}).Move(10, 10).Line(70, 12).Line(40, 70),
		"nothing": {},
	} {
		c := New(80, 80, 1, NewFonts(false))
		c.Fill(p, Plain{255, 255, 255, 255})
		img, wrong, filled := c.Picture(name), 0, 0
		for y := range 80 {
			for x := range 80 {
				a := img.Pixels[4*(y*80+x)+3]
				if a > 128 {
					filled++
				}
				if (a == 255 || a == 0) && p.Holds(float64(x)+0.5, float64(y)+0.5) != (a == 255) {
					wrong++
				}
			}
		}
		if wrong > 0 || filled == 0 && name != "nothing" {
			t.Errorf("%s: %d pixels of %d differ", name, wrong, filled)
		}
	}
}
