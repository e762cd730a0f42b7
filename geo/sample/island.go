package sample

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
)

// Center is where the bay's centre lies: open Atlantic, so that no real coast is near.
var Center = earth.Place{Lng: -30.5, Lat: 36.5}

const (
	bayRadius    = 900.0  // of the round bay, m
	islandNorth  = 3200.0 // the island's middle lies this far north of the bay's centre
	islandRadius = 4600.0
)

// island is the shape of the ground, in metres above the sea (negative below it).
type island struct{ noise noise }

// polar returns the distance from the bay's centre and the bearing counter-clockwise
// from east, in radians.
func polar(x, y float64) (r, phi float64) { return math.Hypot(x, y), math.Atan2(y, x) }

// shore is the signed distance to the coast in metres, roughly: positive on land.
func (s island) shore(x, y float64) float64 {
	dx, dy := x, y-islandNorth
	phi := math.Atan2(dy, dx)
	r := math.Hypot(dx*0.86, dy)
	// Headlands: low frequencies of the angle plus noise of the place.
	edge := islandRadius * (1 + 0.10*math.Sin(2*phi+0.6) + 0.06*math.Sin(5*phi+1.7))
	d := edge - r + 420*s.noise.fbm(x/1900, y/1900, 4) + 60*s.noise.fbm(x/300+9, y/300, 3)
	// The bay is bitten out, with a smooth quay all round and a mouth to the south.
	bay := math.Hypot(x, y) - bayRadius
	if mouth := math.Abs(x) - 430 - 0.15*math.Max(0, -y-bayRadius); y < 0 {
		bay = math.Min(bay, math.Max(mouth, y+200))
	}
	return math.Min(d, bay)
}

// height is the ground above the sea in metres.
func (s island) height(x, y float64) float64 {
	d := s.shore(x, y)
	if d <= 0 {
		return math.Max(d*0.08, -40)
	}
	// A quay of 3 m at the water, an amphitheatre rising from the bay, and mountains.
	r, _ := polar(x, y)
	inland := smoothstep(0, 2600, d)
	slope := 2.4*smoothstep(0, 25, d) + 0.6*smoothstep(25, 200, d) + 85*smoothstep(bayRadius+500, bayRadius+2600, r)*smoothstep(60, 900, d)
	hills := math.Max(0, s.noise.fbm(x/1500+3, y/1500+7, 5)+0.25) * 190 * smoothstep(bayRadius+700, bayRadius+2500, r) * smoothstep(100, 900, d)
	peak := 620 * math.Exp(-sq((x-700)/1500)-sq((y-5200)/1250)) * (0.8 + 0.5*s.noise.ridge(x/900, y/900, 5))
	peak += 380 * math.Exp(-sq((x+2500)/900)-sq((y-4300)/1400)) * (0.8 + 0.5*s.noise.ridge(x/800+4, y/800, 5))
	return slope + (hills+peak)*inland
}

func sq(v float64) float64 { return v * v }

func smoothstep(lo, hi, v float64) float64 {
	t := math.Min(math.Max((v-lo)/(hi-lo), 0), 1)
	return t * t * (3 - 2*t)
}
