package street

import (
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
	lesser  map[pt]bool // points of paths and drives
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
	n.carry(heights)
	c := &builder{network: n, heights: heights, options: o, lesser: n.lesserPoints()}
	c.squeezeAll()
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
	spans := c.spans(i)
	for _, span := range spans {
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
		c.kerbs(i, spans)
		c.refuges(i)
	}
}

// faint is the share of its width that a path counts with when coarse levels leave out what
// is narrow: it is of the colour of what it leads through.
const faint = 0.6

// band lays one band of a way.
func (c *builder) band(w *way, b *Band, span span, left float64) {
	s := &w.section
	right := left - b.Width
	l := look{w.style.material, w.style.color, w.style.bias, b.Width, w.feature, w.class, w.style.tier == track}
	if w.style.tier == path {
		l.width *= faint
	}
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
