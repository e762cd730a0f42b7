package terrain

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// The ground's base colours, sRGB 0..255: muted, so that light and haze do the rest.
var (
	grass  = [3]float64{106, 112, 74}
	meadow = [3]float64{124, 124, 88}  // above the trees
	scree  = [3]float64{126, 119, 108} // steep or high
	rock   = [3]float64{108, 103, 97}
	sand   = [3]float64{188, 174, 140}
	stone  = [3]float64{138, 133, 122} // of quays, and of shores that are no beaches
	mud    = [3]float64{96, 94, 80}    // beds
	snow   = [3]float64{236, 240, 244}
)

// snowline is the height above the sea from which snow lies in summer, by latitude:
// rounded from climatic snow lines of the Andes, Himalaya, Alps, Norway and Svalbard.
var snowline = [][2]float64{{0, 4900}, {20, 5600}, {30, 5100}, {36, 4400}, {42, 3400}, {46, 2950}, {55, 2000}, {62, 1500}, {70, 900}, {80, 300}, {90, 0}}

// Color is the base colour, sRGB, of land at a height above the sea, of a slope (rise over
// run) and at a latitude.
func Color(above, slope, lat float64) [4]uint8 { return ground(above, slope, lat, land) }

// ground returns the colour of a node at a height above the sea and a slope (rise over
// run).
func ground(above, slope, lat float64, kind uint8) [4]uint8 {
	line := interpolate(snowline, math.Abs(lat))
	c := mix(grass, meadow, ramp(above, 0.45*line, 0.7*line))
	c = mix(c, scree, ramp(above, 0.7*line, 0.95*line))
	c = mix(c, rock, ramp(slope, 0.7, 1.2))
	c = mix(c, snow, ramp(above, line-150, line+250)*(1-ramp(slope, 0.9, 1.5)))
	switch kind {
	case bed:
		c = mud
	case shore:
		c = mix(c, stone, 0.9*(1-ramp(slope, 0.08, 0.3))*(1-ramp(above, 4, 12)))
	case strand:
		c = mix(c, sand, 0.8*(1-ramp(slope, 0.3, 0.7))*(1-ramp(above, 4, 12)))
	}
	return [4]uint8{uint8(c[0] + 0.5), uint8(c[1] + 0.5), uint8(c[2] + 0.5), 255}
}

func upAt(lng, lat float64) mgl64.Vec3 { return earth.Place{Lng: lng, Lat: lat}.Up() }

// ramp rises smoothly from 0 at a to 1 at b.
func ramp(v, a, b float64) float64 {
	x := min(max((v-a)/(b-a), 0), 1)
	return x * x * (3 - 2*x)
}

func mix(a, b [3]float64, f float64) [3]float64 {
	for i := range a {
		a[i] += f * (b[i] - a[i])
	}
	return a
}

func interpolate(table [][2]float64, x float64) float64 {
	for i := 1; i < len(table); i++ {
		if a, b := table[i-1], table[i]; x <= b[0] {
			return a[1] + (b[1]-a[1])*(x-a[0])/(b[0]-a[0])
		}
	}
	return table[len(table)-1][1]
}
