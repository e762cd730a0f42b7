package reference

import (
	"math"
	"math/rand/v2"

	"github.com/longtake/longtake/layers/drawable"
)

// Surface is how a point answers to light: a Lambert base under GGX with height-correlated
// Smith visibility, the renderer's own model (Filament's guide, section 4).
type Surface struct {
	Base        [3]float64 // linear
	Roughness   float64    // perceptual
	Metallic    float64
	Reflectance float64
	Normal      [3]float64 // unit, eye frame
	Emission    [3]float64 // radiance
	Leaf        bool       // lets light through
	Unlit       bool       // emission alone
}

// surface is what the drawable says of a hit, without what shaders draw into it.
func (h *Hit) surface() Surface {
	m := h.Material
	s := Surface{
		Base: h.Color, Roughness: float64(m.Roughness), Metallic: float64(m.Metallic), Reflectance: float64(m.Reflectance),
		Normal: h.Normal, Leaf: m.Model == drawable.Foliage, Unlit: m.Model == drawable.Unlit,
	}
	for k := range s.Emission {
		s.Emission[k] = float64(m.Emission[k]) * h.Color[k]
	}
	if s.Unlit {
		s.Emission = h.Color
	}
	return s
}

// lobe is a surface ready for light along one view direction.
type lobe struct {
	n, v        vec // unit
	diffuse, f0 vec
	alpha       float64
	mirror      float64 // the chance that a path leaves by the mirror's lobe
	leaf        bool
}

func (s *Surface) lobe(v vec) lobe {
	b := lobe{n: s.Normal, v: v, alpha: math.Max(s.Roughness*s.Roughness, 0.002), leaf: s.Leaf}
	if b.n.Dot(v) < 1e-3 { // a bump turned away: as grazing as can be
		b.n = b.n.Add(v.Mul(1e-3 - b.n.Dot(v))).Normalize()
	}
	dielectric := 0.16 * s.Reflectance * s.Reflectance
	for k := range 3 {
		b.diffuse[k] = s.Base[k] * (1 - s.Metallic)
		b.f0[k] = dielectric + (s.Base[k]-dielectric)*s.Metallic
	}
	shine, body := mean(b.fresnel(b.n.Dot(v))), mean(b.diffuse)
	b.mirror = min(max(shine/(shine+body+1e-9), 0.1), 0.95)
	return b
}

func mean(v vec) float64 { return (v[0] + v[1] + v[2]) / 3 }

// fresnel is Schlick's approximation.
func (b *lobe) fresnel(cos float64) (f vec) {
	w := math.Pow(1-min(max(cos, 0), 1), 5)
	edge := min(max(50*b.f0[1], 0), 1)
	for k := range f {
		f[k] = b.f0[k] + (edge-b.f0[k])*w
	}
	return f
}

// eval is the share of light from l that leaves along v, times the cosine, and the
// density with which sample chooses l.
func (b *lobe) eval(l vec, least float64) (f vec, density float64) {
	nl, nv := b.n.Dot(l), b.n.Dot(b.v)
	if nl <= 0 {
		if b.leaf {
			for k, tint := range [3]float64{1.25, 1.15, 0.55} {
				f[k] = b.diffuse[k] * tint * 0.35 * -nl / math.Pi
			}
		}
		return f, 0
	}
	h := b.v.Add(l).Normalize()
	nh, lh := b.n.Dot(h), l.Dot(h)
	a := math.Max(b.alpha, least)
	a2 := a * a
	x := b.n.Cross(h)
	d := a / (x.LenSqr() + nh*nh*a2)
	d = d * d / math.Pi
	lambda := math.Sqrt(nv*nv*(1-a2) + a2)
	vis := 0.5 / math.Max(nl*lambda+nv*math.Sqrt(nl*nl*(1-a2)+a2), 1e-9)
	fr := b.fresnel(lh)
	for k := range f {
		f[k] = nl * (b.diffuse[k]*(1-fr[k])/math.Pi + d*vis*fr[k])
	}
	g1 := 2 * nv / (nv + lambda)
	return f, b.mirror*g1*d/(4*nv) + (1-b.mirror)*nl/math.Pi
}

// sample chooses a direction that light comes from: by the visible normals of the GGX
// lobe (Dupuy and Benyoub 2023, Sampling Visible GGX Normals with Spherical Caps) or by
// the cosine.
func (b *lobe) sample(random *rand.Rand) vec {
	pick, u, v := random.Float64(), random.Float64(), random.Float64()
	if pick >= b.mirror {
		return cosine(b.n, u, v)
	}
	x, y := basis(b.n)
	in := vec{b.v.Dot(x), b.v.Dot(y), b.v.Dot(b.n)}
	std := vec{in[0] * b.alpha, in[1] * b.alpha, in[2]}.Normalize()
	z := (1-v)*(1+std[2]) - std[2]
	sin, cos := math.Sincos(2 * math.Pi * u)
	r := math.Sqrt(min(max(1-z*z, 0), 1))
	m := vec{r*cos + std[0], r*sin + std[1], z + std[2]}
	m = vec{m[0] * b.alpha, m[1] * b.alpha, m[2]}.Normalize()
	h := x.Mul(m[0]).Add(y.Mul(m[1])).Add(b.n.Mul(m[2]))
	return mirrored(b.v.Mul(-1), h)
}
