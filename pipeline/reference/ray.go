package reference

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

type vec = mgl64.Vec3

// ray is a path from a point along a direction, which need not be of unit length, between
// two multiples of it.
type ray struct {
	from, along vec
	near, far   float64
}

// triangle returns the multiple at which the ray meets a triangle, the weights of its
// second and third corner, and whether it comes from the front, from which the corners
// run counter-clockwise (Möller and Trumbore 1997).
func (r *ray) triangle(a, b, c vec) (t, u, v float64, front, ok bool) {
	e1, e2 := b.Sub(a), c.Sub(a)
	p := r.along.Cross(e2)
	det := e1.Dot(p)
	if det == 0 {
		return
	}
	s := r.from.Sub(a)
	inv := 1 / det
	u = s.Dot(p) * inv
	if !(u >= -edgeSlack && u <= 1+edgeSlack) {
		return
	}
	q := s.Cross(e1)
	v = r.along.Dot(q) * inv
	if !(v >= -edgeSlack && u+v <= 1+edgeSlack) {
		return
	}
	t = e2.Dot(q) * inv
	return t, u, v, det > 0, t > r.near && t < r.far
}

// edgeSlack lets no ray slip through between neighbours, whose shared corners went through
// two matrices.
const edgeSlack = 1e-9

// basis returns two unit vectors across a third (Duff et al. 2017, Building an
// Orthonormal Basis, Revisited).
func basis(n vec) (x, y vec) {
	s := math.Copysign(1, n[2])
	a := -1 / (s + n[2])
	b := n[0] * n[1] * a
	return vec{1 + s*n[0]*n[0]*a, s * b, -s * n[0]}, vec{b, s + n[1]*n[1]*a, -n[1]}
}

// cosine is the direction about n of a point of the unit square, dense as the cosine.
func cosine(n vec, u, v float64) vec {
	x, y := basis(n)
	r, phi := math.Sqrt(u), 2*math.Pi*v
	sin, cos := math.Sincos(phi)
	return x.Mul(r * cos).Add(y.Mul(r * sin)).Add(n.Mul(math.Sqrt(math.Max(0, 1-u))))
}

// mirrored is a direction thrown back by a surface.
func mirrored(d, n vec) vec { return d.Sub(n.Mul(2 * d.Dot(n))) }
