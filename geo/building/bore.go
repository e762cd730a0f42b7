package building

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
)

// bore is a passage as it is cut: its two sides, from wall to wall.
type bore struct {
	left, right []mgl64.Vec2
	high        float64
	edges       [2]int // of the outline, in and out
	gaps        [2]gap
}

// bores cuts a building's passages into its outline, as far as they fit under its eaves.
// off is how far what is left out is from what should be.
func (y *body) bores(detail float64, report *geo.Report) (cuts []bore, off float64) {
	for i := range y.passages {
		p := &y.passages[i]
		if p.wide/2 <= detail {
			off = math.Max(off, p.wide/2)
			continue
		}
		high := p.high
		if y.ground != nil && i < len(y.ground.rise) {
			high += y.ground.rise[i]
		}
		if !p.exact && y.rule.bay > 0 {
			// Up to a floor, so that no window is cut.
			high = math.Ceil(0.7*high/y.storey)*y.storey - 0.1
		}
		high = math.Min(high, y.eaves-lintel)
		if high < leastHead || y.Bottom > 0 {
			if y.Bottom == 0 && detail == 0 {
				report.Note("passage through a building too low for one: not cut")
			}
			continue
		}
		for _, r := range y.inside(p.way) {
			cut, ok := y.bore(r, p.wide, high)
			for _, c := range cuts {
				ok = ok && !c.meets(&cut)
			}
			if ok {
				cuts = append(cuts, cut)
			} else if detail == 0 {
				report.Note("passage through a building not cut: it meets a corner or another")
			}
		}
	}
	return cuts, off
}

// run is a piece of a way between two walls.
type run struct {
	way   []mgl64.Vec2
	edges [2]int
}

// inside returns the pieces of a way that lead through the outline from wall to wall.
func (y *body) inside(way []mgl64.Vec2) []run {
	n := len(way)
	way = slices.Clone(way)
	way[0] = way[0].Sub(outline.Unit(way[1].Sub(way[0])).Mul(reachPass))
	way[n-1] = way[n-1].Add(outline.Unit(way[n-1].Sub(way[n-2])).Mul(reachPass))
	type hit struct {
		leg, edge int
		t         float64
		at        mgl64.Vec2
	}
	var hits []hit
	for k := 0; k+1 < n; k++ {
		p, d := way[k], way[k+1].Sub(way[k])
		edge := 0
		for _, r := range y.outline {
			for i, a := range r {
				e := r[(i+1)%len(r)].Sub(a)
				if det := outline.Cross(d, e); math.Abs(det) > 1e-9 {
					t, u := outline.Cross(a.Sub(p), e)/det, outline.Cross(a.Sub(p), d)/det
					if t >= 0 && t < 1 && u >= 0 && u < 1 {
						hits = append(hits, hit{k, edge, t, p.Add(d.Mul(t))})
					}
				}
				edge++
			}
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.leg, b.leg), cmp.Compare(a.t, b.t)) })
	var out []run
	for k := 0; k+1 < len(hits); k++ {
		a, b := hits[k], hits[k+1]
		s := run{way: []mgl64.Vec2{a.at}, edges: [2]int{a.edge, b.edge}}
		s.way = append(append(s.way, way[a.leg+1:b.leg+1]...), b.at)
		if mid := s.way[0].Add(s.way[1]).Mul(0.5); a.edge != b.edge && y.outline.Contains(mid) && b.at.Sub(a.at).Len() > 0.5 {
			out = append(out, s)
		}
	}
	return out
}

// bore gives a piece of way its two sides; narrower where it meets a corner. ok is false
// where that does not help.
func (y *body) bore(s run, wide, high float64) (b bore, ok bool) {
	for ; wide >= leastPass; wide *= 0.8 {
		b = bore{high: high, edges: s.edges}
		if b.sides(y, s, wide/2) {
			ring := slices.Clone(outline.Ring(b.right))
			for _, p := range slices.Backward(b.left) {
				ring = append(ring, p)
			}
			o := outline.Outline{ring}
			ok = o.Area() > 0 && o.Simple()
			for _, r := range y.outline {
				for _, p := range r {
					ok = ok && !o.Contains(p) && o.Distance(p) > 0.02
				}
			}
			if ok && y.keeps(b.left, s.edges) && y.keeps(b.right, s.edges) {
				return b, true
			}
		}
	}
	return b, false
}

// keeps tells whether a side of a passage meets no wall but those that it starts and ends at.
func (y *body) keeps(side []mgl64.Vec2, ends [2]int) bool {
	for k := 1; k < len(side); k++ {
		edge := 0
		for _, r := range y.outline {
			for i, a := range r {
				own := k == 1 && edge == ends[0] || k == len(side)-1 && edge == ends[1]
				if !own && outline.Crosses(side[k-1], side[k], a, r[(i+1)%len(r)]) {
					return false
				}
				edge++
			}
		}
	}
	return true
}

func (b *bore) sides(y *body, s run, half float64) bool {
	n := len(s.way)
	for side, out := range [...]*[]mgl64.Vec2{&b.left, &b.right} {
		h := half
		if side == 1 {
			h = -half
		}
		for k, p := range s.way {
			var q mgl64.Vec2
			switch k {
			case 0, n - 1: // on the wall
				leg := s.way[min(k+1, n-1)].Sub(s.way[min(k, n-2)])
				a, e := y.edge(s.edges[min(k, 1)])
				from := p.Add(outline.Left(outline.Unit(leg)).Mul(h))
				if math.Abs(outline.Cross(leg, e)) < 0.3*leg.Len()*e.Len() {
					return false // along the wall rather than through it
				}
				u := outline.Cross(from.Sub(a), leg) / outline.Cross(e, leg)
				q = a.Add(e.Mul(u))
				if x := u * e.Len(); x < 0.1 || x > e.Len()-0.1 {
					return false
				}
			default:
				u, v := outline.Left(outline.Unit(p.Sub(s.way[k-1]))), outline.Left(outline.Unit(s.way[k+1].Sub(p)))
				w := 1 + u.Dot(v)
				if w < 0.6 {
					return false
				}
				q = p.Add(u.Add(v).Mul(h / w))
			}
			*out = append(*out, q)
		}
	}
	for k := range 2 {
		a, e := y.edge(s.edges[k])
		i := k * (n - 1)
		x0, x1 := b.left[i].Sub(a).Dot(e)/e.Len(), b.right[i].Sub(a).Dot(e)/e.Len()
		b.gaps[k] = gap{b.left[i], b.right[i], x0, x1, b.high}
		if x0 > x1 {
			b.gaps[k] = gap{b.right[i], b.left[i], x1, x0, b.high}
		}
	}
	return true
}

// edge is the start and the direction of an edge of the outline.
func (y *body) edge(i int) (a, d mgl64.Vec2) {
	for _, r := range y.outline {
		if i < len(r) {
			return r[i], r[(i+1)%len(r)].Sub(r[i])
		}
		i -= len(r)
	}
	return a, d
}

// meets tells whether two passages run into each other.
func (b *bore) meets(o *bore) bool {
	for i := 1; i < len(b.left); i++ {
		for k := 1; k < len(o.left); k++ {
			for _, s := range [...][]mgl64.Vec2{b.left, b.right} {
				for _, t := range [...][]mgl64.Vec2{o.left, o.right} {
					if outline.Crosses(s[i-1], s[i], t[k-1], t[k]) {
						return true
					}
				}
			}
		}
	}
	for i, e := range b.edges {
		for k, f := range o.edges {
			if e == f && b.gaps[i].from < o.gaps[k].to+0.1 && o.gaps[k].from < b.gaps[i].to+0.1 {
				return true
			}
		}
	}
	return false
}
