package drape

// corner is a vertex of a polygon that is being cut: a plan position, surface coordinates
// and height.
type corner struct {
	x, y float64
	u, v float64
	lift float64 // metres above the ground
}

// triangle is counter-clockwise in plan.
type triangle [3][2]float64

// side is twice the area of a, b, p: positive where p is left of a → b.
//
// The ends are taken in one order whichever way an edge runs, so that the two triangles
// of an edge see numbers of opposite sign and the same size and cut at the same points.
func side(a, b [2]float64, x, y float64) float64 {
	if a[0] > b[0] || a[0] == b[0] && a[1] > b[1] {
		return -((a[0]-b[0])*(y-b[1]) - (a[1]-b[1])*(x-b[0]))
	}
	return (b[0]-a[0])*(y-a[1]) - (b[1]-a[1])*(x-a[0])
}

// clip cuts a convex polygon to a triangle (Sutherland and Hodgman 1974). in and tmp
// are overwritten; the result is one of them.
func clip(in, tmp []corner, t *triangle) (out, spare []corner) {
	for e := range 3 {
		a, b := t[e], t[(e+1)%3]
		n := len(in)
		if n < 3 {
			return in[:0], tmp
		}
		tmp = tmp[:0]
		prev := in[n-1]
		sp := side(a, b, prev.x, prev.y)
		for _, c := range in {
			sc := side(a, b, c.x, c.y)
			if sp >= 0 != (sc >= 0) {
				tmp = append(tmp, cut(prev, c, sp, sc))
			}
			if sc >= 0 {
				tmp = append(tmp, c)
			}
			prev, sp = c, sc
		}
		in, tmp = tmp, in
	}
	return in, tmp
}

// cut is the point of p–q where the signed distance is zero, computed from the same end
// whichever way the edge runs.
func cut(p, q corner, sp, sq float64) corner {
	if p.x > q.x || p.x == q.x && p.y > q.y {
		p, q, sp, sq = q, p, sq, sp
	}
	t := sp / (sp - sq)
	return corner{p.x + (q.x-p.x)*t, p.y + (q.y-p.y)*t, p.u + (q.u-p.u)*t, p.v + (q.v-p.v)*t, p.lift + (q.lift-p.lift)*t}
}

// relate tells quickly whether a polygon lies beyond one edge of a triangle (outside)
// or in it altogether (within).
func (t *triangle) relate(poly []corner) (outside, within bool) {
	within = true
	for e := range 3 {
		a, b := t[e], t[(e+1)%3]
		all := true
		for _, c := range poly {
			if side(a, b, c.x, c.y) > 0 {
				all = false
			} else {
				within = false
			}
		}
		if all {
			return true, false
		}
	}
	return false, within
}

func polygonArea(poly []corner) (s float64) {
	for i := 2; i < len(poly); i++ {
		s += (poly[i-1].x-poly[0].x)*(poly[i].y-poly[0].y) - (poly[i].x-poly[0].x)*(poly[i-1].y-poly[0].y)
	}
	return s / 2
}

// clipBox cuts a convex polygon to an axis-parallel box. What lies on the box's sides
// gets exactly their coordinate, so that neighbours meet.
func clipBox(in, tmp []corner, lo, hi [2]float64) (out, spare []corner) {
	for axis := range 2 {
		for far := range 2 {
			limit, sign := lo[axis], 1.0
			if far == 1 {
				limit, sign = hi[axis], -1
			}
			n := len(in)
			if n < 3 {
				return in[:0], tmp
			}
			at := func(c corner) float64 {
				if axis == 0 {
					return (c.x - limit) * sign
				}
				return (c.y - limit) * sign
			}
			tmp = tmp[:0]
			prev := in[n-1]
			sp := at(prev)
			for _, c := range in {
				sc := at(c)
				if sp >= 0 != (sc >= 0) {
					k := cut(prev, c, sp, sc)
					if axis == 0 {
						k.x = limit
					} else {
						k.y = limit
					}
					tmp = append(tmp, k)
				}
				if sc >= 0 {
					tmp = append(tmp, c)
				}
				prev, sp = c, sc
			}
			in, tmp = tmp, in
		}
	}
	return in, tmp
}
