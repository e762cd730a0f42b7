package table

import (
	"math"

	"github.com/paulmach/orb"
)

// side is an edge of an area in the plan: its start, the way to its end, where it ends to
// the north, exactly as the next one starts there, and one over its squared length.
type side struct{ x, y, dx, dy, endY, inverse float64 }

// square is one of the search: its middle, half its side, how far inside the area its middle
// is (negative outside), how far its best point may be, and the edge nearest to its middle.
type square struct {
	x, y, half, inside, most float64
	near                     int32
}

// search looks for the place of an area that is farthest from its edges.
type search struct {
	sides  []side
	queue  []square // a heap, the most promising first
	best   square
	enough float64
}

// squares bounds the squares that are looked at, for shapes that have hardly any inside.
const squares = 20000

// central is the share of the widest circle that could be inside at which the centroid is
// taken without a search: of nearly all houses and of most countries it is.
const central = 0.6

// inaccessible is the pole of inaccessibility of an area, the middle of the greatest circle
// within it (Garcia-Castellanos and Lombardo 2007), found to a share of its radius by
// dividing squares in four, the most promising first, and dropping those that cannot hold a
// better place (a quadtree of bounds, as Agafonkin's polylabel of 2016); a centroid well
// inside is taken as it is. Points are taken
// from an origin, x times a scale; x, y and the radius are of that plan. False says that
// nothing is inside.
func inaccessible(p orb.Polygon, origin orb.Point, scale, enough float64) (x, y, radius float64, ok bool) {
	n := 0
	for _, r := range p {
		n += len(r)
	}
	s := search{enough: enough, sides: make([]side, 0, n)}
	lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	var cx, cy, sum float64
	for k, r := range p {
		for i := range r {
			a, b := r[i], r[(i+1)%len(r)]
			ax, ay := (a[0]-origin[0])*scale, a[1]-origin[1]
			e := side{x: ax, y: ay, dx: (b[0]-origin[0])*scale - ax, endY: b[1] - origin[1]}
			e.dy = e.endY - ay
			if e.dx == 0 && e.dy == 0 {
				continue
			}
			e.inverse = 1 / (e.dx*e.dx + e.dy*e.dy)
			s.sides = append(s.sides, e)
			if k > 0 {
				continue
			}
			lo[0], lo[1] = math.Min(lo[0], ax), math.Min(lo[1], ay)
			hi[0], hi[1] = math.Max(hi[0], ax), math.Max(hi[1], ay)
			c := ax*(ay+e.dy) - (ax+e.dx)*ay
			cx, cy, sum = cx+float64(c*(2*ax+e.dx)), cy+float64(c*(2*ay+e.dy)), sum+c
		}
	}
	w, h := hi[0]-lo[0], hi[1]-lo[1]
	if len(s.sides) < 3 || !(w > 0) || !(h > 0) || math.IsInf(w+h, 0) {
		return 0, 0, 0, false
	}
	s.best = square{inside: math.Inf(-1)}
	if sum != 0 {
		s.best = s.square(cx/(3*sum), cy/(3*sum), 0, 0)
	}
	if s.best.inside < s.widest()*central {
		s.run(lo, hi)
	}
	return s.best.x, s.best.y, s.best.inside, s.best.inside > 0
}

// run divides the box of the area until no square can hold a place that is better by more
// than is enough.
func (s *search) run(lo, hi [2]float64) {
	w, h := hi[0]-lo[0], hi[1]-lo[1]
	size := math.Max(math.Min(w, h), math.Max(w, h)/64)
	for x := lo[0]; x < hi[0]; x += size {
		for y := lo[1]; y < hi[1]; y += size {
			s.push(x+size/2, y+size/2, size/2, 0)
		}
	}
	for seen := 0; len(s.queue) > 0 && seen < squares; seen++ {
		q := s.pop()
		if q.most <= s.wanted() {
			return
		}
		half := q.half / 2
		s.push(q.x-half, q.y-half, half, q.near)
		s.push(q.x+half, q.y-half, half, q.near)
		s.push(q.x-half, q.y+half, half, q.near)
		s.push(q.x+half, q.y+half, half, q.near)
	}
}

// wanted is the distance that a place must have to be worth more than the best one.
func (s *search) wanted() float64 {
	if s.best.inside > 0 {
		return s.best.inside * (1 + s.enough)
	}
	return 0
}

// push looks at a square and keeps it where it may hold a better place.
func (s *search) push(x, y, half float64, near int32) {
	q := s.square(x, y, half, near)
	if q.most <= s.wanted() {
		return
	}
	if q.inside > s.best.inside && (q.inside > s.wanted() || s.best.inside <= 0) {
		s.best = q
	}
	s.queue = append(s.queue, q)
	for i := len(s.queue) - 1; i > 0; {
		up := (i - 1) / 2
		if s.queue[up].most >= s.queue[i].most {
			break
		}
		s.queue[up], s.queue[i] = s.queue[i], s.queue[up]
		i = up
	}
}

func (s *search) pop() square {
	out, last := s.queue[0], len(s.queue)-1
	s.queue[0] = s.queue[last]
	s.queue = s.queue[:last]
	for i := 0; ; {
		k := 2*i + 1
		if k >= last {
			return out
		}
		if k+1 < last && s.queue[k+1].most > s.queue[k].most {
			k++
		}
		if s.queue[i].most >= s.queue[k].most {
			return out
		}
		s.queue[i], s.queue[k] = s.queue[k], s.queue[i]
		i = k
	}
}

// square measures a square, the edge that was nearest to the one around it first: most
// squares are seen to be too near to that one, and are not measured to the end.
func (s *search) square(x, y, half float64, near int32) square {
	q := square{x: x, y: y, half: half, near: near}
	reach := half * math.Sqrt2
	enough := 0.0 // squared distance at which a square is of no use
	if d := s.wanted() - reach; half > 0 && d > 0 {
		enough = d * d
	}
	least := s.sides[near].from(x, y)
	if least <= enough {
		q.inside, q.most = -math.Sqrt(least), math.Inf(-1)
		return q
	}
	in := false
	for i := range s.sides {
		e := &s.sides[i]
		if (e.y > y) != (e.endY > y) && x < e.x+e.dx*(y-e.y)/e.dy {
			in = !in
		}
		if d := e.from(x, y); d < least {
			if least, q.near = d, int32(i); d <= enough {
				q.inside, q.most = -math.Sqrt(d), math.Inf(-1)
				return q
			}
		}
	}
	q.inside = math.Sqrt(least)
	if !in {
		q.inside = -q.inside
	}
	q.most = q.inside + reach
	return q
}

// from is the squared distance of a point from an edge.
func (e *side) from(x, y float64) float64 {
	x, y = x-e.x, y-e.y
	if t := (x*e.dx + y*e.dy) * e.inverse; t >= 1 {
		x, y = x-e.dx, y-e.dy
	} else if t > 0 {
		x, y = x-e.dx*t, y-e.dy*t
	}
	return x*x + y*y
}

// widest bounds the radius of a circle within: it fits between two parallels of any
// direction that hold the area. The edges' own are tried, which settles rectangles and
// rounds at once.
func (s *search) widest() float64 {
	out := math.Inf(1)
	for i := 0; i < len(s.sides); i += len(s.sides)/16 + 1 {
		e := &s.sides[i]
		lo, hi := math.Inf(1), math.Inf(-1)
		for k := range s.sides {
			d := s.sides[k].x*e.dy - s.sides[k].y*e.dx
			lo, hi = math.Min(lo, d), math.Max(hi, d)
		}
		out = math.Min(out, (hi-lo)*math.Sqrt(e.inverse)/2)
	}
	return out
}
