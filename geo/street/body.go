package street

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
)

// carrier builds what carries a lifted stretch of a way: a deck on piers, or a ramp with
// banks outside towns and walls within.
type carrier struct {
	*builder
	way         *way
	span        span
	left, right float64 // outer edges
	parapet     float64 // height; 0 for none
	banks       [2]bool // on the right and on the left: earth rather than a wall
	// Meshes of their own, so that a coarse level drops the narrow ones first.
	sides, rails, piers solid
}

// edge is one side of a cross-section: the rim of its bands, its lip beyond, and its foot.
type edge struct {
	rim, lip, foot [3]float64
	bank           bool
}

// body carries a lifted stretch.
func (c *builder) body(w *way, s span) {
	layer := c.options.Roads
	if w.style.tier == track {
		layer = c.options.Rails
	}
	if layer == "" {
		return
	}
	b := carrier{builder: c, way: w, span: s, left: w.section.Left, right: w.section.Right, parapet: 0.85}
	switch w.style.tier {
	case track:
		b.parapet = 0.35
	case path:
		b.parapet = 1.1
	}
	b.sides = solid{Layer: layer, Material: geo.Concrete, Feature: w.feature, Class: w.class}
	b.rails, b.piers = b.sides, b.sides
	if walks := b.left - b.right - (w.section.KerbLeft - w.section.KerbRight); !w.bridge && walks < 0.1 {
		b.parapet, b.sides.Material = 0, geo.Green
		for k := range b.banks { // all along or nowhere, so that no teeth of bank and wall follow each other
			b.banks[k] = true
			for i := range s.stations {
				b.banks[k] = b.banks[k] && b.roomForBank(&s.stations[i], k == 1)
			}
		}
	}
	for k := 1; k < len(s.stations); k++ {
		b.between(&s.stations[k-1], &s.stations[k])
	}
	if w.bridge {
		b.close(&s.stations[0], false)
		b.close(&s.stations[len(s.stations)-1], true)
		if w.section.Width() >= 3 {
			b.stand()
		}
	}
	for _, part := range [3]solid{b.sides, b.rails, b.piers} {
		if len(part.Indices) > 0 {
			c.out.Solids = append(c.out.Solids, cover.Solid(part))
		}
	}
}

// edge is the left or right side of a cross-section.
func (b *carrier) edge(t *station, left bool) edge {
	h := b.span.lift.at(b.span.from + t.s)
	o, in := b.right, b.right-kerbWide
	if left {
		o, in = b.left, b.left+kerbWide
	}
	p, q := t.at(o), t.at(in)
	e := edge{rim: [3]float64{p[0], p[1], h}, lip: [3]float64{q[0], q[1], h}, foot: [3]float64{q[0], q[1], h - deckThickness}}
	g, known := b.ground(q)
	if b.way.bridge || !known {
		return e
	}
	e.foot[2] = math.Min(g, h) - 0.6
	if left && !b.banks[1] || !left && !b.banks[0] {
		return e
	}
	out := b.bankFoot(t, in, h-g)
	if l, ok := b.ground(out); ok {
		g = math.Min(g, l)
	}
	return edge{e.rim, e.lip, [3]float64{out[0], out[1], math.Min(g, h) - 0.4}, true}
}

// bankFoot is where a bank from an offset ends.
func (b *carrier) bankFoot(t *station, in, high float64) pt {
	return t.at(in + math.Copysign(bankSlope*(math.Max(high, 0)+0.4), in))
}

// roomForBank tells whether no other way is in a bank's place.
func (b *carrier) roomForBank(t *station, left bool) bool {
	in := b.right - kerbWide
	if left {
		in = b.left + kerbWide
	}
	g, known := b.ground(t.at(in))
	if !known {
		return true
	}
	out := b.bankFoot(t, in, b.span.lift.at(b.span.from+t.s)-g)
	return !b.near().any(out, func(o *way, d, _ float64) bool { return o.id != b.way.id && d < o.section.Width()/2+0.5 })
}

// between joins two cross-sections.
func (b *carrier) between(s, t *station) {
	u, v := b.span.from+s.s, b.span.from+t.s
	r0, r1, l0, l1 := b.edge(s, false), b.edge(t, false), b.edge(s, true), b.edge(t, true)
	b.side(r0, r1, u, v)
	b.side(l1, l0, u, v) // seen from the left the way runs back
	if b.way.bridge {
		b.sides.quad([4][3]float64{l0.foot, l1.foot, r1.foot, r0.foot}, concreteColor, wallUV(u, v, b.left-b.right))
	}
}

// side is the face on the right of a way from a to b, with its parapet.
func (b *carrier) side(a, e edge, u, v float64) {
	color := concreteColor
	if a.bank && e.bank {
		color = earthColor
	}
	b.sides.quad([4][3]float64{a.foot, e.foot, e.lip, a.lip}, color, wallUV(u, v, deckThickness))
	mid := mix(flat(a.rim), flat(e.rim), 0.5)
	g, known := b.ground(flat(a.lip))
	if low := !b.way.bridge && known && a.lip[2]-g < 1; b.parapet == 0 || low || b.joins(b.way, mid, (a.lip[2]+e.lip[2])/2) {
		// Level with the edge, so that no gap shows where decks meet.
		b.sides.quad([4][3]float64{a.lip, e.lip, e.rim, a.rim}, color, wallUV(u, v, kerbWide))
		return
	}
	up := func(p [3]float64) [3]float64 { p[2] += b.parapet; return p }
	b.rails.quad([4][3]float64{a.lip, e.lip, up(e.lip), up(a.lip)}, concreteColor, wallUV(u, v, b.parapet))
	b.rails.quad([4][3]float64{up(a.lip), up(e.lip), up(e.rim), up(a.rim)}, concreteColor, wallUV(u, v, kerbWide))
	b.rails.quad([4][3]float64{e.rim, a.rim, up(a.rim), up(e.rim)}, concreteColor, wallUV(u, v, b.parapet))
}

// close is the face at an end of a deck.
func (b *carrier) close(t *station, end bool) {
	l, r := b.edge(t, true), b.edge(t, false)
	if end {
		l, r = r, l
	}
	b.sides.quad([4][3]float64{l.foot, r.foot, r.lip, l.lip}, concreteColor, wallUV(0, b.left-b.right, deckThickness))
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

// stand sets a deck on walls across it, where nothing passes beneath.
func (b *carrier) stand() {
	c, m, w, s := b.builder, &b.piers, b.way, b.span
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
