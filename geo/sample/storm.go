package sample

import (
	"bytes"
	"fmt"
	"math"
	"time"
)

// storm is a tropical cyclone that comes up the Atlantic and turns towards the island: places
// every six hours, wind in knots, radii of 34 and 64 knots by quadrant and of a forecast's place
// in nautical miles.
func storm() []byte {
	const fixes, now = 17, 10
	begin := time.Date(2026, 9, 3, 0, 0, 0, 0, time.UTC)
	var b bytes.Buffer
	b.WriteString("storm,time,lng,lat,knots,ne34,se34,sw34,nw34,ne64,se64,sw64,nw64,spread\n")
	for i := range fixes {
		t := float64(i) / (fixes - 1)
		bend := func(from, over, to float64) float64 {
			return (1-t)*(1-t)*from + 2*t*(1-t)*over + t*t*to
		}
		knots := 5 * math.Round((30+85*math.Sin(math.Pi*math.Min(1.35*t, 1.1)/1.6))/5)
		fmt.Fprintf(&b, "Inês,%s,%.2f,%.2f,%g", begin.Add(time.Duration(i)*6*time.Hour).Format(time.RFC3339), bend(-20, -54, -31), bend(12, 20, 38), knots)
		for _, limit := range []float64{34, 64} {
			for _, share := range []float64{1, 0.85, 0.55, 0.75} {
				reach := math.Max(5*math.Round(share*2.1*(knots-limit+14)/5), 0)
				if knots < limit {
					b.WriteString(",")
					continue
				}
				fmt.Fprintf(&b, ",%g", reach)
			}
		}
		if i > now {
			fmt.Fprintf(&b, ",%g\n", 18+31*float64(i-now))
		} else {
			b.WriteString(",\n")
		}
	}
	return b.Bytes()
}
