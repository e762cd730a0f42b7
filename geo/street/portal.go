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
	inside, _ := pointAt(line, math.Min(portalBack, lineLength(line)))
	h, ok2 := c.ground(inside)
	if !ok || !ok2 || h-g < portalCover {
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
	// Jambs, lintel, and walls that go down and out on both sides.
	for _, side := range [2]float64{1, -1} {
		s.box(along(along(at, l, side*(half+portalFrame/2)), d, 0.6), l, d, portalFrame/2, 0.6, foot, g+high)
		s.box(along(along(at, l, side*(half+portalFrame+2.5)), d, 0.9), l, d, 2.5, 0.4, foot, g+high*0.75)
	}
	s.box(along(at, d, 0.6), l, d, half+portalFrame, 0.6, g+high, g+high+portalFrame)
	// The dark, and the last of the way in the shade of the lintel.
	a, b := along(along(at, d, 0.9), l, half), along(along(at, d, 0.9), l, -half)
	s.quad([4][3]float64{{a[0], a[1], foot}, {b[0], b[1], foot}, {b[0], b[1], g + high}, {a[0], a[1], g + high}}, rgb(9, 9, 10), wallUV(0, 2*half, high))
	c.out.Solids = append(c.out.Solids, m)
}
