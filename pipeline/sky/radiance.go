package sky

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// SunlightAt returns the sun's irradiance at height h km on a surface facing it, through
// air of a haziness: Air.Sunlight without its tables, for a few points.
func SunlightAt(haze, h, muSun float64) mgl64.Vec3 {
	a := Air{haze: math.Max(haze, 0)}
	up := sunUp(h, muSun)
	if up == 0 {
		return mgl64.Vec3{}
	}
	// Below the horizon the disc's upper part shines along it.
	horizon := -math.Sqrt(h*(2*Radius+h)) / (Radius + h)
	r := newRay(h, math.Max(muSun, horizon))
	_, t1, _ := r.air()
	return exp3(a.depth(r, 0, t1, 24).Mul(-1)).Mul(up)
}

// Scattered is the light that air adds to a path and the share that it lets through.
type Scattered struct{ Radiance, Through mgl64.Vec3 }

// Scatter integrates the light scattered towards an eye at height h km along the cosine
// mu of the zenith angle, up to limit km, the ground or the end of the air, whichever
// comes first. muSun is the cosine of the sun's zenith angle at the eye, nu that between
// ray and sun. Steps of 100 and more are within 0.1 % of the limit.
func (a *Air) Scatter(h, mu, muSun, nu, limit float64, steps int) Scattered {
	out := Scattered{Through: mgl64.Vec3{1, 1, 1}}
	r := newRay(h, mu)
	t0, t1, _, ok := r.cut()
	t1 = math.Min(t1, limit)
	if !ok || t1 <= t0 {
		return out
	}
	pr, pm := rayleighPhase(nu), miePhase(nu)
	prev := t0
	for k := 0; k < steps; k++ {
		t, next := r.warp((float64(k)+0.5)/float64(steps), t0, t1), r.warp(float64(k+1)/float64(steps), t0, t1)
		hk := r.height(t)
		m := a.at(hk)
		mus := ((Radius+h)*muSun + t*nu) / (Radius + hk)
		sun, many := a.Sunlight(hk, mus), a.Multiple(hk, mus)
		for c := range out.Radiance {
			s := sun[c]*(m.rayleigh[c]*pr+m.mie*pm) + many[c]*(m.rayleigh[c]+m.mie)
			seg := math.Exp(-m.extinction[c] * (next - prev))
			out.Radiance[c] += out.Through[c] * s * (1 - seg) / math.Max(m.extinction[c], 1e-12)
			out.Through[c] *= seg
		}
		prev = next
	}
	return out
}

// Depths returns the optical depth of the air between height h km and the ground in each
// colour, over that of green. Along any path between the two they are about the same.
func Depths(haze, h float64) mgl64.Vec3 {
	a := Air{haze: math.Max(haze, 0)}
	d := a.depth(newRay(0, 1), 0, math.Min(math.Max(h, 0.001), Top), 24)
	return d.Mul(1 / d[1])
}
