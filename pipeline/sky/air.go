package sky

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// The extent of the model, kilometres.
const (
	Radius = 6378.137 // of the ground
	Top    = 100.0    // height at which the air ends
)

// Scattering of the Earth's air, per kilometre (Hillaire 2020, table 1). Ozone's is the
// mean of the Chappuis band over what each sRGB primary stands for: sampled at 680 nm, as
// in the table, red passes too freely and twilight turns purple.
var (
	rayleigh = mgl64.Vec3{5.802e-3, 13.558e-3, 33.1e-3}
	ozone    = mgl64.Vec3{1.45e-3, 1.80e-3, 0.11e-3}
)

const (
	mieScatter    = 3.996e-3
	mieExtinction = 4.440e-3
	rayleighScale = 8.0 // km
	mieScale      = 1.2 // km
	mieG          = 0.8
	groundAlbedo  = 0.3
	sunRadius     = 0.004675 // rad
)

// medium is the air at a height: scattering of each kind and extinction, per km.
type medium struct {
	rayleigh, extinction mgl64.Vec3
	mie                  float64
}

// at returns the medium at height h km; haze multiplies the aerosol.
func (a *Air) at(h float64) medium {
	h = math.Max(h, 0)
	dr, dm := math.Exp(-h/rayleighScale), math.Exp(-h/mieScale)*a.haze
	do := math.Max(0, 1-math.Abs(h-25)/15)
	m := medium{rayleigh: rayleigh.Mul(dr), mie: mieScatter * dm}
	for k := range m.extinction {
		m.extinction[k] = rayleigh[k]*dr + mieExtinction*dm + ozone[k]*do
	}
	return m
}

// rayleighPhase and miePhase are per steradian; the latter is that of Cornette and
// Shanks 1992.
func rayleighPhase(nu float64) float64 { return 3 / (16 * math.Pi) * (1 + nu*nu) }

func miePhase(nu float64) float64 {
	const g2 = mieG * mieG
	return 3 / (8 * math.Pi) * (1 - g2) * (1 + nu*nu) / ((2 + g2) * math.Pow(1+g2-2*mieG*nu, 1.5))
}

// ray is a straight path from height h0 at cosine mu of the zenith angle. Heights along
// it come from r²-R², which has no cancellation near the ground.
type ray struct{ b, c float64 }

func newRay(h0, mu float64) ray {
	return ray{b: (Radius + h0) * mu, c: h0 * (2*Radius + h0)}
}

// height returns the height after t km.
func (r ray) height(t float64) float64 {
	q := r.c + 2*r.b*t + t*t
	return q / (math.Sqrt(Radius*Radius+q) + Radius)
}

// ground returns the distance to the ground, or false where the ray misses it.
func (r ray) ground() (float64, bool) {
	disc := r.b*r.b - r.c
	if r.b >= 0 || disc < 0 {
		return 0, false
	}
	return r.c / (-r.b + math.Sqrt(disc)), true
}

// air returns the distances at which the ray enters and leaves the air; ok is false
// where it never meets it.
func (r ray) air() (t0, t1 float64, ok bool) {
	const top = Top * (2*Radius + Top)
	disc := r.b*r.b - r.c + top
	if disc < 0 {
		return 0, 0, false
	}
	s := math.Sqrt(disc)
	t1 = -r.b + s
	return math.Max(0, -r.b-s), t1, t1 > 0
}

// cut returns the part of the ray that is in the air and above the ground, and whether
// it ends at the ground.
func (r ray) cut() (t0, t1 float64, ground, ok bool) {
	t0, t1, ok = r.air()
	if t, hit := r.ground(); hit && ok {
		return t0, math.Min(t, t1), true, true
	}
	return t0, t1, false, ok
}

// warp spreads samples over [t0, t1] so that they are dense around the lowest point of
// the ray, where the air is: x in [0, 1] to a distance.
func (r ray) warp(x, t0, t1 float64) float64 {
	tm := math.Min(math.Max(-r.b, t0), t1)
	a, b := math.Sqrt(tm-t0), math.Sqrt(t1-tm)
	u := x*(a+b) - a
	return tm + math.Copysign(u*u, u)
}

// sunUp is the part of the sun's disc above the horizon at height h.
func sunUp(h, muSun float64) float64 {
	rho := math.Sqrt(h * (2*Radius + h))
	x := (muSun+rho/(Radius+h))/(2*sunRadius) + 0.5
	x = math.Min(math.Max(x, 0), 1)
	return x * x * (3 - 2*x)
}

func exp3(v mgl64.Vec3) mgl64.Vec3 { return mgl64.Vec3{math.Exp(v[0]), math.Exp(v[1]), math.Exp(v[2])} }

func mul3(a, b mgl64.Vec3) mgl64.Vec3 { return mgl64.Vec3{a[0] * b[0], a[1] * b[1], a[2] * b[2]} }
