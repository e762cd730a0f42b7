package earth

import (
	"math"
	"time"

	"github.com/go-gl/mathgl/mgl64"
)

// AU is the astronomical unit, metres.
const AU = 149597870700.0

// SunRadius is the Sun's, metres.
const SunRadius = 695.7e6

// Planet is a planet as it is at an instant.
type Planet struct {
	Name   string
	Radius float64    // mean, metres
	Albedo float64    // geometric, visual
	Color  mgl64.Vec3 // linear sRGB of what it sends back, its largest channel 1
	At     mgl64.Vec3 // from the Earth's centre, ECEF metres
	Sun    mgl64.Vec3 // from the Sun to it, ECEF metres
	Pole   mgl64.Vec3 // unit, ECEF, its axis towards the north
	Flat   float64    // by how much its poles are nearer to its middle, of the equator's radius
}

// elements of an orbit and their change in a century, for the years 1800 to 2050, to the mean
// ecliptic and equinox of J2000: Standish 1992, Keplerian elements for approximate positions
// of the major planets, table 1 (errors below a minute of arc, ten for Saturn).
type elements struct {
	a, e, i, l, peri, node [2]float64 // AU, 1, and degrees: inclination, mean longitude, of perihelion, of the node
}

var earthOrbit = elements{[2]float64{1.00000261, 0.00000562}, [2]float64{0.01671123, -0.00004392}, [2]float64{-0.00001531, -0.01294668}, [2]float64{100.46457166, 35999.37244981}, [2]float64{102.93768193, 0.32327364}, [2]float64{0, 0}}

// Radii, albedos and flattenings: NASA's planetary fact sheets; poles, right ascension and
// declination in degrees: Archinal et al. 2018, Report of the IAU working group on cartographic
// coordinates, at J2000; colours by eye from pictures in true colour.
var planets = []struct {
	name           string
	radius, albedo float64
	color          mgl64.Vec3
	pole           [2]float64
	flat           float64
	orbit          elements
}{
	{"Mercury", 2439.7e3, 0.142, mgl64.Vec3{1, 0.9, 0.82}, [2]float64{281.0103, 61.4155}, 0.0009, elements{[2]float64{0.38709927, 0.00000037}, [2]float64{0.20563593, 0.00001906}, [2]float64{7.00497902, -0.00594749}, [2]float64{252.25032350, 149472.67411175}, [2]float64{77.45779628, 0.16047689}, [2]float64{48.33076593, -0.12534081}}},
	{"Venus", 6051.8e3, 0.689, mgl64.Vec3{1, 0.95, 0.83}, [2]float64{272.76, 67.16}, 0, elements{[2]float64{0.72333566, 0.00000390}, [2]float64{0.00677672, -0.00004107}, [2]float64{3.39467605, -0.00078890}, [2]float64{181.97909950, 58517.81538729}, [2]float64{131.60246718, 0.00268329}, [2]float64{76.67984255, -0.27769418}}},
	{"Mars", 3389.5e3, 0.170, mgl64.Vec3{1, 0.5, 0.3}, [2]float64{317.681, 52.887}, 0.00589, elements{[2]float64{1.52371034, 0.00001847}, [2]float64{0.09339410, 0.00007882}, [2]float64{1.84969142, -0.00813131}, [2]float64{-4.55343205, 19140.30268499}, [2]float64{-23.94362959, 0.44441088}, [2]float64{49.55953891, -0.29257343}}},
	{"Jupiter", 69911e3, 0.538, mgl64.Vec3{1, 0.87, 0.73}, [2]float64{268.057, 64.495}, 0.06487, elements{[2]float64{5.20288700, -0.00011607}, [2]float64{0.04838624, -0.00013253}, [2]float64{1.30439695, -0.00183714}, [2]float64{34.39644051, 3034.74612775}, [2]float64{14.72847983, 0.21252668}, [2]float64{100.47390909, 0.20469106}}},
	{"Saturn", 58232e3, 0.499, mgl64.Vec3{1, 0.86, 0.63}, [2]float64{40.589, 83.537}, 0.09796, elements{[2]float64{9.53667594, -0.00125060}, [2]float64{0.05386179, -0.00050991}, [2]float64{2.48599187, 0.00193609}, [2]float64{49.95424423, 1222.49362201}, [2]float64{92.59887831, -0.41897216}, [2]float64{113.66242448, -0.28867794}}},
	{"Uranus", 25362e3, 0.488, mgl64.Vec3{0.65, 0.92, 1}, [2]float64{257.311, -15.175}, 0.02293, elements{[2]float64{19.18916464, -0.00196176}, [2]float64{0.04725744, -0.00004397}, [2]float64{0.77263783, -0.00242939}, [2]float64{313.23810451, 428.48202785}, [2]float64{170.95427630, 0.40805281}, [2]float64{74.01692503, 0.04240589}}},
	{"Neptune", 24622e3, 0.442, mgl64.Vec3{0.5, 0.72, 1}, [2]float64{299.36, 43.46}, 0.01708, elements{[2]float64{30.06992276, 0.00026291}, [2]float64{0.00859048, 0.00005105}, [2]float64{1.77004347, 0.00035372}, [2]float64{-55.12002969, 218.45945325}, [2]float64{44.96476227, -0.32241464}, [2]float64{131.78422574, -0.00508664}}},
}

// Planets returns where the seven other planets are. Light's time on its way is left out.
func Planets(t time.Time) []Planet {
	home := earthOrbit.at(t)
	out := make([]Planet, len(planets))
	for i, p := range planets {
		at := p.orbit.at(t)
		sinA, cosA := math.Sincos(Radians(p.pole[0]))
		sinD, cosD := math.Sincos(Radians(p.pole[1]))
		pole := mgl64.Vec3{cosD * cosA, cosD * sinA, sinD}
		out[i] = Planet{p.name, p.radius, p.albedo, p.color, equatorialToECEF(ofDate(at.Sub(home), t), t), equatorialToECEF(ofDate(at, t), t), equatorialToECEF(ofDate(pole, t), t), p.flat}
	}
	return out
}

// SunDistance returns the metres between the centres of Earth and Sun (error below 0.01 %,
// low-precision formulae of the Astronomical Almanac).
func SunDistance(t time.Time) float64 {
	g := Radians(357.529 + 0.98560028*daysSinceJ2000(t))
	return AU * (1.00014 - 0.01671*math.Cos(g) - 0.00014*math.Cos(2*g))
}

// at is a place from the Sun in metres, in the equatorial frame of J2000.
func (o *elements) at(t time.Time) mgl64.Vec3 {
	c := daysSinceJ2000(t) / 36525
	now := func(v [2]float64) float64 { return v[0] + v[1]*c }
	a, e, node, peri := now(o.a), now(o.e), now(o.node), now(o.peri)
	m := Radians(WrapLng(now(o.l) - peri))
	x := m + e*math.Sin(m)
	for range 8 { // Kepler's equation by Newton's steps
		x -= (x - e*math.Sin(x) - m) / (1 - e*math.Cos(x))
	}
	sx, cx := math.Sincos(x)
	plane := mgl64.Vec3{a * (cx - e), a * math.Sqrt(1-e*e) * sx, 0}
	turn := mgl64.Rotate3DX(Radians(23.43928)).Mul3(mgl64.Rotate3DZ(Radians(node))).Mul3(mgl64.Rotate3DX(Radians(now(o.i)))).Mul3(mgl64.Rotate3DZ(Radians(peri - node)))
	return turn.Mul3x1(plane).Mul(AU)
}

// ofDate turns a vector of J2000 into the equatorial frame of an instant: the precession of
// Lieske 1979 to its linear terms.
func ofDate(v mgl64.Vec3, t time.Time) mgl64.Vec3 {
	c := daysSinceJ2000(t) / 36525
	zeta, z, theta := Radians(0.640616*c), Radians(0.640616*c), Radians(0.556753*c)
	return mgl64.Rotate3DZ(z).Mul3(mgl64.Rotate3DY(-theta)).Mul3(mgl64.Rotate3DZ(zeta)).Mul3x1(v)
}
