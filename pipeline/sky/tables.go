package sky

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Sizes of the tables, as in the shaders.
const (
	transmittanceW, transmittanceH = 256, 64
	multipleW, multipleH           = 32, 32
)

// Air is an atmosphere of one haziness with its tables.
type Air struct {
	haze          float64
	transmittance []mgl64.Vec3
	multiple      []mgl64.Vec3
}

// NewAir tabulates an atmosphere; haze multiplies the aerosol, 1 being a clear day.
func NewAir(haze float64) *Air {
	a := &Air{haze: math.Max(haze, 0)}
	a.transmittance = make([]mgl64.Vec3, transmittanceW*transmittanceH)
	for j := 0; j < transmittanceH; j++ {
		for i := 0; i < transmittanceW; i++ {
			h, mu := transmittancePoint(float64(i)/(transmittanceW-1), float64(j)/(transmittanceH-1))
			r := newRay(h, mu)
			_, t1, _ := r.air()
			a.transmittance[j*transmittanceW+i] = exp3(a.depth(r, 0, t1, 80).Mul(-1))
		}
	}
	a.multiple = make([]mgl64.Vec3, multipleW*multipleH)
	for j := 0; j < multipleH; j++ {
		for i := 0; i < multipleW; i++ {
			v := float64(j) / (multipleH - 1)
			a.multiple[j*multipleW+i] = a.series(v*v*Top, float64(i)/(multipleW-1)*2-1)
		}
	}
	return a
}

// transmittancePoint is the mapping of Bruneton 2017: u is the distance to the top of
// the air between its extremes, v the distance to the horizon.
func transmittancePoint(u, v float64) (h, mu float64) {
	H := math.Sqrt(Top * (2*Radius + Top))
	rho := H * v
	h = rho * rho / (math.Sqrt(Radius*Radius+rho*rho) + Radius)
	dMin, dMax := Top-h, rho+H
	d := dMin + u*(dMax-dMin)
	if d == 0 {
		return h, 1
	}
	return h, math.Min(math.Max((H*H-rho*rho-d*d)/(2*(Radius+h)*d), -1), 1)
}

// Transmittance returns the share of light that reaches height h km from above the air
// along the cosine mu of the zenith angle, for directions that miss the ground.
func (a *Air) Transmittance(h, mu float64) mgl64.Vec3 {
	h = math.Min(math.Max(h, 0), Top)
	H := math.Sqrt(Top * (2*Radius + Top))
	rho := math.Sqrt(h * (2*Radius + h))
	b := (Radius + h) * mu
	d := math.Max(0, -b+math.Sqrt(math.Max(0, b*b+H*H-rho*rho)))
	dMin, dMax := Top-h, rho+H
	return bilinear(a.transmittance, transmittanceW, transmittanceH, (d-dMin)/(dMax-dMin), rho/H)
}

// Sunlight returns the sun's irradiance at height h on a surface facing it.
func (a *Air) Sunlight(h, muSun float64) mgl64.Vec3 {
	return a.Transmittance(h, muSun).Mul(sunUp(math.Min(math.Max(h, 0), Top), muSun))
}

// Multiple returns the radiance that two and more scatterings bring to a point, the same
// from all sides, for an isotropic phase function.
func (a *Air) Multiple(h, muSun float64) mgl64.Vec3 {
	return bilinear(a.multiple, multipleW, multipleH, muSun*0.5+0.5, math.Sqrt(math.Min(math.Max(h/Top, 0), 1)))
}

// depth integrates extinction along the ray.
func (a *Air) depth(r ray, t0, t1 float64, steps int) (tau mgl64.Vec3) {
	prev := t0
	for i := 1; i <= steps; i++ {
		next := r.warp(float64(i)/float64(steps), t0, t1)
		// Simpson's rule on each step.
		e0, e1, e2 := a.at(r.height(prev)).extinction, a.at(r.height((prev+next)/2)).extinction, a.at(r.height(next)).extinction
		tau = tau.Add(e0.Add(e1.Mul(4)).Add(e2).Mul((next - prev) / 6))
		prev = next
	}
	return tau
}

// series is the sum over all orders above the first, from light of the second order and
// the share of it that scatters again (Hillaire 2020, section 5.5).
func (a *Air) series(h, muSun float64) mgl64.Vec3 {
	const n, steps = 8, 20
	var second, again mgl64.Vec3
	sinSun := math.Sqrt(math.Max(0, 1-muSun*muSun))
	for i := 0; i < n; i++ {
		for j := 0; j < n; j++ {
			mu := 1 - 2*(float64(i)+0.5)/n
			cos := math.Cos(2 * math.Pi * (float64(j) + 0.5) / n) // from the sun's azimuth
			nu := mu*muSun + math.Sqrt(1-mu*mu)*cos*sinSun
			r := newRay(h, mu)
			t0, t1, ground, ok := r.cut()
			if !ok {
				continue
			}
			through, prev := mgl64.Vec3{1, 1, 1}, t0
			for k := 0; k < steps; k++ {
				t, next := r.warp((float64(k)+0.5)/steps, t0, t1), r.warp(float64(k+1)/steps, t0, t1)
				hk := r.height(t)
				m := a.at(hk)
				mus := ((Radius+h)*muSun + t*nu) / (Radius + hk)
				sun := a.Sunlight(hk, mus)
				for c := range second {
					s := m.rayleigh[c] + m.mie
					seg := math.Exp(-m.extinction[c] * (next - prev))
					part := s * (1 - seg) / m.extinction[c] * through[c]
					second[c] += part * sun[c] / (4 * math.Pi)
					again[c] += part
					through[c] *= seg
				}
				prev = next
			}
			if ground {
				mus := ((Radius+h)*muSun + t1*nu) / Radius
				second = second.Add(mul3(through, a.Sunlight(0, mus)).Mul(math.Max(mus, 0) * groundAlbedo / math.Pi))
			}
		}
	}
	for c := range second {
		second[c] /= n * n
		second[c] /= 1 - again[c]/(n*n)
	}
	return second
}

// bilinear reads a table whose first and last entries stand at u, v = 0 and 1.
func bilinear(t []mgl64.Vec3, w, h int, u, v float64) mgl64.Vec3 {
	x, y := math.Min(math.Max(u, 0), 1)*float64(w-1), math.Min(math.Max(v, 0), 1)*float64(h-1)
	i, j := min(int(x), w-2), min(int(y), h-2)
	x, y = x-float64(i), y-float64(j)
	row0, row1 := t[j*w+i:], t[(j+1)*w+i:]
	return row0[0].Mul((1 - x) * (1 - y)).Add(row0[1].Mul(x * (1 - y))).Add(row1[0].Mul((1 - x) * y)).Add(row1[1].Mul(x * y))
}
