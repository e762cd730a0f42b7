package traffic

import (
	"math"
	"strings"
)

// flows are vehicles a lane and hour at the busiest time, by class of street: orders of
// magnitude from the functional classes of the Highway Capacity Manual (a motorway lane
// carries up to about 2,000, an urban arterial lane 600 to 900), thinned to streets that
// flow; the lesser classes are estimates.
var flows = map[string]float64{
	"motorway": 1300, "motorway_link": 500, "trunk": 1000, "trunk_link": 400, "primary": 620, "primary_link": 260,
	"secondary": 420, "secondary_link": 180, "tertiary": 240, "tertiary_link": 120, "unclassified": 90, "residential": 50,
	"living_street": 18, "service": 8, "busway": 40,
}

func flowOf(class string) float64 {
	if f, ok := flows[strings.TrimPrefix(class, "highway=")]; ok {
		return f
	}
	return 20
}

// hours is the share of the busiest hour's traffic in each hour of the local day: the
// two-peaked shape of urban weekdays, read off published counts and smoothed.
var hours = [24]float64{0.16, 0.10, 0.07, 0.06, 0.09, 0.22, 0.50, 0.86, 1.00, 0.84, 0.76, 0.78, 0.82, 0.82, 0.84, 0.90, 0.98, 1.00, 0.92, 0.74, 0.58, 0.48, 0.38, 0.26}

// Share is the traffic of a local hour (0 to 24, with its fraction) as a share of the
// busiest hour's.
func Share(hour float64) float64 {
	hour = math.Mod(math.Mod(hour, 24)+24, 24)
	h := int(hour)
	f := hour - float64(h)
	return hours[h]*(1-f) + hours[(h+1)%24]*f
}
