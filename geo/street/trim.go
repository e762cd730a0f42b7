package street

import (
	"math"
	"strings"
)

// Bounds of how far a way is cut back, in metres, by the tier of the node; ways of fast
// classes that part at a narrow angle need more.
var (
	trimMost     = [4]float64{0, 4, 12, 30}
	trimMostFast = 45.0
)

const (
	shortest   = 0.5                 // what must be left of a piece
	clusterMax = 70.0                // metres across a cluster
	innerMax   = 35.0                // metres of a way within one
	straight   = 172 * math.Pi / 180 // from this angle on, edges pass each other
	tuckAngle  = 32 * math.Pi / 180  // a lesser way that parts at less runs under the greater
	through    = 150 * math.Pi / 180 // of a greater way that it leaves
)

// trim finds how far every piece is cut back at its ends, which nodes are one cluster,
// and what is left of the pieces.
func (n *network) trim() {
	for i := range n.nodes {
		n.wants(&n.nodes[i])
	}
	n.cluster()
	for i := range n.pieces {
		n.cutBack(i)
	}
}

// ends are the arms at the two ends of a piece.
func (n *network) ends(p *piece, k int) (out [2]*arm) {
	for e := range 2 {
		nd := &n.nodes[p.ends[e]]
		for i := range nd.arms {
			if a := &nd.arms[i]; a.piece == k && a.far == (e == 1) {
				out[e] = a
			}
		}
	}
	return out
}

// wants finds how far the arms of a node want to be cut back: to where their kerbs meet
// those of their neighbours, with room for the corner's radius, and to where the outer
// edges of their sidewalks do.
func (n *network) wants(nd *node) {
	arms := n.joined(nd)
	if len(arms) == 2 {
		if !continues(arms[0], arms[1]) {
			a, b := arms[0], arms[1]
			d := math.Max(math.Abs(a.outLeft+b.outRight), math.Abs(a.outRight+b.outLeft))
			d = math.Max(2, math.Min(3*d, 12))
			a.want, b.want = d, d
		}
		return
	}
	if len(arms) < 3 {
		return
	}
	for k, a := range arms {
		b := arms[(k+1)%len(arms)]
		phi := angle(a.dir, b.dir)
		if phi >= straight {
			continue
		}
		limit := trimMost[nd.tier]
		if n.styleOf(a).bias >= 17 && n.styleOf(b).bias >= 17 {
			limit = trimMostFast
		}
		sin, cos := math.Sin(math.Max(phi, 0.02)), math.Cos(phi)
		r := n.radius(a, b)
		t := math.Min(r/math.Tan(math.Max(phi, 0.02)/2), r+1)
		hl, hr, ol, or := a.kerbLeft, -b.kerbRight, a.outLeft, -b.outRight
		a.want = math.Max(a.want, math.Min(limit, math.Max((hr+hl*cos)/sin+t, (or+ol*cos)/sin)))
		b.want = math.Max(b.want, math.Min(limit, math.Max((hl+hr*cos)/sin+t, (ol+or*cos)/sin)))
	}
}

// joined are the arms between which an area is filled: the equals, but for lesser ways
// that leave a greater one at a narrow angle: these run on under it, as slip roads do.
func (n *network) joined(nd *node) []*arm {
	arms := n.equalsAt(nd)
	if len(arms) < 3 {
		return arms
	}
	out := arms[:0:0]
	for _, a := range arms {
		if !n.tucked(a, arms) {
			out = append(out, a)
		}
	}
	return out
}

func (n *network) tucked(a *arm, arms []*arm) bool {
	bias := n.styleOf(a).bias
	for _, b := range arms {
		if b == a || n.styleOf(b).bias <= bias || between(a.dir, b.dir) > tuckAngle {
			continue
		}
		for _, c := range arms {
			if c != a && c != b && n.styleOf(c).bias > bias && between(b.dir, c.dir) > through {
				return true
			}
		}
	}
	return false
}

// continues tells whether two arms that face each other have the same cross-section.
func continues(a, b *arm) bool {
	const same = 0.06
	return math.Abs(a.kerbLeft+b.kerbRight) < same && math.Abs(a.kerbRight+b.kerbLeft) < same &&
		math.Abs(a.outLeft+b.outRight) < same && math.Abs(a.outRight+b.outLeft) < same
}

// radius is that of the corner between two arms.
func (n *network) radius(a, b *arm) float64 {
	r := math.Min(n.styleOf(a).radius, n.styleOf(b).radius)
	if strings.HasSuffix(n.wayOf(a).class, "_link") || strings.HasSuffix(n.wayOf(b).class, "_link") {
		r = math.Max(r, 6)
	}
	return r
}

// angle is that from a to b, counter-clockwise in 0 … 2π.
func angle(a, b pt) float64 {
	t := math.Atan2(cross2(a, b), dot(a, b))
	if t < 0 {
		t += 2 * math.Pi
	}
	return t
}

func between(a, b pt) float64 { return math.Abs(math.Atan2(cross2(a, b), dot(a, b))) }

// cutBack shares a piece's length between its ends and makes the cross-sections of what
// is left.
func (n *network) cutBack(i int) {
	p := &n.pieces[i]
	e := n.ends(p, i)
	e[0].trim, e[1].trim = e[0].want, e[1].want
	if p.inner {
		e[0].trim, e[1].trim = p.length/2, p.length/2
		return
	}
	if sum := e[0].want + e[1].want; sum > 0 && sum > p.length-shortest {
		room := math.Max(p.length-shortest, p.length*0.5)
		e[0].trim, e[1].trim = e[0].want/sum*room, e[1].want/sum*room
	}
	line := shorten(p.line, e[0].trim, e[1].trim)
	if len(line) < 2 {
		return
	}
	var before, after pt
	if e[0].trim == 0 {
		before = n.onward(p.ends[0], e[0])
	}
	if e[1].trim == 0 {
		after = neg(n.onward(p.ends[1], e[1]))
	}
	p.stations = stations(line, before, after)
}

// onward is the direction of travel with which a continuing way comes to an arm's end:
// into the node, where the arm leaves it.
func (n *network) onward(at int, a *arm) pt {
	nd := &n.nodes[at]
	arms := n.joined(nd)
	if n.styleOf(a).tier == track {
		arms = nil
		for k := range nd.arms {
			if n.styleOf(&nd.arms[k]).tier == track {
				arms = append(arms, &nd.arms[k])
			}
		}
	}
	if len(arms) != 2 {
		return pt{}
	}
	for k, b := range arms {
		if b == a {
			o := arms[1-k]
			line := n.pieces[o.piece].line
			if o.far {
				line = reversed(line)
			}
			return neg(unit(line[0], line[1]))
		}
	}
	return pt{}
}
