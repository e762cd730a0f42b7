package street

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
)

// Figures of decks and ramps in metres.
const (
	rampLeast  = 0.4 // a way on the ground this far above it stands on a ramp
	deckStep   = 12.0
	pierStep   = 32.0
	pierHeight = 3.0 // least height of a deck that stands on piers
	pierClear  = 1.2 // between a pier and the edge of what passes beneath
	kerbWide   = 0.3 // of a parapet
	bankSlope  = 1.5 // metres out for each down, of an embankment
)

var (
	concreteColor = rgb(158, 155, 149)
	earthColor    = rgb(112, 122, 78)
)

// span is a stretch of a piece that lies on the ground or is lifted as a whole.
type span struct {
	stations []station
	from     float64  // metres along the way at its first station
	lift     *profile // nil on the ground
}

// spans cuts a piece where it leaves the ground. A bridge is lifted throughout; a way on
// the ground only where the finished ground was not filled up to its profile.
func (c *builder) spans(i int) []span {
	p := &c.pieces[i]
	w := &c.ways[p.way]
	trim := c.ends(p, i)[0].trim
	whole := span{p.stations, p.from + trim, nil}
	prof := c.heights.of(w)
	if prof == nil {
		return []span{whole}
	}
	whole.stations = dense(p.stations)
	whole.lift = prof
	if w.bridge {
		return []span{whole}
	}
	var out []span
	for k := 1; k < len(whole.stations); k++ {
		st := whole.stations[k-1 : k+1]
		up := false
		for _, t := range st {
			g, ok := c.ground(t.p)
			up = up || ok && prof.at(whole.from+t.s)-g > rampLeast
		}
		s := span{stations: st, from: whole.from}
		if up {
			s.lift = prof
		}
		if n := len(out); n > 0 && (out[n-1].lift != nil) == up {
			out[n-1].stations = append(out[n-1].stations, st[1])
			continue
		}
		s.stations = append([]station(nil), st...)
		out = append(out, s)
	}
	return out
}

// dense adds cross-sections so that they are at most deckStep apart.
func dense(st []station) []station {
	out := []station{st[0]}
	for i := 1; i < len(st); i++ {
		a, b := st[i-1], st[i]
		d := unit(a.p, b.p)
		n := min(int((b.s-a.s)/deckStep), 4000)
		for k := 1; k <= n; k++ {
			t := float64(k) / float64(n+1)
			out = append(out, station{p: mix(a.p, b.p, t), n: leftOf(d), s: a.s + (b.s-a.s)*t, left: math.Min(a.left, b.left), right: math.Min(a.right, b.right)})
		}
		out = append(out, b)
	}
	return out
}

func (c *builder) ground(p pt) (float64, bool) {
	if c.block.Elevation == nil {
		return 0, false
	}
	return c.block.Elevation.HeightAt(c.block.Frame.Unplan(p[0], p[1]))
}

// body is what carries a lifted stretch: a deck with parapets and piers, or the walls of
// a ramp.
func (c *builder) body(w *way, s span) {
	layer := c.options.Roads
	if w.style.tier == track {
		layer = c.options.Rails
	}
	if layer == "" {
		return
	}
	m := solid{Layer: layer, Material: geo.Concrete, Feature: w.feature, Class: w.class}
	parapet := 0.85
	switch {
	case w.style.tier == track:
		parapet = 0.35
	case w.style.tier == path:
		parapet = 1.1
	}
	left, right := w.section.Left, w.section.Right
	bank := !w.bridge && left-right < w.section.KerbLeft-w.section.KerbRight+0.1 // no sidewalks: outside towns
	sides := &m
	if bank {
		sides = &solid{Layer: layer, Material: geo.Green, Feature: w.feature, Class: w.class}
		parapet = 0
	}
	type row struct{ l, r, lo, ro [3]float64 } // edges and feet
	at := func(t *station) row {
		h := s.lift.at(s.from + t.s)
		foot := h - deckThickness
		p, q := t.at(left+kerbWide), t.at(right-kerbWide)
		if w.bridge {
			return row{[3]float64{p[0], p[1], h}, [3]float64{q[0], q[1], h}, [3]float64{p[0], p[1], foot}, [3]float64{q[0], q[1], foot}}
		}
		foot3 := func(side float64, edge pt) [3]float64 {
			g, ok := c.ground(edge)
			if !ok {
				return [3]float64{edge[0], edge[1], foot}
			}
			if bank { // out to where it meets the ground, and into it
				rise := math.Max(h-g, 0) + 0.4
				edge = t.at(side + math.Copysign(bankSlope*rise, side))
				if l, ok := c.ground(edge); ok {
					g = math.Min(g, l)
				}
				return [3]float64{edge[0], edge[1], math.Min(g, h) - 0.4}
			}
			return [3]float64{edge[0], edge[1], math.Min(g, h) - 0.6}
		}
		return row{[3]float64{p[0], p[1], h}, [3]float64{q[0], q[1], h}, foot3(left+kerbWide, p), foot3(right-kerbWide, q)}
	}
	up := func(p [3]float64, dz float64) [3]float64 { p[2] += dz; return p }
	for k := 1; k < len(s.stations); k++ {
		ta, tb := &s.stations[k-1], &s.stations[k]
		a, b := at(ta), at(tb)
		u, v := s.from+ta.s, s.from+tb.s
		wide := left - right
		color := concreteColor
		if bank {
			color = earthColor
		}
		sides.quad([4][3]float64{a.ro, b.ro, b.r, a.r}, color, wallUV(u, v, deckThickness))
		sides.quad([4][3]float64{b.lo, a.lo, a.l, b.l}, color, wallUV(u, v, deckThickness))
		if w.bridge {
			m.quad([4][3]float64{a.lo, b.lo, b.ro, a.ro}, concreteColor, wallUV(u, v, wide))
		}
		for _, side := range [2]bool{true, false} {
			outer := left
			if !side {
				outer = right
			}
			ia, ib := ta.at(outer), tb.at(outer)
			ha, hb := a.l, b.l
			if !side {
				ha, hb = a.r, b.r
			}
			if g, ok := c.ground(pt{ha[0], ha[1]}); bank || !w.bridge && ok && ha[2]-g < 1 || c.joins(w, mix(ia, ib, 0.5), (ha[2]+hb[2])/2) {
				// Level with the edge, so that no gap shows where decks meet.
				top := [4][3]float64{{ia[0], ia[1], ha[2]}, {ib[0], ib[1], hb[2]}, hb, ha}
				if !side {
					top = [4][3]float64{ha, hb, {ib[0], ib[1], hb[2]}, {ia[0], ia[1], ha[2]}}
				}
				m.quad(top, concreteColor, wallUV(u, v, kerbWide))
				continue
			}
			na, nb := [3]float64{ia[0], ia[1], ha[2]}, [3]float64{ib[0], ib[1], hb[2]}
			oa, ob := ha, hb
			if !side { // mirrored: the same faces, turned
				na, nb, oa, ob = nb, na, ob, oa
			}
			m.quad([4][3]float64{up(na, 0), up(nb, 0), up(nb, parapet), up(na, parapet)}, concreteColor, wallUV(u, v, parapet))
			m.quad([4][3]float64{up(nb, parapet), up(ob, parapet), up(oa, parapet), up(na, parapet)}, concreteColor, wallUV(u, v, kerbWide))
			m.quad([4][3]float64{ob, oa, up(oa, parapet), up(ob, parapet)}, concreteColor, wallUV(u, v, parapet))
		}
	}
	if w.bridge {
		for _, e := range [2]int{0, len(s.stations) - 1} {
			r := at(&s.stations[e])
			q := [4][3]float64{r.lo, r.ro, r.r, r.l}
			if e > 0 {
				q = [4][3]float64{r.ro, r.lo, r.l, r.r}
			}
			m.quad(q, concreteColor, wallUV(0, left-right, deckThickness))
		}
		if w.section.Width() >= 3 {
			c.piers(&m, w, s)
		}
	}
	c.out.Solids = append(c.out.Solids, cover.Solid(m))
	if bank {
		c.out.Solids = append(c.out.Solids, cover.Solid(*sides))
	}
}

func wallUV(u, v, height float64) [4][2]float32 {
	a, b, h := float32(u), float32(v), float32(height)
	return [4][2]float32{{a, 0}, {b, 0}, {b, h}, {a, h}}
}

// joins tells whether the edge of a deck lies on another deck at about its height: there
// is no parapet where a slip road leaves.
func (c *builder) joins(w *way, p pt, h float64) bool {
	return c.near().any(p, func(o *way, d, s float64) bool {
		if o == w || o.style.tier < access && w.style.tier >= access || d > o.section.Width()/2+0.6 {
			return false
		}
		if q := c.heights.of(o); q != nil {
			return math.Abs(q.at(s)-h) < 1.5
		}
		return false
	})
}

// piers stand a deck on walls across it, where nothing passes beneath.
func (c *builder) piers(m *solid, w *way, s span) {
	next := s.from + pierStep/2
	for k := range s.stations {
		t := &s.stations[k]
		at := s.from + t.s
		h := s.lift.at(at)
		g, ok := c.ground(t.p)
		if at < next || !ok || h-g < pierHeight || !c.stands(w, t.p, h) {
			continue
		}
		next = at + pierStep
		l := math.Hypot(t.n[0], t.n[1])
		across := pt{t.n[0] / l, t.n[1] / l}
		on := pt{across[1], -across[0]}
		mid := along(t.p, across, (w.section.Left+w.section.Right)/2)
		wide := w.section.Width()
		m.box(mid, across, on, math.Min(wide*0.3, 4), 0.6, g-1, h-deckThickness-0.7)
		m.box(mid, across, on, wide/2, 0.75, h-deckThickness-0.7, h-deckThickness) // its head
	}
}

// stands tells whether a pier of a bridge may stand at a place.
func (c *builder) stands(w *way, p pt, h float64) bool {
	return !c.near().any(p, func(o *way, d, s float64) bool {
		if o == w || d > o.section.Width()/2+pierClear {
			return false
		}
		q := c.heights.of(o)
		return q == nil || q.at(s) < h-2
	})
}

// raise gives a flat area the heights of the ways that it joins; false on the ground.
func (c *builder) raise(f *sheet, nodes []int) bool {
	lifted := false
	for _, k := range nodes {
		nd := &c.nodes[k]
		h, ok := c.heightAt(nd.at)
		if !ok {
			continue
		}
		bridge := false
		for i := range nd.arms {
			bridge = bridge || c.wayOf(&nd.arms[i]).bridge
		}
		g, known := c.ground(nd.at)
		lifted = lifted || known && math.Abs(h-g) > rampLeast || bridge && h-g > 0.05
	}
	if !lifted {
		return false
	}
	type edge struct {
		a, b pt
		h    float64
	}
	var edges []edge
	for _, k := range nodes {
		nd := &c.nodes[k]
		arms := c.joined(nd)
		if len(arms) < 2 {
			arms = c.equalsAt(nd)
		}
		for _, a := range arms {
			m := c.mouthOf(a)
			h, ok := c.heightAt(nd.at)
			p := &c.pieces[a.piece]
			if q := c.heights.of(c.wayOf(a)); q != nil {
				s := p.from + a.trim
				if a.far {
					s = p.from + p.length - a.trim
				}
				h = q.at(s)
			} else if g, known := c.ground(m.p); known {
				h = g
			} else if !ok {
				continue
			}
			edges = append(edges, edge{m.outL, m.outR, h})
		}
	}
	if len(edges) == 0 {
		return false
	}
	f.h = make([]float64, len(f.points))
	for i, p := range f.points {
		var sum, weight float64
		for _, e := range edges {
			d := toSegment(p, e.a, e.b)
			w := 1 / (d*d + 1e-6)
			sum, weight = sum+float64(w*e.h), weight+w
		}
		f.h[i] = sum / weight
	}
	return true
}

func (c *builder) heightAt(p pt) (float64, bool) {
	if c.heights == nil {
		return 0, false
	}
	h, ok := c.heights.nodes[p]
	return h, ok
}

// slab is the body below a lifted area: its underside and its sides.
func (c *builder) slab(f *sheet, l look) {
	if c.options.Roads == "" {
		return
	}
	m := solid{Layer: c.options.Roads, Material: geo.Concrete, Feature: l.feature, Class: l.class}
	corner := func(i uint32, dz float64) [3]float64 { return [3]float64{f.points[i][0], f.points[i][1], f.h[i] + dz} }
	shared := map[[2]uint32]bool{}
	for t := 0; t < len(f.indices); t += 3 {
		for k := range 3 {
			shared[[2]uint32{f.indices[t+k], f.indices[t+(k+1)%3]}] = true
		}
	}
	for t := 0; t < len(f.indices); t += 3 {
		a, b, d := f.indices[t], f.indices[t+1], f.indices[t+2]
		m.triangle([3][3]float64{corner(a, -deckThickness), corner(d, -deckThickness), corner(b, -deckThickness)}, concreteColor)
		for k := range 3 {
			p, q := f.indices[t+k], f.indices[t+(k+1)%3]
			if !shared[[2]uint32{q, p}] {
				m.quad([4][3]float64{corner(p, -deckThickness), corner(q, -deckThickness), corner(q, 0), corner(p, 0)}, concreteColor,
					wallUV(0, dist(f.points[p], f.points[q]), deckThickness))
			}
		}
	}
	c.out.Solids = append(c.out.Solids, cover.Solid(m))
}
