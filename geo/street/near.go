package street

import "math"

// proximity finds the ways near a place.
type proximity struct {
	ways []way
	bins map[[2]int32][]nearSegment
}

type nearSegment struct {
	way  int
	a, b pt
	s    float64 // metres along the way at a
}

const nearCell = 40.0

// near is the index of the block's ways; it is made when first asked for.
func (c *builder) near() *proximity {
	if c.nearby != nil {
		return c.nearby
	}
	x := &proximity{ways: c.ways, bins: map[[2]int32][]nearSegment{}}
	for i := range c.ways {
		w := &c.ways[i]
		margin, s := max(w.section.Width(), w.section.Left, -w.section.Right)+pierClear, 0.0
		for k := 1; k < len(w.line); k++ {
			a, b := w.line[k-1], w.line[k]
			l := dist(a, b)
			steps := min(int(l/nearCell)+1, 4000)
			for j := range steps {
				p, q := mix(a, b, float64(j)/float64(steps)), mix(a, b, float64(j+1)/float64(steps))
				seg := nearSegment{i, p, q, s + l*float64(j)/float64(steps)}
				lo := cellOf(pt{math.Min(p[0], q[0]) - margin, math.Min(p[1], q[1]) - margin}, nearCell)
				hi := cellOf(pt{math.Max(p[0], q[0]) + margin, math.Max(p[1], q[1]) + margin}, nearCell)
				for cx := lo[0]; cx <= hi[0]; cx++ {
					for cy := lo[1]; cy <= hi[1]; cy++ {
						x.bins[[2]int32{cx, cy}] = append(x.bins[[2]int32{cx, cy}], seg)
					}
				}
			}
			s += l
		}
	}
	c.nearby = x
	return x
}

// any tells whether test holds for a way near a place; d is its line's distance, s the
// metres along it.
func (x *proximity) any(p pt, test func(w *way, d, s float64) bool) bool {
	for _, g := range x.bins[cellOf(p, nearCell)] {
		t := project(p, g.a, g.b)
		q := mix(g.a, g.b, t)
		if test(&x.ways[g.way], dist(p, q), g.s+dist(g.a, q)) {
			return true
		}
	}
	return false
}

// project is where on a segment, 0 … 1, a point is nearest.
func project(p, a, b pt) float64 {
	d := sub(b, a)
	l := dot(d, d)
	if l == 0 {
		return 0
	}
	return math.Max(0, math.Min(1, dot(sub(p, a), d)/l))
}

func toSegment(p, a, b pt) float64 { return dist(p, mix(a, b, project(p, a, b))) }
