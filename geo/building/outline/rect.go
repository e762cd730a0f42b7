package outline

import (
	"cmp"
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
	var room [2 * fewEdges]mgl64.Vec2
	h := hull(r, room[:0])
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
			x, y := float64(q[0]*d[0])+float64(q[1]*d[1]), float64(q[0]*n[0])+float64(q[1]*n[1])
			x0, x1, y1 = min(x0, x), max(x1, x), max(y1, y)
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

// hull is the convex hull, counter-clockwise (Andrew 1979), in the memory of h where it
// has room.
func hull(r Ring, h []mgl64.Vec2) Ring {
	var room [fewEdges]mgl64.Vec2
	p := append(room[:0], r...)
	less := func(a, b mgl64.Vec2) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }
	if len(p) <= fewEdges {
		for i := 1; i < len(p); i++ { // sorted by insertion
			q, k := p[i], i
			for ; k > 0 && less(q, p[k-1]); k-- {
				p[k] = p[k-1]
			}
			p[k] = q
		}
	} else {
		slices.SortFunc(p, func(a, b mgl64.Vec2) int {
			return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
		})
	}
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
