package scene

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// arc is the great circle between two places, on the sphere of ellipsoid normals: no
// singularity at poles or the antimeridian. Between antipodes it goes by the pole that
// is nearer to north of the first (east, where that is a pole itself).
type arc struct {
	a, b  mgl64.Vec3 // unit normals
	side  mgl64.Vec3 // unit, in the plane of the arc, square to a
	angle float64
	from  [2]float64 // the ends as they were given, lng and lat
	to    [2]float64
}

func newArc(lng0, lat0, lng1, lat1 float64) arc {
	r := arc{a: normal(lng0, lat0), b: normal(lng1, lat1), from: [2]float64{lng0, lat0}, to: [2]float64{lng1, lat1}}
	cross := r.a.Cross(r.b)
	r.angle = math.Atan2(cross.Len(), r.a.Dot(r.b))
	switch {
	case r.angle == 0:
	case math.Pi-r.angle > 1e-9:
		r.side = cross.Cross(r.a).Normalize()
	default:
		r.side = earth.FrameAt(earth.Place{Lng: lng0, Lat: lat0}).North
	}
	return r
}

func normal(lng, lat float64) mgl64.Vec3 {
	sinLat, cosLat := sincosDegrees(lat)
	sinLng, cosLng := sincosDegrees(lng)
	return mgl64.Vec3{cosLat * cosLng, cosLat * sinLng, sinLat}
}

// at returns longitude and latitude a share of the way; the ends are exact.
func (r arc) at(f float64) (lng, lat float64) {
	switch {
	case f <= 0 || r.angle == 0:
		return r.from[0], r.from[1]
	case f >= 1:
		return r.to[0], r.to[1]
	}
	sin, cos := math.Sincos(r.angle * f)
	return lngLat(r.a.Mul(cos).Add(r.side.Mul(sin)))
}

func lngLat(n mgl64.Vec3) (lng, lat float64) {
	return earth.Degrees(math.Atan2(n[1], n[0])), earth.Degrees(math.Atan2(n[2], math.Hypot(n[0], n[1])))
}

// course is the direction of travel at a share of the way, degrees from north, in the
// frame of the longitude that at returns there.
func (r arc) course(f float64) float64 {
	lng, lat := r.at(f)
	sin, cos := math.Sincos(r.angle * min(max(f, 0), 1))
	travel := r.side.Mul(cos).Sub(r.a.Mul(sin))
	fr := earth.FrameAt(earth.Place{Lng: lng, Lat: lat})
	return earth.Degrees(math.Atan2(travel.Dot(fr.East), travel.Dot(fr.North)))
}

// polar tells whether the arc comes within 5° of a pole. There north turns quickly, and
// a heading must be carried along the path instead of being counted from north.
func (r arc) polar() bool {
	if r.angle == 0 {
		return false
	}
	top := math.Sin(earth.Radians(85))
	if math.Abs(r.a[2]) > top || math.Abs(r.b[2]) > top {
		return true
	}
	// The highest point of the circle is where z has its extreme: angle φ with
	// tan φ = side_z/a_z, or half a turn further.
	phi := math.Atan2(r.side[2], r.a[2])
	for _, x := range []float64{phi, phi + math.Pi, phi + 2*math.Pi} {
		if x > 0 && x < r.angle && math.Abs(r.a[2]*math.Cos(x)+r.side[2]*math.Sin(x)) > top {
			return true
		}
	}
	return false
}

// heading turns from one heading at the start to another at the end, the short way: f is
// the share of the turn, way the share of the arc.
func (r arc) heading(from, to, f, way float64) float64 {
	if f <= 0 {
		return from
	}
	if f >= 1 {
		return to
	}
	if !r.polar() {
		return turn360(lerpAngle(from, to, f))
	}
	return turn360(r.course(way) + lerpAngle(from-r.course(0), to-r.course(1), f))
}
