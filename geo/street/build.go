package street

import (
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
)

// Options name the layers that streets and rails are drawn by; what has no name is left
// out.
type Options struct{ Roads, Rails string }

// Built is what a block's streets and rails become.
type Built struct {
	Patches []cover.Patch // on the ground
	Solids  []cover.Solid // decks, ramps, piers, portals
}

// look is how a surface is drawn.
type look struct {
	material geo.Material
	color    [4]uint8
	bias     int
	width    float64 // metres: a coarse level may drop it when narrow
	feature  int
	class    string
	rail     bool
}

// builder collects what a block builds.
type builder struct {
	*network
	heights *Heights
	options Options
	nearby  *proximity
	out     Built
}

// Build makes the streets and rails that a block owns. heights are those of bridges; nil
// finds them from the block's own features.
func Build(b *geo.Block, heights *Heights, o Options) Built {
	n := newNetwork(b)
	n.trim()
	if heights == nil {
		s := NewSurvey(b.Frame)
		for i := range b.Features {
			s.Bridge(&b.Features[i])
		}
		for i := range b.Features {
			s.Near(&b.Features[i])
		}
		if all, err := s.Solve(b.Elevation, o, b.Report); err == nil { // it is all in memory: nothing fails
			heights, _ = all.All()
		}
	}
	c := &builder{network: n, heights: heights, options: o}
	made := map[string]int{}
	for i := range n.pieces {
		if p := &n.pieces[i]; n.ways[p.way].owned && len(p.stations) > 1 && c.draws(&n.ways[p.way]) {
			c.piece(i)
		}
	}
	for i := range n.ways {
		if w := &n.ways[i]; w.owned && c.draws(w) {
			switch {
			case w.bridge:
				made["bridge"]++
			case w.style.tier == track:
				made["railway"]++
			default:
				made["road"]++
			}
		}
	}
	if o.Roads != "" {
		for i := range n.nodes {
			if nd := &n.nodes[i]; nd.group < 0 && b.Owns(nd.at[0], nd.at[1]) {
				if c.junction(i) {
					made["junction"]++
				}
				c.deadEnd(nd)
			}
		}
		for _, g := range n.groups {
			if len(g) > 0 {
				if at := n.nodes[n.first(g)].at; b.Owns(at[0], at[1]) && c.clusterArea(g) {
					made["junction"]++
				}
			}
		}
		c.portals()
	}
	for _, kind := range [...]string{"road", "railway", "bridge", "junction"} {
		if made[kind] > 0 {
			b.Report.Made(kind, made[kind])
		}
	}
	return c.out
}

// draws tells whether the layer of a way is built.
func (c *builder) draws(w *way) bool { return c.options.draws(w) }

func (o *Options) draws(w *way) bool {
	if w.style.tier == track {
		return o.Rails != ""
	}
	return o.Roads != ""
}

// first is the node of a cluster that says who owns it: the one furthest west.
func (n *network) first(group []int) int {
	best := group[0]
	for _, k := range group {
		if less(n.nodes[k].at, n.nodes[best].at) {
			best = k
		}
	}
	return best
}

// piece lays the bands of a way between its cut ends, and what is painted on them.
func (c *builder) piece(i int) {
	p := &c.pieces[i]
	w := &c.ways[p.way]
	for _, span := range c.spans(i) {
		left := w.section.Left
		for k := range w.section.Bands {
			b := &w.section.Bands[k]
			c.band(w, b, span, left)
			left -= b.Width
		}
		if span.lift != nil {
			c.body(w, span)
		}
	}
	if w.style.tier == street && w.style.lane > 0 {
		c.markings(i)
	}
}

// band lays one band of a way.
func (c *builder) band(w *way, b *Band, span span, left float64) {
	s := &w.section
	right := left - b.Width
	l := look{w.style.material, w.style.color, w.style.bias, b.Width, w.feature, w.class, w.style.tier == track}
	code := c.bandCode(w, b)
	uL, uR := code.u(1), code.u(-1)
	switch b.Kind {
	case Walk:
		l.bias, l.color = walkBias, walkColor
		if left > s.KerbLeft+1e-9 { // on the left: the kerb is on its right
			uL, uR = uR, uL
		}
	case Parking:
		if (left+right)/2 > (s.KerbLeft+s.KerbRight)/2 {
			uL, uR = uR, uL
		}
	case Cycle:
		l.color = c.region.CycleLane
	}
	c.emit(strip(span.stations, left, right, uL, uR, span.from), l, span.lift)
}

// bandCode says what is painted on a band.
func (c *builder) bandCode(w *way, b *Band) Code {
	switch b.Kind {
	case Walk:
		return WalkCode
	case Parking:
		if b.Across {
			return AcrossCode
		}
		return ParkingCode
	case Cycle:
		return CycleCode
	case Bus:
		return BusCode
	}
	switch {
	case w.class == "railway=tram":
		return TramCode
	case w.style.tier == track:
		return BallastCode
	case w.class == "highway=steps":
		return StepsCode
	case w.class == "highway=track":
		return TrackCode
	case w.style.lane == 0 || w.style.material != geo.Road || w.tags["lane_markings"] == "no":
		return Plain
	}
	lanes := b.Left + b.Right
	if !w.style.lines && lanes < 3 && w.tags["lane_markings"] != "yes" || lanes < 2 && w.section.Oneway == 0 {
		return Plain
	}
	mark := MarkMajor
	switch {
	case c.region.Yellow:
		mark = MarkYellow
	case w.style.bias < 16, lanes < 4 && w.section.Width() > w.section.KerbLeft-w.section.KerbRight+0.1:
		mark = MarkMinor // in towns the kerb is the edge
	}
	return laneCode(mark, b.Left, b.Right)
}

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
	c.emitArea(f, a.walks, []int{i})
	return true
}

func (c *builder) onRails(nd *node) bool { return nd.tier == track }

// clusterArea fills a cluster of nodes.
func (c *builder) clusterArea(g []int) bool {
	polys, walks, ok := c.join(g)
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
			walks = nil
		}
		c.emitArea(f, walks, g)
	}
	return len(polys) > 0
}

// islandLeast is the area in square metres below which an island between the ways of a
// cluster is paved over.
const islandLeast = 12.0

// emitArea lays the area of one or more nodes in the look of their greatest way.
func (c *builder) emitArea(f sheet, walks []sheet, nodes []int) {
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
		c.raise(&walks[i], nodes)
		c.emit(walks[i], w, nil)
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
	c.raise(&f, []int{c.index[nd.at]})
	c.emit(f, l, nil)
}

// emit adds a surface: a patch on the ground, a solid where it is lifted.
func (c *builder) emit(f sheet, l look, lift *profile) {
	layer := c.options.Roads
	if l.rail {
		layer = c.options.Rails
	}
	if layer == "" || len(f.indices) == 0 {
		return
	}
	if lift != nil && f.h == nil {
		f.h = make([]float64, len(f.points))
		for i := range f.points {
			f.h[i] = lift.at(float64(f.uv[i][1]))
		}
	}
	if f.h == nil {
		c.out.Patches = append(c.out.Patches, cover.Patch{Layer: layer, Material: l.material, Color: l.color, Bias: l.bias, Feature: l.feature,
			Class: l.class, Points: f.points, UV: f.uv, Indices: f.indices, Width: l.width})
		return
	}
	s := cover.Solid{Layer: layer, Material: l.material, Feature: l.feature, Class: l.class, Bias: l.bias, UV: f.uv, Indices: f.indices}
	s.Normals = make([][3]float32, len(f.points))
	for i, p := range f.points {
		s.Positions = append(s.Positions, [3]float64{p[0], p[1], f.h[i]})
		s.Colors = append(s.Colors, l.color)
		s.Normals[i] = [3]float32{0, 0, 1}
	}
	c.out.Solids = append(c.out.Solids, s)
}
