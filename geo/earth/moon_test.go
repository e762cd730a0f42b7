package earth

import (
	"math"
	"testing"
	"time"
)

// Perigee and apogee as ephemerides have them: 2016-11-14 11:23 UTC 356,509 km (the nearest
// since 1948) and 2019-02-05 09:29 UTC 406,555 km.
func TestMoonDistance(t *testing.T) {
	for date, km := range map[time.Time]float64{
		time.Date(2016, 11, 14, 11, 23, 0, 0, time.UTC): 356509,
		time.Date(2019, 2, 5, 9, 29, 0, 0, time.UTC):    406555,
	} {
		if got := MoonDistance(date) / 1000; math.Abs(got/km-1) > 0.003 {
			t.Errorf("%v: %.0f km, want %.0f", date, got, km)
		}
	}
}
