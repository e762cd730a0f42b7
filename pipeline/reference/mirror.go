package reference

import (
	"context"
	"math"
	"math/rand/v2"
)

// Mirrored is what a pixel's mirror ray meets.
type Mirrored struct {
	Hit    bool    // a surface
	Shown  bool    // and one that the first layer shows
	X, Y   float64 // where, in pixels from the top left; of what is within the picture
	Inside bool    // X and Y are within the picture
	Length float64 // metres to it
}

// Mirror throws the view back from every pixel for which normal gives a unit normal (eye
// frame), and tells what the rays meet.
func (l *Layer) Mirror(ctx context.Context, normal func(i int) (n [3]float64, ok bool)) ([]Mirrored, error) {
	out := make([]Mirrored, len(l.hits))
	err := l.each(ctx, 0, func(i int, _ *rand.Rand) {
		h, ok := l.At(i)
		if !ok {
			return
		}
		n, ok := normal(i)
		if !ok {
			return
		}
		d := mirrored(h.Position.Normalize(), n)
		if d.Dot(h.Geometric) <= 0 { // a bump throws it into the surface
			d = mirrored(d, h.Geometric)
		}
		m, ok := l.scene.nearest(ray{from: h.off(), along: d, far: math.Inf(1)}, occluding)
		if !ok {
			return
		}
		o := &out[i]
		o.Hit, o.Length = true, m.Distance
		o.X, o.Y, _, o.Inside = l.Project(m.Position)
		_, _, o.Shown = l.Shows(m.Position)
	})
	return out, err
}
