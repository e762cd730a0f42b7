package outline

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
)

// Rect is a rectangle at any angle.
type Rect struct {
	Centre mgl64.Vec2
	Axis   mgl64.Vec2 // unit vector along the longer side
	Half   mgl64.Vec2 // half lengths along Axis and across it
}

// Corners returns the rectangle as a counter-clockwise ring.
func (b Rect) Corners() Ring {
	u, v := b.Axis.Mul(b.Half[0]), Left(b.Axis).Mul(b.Half[1])
	c := b.Centre
	return Ring{c.Sub(u).Sub(v), c.Add(u).Sub(v), c.Add(u).Add(v), c.Sub(u).Add(v)}
}

// MinRect is the enclosing rectangle of least area. It has an edge along one edge of the
// convex hull (Freeman & Shapira 1975), so each is tried.
func (r Ring) MinRect() Rect {
	h := hull(r)
	if len(h) < 3 {
		return Rect{Centre: r[0], Axis: mgl64.Vec2{1, 0}}
	}
	best, area := Rect{}, math.Inf(1)
	for i, a := range h {
		d := Unit(h[(i+1)%len(h)].Sub(a))
		n := Left(d)
		x0, x1, y1 := math.Inf(1), math.Inf(-1), 0.0
		for _, p := range h {
			q := p.Sub(a)
			x, y := q.Dot(d), q.Dot(n)
			x0, x1, y1 = math.Min(x0, x), math.Max(x1, x), math.Max(y1, y)
		}
		// The margin keeps the first of equal rectangles, so that rounding does not
		// choose a roof's direction.
		if s := (x1 - x0) * y1; s < area*(1-1e-9) {
			area = s
			best = Rect{a.Add(d.Mul((x0 + x1) / 2)).Add(n.Mul(y1 / 2)), d, mgl64.Vec2{(x1 - x0) / 2, y1 / 2}}
		}
	}
	if best.Half[1] > best.Half[0]*(1+1e-9) {
		best.Axis, best.Half = Left(best.Axis), mgl64.Vec2{best.Half[1], best.Half[0]}
	}
	return best
}

// hull is the convex hull, counter-clockwise (Andrew 1979).
func hull(r Ring) Ring {
	p := append(Ring(nil), r...)
	slices.SortFunc(p, func(a, b mgl64.Vec2) int {
		switch {
		case a[0] < b[0] || a[0] == b[0] && a[1] < b[1]:
			return -1
		case a == b:
			return 0
		}
		return 1
	})
	h := make(Ring, 0, len(p)+1)
	chain := func(floor int, q mgl64.Vec2) {
		for len(h) > floor+1 && Cross(h[len(h)-1].Sub(h[len(h)-2]), q.Sub(h[len(h)-1])) <= 0 {
			h = h[:len(h)-1]
		}
		h = append(h, q)
	}
	for _, q := range p {
		chain(0, q)
	}
	for i, top := len(p)-2, len(h)-1; i >= 0; i-- {
		chain(top, p[i])
	}
	if len(h) > 1 {
		h = h[:len(h)-1]
	}
	return h
}
