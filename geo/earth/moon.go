package earth

import (
	"math"
	"time"
)

// MoonRadius is the Moon's mean radius, metres.
const MoonRadius = 1737.4e3

// MoonDistance returns the metres between the centres of Earth and Moon (error below 0.2 %,
// from the horizontal parallax of the Astronomical Almanac's low-precision formulae).
func MoonDistance(t time.Time) float64 {
	c := daysSinceJ2000(t) / 36525
	cos := func(a, b float64) float64 { return math.Cos(Radians(a + b*c)) }
	parallax := 0.9508 + 0.0518*cos(135.0, 477198.87) + 0.0095*cos(259.3, -413335.36) +
		0.0078*cos(235.7, 890534.22) + 0.0028*cos(269.9, 954397.74)
	return A / math.Sin(Radians(parallax))
}
