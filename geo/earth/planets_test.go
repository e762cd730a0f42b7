package earth

import (
	"math"
	"testing"
	"time"

	"github.com/go-gl/mathgl/mgl64"
)

// The Sun of the planets' orbits is the Sun of the Almanac, and conjunctions are when almanacs
// have them.
func TestPlanets(t *testing.T) {
	for _, at := range []time.Time{time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC), time.Date(2026, 11, 21, 6, 0, 0, 0, time.UTC), time.Date(2049, 5, 3, 0, 0, 0, 0, time.UTC)} {
		for _, p := range Planets(at) {
			sun := p.At.Sub(p.Sun) // from the Earth
			if off := Degrees(math.Acos(math.Min(sun.Normalize().Dot(SunDirection(at)), 1))); off > 0.02 {
				t.Errorf("%v: the Sun of %s is %.3f° off", at, p.Name, off)
			}
			if d := sun.Len() / SunDistance(at); math.Abs(d-1) > 2e-4 {
				t.Errorf("%v: the Sun of %s is %v times as far", at, p.Name, d)
			}
		}
	}
	apart := func(p, q mgl64.Vec3) float64 { return Degrees(math.Acos(p.Normalize().Dot(q.Normalize()))) }
	// The great conjunction: Jupiter and Saturn a tenth of a degree apart on 2020-12-21, 18:20 UTC.
	all := Planets(time.Date(2020, 12, 21, 18, 20, 0, 0, time.UTC))
	if d := apart(all[3].At, all[4].At); d > 0.2 {
		t.Errorf("Jupiter and Saturn are %.2f° apart at their conjunction", d)
	}
	// Venus before the Sun on 2012-06-06, 01:30 UTC.
	transit := time.Date(2012, 6, 6, 1, 30, 0, 0, time.UTC)
	if d := apart(Planets(transit)[1].At, SunDirection(transit)); d > 0.27 {
		t.Errorf("Venus is %.2f° from the Sun's centre at its transit", d)
	}
}

// Poles are where almanacs have them: Saturn's rings were seen edge on from the Earth on
// 2025-03-23 and opened by 27 degrees to the north in October 2017.
func TestSaturnsRings(t *testing.T) {
	for _, c := range []struct {
		at   time.Time
		want float64 // degrees of the Earth above their plane
	}{
		{time.Date(2025, 3, 23, 16, 0, 0, 0, time.UTC), 0},
		{time.Date(2017, 10, 16, 0, 0, 0, 0, time.UTC), 26.98},
	} {
		s := Planets(c.at)[4]
		if got := Degrees(math.Asin(-s.At.Normalize().Dot(s.Pole))); math.Abs(got-c.want) > 0.15 {
			t.Errorf("%v: the Earth is %.2f degrees above the rings of %s, almanacs say %.2f", c.at, got, s.Name, c.want)
		}
	}
}
