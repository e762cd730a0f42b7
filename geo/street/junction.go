package street

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/clean"
)

// mouth is where an arm's piece begins: the middle, the direction away from the node and
// the ends of its edges.
type mouth struct {
	*arm
	p, d                     pt
	kerbL, kerbR, outL, outR pt
}

func (n *network) mouthOf(a *arm) mouth {
	p := &n.pieces[a.piece]
	m := mouth{arm: a}
	line := p.line
	if a.far {
		line = reversed(line)
	}
	m.p, m.d = pointAt(line, a.trim)
	t := station{p: m.p, n: leftOf(m.d), left: math.Inf(1), right: math.Inf(1)}
	if len(p.stations) > 1 {
		t = p.stations[0]
		if a.far {
			t = p.stations[len(p.stations)-1]
			t.n, t.left, t.right = neg(t.n), t.right, t.left
		}
	}
	m.kerbL, m.kerbR, m.outL, m.outR = t.at(a.kerbLeft), t.at(a.kerbRight), t.at(a.outLeft), t.at(a.outRight)
	return m
}

// area is what is filled where ways meet: rings of the carriageway, outer first, and the
// sidewalks round its corners.
type area struct {
	ring  []pt
	walks []sheet
	kerbs []rim
	plate bool // a plain hull: the outline crossed itself
}

// rim is the kerb of a corner and the width of the sidewalk on its right.
type rim struct {
	line []pt
	wide float64
}

// fill makes the area of a node from its arms, counter-clockwise.
func (n *network) fill(nd *node) (a area, ok bool) {
	arms := n.joined(nd)
	if len(arms) < 2 || len(arms) == 2 && arms[0].trim == 0 {
		return a, false
	}
	mouths := make([]mouth, len(arms))
	for i, m := range arms {
		mouths[i] = n.mouthOf(m)
	}
	for i := range mouths {
		m, next := &mouths[i], &mouths[(i+1)%len(mouths)]
		kerb := n.corner(nd, m, next)
		a.ring = append(append(a.ring, m.kerbR), kerb[:len(kerb)-1]...)
		inner := func(m *mouth) bool { return n.pieces[m.piece].inner }
		if m.outLeft-m.kerbLeft > 0.3 && next.kerbRight-next.outRight > 0.3 && !inner(m) && !inner(next) {
			if w := walkRound(nd, kerb, m, next); len(w.indices) > 0 {
				a.walks = append(a.walks, w)
				a.kerbs = append(a.kerbs, rim{kerb, math.Min(m.outLeft-m.kerbLeft, next.kerbRight-next.outRight)})
			}
		}
	}
	a.ring = slices.CompactFunc(a.ring, func(p, q pt) bool { return dist(p, q) < 1e-3 })
	if k := len(a.ring); k > 1 && dist(a.ring[0], a.ring[k-1]) < 1e-3 {
		a.ring = a.ring[:k-1]
	}
	if len(a.ring) < 3 || area2(a.ring) <= 1e-3 || !simple(a.ring) {
		a.ring, a.walks, a.kerbs, a.plate = convexHull(a.ring), nil, nil, true
	}
	return a, len(a.ring) >= 3 && area2(a.ring) > 1e-3
}

// corner is the kerb from an arm's left edge to its neighbour's right edge: straight to
// where the edges' lines would meet, rounded there.
func (n *network) corner(nd *node, a, b *mouth) []pt {
	out := []pt{a.kerbL}
	phi := angle(a.d, b.d)
	t, u, ok := meet(a.kerbL, neg(a.d), b.kerbR, neg(b.d))
	switch {
	case phi < straight && ok && t > -1e-6 && u > -1e-6:
		x := along(a.kerbL, a.d, -t)
		tan := math.Min(math.Min(t, u), n.radius(a.arm, b.arm)/math.Tan(phi/2))
		if tan < 0.05 {
			out = append(out, x)
			break
		}
		from, to := along(x, a.d, tan), along(x, b.d, tan)
		steps := max(1, min(6, int(math.Ceil((math.Pi-phi)/(20*math.Pi/180)))))
		if tan < 1 {
			steps = 1
		}
		for k := 0; k <= steps; k++ {
			s := float64(k) / float64(steps)
			out = append(out, mix(mix(from, x, s), mix(x, to, s), s))
		}
	case phi > 2*math.Pi-straight:
		if ok && t > 0 && u > 0 && t < a.trim+2.5*(math.Abs(a.kerbLeft)+1) && u < b.trim+2.5*(math.Abs(b.kerbRight)+1) {
			out = append(out, along(a.kerbL, a.d, -t))
		} else {
			out = append(out, along(nd.at, leftOf(a.dir), a.kerbLeft), along(nd.at, leftOf(b.dir), b.kerbRight))
		}
	}
	return append(out, b.kerbR)
}

// walkRound is the sidewalk round a corner, between its kerb and the line behind it.
func walkRound(nd *node, kerb []pt, a, b *mouth) sheet {
	back := []pt{a.outL}
	t, u, ok := meet(a.outL, neg(a.d), b.outR, neg(b.d))
	if phi := angle(a.d, b.d); ok && t > 0 && u > 0 && (phi < straight || phi > 2*math.Pi-straight) && t < 60 && u < 60 {
		back = append(back, along(a.outL, a.d, -t))
	}
	back = append(back, b.outR)
	return zip(kerb, back, WalkCode)
}

// zip fills the surface between a line and another on its right; u is 1 on the first.
func zip(kerb, back []pt, code Code) sheet {
	var f sheet
	lk, lb := lineLength(kerb), lineLength(back)
	if lk == 0 {
		lk = 1
	}
	if lb == 0 {
		lb = 1
	}
	i, j, sk, sb := 0, 0, 0.0, 0.0
	k := f.add(kerb[0], code.u(1), 0)
	o := f.add(back[0], code.u(-1), 0)
	for i+1 < len(kerb) || j+1 < len(back) {
		nk, nb := math.Inf(1), math.Inf(1)
		if i+1 < len(kerb) {
			nk = (sk + dist(kerb[i], kerb[i+1])) / lk
		}
		if j+1 < len(back) {
			nb = (sb + dist(back[j], back[j+1])) / lb
		}
		if nk <= nb {
			sk += dist(kerb[i], kerb[i+1])
			i++
			c := f.add(kerb[i], code.u(1), sk)
			f.tri(k, o, c)
			k = c
		} else {
			sb += dist(back[j], back[j+1])
			j++
			c := f.add(back[j], code.u(-1), sb/lb*lk)
			f.tri(k, o, c)
			o = c
		}
	}
	return f
}

// join is the area of a cluster: the union of those of its nodes and of the ways within.
func (n *network) join(group []int) (polys []orb.Polygon, walks []sheet, kerbs []rim, ok bool) {
	var parts []orb.Polygon
	add := func(ring []pt) {
		var r orb.Ring
		for _, p := range ring {
			r = append(r, orb.Point(p))
		}
		parts = append(parts, orb.Polygon{append(r, r[0])})
	}
	seen := map[int]bool{}
	for _, k := range group {
		nd := &n.nodes[k]
		a, ok := n.fill(nd)
		if ok {
			add(a.ring)
			walks, kerbs = append(walks, a.walks...), append(kerbs, a.kerbs...)
		}
		for _, m := range nd.arms {
			p := &n.pieces[m.piece]
			if !p.inner || seen[m.piece] {
				continue
			}
			seen[m.piece] = true
			s := &n.ways[p.way].section
			var l, r []pt
			for _, t := range stations(p.line, pt{}, pt{}) {
				l, r = append(l, t.at(s.KerbLeft)), append(r, t.at(s.KerbRight))
			}
			if ring := append(r, reversed(l)...); simple(ring) && area2(ring) > 0 {
				add(ring)
			} else if hull := convexHull(ring); len(hull) > 2 {
				add(hull)
			}
		}
	}
	if len(parts) == 0 {
		return nil, nil, nil, false
	}
	polys, outcome := clean.Union(parts, clean.Plan)
	return polys, walks, kerbs, outcome.Reason == ""
}
