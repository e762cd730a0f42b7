package indoor

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Figures of stairs in metres.
const (
	riser      = 0.17 // height of a step, about
	tread      = 0.28 // depth of a step
	stairWidth = 1.4  // of stairs that are mapped as lines
	stairBody  = 0.18 // thickness below the steps
)

// run is a straight flight: from a place in a direction, with its rise.
type run struct {
	from       vec
	along      vec // unit
	width      float64
	length     float64
	low, rise  float64
	hasLanding bool // ends on a landing as long as it is wide
}

// runs lays out a flight. In an area it climbs along the longer side: in one run where
// there is room, else in two beside each other with a landing between them.
func (f *flight) runs() []run {
	if len(f.line) >= 2 {
		return f.alongLine()
	}
	center, u, half := longSide(f.area[0])
	n := vec{-u[1], u[0]}
	long, wide := 2*half[0], 2*half[1]
	need := f.rise / riser * tread
	start := center.Sub(u.Mul(half[0]))
	if need <= long || wide < 1.6 {
		return []run{{from: start, along: u, width: wide, length: min(need, long), rise: f.rise}}
	}
	landing := min(wide/2, long/3)
	length := min(need/2, long-landing)
	left, right := n.Mul(wide/4), n.Mul(-wide/4)
	top := start.Add(u.Mul(length))
	return []run{
		{from: start.Add(left), along: u, width: wide / 2, length: length, rise: f.rise / 2, hasLanding: true},
		{from: top.Add(right), along: u.Mul(-1), width: wide / 2, length: length, low: f.rise / 2, rise: f.rise / 2},
	}
}

// alongLine spreads the rise over the line's length.
func (f *flight) alongLine() (out []run) {
	total := 0.0
	for i := 1; i < len(f.line); i++ {
		total += f.line[i].Sub(f.line[i-1]).Len()
	}
	low := 0.0
	for i := 1; i < len(f.line); i++ {
		d := f.line[i].Sub(f.line[i-1])
		l := d.Len()
		rise := f.rise * l / total
		out = append(out, run{from: f.line[i-1], along: d.Mul(1 / l), width: stairWidth, length: l, low: low, rise: rise})
		low += rise
	}
	return out
}

// longSide is the least rectangle around a ring, by trying the directions of its edges:
// its middle, the direction of its longer side and half of its sides.
func longSide(r ring) (center, u vec, half vec) {
	best := math.Inf(1)
	for i, q := range r {
		d := q.Sub(r[(i+len(r)-1)%len(r)])
		if d.Len() == 0 {
			continue
		}
		d = d.Normalize()
		n := vec{-d[1], d[0]}
		lo, hi := vec{math.Inf(1), math.Inf(1)}, vec{math.Inf(-1), math.Inf(-1)}
		for _, p := range r {
			a, b := p.Dot(d), p.Dot(n)
			lo = vec{math.Min(lo[0], a), math.Min(lo[1], b)}
			hi = vec{math.Max(hi[0], a), math.Max(hi[1], b)}
		}
		size := hi.Sub(lo)
		if size[0]*size[1] < best {
			best = size[0] * size[1]
			mid := lo.Add(hi).Mul(0.5)
			center, u, half = d.Mul(mid[0]).Add(n.Mul(mid[1])), d, size.Mul(0.5)
		}
	}
	if half[1] > half[0] {
		u, half = vec{-u[1], u[0]}, vec{half[1], half[0]}
	}
	return center, u, half
}

// build adds the steps of a run above a floor: a tread, a riser and both cheeks each.
func (r *run) build(s *surface, floor float64, c [4]uint8) {
	steps := max(1, int(math.Round(r.rise/riser)))
	n := vec{-r.along[1], r.along[0]}
	at := func(along, side, z float64) mgl64.Vec3 {
		return r.from.Add(r.along.Mul(along)).Add(n.Mul(side * r.width / 2)).Vec3(floor + r.low + z)
	}
	up, front := mgl64.Vec3{0, 0, 1}, r.along.Mul(-1).Vec3(0)
	rise, deep := r.rise/float64(steps), r.length/float64(steps)
	for i := range steps {
		a, b, z0, z1 := float64(i)*deep, float64(i+1)*deep, float64(i)*rise, float64(i+1)*rise
		s.quad(at(a, 1, z0), at(a, -1, z0), at(a, -1, z1), at(a, 1, z1), front, c)
		s.quad(at(a, 1, z1), at(a, -1, z1), at(b, -1, z1), at(b, 1, z1), up, c)
		under := func(z float64) float64 { return math.Max(z-stairBody, -r.low) }
		for _, side := range [2]float64{1, -1} {
			p, q := at(a, side, under(z0)), at(b, side, under(z1))
			o, w := at(b, side, z1), at(a, side, z1)
			if side > 0 {
				s.quad(q, p, w, o, n.Vec3(0), c)
			} else {
				s.quad(p, q, o, w, n.Mul(-1).Vec3(0), c)
			}
		}
		s.quad(at(b, 1, under(z1)), at(b, -1, under(z1)), at(a, -1, under(z0)), at(a, 1, under(z0)), up.Mul(-1), c)
	}
	if r.hasLanding {
		a, b, z := r.length, r.length+r.width, r.rise
		far := func(along, side, z float64) mgl64.Vec3 { // over both runs
			return r.from.Add(r.along.Mul(along)).Add(n.Mul(r.width * (side - 0.5))).Vec3(floor + r.low + z)
		}
		s.quad(far(a, 1, z), far(a, -1, z), far(b, -1, z), far(b, 1, z), up, c)
		s.quad(far(b, 1, z-stairBody), far(b, -1, z-stairBody), far(a, -1, z-stairBody), far(a, 1, z-stairBody), up.Mul(-1), c)
		s.quad(far(a, 1, z-stairBody), far(a, -1, z-stairBody), far(a, -1, z), far(a, 1, z), front, c)
	}
}
