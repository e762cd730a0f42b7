package building

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/earth"
)

// passage is a way that leads through a building (tunnel=building_passage).
type passage struct {
	way        []mgl64.Vec2 // metres of the building's frame at height 0
	degrees    []orb.Point
	wide, high float64 // metres of the opening
	exact      bool    // high is tagged
}

const (
	lintel    = 0.45 // metres of wall that stay above an opening
	leastPass = 1.2  // metres: an opening is not made narrower than this
	leastHead = 1.9  // metres: or lower
	reachPass = 1.0  // metres that a way is carried on at its ends, which often lie on the walls
)

// passSize is the width and height in metres of an opening: what is tagged, or else what
// is usual for the class of the way (estimates).
func passSize(tags map[string]string) (wide, high float64, exact bool) {
	wide, high = 4, 4
	switch tags["highway"] {
	case "footway", "path", "steps", "corridor", "cycleway", "pedestrian":
		wide, high = 2.6, 3.2
	case "residential", "unclassified", "living_street":
		wide = 5.5
	case "tertiary", "secondary", "primary", "trunk", "motorway":
		wide, high = 8, 4.8
	}
	if w, ok := clean.Length(tags["width"]); ok && w >= leastPass && w < 30 {
		wide = w
	}
	if h, ok := clean.Length(tags["maxheight"]); ok && h >= leastHead && h < 15 {
		high, exact = h+0.2, true
	}
	return wide, high, exact
}

// isPassage tells whether a feature is a way through a building.
func isPassage(f *geo.Feature) bool {
	_, line := f.Geometry.(orb.LineString)
	return line && f.Tags["tunnel"] == "building_passage"
}

// passages are those of a block's ways that come near a footprint, in its frame.
func passages(ways []line, c *candidate) []passage {
	if len(ways) == 0 {
		return nil
	}
	var out []passage
	frame := earth.FrameAt(earth.Place{Lng: c.lng, Lat: c.lat})
	box := orb.Polygon(c.rings).Bound()
	for _, way := range ways {
		if !way.box.Intersects(box) {
			continue
		}
		f, l := way.f, way.f.Geometry.(orb.LineString)
		p := passage{degrees: l}
		p.wide, p.high, p.exact = passSize(f.Tags)
		for _, q := range l {
			x, y := frame.Plan(q[0], q[1])
			if v := (mgl64.Vec2{x, y}); len(p.way) == 0 || v.Sub(p.way[len(p.way)-1]).Len() > 0.01 {
				p.way = append(p.way, v)
			}
		}
		if len(p.way) >= 2 {
			out = append(out, p)
		}
	}
	return out
}

// gap is an opening in a wall, from the ground up: its two ends, and their metres from
// the wall's start.
type gap struct {
	p, q     mgl64.Vec2
	from, to float64
	high     float64
}

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

// gapsOf are the openings in an edge's wall, in order.
func (y *body) gapsOf(edge int) []gap {
	var out []gap
	for i := range y.cuts {
		for k, e := range y.cuts[i].edges {
			if e == edge {
				out = append(out, y.cuts[i].gaps[k])
			}
		}
	}
	slices.SortFunc(out, func(a, b gap) int { return cmp.Compare(a.from, b.from) })
	return out
}

// tunnel adds the walls and the ceiling of the passages.
func (y *body) tunnel(s *shell) {
	for i := range y.cuts {
		b := &y.cuts[i]
		p := s.patch(geo.Wall)
		side := func(from, to mgl64.Vec2) {
			l := to.Sub(from).Len()
			n := outline.Left(outline.Unit(to.Sub(from))).Mul(-1).Vec3(0)
			v := func(q mgl64.Vec2, x, z float64) vertex {
				return vertex{p: q.Vec3(z), n: n, uv: mgl64.Vec2{x, z}, colour: y.look.wall}
			}
			p.quad([4]vertex{v(from, 0, y.bottom), v(to, l, y.bottom), v(to, l, b.high), v(from, 0, b.high)})
		}
		for k := 1; k < len(b.left); k++ {
			side(b.left[k-1], b.left[k])
			side(b.right[k], b.right[k-1])
		}
		ring := slices.Clone(outline.Ring(b.right))
		for _, q := range slices.Backward(b.left) {
			ring = append(ring, q)
		}
		tris, err := outline.Outline{ring}.Triangulate()
		if err != nil {
			continue
		}
		p = s.patch(geo.Concrete)
		n := len(p.vertices)
		for _, q := range ring {
			p.vertices = append(p.vertices, vertex{p: q.Vec3(b.high), n: mgl64.Vec3{0, 0, -1}, uv: q, colour: y.look.wall})
		}
		for _, t := range tris {
			p.tris = append(p.tris, [3]int{n + t[0], n + t[2], n + t[1]})
		}
	}
}
