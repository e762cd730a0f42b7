package aggregate

import (
	"math"
	"slices"

	"github.com/longtake/longtake/geo/earth"
)

// radius of the sphere that has the Earth's area, in metres.
const radius = 6371007.2

// Plan is a plane of metres around the middle of the data, on a sphere. Columns run along
// meridians and the scale is true at the latitude of the middle; further off, EqualArea
// keeps areas (Lambert's cylinder, whose cells get narrower) and Mercator keeps shapes
// (whose cells get smaller towards the poles).
type Plan struct {
	Lng, Lat float64 // degrees of the origin
	Mercator bool
}

// PlanOf is a plan in the middle of the points, wherever the antimeridian lies.
func PlanOf(lng, lat []float64, mercator bool) Plan {
	var taken [360]bool
	south, north := math.Inf(1), math.Inf(-1)
	for i, x := range lng {
		if !placed(x, lat[i]) {
			continue
		}
		taken[int(math.Floor(earth.WrapLng(x)))+180] = true
		south, north = math.Min(south, lat[i]), math.Max(north, lat[i])
	}
	if south > north {
		return Plan{Mercator: mercator}
	}
	p := Plan{Lat: min(max((south+north)/2, -85), 85), Mercator: mercator}
	// The widest empty stretch of degrees lies opposite the middle.
	first := slices.Index(taken[:], true)
	widest, after, empty := 0, first, 0
	for k := 1; k <= 360; k++ {
		if at := (first + k) % 360; taken[at] {
			if empty > widest {
				widest, after = empty, at
			}
			empty = 0
		} else {
			empty++
		}
	}
	west := float64(after - 180)
	if widest == 0 { // all round
		return p
	}
	p.Lng = earth.WrapLng(west + float64(360-widest)/2)
	return p
}

// placed tells whether a position is on the Earth.
func placed(lng, lat float64) bool {
	return lat >= -90 && lat <= 90 && lng >= -540 && lng <= 540 // false of NaN
}

// mercatorEnd is the latitude where web maps end.
const mercatorEnd = 85.05112878

// XY are the metres east and north of the origin.
func (p Plan) XY(lng, lat float64) (x, y float64) {
	f := p.forward()
	return f(lng, lat)
}

// forward is XY with what depends on the plan alone computed once.
func (p Plan) forward() func(lng, lat float64) (x, y float64) {
	cos := math.Cos(earth.Radians(p.Lat))
	kx := earth.Radians(1) * radius * cos
	turn := func(lng float64) float64 {
		d := lng - p.Lng
		if d < -180 || d >= 180 {
			d -= 360 * math.Floor((d+180)/360)
		}
		return d * kx
	}
	if p.Mercator {
		ky, y0 := radius*cos, math.Asinh(math.Tan(earth.Radians(p.Lat)))
		return func(lng, lat float64) (x, y float64) {
			lat = min(max(lat, -mercatorEnd), mercatorEnd)
			return turn(lng), ky * (math.Asinh(math.Tan(earth.Radians(lat))) - y0)
		}
	}
	ky, y0 := radius/cos, math.Sin(earth.Radians(p.Lat))
	return func(lng, lat float64) (x, y float64) { return turn(lng), ky * (math.Sin(earth.Radians(lat)) - y0) }
}

// LngLat is the inverse of XY; what lies beyond a pole is at the pole. Longitudes go on
// beyond ±180 so that shapes over the antimeridian stay in one piece.
func (p Plan) LngLat(x, y float64) (lng, lat float64) {
	cos := math.Cos(earth.Radians(p.Lat))
	lng = p.Lng + earth.Degrees(x/(radius*cos))
	if p.Mercator {
		return lng, earth.Degrees(math.Atan(math.Sinh(y/(radius*cos) + math.Asinh(math.Tan(earth.Radians(p.Lat))))))
	}
	return lng, earth.Degrees(math.Asin(min(max(y*cos/radius+math.Sin(earth.Radians(p.Lat)), -1), 1)))
}

// Scale is the metres on the ground of a metre of the plan at a latitude, eastwards and
// northwards.
func (p Plan) Scale(lat float64) (east, north float64) {
	cos := math.Cos(earth.Radians(p.Lat))
	sin, own := math.Sincos(earth.Radians(lat))
	own = math.Max(own, 1e-9)
	w := 1 - earth.E2*sin*sin
	n := earth.A / math.Sqrt(w) // radii of curvature, of the prime vertical
	m := n * (1 - earth.E2) / w // and of the meridian
	if p.Mercator {
		return n * own / (radius * cos), m * own / (radius * cos)
	}
	return n * own / (radius * cos), m * cos / (radius * own)
}
