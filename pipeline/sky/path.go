package sky

import (
	"math"
	"math/rand/v2"

	"github.com/go-gl/mathgl/mgl64"
)

// Traced is Scatter with nothing assumed of how light scatters twice and more: where
// Scatter takes all of that from one table, the same from all sides, this follows paths
// through the air and off the ground, colliding by delta tracking (Woodcock et al. 1965),
// with the sun asked for at every collision. Single scattering is integrated as in
// Scatter, so that only what is in question is noisy. dir and sun are unit vectors, z
// being up at the eye.
func (a *Air) Traced(h float64, dir, sun mgl64.Vec3, steps, paths int, rng *rand.Rand) mgl64.Vec3 {
	r := newRay(h, dir[2])
	t0, t1, _, ok := r.cut()
	if !ok || t1 <= t0 {
		return mgl64.Vec3{}
	}
	w := walker{air: a, sun: sun, rng: rng}
	eye := mgl64.Vec3{0, 0, Radius + h}
	nu := dir.Dot(sun)
	pr, pm := rayleighPhase(nu), miePhase(nu)
	through, prev := mgl64.Vec3{1, 1, 1}, t0
	var sum mgl64.Vec3
	for k := range steps {
		// A place at random in each step: no pattern.
		t := r.warp((float64(k)+rng.Float64())/float64(steps), t0, t1)
		next := r.warp(float64(k+1)/float64(steps), t0, t1)
		p := eye.Add(dir.Mul(t))
		hk := r.height(t)
		m := a.at(hk)
		direct := a.Sunlight(hk, p.Dot(sun)/p.Len())
		for c := range sum {
			many := 0.0
			for range paths {
				many += w.collide(c, p, dir, m)
			}
			s := direct[c]*(m.rayleigh[c]*pr+m.mie*pm) + (m.rayleigh[c]+m.mie)*many/float64(paths)
			seg := math.Exp(-m.extinction[c] * (next - prev))
			sum[c] += through[c] * s * (1 - seg) / math.Max(m.extinction[c], 1e-12)
			through[c] *= seg
		}
		prev = next
	}
	return sum
}

// walker follows light backwards, one colour at a time.
type walker struct {
	air *Air
	sun mgl64.Vec3
	rng *rand.Rand
}

// collide returns the radiance that arrives at a point, weighed by the phase function
// about the direction of travel, but for the sun's own.
func (w *walker) collide(c int, p, dir mgl64.Vec3, m medium) float64 {
	weight, sum := 1.0, 0.0
	const bounces = 60
	for range bounces {
		dir = w.turn(dir, m.mie/(m.mie+m.rayleigh[c]))
		q, hit, ok := w.fly(c, p, dir)
		if !ok {
			return sum
		}
		for range 2 { // the ground may be hit before the air is
			if !hit {
				break
			}
			up := q.Normalize()
			weight *= groundAlbedo
			mus := up.Dot(w.sun)
			sum += weight * w.air.Sunlight(0, mus)[c] * math.Max(mus, 0) / math.Pi
			p, dir = up.Mul(Radius*(1+1e-9)), cosine(up, w.rng)
			if q, hit, ok = w.fly(c, p, dir); !ok {
				return sum
			}
		}
		p = q
		h := math.Max(p.Len()-Radius, 0)
		m = w.air.at(h)
		scatter := m.rayleigh[c] + m.mie
		weight *= scatter / m.extinction[c]
		nu := dir.Dot(w.sun)
		sum += weight * w.air.Sunlight(h, p.Dot(w.sun)/p.Len())[c] * (m.rayleigh[c]*rayleighPhase(nu) + m.mie*miePhase(nu)) / scatter
		if weight < 0.05 {
			if w.rng.Float64() > 0.5 {
				return sum
			}
			weight *= 2
		}
	}
	return sum
}

// fly goes on to the next collision with the air, or to the ground; ok is false where the
// path leaves the air.
func (w *walker) fly(c int, p, dir mgl64.Vec3) (q mgl64.Vec3, ground, ok bool) {
	h := math.Max(p.Len()-Radius, 0)
	r := newRay(h, p.Dot(dir)/p.Len())
	_, end, ground, ok := r.cut()
	if !ok {
		return p, false, false
	}
	// The air is nowhere denser on the way than at its lowest point, or in the ozone.
	low := r.height(math.Min(math.Max(-r.b, 0), end))
	most := w.air.at(math.Max(low, 0)).extinction[c] + ozone[c]
	for t := 0.0; ; {
		t -= math.Log(1-w.rng.Float64()) / most
		if t >= end {
			return p.Add(dir.Mul(end)), ground, ground
		}
		if w.rng.Float64()*most < w.air.at(r.height(t)).extinction[c] {
			return p.Add(dir.Mul(t)), false, true
		}
	}
}

// turn takes a direction by the phase function: the aerosol's for a share of collisions.
func (w *walker) turn(dir mgl64.Vec3, aerosol float64) mgl64.Vec3 {
	mie := w.rng.Float64() < aerosol
	for {
		mu := 2*w.rng.Float64() - 1
		keep := (1 + mu*mu) / 2
		if mie {
			// Of Henyey and Greenstein, thinned to that of Cornette and Shanks.
			s := (1 - mieG*mieG) / (1 + mieG*mu)
			mu = (1 + mieG*mieG - s*s) / (2 * mieG)
			keep = (1 + mu*mu) / 2
		}
		if w.rng.Float64() < keep {
			return about(dir, mu, 2*math.Pi*w.rng.Float64())
		}
	}
}

// cosine takes a direction above a surface by the cosine of its angle.
func cosine(up mgl64.Vec3, rng *rand.Rand) mgl64.Vec3 {
	return about(up, math.Sqrt(rng.Float64()), 2*math.Pi*rng.Float64())
}

// about is the unit vector at an angle of cosine mu from an axis.
func about(axis mgl64.Vec3, mu, turn float64) mgl64.Vec3 {
	side := mgl64.Vec3{1, 0, 0}
	if math.Abs(axis[0]) > 0.8 {
		side = mgl64.Vec3{0, 1, 0}
	}
	x := axis.Cross(side).Normalize()
	y := axis.Cross(x)
	s := math.Sqrt(math.Max(0, 1-mu*mu))
	sin, cos := math.Sincos(turn)
	return axis.Mul(mu).Add(x.Mul(s * cos)).Add(y.Mul(s * sin)).Normalize()
}
