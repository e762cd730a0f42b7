package street

import (
	"math"

	"github.com/longtake/longtake/geo"
)

// Corridor is the profile of a way that lies on the ground: what the terrain is cut and
// filled to. Ways that meet as equals have the same height there.
type Corridor struct {
	Feature int          // index into the block's features
	Line    [][3]float64 // plan x, plan y, height above the ellipsoid; at most corridorStep apart
	Left    float64      // metres from the line to the outer edges, sidewalks included
	Right   float64
	Rail    bool
	way     *way
}

const (
	corridorStep   = 10.0
	corridorSpread = 30.0 // metres before and behind over which a profile is smoothed
)

// Corridors are those of every way on the ground among a block's features, from its
// elevation as it is before any cut. A height is the mean of the ground along the way up
// to corridorSpread before and behind, but no further than to the next junction; it is
// raised by up to fillMost where heights say that a bridge needs a ramp. Bridges, tunnels,
// paths and steps have none.
//
// Near the block's square the result does not depend on the block; far from it, where
// features are missing, it may.
func Corridors(b *geo.Block, heights *Heights) []Corridor {
	return quietNetwork(b, heights).corridors(heights)
}

// quietNetwork is the graph of a block's ways that reports nothing: Build does.
func quietNetwork(b *geo.Block, heights *Heights) *network {
	quiet := *b
	quiet.Report = geo.NewReport()
	n := newNetwork(&quiet)
	n.carry(heights)
	return n
}

func (n *network) corridors(heights *Heights) []Corridor {
	var out []Corridor
	for i := range n.pieces {
		p := &n.pieces[i]
		w := &n.ways[p.way]
		if w.bridge || w.style.tier == path {
			continue
		}
		c := Corridor{Feature: w.feature, Left: w.section.Left, Right: w.section.Right, Rail: w.style.tier == track, way: w}
		steps := min(int(math.Ceil(p.length/corridorStep)), 20000)
		raw := make([]float64, steps+1)
		known := true
		for k := range raw {
			q, _ := pointAt(p.line, p.length*float64(k)/float64(steps))
			h, ok := n.ground(q)
			known = known && ok
			raw[k] = h
			c.Line = append(c.Line, [3]float64{q[0], q[1], h})
		}
		if !known || len(raw) < 2 {
			continue
		}
		reach := int(corridorSpread * float64(steps) / math.Max(p.length, 1e-9))
		prof := heights.of(w)
		for k := range raw {
			r := min(reach, k, steps-k)
			var sum float64
			for j := k - r; j <= k+r; j++ {
				sum += raw[j]
			}
			h := sum / float64(2*r+1)
			if prof != nil {
				at := p.from + p.length*float64(k)/float64(steps)
				if prof.riseAt(at) > raiseLeast {
					h = math.Max(h, math.Min(prof.at(at), h+fillMost))
				}
			}
			c.Line[k][2] = h
		}
		out = append(out, c)
	}
	return out
}
