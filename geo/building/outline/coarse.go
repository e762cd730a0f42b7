package outline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Coarsen returns an outline with fewer corners that is nowhere further than tol metres
// from this one, and the distance that it really is away. Its rectangle is taken where
// that is near enough, else each ring is simplified (Douglas & Peucker 1973); holes
// narrower than twice tol are filled. The outline itself and 0 come back when nothing
// simpler is valid.
func (o Outline) Coarsen(tol float64) (Outline, float64) {
	if tol <= 0 {
		return o, 0
	}
	return NewCoarser(o).Coarsen(tol)
}

// Coarser makes an outline coarser several times: what does not depend on the tolerance is
// found once.
type Coarser struct {
	outline Outline
	holes   []float64 // half of the least width of each
	box     Ring      // the rectangle around the outer ring; nil where that has no more corners
	half    float64   // sum of the rectangle's half sides
	excess  float64   // of its area over the ring's
	off     float64   // between the two
}

// NewCoarser looks at an outline.
func NewCoarser(o Outline) *Coarser {
	c := &Coarser{outline: o}
	for _, h := range o[1:] {
		c.holes = append(c.holes, h.MinRect().Half[1])
	}
	if len(o[0]) > 4 {
		box := o[0].MinRect()
		c.box, c.half = box.Corners(), box.Half[0]+box.Half[1]
		c.excess = 4*box.Half[0]*box.Half[1] - o[0].Area()
		c.off = math.Max(Outline{c.box}.farthest(o[0]), o[:1].farthest(c.box))
	}
	return c
}

// Coarsen is Outline.Coarsen, for a tolerance above 0.
func (c *Coarser) Coarsen(tol float64) (Outline, float64) {
	o := c.outline
	dev, kept := 0.0, o
	for i, w := range c.holes {
		if w > tol {
			if len(kept) < len(o) {
				kept = append(kept, o[1+i])
			}
			continue
		}
		dev = math.Max(dev, w)
		if len(kept) == len(o) {
			kept = append(make(Outline, 0, len(o)), o[:1+i]...)
		}
	}
	if len(kept) == 1 && c.box != nil && c.excess < 2*tol*c.half && c.off <= tol {
		return Outline{c.box}, math.Max(dev, c.off)
	}
	if len(kept) == 1 && len(o[0]) == 3 {
		return kept, dev
	}
	out := make(Outline, len(kept))
	off := 0.0
	for i, r := range kept {
		s, d := r.simplify(tol)
		if len(s) < 3 || s.Area()*r.Area() <= 0 {
			s, d = r, 0
		}
		out[i] = s
		off = math.Max(off, d)
	}
	if out.Len() != kept.Len() && (!out.Simple() || out.Area() <= 0) {
		return kept, dev
	}
	return out, math.Max(dev, off)
}

// farthest is the greatest distance of a ring's points, and of points along its edges,
// from the outline's edges.
func (o Outline) farthest(r Ring) float64 {
	d := 0.0
	for i, a := range r {
		b := r[(i+1)%len(r)]
		for _, t := range [...]float64{0, 0.25, 0.5, 0.75} {
			d = max(d, o.square(mgl64.Vec2{a[0] + float64((b[0]-a[0])*t), a[1] + float64((b[1]-a[1])*t)}, d))
		}
	}
	return math.Sqrt(d)
}

// square is the squared distance from a point to the nearest edge; anything up to enough
// will do where it is not more.
func (o Outline) square(p mgl64.Vec2, enough float64) float64 {
	d := math.Inf(1)
	for _, r := range o {
		a := r[len(r)-1]
		for _, b := range r {
			if d = min(d, segmentSquare(p, a, b)); d <= enough {
				return d
			}
			a = b
		}
	}
	return d
}

// simplify returns the ring without the points that are within tol of it, and the
// greatest distance of one. As the ring between two kept points projects onto all of
// their chord, the chord is nowhere farther from the ring than that.
func (r Ring) simplify(tol float64) (Ring, float64) {
	off := 0.0
	// Anchors far apart: the first point's farthest, and that one's farthest.
	far := func(from int) int {
		best, at := -1.0, 0
		for i, p := range r {
			if d := Length(p.Sub(r[from])); d > best {
				best, at = d, i
			}
		}
		return at
	}
	a := far(0)
	b := far(a)
	if a > b {
		a, b = b, a
	}
	keep := make([]bool, len(r))
	keep[a], keep[b] = true, true
	var split func(i, j int)
	split = func(i, j int) { // indices may run over the end
		best, at := 0.0, i
		for k := i + 1; k < j; k++ {
			if d := segmentDistance(r[k%len(r)], r[i%len(r)], r[j%len(r)]); d > best {
				best, at = d, k
			}
		}
		if best <= tol {
			off = math.Max(off, best)
			return
		}
		keep[at%len(r)] = true
		split(i, at)
		split(at, j)
	}
	split(a, b)
	split(b, a+len(r))
	var out Ring
	for i, k := range keep {
		if k {
			out = append(out, r[i])
		}
	}
	return out, off
}

// Inset moves every edge inwards by d metres with mitred corners. ok is false where the
// result would not be a simple outline with the same edges.
func (o Outline) Inset(d float64) (in Outline, ok bool) {
	in = make(Outline, len(o))
	for k, r := range o {
		n := len(r)
		s := make(Ring, n)
		for i, p := range r {
			u, v := Unit(p.Sub(r[(i+n-1)%n])), Unit(r[(i+1)%n].Sub(p))
			nu, nv := Left(u), Left(v)
			w := 1 + nu.Dot(nv)
			if w < 0.2 { // sharper than ~35°: the mitre would run away
				return nil, false
			}
			s[i] = p.Add(nu.Add(nv).Mul(d / w))
		}
		for i := range r {
			if r[(i+1)%n].Sub(r[i]).Dot(s[(i+1)%n].Sub(s[i])) <= 0 {
				return nil, false
			}
		}
		in[k] = s
	}
	return in, in.Simple() && in.Area() > 0
}

// StarCentre finds a point from which the whole outline is seen: the centroid if it
// will do, else the centre of the kernel (the part that lies left of every edge). ok is
// false where there is none with some room around it, or where there are holes.
func (o Outline) StarCentre() (c mgl64.Vec2, ok bool) {
	if len(o) != 1 {
		return c, false
	}
	r := o[0]
	margin := 0.02 * math.Sqrt(r.Area())
	sees := func(c mgl64.Vec2) bool {
		for i, a := range r {
			if Cross(Unit(r[(i+1)%len(r)].Sub(a)), c.Sub(a)) < margin {
				return false
			}
		}
		return true
	}
	if c = r.Centroid(); sees(c) {
		return c, true
	}
	kernel := r.MinRect().Corners()
	for i, a := range r {
		n := Left(Unit(r[(i+1)%len(r)].Sub(a)))
		if kernel = clip(kernel, n, n.Dot(a)); len(kernel) < 3 {
			return c, false
		}
	}
	c = kernel.Centroid()
	return c, sees(c)
}

// clip keeps the part of a convex ring with p·n ≥ c (Sutherland & Hodgman 1974).
func clip(r Ring, n mgl64.Vec2, c float64) Ring {
	var out Ring
	for i, a := range r {
		b := r[(i+1)%len(r)]
		da, db := a.Dot(n)-c, b.Dot(n)-c
		if da >= 0 {
			out = append(out, a)
		}
		if da*db < 0 {
			out = append(out, a.Add(b.Sub(a).Mul(da/(da-db))))
		}
	}
	return out
}
