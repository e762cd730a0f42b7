package reference

import (
	"context"
	"math"
	"math/rand/v2"
)

// Mirrored is what a pixel's mirror ray meets.
type Mirrored struct {
	Hit    bool    // a surface
	Shown  bool    // from the side that the picture shows, in the very pixel that it lies in, and a pixel or more off
	Near   bool    // from that side, in that pixel or one beside it: an edge may lie between
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
		var depth float64
		o.X, o.Y, depth, o.Inside = l.Project(m.Position)
		if !o.Inside || m.Geometric.Dot(m.Position) >= 0 { // the picture shows the other side
			return
		}
		_, _, o.Near = l.Shows(m.Position)
		x, y := float64(i%l.Width)+0.5, float64(i/l.Width)+0.5
		o.Shown = math.Hypot(o.X-x, o.Y-y) >= 1 && l.sees(int(o.X), int(o.Y), m.Position, depth)
	})
	return out, err
}
