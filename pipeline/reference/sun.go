package reference

import (
	"context"
	"math"
	"math/rand/v2"

	"github.com/go-gl/mathgl/mgl64"
)

// Shade is how the sun meets a pixel: whether its middle is seen by the sun's, and
// whether that is so everywhere, or anywhere, within a distance.
type Shade struct {
	Surface    bool // not the sky, and turned towards the sun
	Lit        bool
	All, Any   bool // of the points within the distance
	Hemisphere float64
}

// Sunlit traces the sun's shadow on the first layer, sun being a unit vector in the eye
// frame. near gives for each pixel the metres that a shadow's edge may be off, across the
// sun's light: points on a ring of that radius are tested too.
func (l *Layer) Sunlit(ctx context.Context, sun mgl64.Vec3, near func(i int) float64) ([]Shade, error) {
	out := make([]Shade, len(l.hits))
	x, y := basis(sun)
	const ring = 12
	err := l.each(ctx, 0, func(i int, _ *rand.Rand) {
		h, ok := l.At(i)
		if !ok {
			return
		}
		s := &out[i]
		s.Hemisphere = h.Normal.Dot(sun)
		if s.Surface = s.Hemisphere > 0 && h.Geometric.Dot(sun) > 0; !s.Surface {
			return
		}
		lit := func(p vec) bool { return !l.scene.blocked(ray{from: p, along: sun, far: math.Inf(1)}, shading) }
		p := h.off()
		s.Lit = lit(p)
		s.All, s.Any = s.Lit, s.Lit
		reach := near(i)
		for k := range ring {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / ring)
			// Moved across the light, then back along it onto the surface's plane.
			d := x.Mul(cos * reach).Add(y.Mul(sin * reach))
			d = d.Sub(sun.Mul(d.Dot(h.Geometric) / sun.Dot(h.Geometric)))
			on := lit(p.Add(d))
			s.All, s.Any = s.All && on, s.Any || on
		}
	})
	return out, err
}
