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

// Lamps lists the local lights of a frame's draws; of those that shine by night alone the
// share night, from 0 to 1.
func (s *Scene) Lamps(draws []drawable.Draw, night float64) (out []Lamp) {
	for i := range draws {
		d := &draws[i]
		w, ok := d.What.(*drawable.Lights)
		if !ok {
			continue
		}
		share := (1 - float64(d.Fade)) / candelaPaper
		if w.Night || w.Painted {
			share *= night
		}
		if share <= 0 {
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
				Intensity: vec3(it.Intensity).Mul(share),
				Range:     float64(it.Range) * math.Cbrt(math.Abs(place.Mat3().Det())),
				Inner:     float64(it.Inner), Outer: float64(it.Outer),
			})
		}
	}
	return out
}

// lampCells lists lamps by squares of the ground, so that a surface asks those alone that
// may reach it.
type lampCells map[[2]int][]Lamp

const lampCell = 24.0 // metres

func cellOf(x, y float64) [2]int {
	return [2]int{int(math.Floor(x / lampCell)), int(math.Floor(y / lampCell))}
}

func newLampCells(lamps []Lamp) lampCells {
	c := lampCells{}
	for i := range lamps {
		l := &lamps[i]
		low, high := cellOf(l.At[0]-l.Range, l.At[1]-l.Range), cellOf(l.At[0]+l.Range, l.At[1]+l.Range)
		for x := low[0]; x <= high[0]; x++ {
			for y := low[1]; y <= high[1]; y++ {
				c[[2]int{x, y}] = append(c[[2]int{x, y}], *l)
			}
		}
	}
	return c
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
func lampLight(scene *Scene, cells lampCells, h *Hit, b *lobe, shadows bool) (sum vec) {
	lamps := cells[cellOf(h.Position[0], h.Position[1])]
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
	out, cells := make([]mgl64.Vec3, len(l.hits)), newLampCells(lamps)
	err := l.each(ctx, 0, func(i int, _ *rand.Rand) {
		if h, ok := l.At(i); ok {
			s := h.surface()
			b := s.lobe(h.Position.Normalize().Mul(-1))
			out[i] = lampLight(l.scene, cells, h, &b, shadows)
		}
	})
	return out, err
}
