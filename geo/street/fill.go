package street

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// junction fills where three or more ways meet, or where a way changes its width.
func (c *builder) junction(i int) bool {
	nd := &c.nodes[i]
	if c.onRails(nd) {
		return false
	}
	a, ok := c.fill(nd)
	if !ok {
		return false
	}
	if a.plate {
		c.block.Report.Note("junction filled by its hull")
	}
	f, ok := triangulate([][]pt{a.ring})
	if !ok {
		if f, ok = triangulate([][]pt{convexHull(a.ring)}); !ok {
			return false
		}
		c.block.Report.Note("junction filled by its hull")
	}
	c.emitArea(f, a.walks, a.kerbs, []int{i})
	return true
}

func (c *builder) onRails(nd *node) bool { return nd.tier == track }

// clusterArea fills a cluster of nodes.
func (c *builder) clusterArea(g []int) bool {
	polys, walks, kerbs, ok := c.join(g)
	if !ok {
		return false
	}
	for i, poly := range polys {
		var rings [][]pt
		for k, r := range poly {
			ring := make([]pt, 0, len(r))
			for _, q := range r[:len(r)-1] {
				ring = append(ring, pt(q))
			}
			if k == 0 || math.Abs(area2(ring)) > 2*islandLeast {
				rings = append(rings, ring)
			}
		}
		f, ok := triangulate(rings)
		if !ok {
			if f, ok = triangulate([][]pt{convexHull(rings[0])}); !ok {
				continue
			}
			c.block.Report.Note("junction filled by its hull")
		}
		if i > 0 {
			walks, kerbs = nil, nil
		}
		c.emitArea(f, walks, kerbs, g)
	}
	return len(polys) > 0
}

// islandLeast is the area in square metres below which an island between the ways of a
// cluster is paved over.
const islandLeast = 12.0

// emitArea lays the area of one or more nodes in the look of their greatest way.
func (c *builder) emitArea(f sheet, walks []sheet, kerbs []rim, nodes []int) {
	var top *way
	width := 0.0
	for _, k := range nodes {
		nd := &c.nodes[k]
		for _, a := range c.joined(nd) {
			w := c.wayOf(a)
			if top == nil || w.style.bias > top.style.bias {
				top = w
			}
			width = math.Max(width, w.section.Width())
		}
	}
	l := look{top.style.material, top.style.color, top.style.bias, width, top.feature, top.class, false}
	if top.style.tier == street {
		l.bias = junctionBias
	}
	raised := c.raise(&f, nodes)
	c.emit(f, l, nil)
	if raised {
		c.slab(&f, l)
	}
	for i := range walks {
		w := l
		w.bias, w.color, w.material, w.width = walkBias, walkColor, geo.Road, 2
		up := c.raise(&walks[i], nodes)
		c.emit(walks[i], w, nil)
		if up {
			c.slab(&walks[i], w)
		}
	}
	if raised {
		return
	}
	for _, k := range kerbs {
		c.cornerKerb(k.line, k.wide, look{geo.Road, walkColor, kerbBias, kerbHigh, top.feature, top.class, false})
	}
}

// deadEnd rounds off the end of a path and widens a turning circle.
func (c *builder) deadEnd(nd *node) {
	arms := c.equalsAt(nd)
	t := c.points[nd.at]["highway"]
	circle := t == "turning_circle" || t == "turning_loop"
	if len(arms) == 0 || len(arms) > 1 && !circle {
		return
	}
	a := arms[0]
	w := c.wayOf(a)
	if w.bridge || w.style.tier == access && !circle {
		return
	}
	r := (a.kerbLeft - a.kerbRight) / 2
	if circle {
		r = math.Max(r*1.4, 5.5)
	} else if w.style.tier == street && a.outLeft > a.kerbLeft {
		return // the sidewalks end with it
	}
	mid := along(nd.at, leftOf(a.dir), (a.kerbLeft+a.kerbRight)/2)
	var ring []pt
	n := max(8, int(r*4))
	start, sweep := math.Atan2(a.dir[1], a.dir[0])+math.Pi/2, math.Pi
	if circle {
		sweep = 2 * math.Pi
	}
	for k := 0; k <= n; k++ {
		sn, cs := math.Sincos(start + sweep*float64(k)/float64(n))
		ring = append(ring, pt{mid[0] + r*cs, mid[1] + r*sn})
	}
	if circle {
		ring = ring[:n]
	}
	f, ok := triangulate([][]pt{ring})
	if !ok {
		return
	}
	l := look{w.style.material, w.style.color, w.style.bias, 2 * r, w.feature, w.class, false}
	if circle {
		l.bias = junctionBias
	}
	if w.style.tier == path {
		l.width *= faint
	}
	c.raise(&f, []int{c.index[nd.at]})
	c.emit(f, l, nil)
}
