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
)

// portals builds the mouths of tunnels: a frame with a dark opening and two walls, where
// a tunnel leaves a way on the ground and the ground rises over it. Under flat ground
// there is nothing to stand a mouth in.
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
	foot := g - 1.5
	// A block with an opening, open to the front only, and walls beside it that hold the
	// slope back and step down.
	const deep = 5.0
	box := func(x, y, a, b, foot, head float64) { s.box(along(along(at, l, x), d, y), l, d, a, b, foot, head) }
	for _, side := range [2]float64{1, -1} {
		box(side*(half+portalFrame/2), deep/2, portalFrame/2, deep/2, foot, g+high)
		box(side*(half+portalFrame+1.5), 0.9, 1.5, 0.4, foot, g+high*0.8)
		box(side*(half+portalFrame+4.2), 0.9, 1.2, 0.4, foot, g+high*0.5)
	}
	box(0, deep/2, half+portalFrame, deep/2, g+high, g+high+portalFrame)
	box(0, deep-0.2, half, 0.2, foot, g+high)
	// The dark begins where daylight ends.
	p, q := along(along(at, d, 1.2), l, half), along(along(at, d, 1.2), l, -half)
	s.quad([4][3]float64{{p[0], p[1], foot}, {q[0], q[1], foot}, {q[0], q[1], g + high}, {p[0], p[1], g + high}}, rgb(12, 12, 13), wallUV(0, 2*half, high))
	c.out.Solids = append(c.out.Solids, m)
}
