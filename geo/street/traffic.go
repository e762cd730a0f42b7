package street

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"github.com/longtake/longtake/geo"
)

// Lane is one directed lane between two junctions, cut back to their edges.
type Lane struct {
	Feature  int          // index into the block's features
	Class    string       // highway=primary, …
	Kind     Kind         // Drive, Bus or Cycle
	Speed    float64      // metres a second
	Line     [][3]float64 // middle of the lane in its direction: plan x, y, height above the ellipsoid
	From, To [2]float64   // nodes of the data where it begins and ends: equal where lanes meet
	Index    int          // among the lanes of its direction, from the left
	Halt     Halt         // what makes traffic wait at its end
	Stops    []float64    // metres along to crossings that people walk over
	Bridge   bool
	Owned    bool // the block owns its way
	// Start and End name its ends for all blocks, whatever else these know of its way: the
	// feature, the node there, and the data's next point.
	Start, End uint64
}

// Halt is what makes traffic wait at the end of a lane.
type Halt uint8

// The kinds of halts.
const (
	Free Halt = iota
	Yield
	Stop
	Signal
)

// Turn leads from the end of a lane through a junction to the start of another.
type Turn struct {
	From, To int // indices into Graph.Lanes
	Line     [][3]float64
	Angle    float64 // radians to the left
}

// Graph is the streets of a block for traffic.
type Graph struct {
	Lanes []Lane
	Turns []Turn
}

// Traffic is the lanes that a block owns (those of the ways that it owns), those that
// begin where they end, and the turns at the nodes in the block's square. Lanes of
// another block's ways at such a node are in it too, so that every turn has both.
func Traffic(b *geo.Block, heights *Heights) *Graph {
	n := quietNetwork(b, heights)
	n.trim()
	c := &builder{network: n, heights: heights}
	c.squeezeAll()
	g := &Graph{}
	at := map[int][]int{} // node to lanes that end or begin there
	for i := range n.pieces {
		p := &n.pieces[i]
		w := &n.ways[p.way]
		if w.style.tier < access || w.style.material != geo.Road || w.style.speed == 0 || len(p.stations) < 2 {
			continue
		}
		in := func(e int) bool { q := n.nodes[p.ends[e]].at; return b.Owns(q[0], q[1]) }
		if !w.owned && !in(0) && !in(1) {
			continue
		}
		for _, l := range c.lanes(i) {
			k := len(g.Lanes)
			g.Lanes = append(g.Lanes, l)
			at[n.index[l.From]] = append(at[n.index[l.From]], k)
			if l.To != l.From {
				at[n.index[l.To]] = append(at[n.index[l.To]], k)
			}
		}
	}
	done := map[int]bool{}
	for i := range n.nodes {
		nd := &n.nodes[i]
		members := []int{i}
		if nd.group >= 0 {
			members = n.groups[nd.group]
		}
		root := n.first(members)
		if done[root] || !b.Owns(n.nodes[root].at[0], n.nodes[root].at[1]) {
			continue
		}
		done[root] = true
		var meet []int
		for _, m := range members {
			meet = append(meet, at[m]...)
		}
		slices.Sort(meet)
		g.turns(slices.Compact(meet), func(p [2]float64) bool { return slices.Contains(members, n.index[p]) }, n.ground)
	}
	return g
}

// lanes are those of a piece, in both directions.
func (c *builder) lanes(i int) (out []Lane) {
	p := &c.pieces[i]
	w := &c.ways[p.way]
	ends := c.ends(p, i)
	from := p.from + ends[0].trim
	prof := c.heights.of(w)
	speed := w.style.speed
	if v := speedOf(w.tags); v > 0 {
		speed = v
	}
	st := dense(p.stations, from, laneStep, prof)
	add := func(kind Kind, offset float64, back bool, index int) {
		l := Lane{Feature: w.feature, Class: w.class, Kind: kind, Speed: speed / 3.6, Index: index, Bridge: w.bridge,
			From: c.nodes[p.ends[0]].at, To: c.nodes[p.ends[1]].at, Owned: w.owned}
		if kind == Cycle {
			l.Speed = math.Min(l.Speed, 5)
		}
		for k := range st {
			t := &st[k]
			q := along(t.p, t.n, w.section.squeezed(t, offset))
			h, _ := c.ground(q)
			if prof != nil && (w.bridge || prof.riseAt(from+t.s) > raiseLeast) {
				h = math.Max(h, prof.at(from+t.s))
			}
			l.Line = append(l.Line, [3]float64{q[0], q[1], h})
		}
		l.Line = even(l.Line)
		e := 1
		if back {
			slices.Reverse(l.Line)
			l.From, l.To, e = l.To, l.From, 0
		}
		l.Start, l.End = endOf(w, l.From, p.beside[1-e], len(out), 's'), endOf(w, l.To, p.beside[e], len(out), 'e')
		l.Halt = c.haltOf(p, e)
		c.eachPoint(p, func(tags map[string]string, s float64) {
			if tags["highway"] == "crossing" && tags["crossing"] != "unmarked" {
				if s -= ends[0].trim; back {
					s = p.length - ends[0].trim - ends[1].trim - s
				}
				if s >= 0 {
					l.Stops = append(l.Stops, s)
				}
			}
		})
		slices.Sort(l.Stops)
		out = append(out, l)
	}
	s := &w.section
	left := w.leftHand(c.region)
	x := s.Left
	for _, b := range s.Bands {
		switch b.Kind {
		case Drive:
			n := b.Left + b.Right
			if s.Oneway == 0 && n <= 1 { // both directions share it
				add(Drive, x-b.Width*0.5, left, 0)
				add(Drive, x-b.Width*0.5, !left, 0)
				break
			}
			n = max(n, 1)
			for k := range n {
				back := s.Oneway < 0
				first, count := 0, n
				if s.Oneway == 0 {
					onLeft := k < b.Left
					back = onLeft != left
					count = b.Left
					if !onLeft {
						first, count = b.Left, b.Right
					}
				}
				index := k - first
				if back {
					index = count - 1 - index
				}
				add(Drive, x-b.Width*(float64(k)+0.5)/float64(n), back, index)
			}
		case Bus, Cycle:
			mid := x - b.Width/2
			back := s.Oneway < 0 || s.Oneway == 0 && (mid > (s.KerbLeft+s.KerbRight)/2) != left
			add(b.Kind, mid, back, 0)
		}
		x -= b.Width
	}
	return out
}

// endOf names the end of a lane, the n-th of its way, at a node.
func endOf(w *way, node, beside pt, n int, end byte) uint64 {
	b := append([]byte(w.id), 0, byte(w.part), byte(n), end)
	for _, v := range [4]float64{node[0], node[1], beside[0], beside[1]} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	h := fnv.New64a()
	_, _ = h.Write(b)
	return h.Sum64()
}

// haltOf is what traffic meets at an end of a piece.
func (c *builder) haltOf(p *piece, e int) Halt {
	nd := &c.nodes[p.ends[e]]
	halt := Free
	if c.points[nd.at]["highway"] == "traffic_signals" {
		return Signal
	}
	c.eachPoint(p, func(tags map[string]string, s float64) {
		if e == 1 {
			s = p.length - s
		}
		if s > signalReach {
			return
		}
		if d := tags["direction"] + tags["traffic_signals:direction"]; d != "" && d != "both" && (d == "forward") != (e == 1) {
			return
		}
		switch tags["highway"] {
		case "traffic_signals":
			halt = max(halt, Signal)
		case "stop":
			halt = max(halt, Stop)
		case "give_way":
			halt = max(halt, Yield)
		}
	})
	if halt == Free && len(c.joined(nd)) > 2 { // the lesser way waits
		top := 0
		for k := range nd.arms {
			top = max(top, c.styleOf(&nd.arms[k]).bias)
		}
		if c.ways[p.way].style.bias < top && !strings.HasSuffix(c.ways[p.way].class, "_link") {
			halt = Yield
		}
	}
	return halt
}

// laneStep is how often in metres a lane asks for the height of the ground, laneBend how
// far it may be from the straight line between the points that it keeps.
const (
	laneStep = 8.0
	laneBend = 0.06
)
