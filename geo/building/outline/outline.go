// Package outline holds the plane geometry of a building's footprint: areas, boxes,
// triangles, insets and coarser shapes. Coordinates are metres in any plane frame,
// float64; nothing here knows a height. All functions are pure.
package outline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Ring is a closed chain of points; the last point is joined to the first and is not a
// copy of it.
type Ring []mgl64.Vec2

// Outline is an outer ring, counter-clockwise, and its holes, clockwise: the inside is
// to the left of every edge.
type Outline []Ring

// Area is the signed area of a ring: positive when it runs counter-clockwise.
func (r Ring) Area() float64 {
	if len(r) < 3 {
		return 0
	}
	o, a := &r[0], 0.0
	for i := 1; i+1 < len(r); i++ {
		a += cross3(o, &r[i], &r[i+1])
	}
	return a / 2
}

// Perimeter is the length of the ring.
func (r Ring) Perimeter() float64 {
	l := 0.0
	for i := range r {
		l += Length(r[(i+1)%len(r)].Sub(r[i]))
	}
	return l
}

// Reverse turns the ring's direction in place.
func (r Ring) Reverse() {
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
}

// Convex tells whether a counter-clockwise ring has no reflex corner.
func (r Ring) Convex() bool {
	for i := range r {
		a, b, c := r[i], r[(i+1)%len(r)], r[(i+2)%len(r)]
		if Cross(b.Sub(a), c.Sub(b)) < -1e-9 {
			return false
		}
	}
	return true
}

// Convex4 tells whether four points are the corners of a counter-clockwise quadrilateral
// that its first diagonal cuts into two triangles of some area.
func Convex4(r Ring) bool {
	d := r[2].Sub(r[0])
	return Cross(r[1].Sub(r[0]), d) > 1e-9 && Cross(d, r[3].Sub(r[0])) > 1e-9
}

// Area is the area inside: holes count negative as they run clockwise.
func (o Outline) Area() float64 {
	a := 0.0
	for _, r := range o {
		a += r.Area()
	}
	return a
}

// Len is the number of points of all rings.
func (o Outline) Len() int {
	n := 0
	for _, r := range o {
		n += len(r)
	}
	return n
}

// Points returns the points of all rings in order.
func (o Outline) Points() []mgl64.Vec2 {
	p := make([]mgl64.Vec2, 0, o.Len())
	for _, r := range o {
		p = append(p, r...)
	}
	return p
}

// Scale returns the outline multiplied about the origin.
func (o Outline) Scale(k float64) Outline {
	c := make(Outline, len(o))
	for i, r := range o {
		c[i] = make(Ring, len(r))
		for j, p := range r {
			c[i][j] = p.Mul(k)
		}
	}
	return c
}

// Contains tells whether a point lies inside (even-odd rule; the edge is undecided).
func (o Outline) Contains(p mgl64.Vec2) bool {
	in := false
	for _, r := range o {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
				in = !in
			}
		}
	}
	return in
}

// Distance is the distance from a point to the nearest edge.
func (o Outline) Distance(p mgl64.Vec2) float64 {
	return math.Sqrt(o.square(p, 0))
}

// Centroid is the centre of area of a ring, or the mean of its points when it has none.
func (r Ring) Centroid() mgl64.Vec2 {
	var c mgl64.Vec2
	o, a := r[0], 0.0
	for i := 1; i+1 < len(r); i++ {
		u, v := r[i].Sub(o), r[i+1].Sub(o)
		w := Cross(u, v)
		a += w
		c = c.Add(u.Add(v).Mul(w / 3))
	}
	if math.Abs(a) > 1e-12 {
		return o.Add(c.Mul(1 / a))
	}
	c = mgl64.Vec2{}
	for _, p := range r {
		c = c.Add(p)
	}
	return c.Mul(1 / float64(len(r)))
}

// Cross is the z component of the product of two plane vectors.
func Cross(a, b mgl64.Vec2) float64 { return a[0]*b[1] - a[1]*b[0] }

// Left is the vector turned a quarter turn counter-clockwise.
func Left(d mgl64.Vec2) mgl64.Vec2 { return mgl64.Vec2{-d[1], d[0]} }

// Unit is the vector at length one; a null vector stays null.
func Unit(d mgl64.Vec2) mgl64.Vec2 {
	if l := Length(d); l > 0 {
		return d.Mul(1 / l)
	}
	return d
}

func segmentDistance(p, a, b mgl64.Vec2) float64 { return math.Sqrt(segmentSquare(p, a, b)) }

// segmentSquare is the squared distance from a point to a segment.
func segmentSquare(p, a, b mgl64.Vec2) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	x, y := p[0]-a[0], p[1]-a[1]
	if l := float64(dx*dx) + float64(dy*dy); l > 0 {
		t := max(0, min(1, (float64(x*dx)+float64(y*dy))/l))
		x, y = x-float64(t*dx), y-float64(t*dy)
	}
	return float64(x*x) + float64(y*y)
}

// Length is the length of a vector, without the care for extremes that mgl64 takes.
func Length(d mgl64.Vec2) float64 { return math.Sqrt(float64(d[0]*d[0]) + float64(d[1]*d[1])) }
