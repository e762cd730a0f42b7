package reference

import (
	"context"
	"math"
	"math/rand/v2"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

// Lamp is a local light in the eye frame: a point that shines all round or into a cone, by
// the inverse square windowed so that it ends at its range (Karis 2013, Real Shading in
// Unreal Engine 4).
type Lamp struct {
	At, Along    mgl64.Vec3 // Along unit
	Intensity    mgl64.Vec3 // at 1 m, in the units of Light.Solar
	Range        float64    // metres
	Inner, Outer float64    // cosines; Outer -1 shines all round
}

const (
	candelaPaper = 30000.0 // cd/m² of sunlit white paper, the unit of radiance
	lampSize     = 0.1     // metres within which light grows no more
)

// Lamps lists the local lights of a frame's draws.
func (s *Scene) Lamps(draws []drawable.Draw) (out []Lamp) {
	for i := range draws {
		d := &draws[i]
		w, ok := d.What.(*drawable.Lights)
		if !ok {
			continue
		}
		place := w.Frame
		if d.Shift[15] != 0 {
			place = place.Mul4(d.Shift)
		}
		for k := range w.Items {
			it := &w.Items[k]
			at := mgl64.TransformCoordinate(vec3(it.Position), place)
			out = append(out, Lamp{
				At: s.Frame.ToLocal(at), Along: s.Frame.DirToLocal(place.Mat3().Mul3x1(vec3(it.Direction))).Normalize(),
				Intensity: vec3(it.Intensity).Mul((1 - float64(d.Fade)) / candelaPaper),
				Range:     float64(it.Range) * math.Cbrt(math.Abs(place.Mat3().Det())),
				Inner:     float64(it.Inner), Outer: float64(it.Outer),
			})
		}
	}
	return out
}

// reach is the irradiance on a surface at p that faces the lamp, and the unit direction
// and the distance to it.
func (l *Lamp) reach(p vec) (irradiance, to vec, distance float64) {
	d := l.At.Sub(p)
	distance = d.Len()
	x := distance / l.Range
	if x >= 1 || distance == 0 {
		return irradiance, to, distance
	}
	to = d.Mul(1 / distance)
	window := 1 - x*x*x*x
	share := window * window / math.Max(distance*distance, lampSize*lampSize)
	if l.Outer > -1 {
		lobe := min(max((-to.Dot(l.Along)-l.Outer)/math.Max(l.Inner-l.Outer, 1e-3), 0), 1)
		share *= lobe * lobe
	}
	return l.Intensity.Mul(share), to, distance
}

// lampLight is what a lobe sends back of all lamps.
func lampLight(scene *Scene, lamps []Lamp, h *Hit, b *lobe, shadows bool) (sum vec) {
	for i := range lamps {
		e, to, distance := lamps[i].reach(h.Position)
		if e == (vec{}) {
			continue
		}
		f, _ := b.eval(to, 0.006)
		if f == (vec{}) {
			continue
		}
		from := h.off()
		if h.Geometric.Dot(to) < 0 {
			if !b.leaf {
				continue
			}
			from = h.Position.Sub(from.Sub(h.Position))
		}
		if shadows && scene.blocked(ray{from: from, along: to, far: distance - 0.05}, shading) {
			continue
		}
		sum = sum.Add(product(f, e))
	}
	return sum
}

// Lamplight is the light of lamps alone by pixel, straight from the surfaces that they
// light, without the air; with their shadows or, as a renderer has it that knows none,
// without.
func (l *Layer) Lamplight(ctx context.Context, lamps []Lamp, shadows bool) ([]mgl64.Vec3, error) {
	out := make([]mgl64.Vec3, len(l.hits))
	err := l.each(ctx, 0, func(i int, _ *rand.Rand) {
		if h, ok := l.At(i); ok {
			s := h.surface()
			b := s.lobe(h.Position.Normalize().Mul(-1))
			out[i] = lampLight(l.scene, lamps, h, &b, shadows)
		}
	})
	return out, err
}
