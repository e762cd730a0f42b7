package earth

import (
	"math"
	"time"

	"github.com/go-gl/mathgl/mgl64"
)

// SunDirection returns the unit vector from the Earth to the Sun in ECEF at an instant.
// Low-precision formulae of the Astronomical Almanac (1950 to 2050, error below 0.01°).
func SunDirection(t time.Time) mgl64.Vec3 {
	d := daysSinceJ2000(t)
	g := Radians(357.529 + 0.98560028*d)                      // mean anomaly
	q := 280.459 + 0.98564736*d                               // mean longitude
	l := Radians(q + 1.915*math.Sin(g) + 0.020*math.Sin(2*g)) // ecliptic longitude
	e := Radians(23.439 - 0.00000036*d)                       // obliquity
	sinL, cosL := math.Sincos(l)
	sinE, cosE := math.Sincos(e)
	return equatorialToECEF(mgl64.Vec3{cosL, cosE * sinL, sinE * sinL}, t)
}

// MoonDirection returns the unit vector from the Earth to the Moon in ECEF (error below
// 0.3°, Astronomical Almanac), and the fraction of its disc that is lit.
func MoonDirection(t time.Time) (dir mgl64.Vec3, lit float64) {
	c := daysSinceJ2000(t) / 36525
	sin := func(a, b float64) float64 { return math.Sin(Radians(a + b*c)) }
	lng := 218.32 + 481267.881*c + 6.29*sin(135.0, 477198.87) - 1.27*sin(259.3, -413335.36) +
		0.66*sin(235.7, 890534.22) + 0.21*sin(269.9, 954397.74) - 0.19*sin(357.5, 35999.05) - 0.11*sin(186.5, 966404.03)
	lat := 5.13*sin(93.3, 483202.02) + 0.28*sin(228.2, 960400.89) - 0.28*sin(318.3, 6003.15) - 0.17*sin(217.6, -407332.21)
	sinB, cosB := math.Sincos(Radians(lat))
	sinL, cosL := math.Sincos(Radians(lng))
	sinE, cosE := math.Sincos(Radians(23.439))
	eq := mgl64.Vec3{cosB * cosL, cosE*cosB*sinL - sinE*sinB, sinE*cosB*sinL + cosE*sinB}
	dir = equatorialToECEF(eq, t)
	return dir, (1 - dir.Dot(SunDirection(t))) / 2
}

// SiderealAngle is Greenwich mean sidereal time in radians: the rotation that takes the
// celestial (equatorial) frame to ECEF.
func SiderealAngle(t time.Time) float64 {
	return math.Mod(Radians(280.46061837+360.98564736629*daysSinceJ2000(t)), 2*math.Pi)
}

func equatorialToECEF(v mgl64.Vec3, t time.Time) mgl64.Vec3 {
	sin, cos := math.Sincos(SiderealAngle(t))
	return mgl64.Vec3{cos*v[0] + sin*v[1], -sin*v[0] + cos*v[1], v[2]}
}

func daysSinceJ2000(t time.Time) float64 {
	return t.Sub(time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC)).Hours() / 24
}
