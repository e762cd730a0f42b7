package reference

import (
	"context"
	"math"
	"math/rand/v2"

	"github.com/go-gl/mathgl/mgl64"
)

// Tracer draws whole pictures by following light backwards (Kajiya 1986), with the sun
// sampled at every surface.
type Tracer struct {
	Light   *Light
	Lamps   []Lamp // local lights
	Bounces int    // surfaces after the first; 0 is direct light alone
	Samples int    // paths a pixel
	Seed    uint64
	// Primary, where given, says what pixel i's surface is like, in place of the drawable's
	// material: what the renderer's shaders have drawn into it.
	Primary func(i int) (s Surface, ok bool)

	near lampCells
}

// Radiance is the light that reaches the eye by pixel, rows from the top, without the
// sun's own disc.
func (l *Layer) Radiance(ctx context.Context, t Tracer) ([]mgl64.Vec3, error) {
	out := make([]mgl64.Vec3, len(l.hits))
	t.near = newLampCells(t.Lamps)
	err := l.each(ctx, t.Seed, func(i int, random *rand.Rand) {
		h, ok := l.At(i)
		if !ok {
			d := l.Ray(float64(i%l.Width)+0.5, float64(i/l.Width)+0.5).Normalize()
			out[i] = t.Light.Far(d)
			return
		}
		s := h.surface()
		if t.Primary != nil {
			if own, ok := t.Primary(i); ok {
				s = own
			}
		}
		var sum vec
		for range max(t.Samples, 1) {
			sum = sum.Add(t.path(l.scene, h, s, random))
		}
		d := h.Position.Normalize()
		out[i] = t.Light.Before(d, sum.Mul(1/float64(max(t.Samples, 1))), h.Position.Len())
	})
	return out, err
}

// path follows one path from the first surface.
func (t *Tracer) path(scene *Scene, first *Hit, s Surface, random *rand.Rand) (sum vec) {
	through := vec{1, 1, 1}
	h, v := *first, first.Position.Normalize().Mul(-1)
	direct := t.Light.Direct()
	sx, sy := basis(t.Light.Sun)
	for bounce := 0; ; bounce++ {
		sum = sum.Add(product(through, s.Emission))
		if s.Unlit {
			return sum
		}
		b := s.lobe(v)
		p := h.off()
		// The sun, from a point of its disc.
		r, phi := sunRadius*math.Sqrt(random.Float64()), 2*math.Pi*random.Float64()
		sin, cos := math.Sincos(phi)
		sun := t.Light.Sun.Add(sx.Mul(r * cos)).Add(sy.Mul(r * sin)).Normalize()
		if f, _ := b.eval(sun, 0.006); f != (vec{}) && direct != (vec{}) {
			from := p
			if h.Geometric.Dot(sun) < 0 { // through a leaf
				from = h.Position.Sub(p.Sub(h.Position))
			}
			if (b.leaf || h.Geometric.Dot(sun) > 0) && !scene.blocked(ray{from: from, along: sun, far: math.Inf(1)}, shading) {
				sum = sum.Add(product(through, product(f, direct)))
			}
		}
		if len(t.Lamps) > 0 {
			sum = sum.Add(product(through, lampLight(scene, t.near, &h, &b, true)))
		}
		d := b.sample(random)
		f, density := b.eval(d, 0)
		if density <= 0 || h.Geometric.Dot(d) <= 0 {
			return sum
		}
		through = product(through, f.Mul(1/density))
		next, ok := scene.nearest(ray{from: p, along: d, far: math.Inf(1)}, occluding)
		if !ok {
			return sum.Add(product(through, t.Light.around(d)))
		}
		if bounce == t.Bounces {
			return sum
		}
		if bounce > 2 { // Russian roulette
			live := min(max(through[0], through[1], through[2]), 0.95)
			if random.Float64() >= live {
				return sum
			}
			through = through.Mul(1 / live)
		}
		h, s, v = next, next.surface(), d.Mul(-1)
	}
}

func product(a, b vec) vec { return vec{a[0] * b[0], a[1] * b[1], a[2] * b[2]} }
