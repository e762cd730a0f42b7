package street

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
)

// Figures of portals in metres.
const (
	portalHigh  = 5.2 // of the opening of a road's; paths have less
	portalFrame = 0.9
	portalCover = 3.0 // least height of the ground above the way, portalBack metres inside
	portalBack  = 30.0
	portalFront = 2.0 // deep
	portalStep  = 1.0
	portalLeast = 2.6 // of an opening into a hill that is lower than a road's
)

// portals builds the mouths of tunnels: a frame with a dark opening and two walls, where
// a tunnel leaves a way on the ground and the ground rises over it. Under flat ground, or
// where another way lies in its place, there is nothing to stand a mouth in.
func (c *builder) portals() {
	layer := c.options.Roads
	for i := range c.block.Features {
		f := &c.block.Features[i]
		line, ok := f.Geometry.(orb.LineString)
		class, st, drawn := classOf(f.Tags)
		if !ok || !drawn || !tunnel(f.Tags) || st.tier < access && st.tier != track || layer == "" || f.Tags["tunnel"] == "" {
			continue
		}
		pl, good := planLine(&c.block.Frame, line)
		if !good || len(pl) < 2 {
			continue
		}
		s := sectionOf(f.Tags, &st, c.region)
		for e := range 2 {
			if e == 1 {
				pl = reversed(pl)
			}
			if k, ok := c.index[pl[0]]; ok && c.block.Owns(pl[0][0], pl[0][1]) && len(c.nodes[k].arms) > 0 {
				c.portal(pl, (s.KerbLeft-s.KerbRight)/2+0.8, cover.Solid{Layer: layer, Material: geo.Concrete, Feature: i, Class: class})
			}
		}
	}
}

// portal builds one mouth at the start of a tunnel's line.
func (c *builder) portal(line []pt, half float64, m cover.Solid) {
	at := line[0]
	g, ok := c.ground(at)
	if h, lifted := c.heightAt(at); lifted && h.h > g {
		g = h.h // from a bridge into the hill
	}
	l0 := lineLength(line)
	rise := func(d float64) float64 {
		p, _ := pointAt(line, math.Min(d, l0))
		h, _ := c.ground(p)
		return h - g
	}
	if !ok || rise(portalBack) < portalCover || rise(portalBack/2) < portalCover/3 {
		c.block.Report.Note("tunnel without a portal: the ground does not rise over it")
		return
	}
	s := (*solid)(&m)
	d := unit(line[0], line[1]) // into the hill
	l := leftOf(d)
	high := portalHigh
	if half < 2.2 {
		high = 3
	}
	most := 0.0
	for at := portalFront; at <= portalBack; at += portalStep {
		most = math.Max(most, rise(at))
	}
	high = math.Min(high, math.Max(most-portalFrame, portalLeast))
	top := g + high + portalFrame
	// Beside it may run a path into a tunnel that begins further in, or a street, as twins do.
	free := func(x, y float64) bool { return c.vacant(along(along(at, l, x), d, y), at, top, nil) }
	open := func(x, y float64) bool {
		return c.vacant(along(along(at, l, x), d, y), at, top, func(w *way, on pt) bool { return w.style.tier == path && besides(on, d) })
	}
	if w := 0.7 * half; !open(0, portalFront) || !open(w, portalFront) || !open(-w, portalFront) || !open(0, 2*portalFront) {
		c.block.Report.Note("tunnel without a portal: another way is in its place")
		return
	}
	foot := g - 1.5
	// A front with an opening, and walls beside it that hold the slope back and step down.
	box := func(x, y, a, b, foot, head float64) { s.box(along(along(at, l, x), d, y), l, d, a, b, foot, head) }
	for _, side := range [2]float64{1, -1} {
		box(side*(half+portalFrame/2), portalFront/2, portalFrame/2, portalFront/2, foot, g+high)
		if x := half + portalFrame + 1.5; free(side*x, 0.9) && free(side*(x+1.5), 0.9) {
			box(side*x, 0.9, 1.5, 0.4, foot, g+high*0.8)
			if x += 2.7; free(side*x, 0.9) && free(side*(x+1.2), 0.9) {
				box(side*x, 0.9, 1.2, 0.4, foot, g+high*0.5)
			}
		}
	}
	box(0, portalFront/2, half+portalFrame, portalFront/2, g+high, top)
	// A gallery behind it, until the hill covers it, and no further than to a street in its
	// place.
	back := portalFront
	clear := func(d float64) bool {
		p, dir := pointAt(line, d)
		for _, x := range [5]float64{0, 0.7 * half, -0.7 * half, half + portalFrame, -half - portalFrame} {
			ignore := func(w *way, on pt) bool { return besides(on, dir) && (w.style.tier == path || math.Abs(x) > half) }
			if !c.vacant(along(p, leftOf(dir), x), at, top, ignore) {
				return false
			}
		}
		return true
	}
	for back < portalBack+portalFront && rise(back-portalFront) < high+portalFrame && clear(back+portalStep) {
		back += portalStep
	}
	st := stations(cut(line, portalFront/2, math.Min(back, l0)), pt{}, pt{})
	for k := 1; k < len(st); k++ {
		s.gallery(&st[k-1], &st[k], half+portalFrame, foot, top)
	}
	if n := len(st) - 1; n > 0 {
		p, q := st[n].at(half+portalFrame), st[n].at(-half-portalFrame)
		s.quad([4][3]float64{{q[0], q[1], foot}, {p[0], p[1], foot}, {p[0], p[1], top}, {q[0], q[1], top}}, concreteColor, wallUV(0, 2*half, top-foot))
	}
	// The dark begins where daylight ends.
	p, q := along(along(at, d, 1.2), l, half), along(along(at, d, 1.2), l, -half)
	s.quad([4][3]float64{{p[0], p[1], foot}, {q[0], q[1], foot}, {q[0], q[1], g + high}, {p[0], p[1], g + high}}, rgb(12, 12, 13), wallUV(0, 2*half, high))
	c.out.Solids = append(c.out.Solids, m)
}

// gallery is what a tunnel is between two cross-sections where the hill does not cover it:
// its outer walls and its roof.
func (s *solid) gallery(a, b *station, half, foot, top float64) {
	corner := func(t *station, o, h float64) [3]float64 {
		p := t.at(o)
		return [3]float64{p[0], p[1], h}
	}
	s.quad([4][3]float64{corner(a, -half, foot), corner(b, -half, foot), corner(b, -half, top), corner(a, -half, top)}, concreteColor, wallUV(a.s, b.s, top-foot))
	s.quad([4][3]float64{corner(b, half, foot), corner(a, half, foot), corner(a, half, top), corner(b, half, top)}, concreteColor, wallUV(a.s, b.s, top-foot))
	s.quad([4][3]float64{corner(a, -half, top), corner(b, -half, top), corner(b, half, top), corner(a, half, top)}, concreteColor, wallUV(a.s, b.s, 2*half))
}

// besides tells whether two ways of these directions run beside each other.
func besides(a, b pt) bool { return math.Abs(dot(a, b)) > squeezeAlong }

// vacant tells whether no way lies at a place, but where it ends at the mouth, or one that is
// higher than the top of what is built there, on the ground or on a bridge. ignore, where it
// is not nil, tells of other ways that may lie there, by their directions.
func (c *builder) vacant(p, mouth pt, top float64, ignore func(w *way, on pt) bool) bool {
	if g, ok := c.ground(p); ok && g >= top {
		return true
	}
	for _, g := range c.near().bins[cellOf(p, nearCell)] {
		w := &c.ways[g.way]
		q := mix(g.a, g.b, project(p, g.a, g.b))
		on := unit(g.a, g.b)
		if dist(p, q) >= w.section.edge(on, sub(p, q)) || dist(q, mouth) <= 0.5 || ignore != nil && ignore(w, on) {
			continue
		}
		if prof := c.heights.of(w); !w.bridge || prof == nil || prof.at(g.s+dist(g.a, q))-deckThickness < top {
			return false
		}
	}
	return true
}
