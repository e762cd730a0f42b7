package street

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/terrain"
)

// Figures of earthworks in metres.
const (
	shoulder  = 1.0 // that is level beside a way
	forecourt = 5.0 // that is level beyond it in towns: a hill goes on behind the houses
	fillMost  = 4.0 // of an embankment: a higher ramp stands on walls
	cutClear  = 1.2 // between a deck and the ground below it
	cutStart  = 6.0 // from a bridge's end over which that is reached
	cutWide   = 0.8 // beyond the deck's edges
	cutMost   = 15.0
)

// Earthworks are what the ways that a block owns do to its ground: it is cut and filled
// level across those that lie on it, to the profiles of Corridors and as wide as Build
// makes them, and cut away where it rises into the deck of a bridge, as it does where
// the elevation is coarser than the valley. Elevation is the bare ground.
func Earthworks(b *geo.Block, heights *Heights, o Options) (out terrain.Shapes) {
	n := quietNetwork(b, heights)
	for _, c := range n.corridors(heights) {
		if c.way.owned && o.draws(c.way) {
			out.Corridors = append(out.Corridors, c.shape())
		}
	}
	for i := range n.pieces {
		w := &n.ways[n.pieces[i].way]
		if prof := heights.of(w); w.bridge && w.owned && prof != nil && o.draws(w) {
			out.Corridors = append(out.Corridors, n.cut(i, prof))
		}
	}
	return out
}

// shape is the corridor about its own middle.
func (c *Corridor) shape() terrain.Corridor {
	line := make([]pt, len(c.Line))
	out := terrain.Corridor{Half: (c.Left-c.Right)/2 + shoulder}
	out.Verge = c.way.verge()
	for k, p := range c.Line {
		line[k] = pt{p[0], p[1]}
		out.Heights = append(out.Heights, p[2])
	}
	out.Line = beside(line, (c.Left+c.Right)/2)
	return out
}

// verge is what is level beside a way: in a town all that lies before the houses, which
// take up the slope of a hill themselves.
func (w *way) verge() float64 {
	switch s := &w.section; {
	case w.style.tier == street && (w.style.always || w.style.walk > 0 && w.tags["name"] != "" || s.Left > s.KerbLeft || s.Right < s.KerbRight):
		return forecourt
	case w.style.tier == street, w.class == "highway=service", w.class == "highway=pedestrian":
		return forecourt / 2
	}
	return 0
}

// beside is a line moved to the left.
func beside(line []pt, by float64) (out orb.LineString) {
	for k, p := range line {
		n := leftOf(unit(line[max(k-1, 0)], line[min(k+1, len(line)-1)]))
		out = append(out, orb.Point(along(p, n, by)))
	}
	return out
}

// cut is the room below a piece of a bridge. It begins at the deck's height where a way
// on the ground meets it.
func (n *network) cut(i int, prof *profile) terrain.Corridor {
	p := &n.pieces[i]
	s := &n.ways[p.way].section
	var abutment [2]bool
	for e, k := range p.ends {
		arms := n.nodes[k].arms
		abutment[e] = len(arms) == 1
		for j := range arms {
			abutment[e] = abutment[e] || !n.wayOf(&arms[j]).bridge
		}
	}
	out := terrain.Corridor{Half: s.Width()/2 + cutWide, Cut: true, Bank: terrain.Bank{Slope: 1, Reach: 15}}
	steps := max(2, min(int(math.Ceil(p.length/(cutStart/2))), 20000))
	line := make([]pt, 0, steps+1)
	for k := range steps + 1 {
		at := p.length * float64(k) / float64(steps)
		free := math.Inf(1)
		if abutment[0] {
			free = at
		}
		if abutment[1] {
			free = math.Min(free, p.length-at)
		}
		q, _ := pointAt(p.line, at)
		line = append(line, q)
		h := prof.at(p.from+at) - (deckThickness+cutClear)*math.Min(1, free/cutStart)
		if g, ok := n.ground(q); ok {
			h = math.Max(h, g-cutMost)
		}
		out.Heights = append(out.Heights, h)
	}
	out.Line = beside(line, (s.Left+s.Right)/2)
	return out
}
