package street

import (
	"math"
	"sort"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
)

// Figures of decks and ramps in metres.
const (
	rampLeast  = 0.4  // a way on the ground this far above it stands on a ramp
	deckStep   = 32.0 // between cross-sections of a bridge; piers stand at them
	rampStep   = 12.0 // and of a ramp, whose foot follows the ground
	deckBend   = 0.04
	pierStep   = 30.0
	pierHeight = 3.0 // least height of a deck that stands on piers
	pierClear  = 1.2 // between a pier and the edge of what passes beneath
	kerbWide   = 0.3 // of a parapet
	bankSlope  = 1.5 // metres out for each down, of an embankment
)

var (
	concreteColor = rgb(158, 155, 149)
	earthColor    = rgb(112, 122, 78)
)

// span is a stretch of a piece that lies on the ground or is lifted as a whole.
type span struct {
	stations []station
	from     float64  // metres along the way at its first station
	lift     *profile // nil on the ground
}

// spans cuts a piece where it leaves the ground. A bridge is lifted throughout; a way on
// the ground only where the finished ground was not filled up to its profile.
func (c *builder) spans(i int) []span {
	p := &c.pieces[i]
	w := &c.ways[p.way]
	trim := c.ends(p, i)[0].trim
	whole := span{p.stations, p.from + trim, nil}
	prof := c.heights.of(w)
	if prof == nil {
		return []span{whole}
	}
	whole.lift = prof
	if w.bridge {
		whole.stations = dense(p.stations, whole.from, deckStep, prof)
		return []span{whole}
	}
	whole.stations = dense(p.stations, whole.from, rampStep, prof)
	var out []span
	for k := 1; k < len(whole.stations); k++ {
		st := whole.stations[k-1 : k+1]
		up := false
		for _, t := range st {
			g, ok := c.ground(t.p)
			at := whole.from + t.s
			up = up || ok && prof.riseAt(at) > raiseLeast && prof.at(at)-g > rampLeast
		}
		s := span{stations: st, from: whole.from}
		if up {
			s.lift = prof
		}
		if n := len(out); n > 0 && (out[n-1].lift != nil) == up {
			out[n-1].stations = append(out[n-1].stations, st[1])
			continue
		}
		s.stations = append([]station(nil), st...)
		out = append(out, s)
	}
	return out
}

// dense adds cross-sections where a profile bends between those that a line has, so that
// none of its samples is missed by more than deckBend (Douglas and Peucker 1973), and
// wherever two are further apart than a step; without a profile only there.
func dense(st []station, from, step float64, p *profile) []station {
	out := []station{st[0]}
	var split func(a, b station)
	split = func(a, b station) {
		if p == nil {
			out = append(out, b)
			return
		}
		h0, h1 := p.at(from+a.s), p.at(from+b.s)
		worst, at := deckBend, 0.0
		for _, s := range p.s[sort.SearchFloat64s(p.s, from+a.s):] {
			if s -= from; s >= b.s {
				break
			}
			if d := math.Abs(p.at(from+s) - h0 - (h1-h0)*(s-a.s)/(b.s-a.s)); d > worst && s > a.s+0.5 && s < b.s-0.5 {
				worst, at = d, s
			}
		}
		if worst > deckBend {
			t := (at - a.s) / (b.s - a.s)
			m := station{p: mix(a.p, b.p, t), n: leftOf(unit(a.p, b.p)), s: at, left: math.Min(a.left, b.left), right: math.Min(a.right, b.right)}
			split(a, m)
			split(m, b)
			return
		}
		out = append(out, b)
	}
	for i := 1; i < len(st); i++ {
		n := max(1, min(int((st[i].s-st[i-1].s)/step), 4000))
		a := st[i-1]
		for k := 1; k <= n; k++ {
			b := st[i]
			if t := float64(k) / float64(n); k < n {
				b = station{p: mix(st[i-1].p, st[i].p, t), n: leftOf(unit(st[i-1].p, st[i].p)), s: st[i-1].s + (st[i].s-st[i-1].s)*t,
					left: math.Min(a.left, st[i].left), right: math.Min(a.right, st[i].right)}
			}
			split(a, b)
			a = b
		}
	}
	return out
}

func (n *network) ground(p pt) (float64, bool) {
	if n.block.Elevation == nil {
		return 0, false
	}
	return n.block.Elevation.HeightAt(n.block.Frame.Unplan(p[0], p[1]))
}

// raise gives a flat area the heights of the ways that it joins; false on the ground. It
// reaches as far along them as they are cut back: from a bank out over the water.
func (c *builder) raise(f *sheet, nodes []int) bool {
	type edge struct {
		a, b pt
		h    float64
	}
	var edges []edge
	lifted := false
	for _, k := range nodes {
		nd := &c.nodes[k]
		h, ok := c.heightAt(nd.at)
		bridge := false
		for i := range nd.arms {
			bridge = bridge || c.wayOf(&nd.arms[i]).bridge
		}
		if g, known := c.ground(nd.at); ok {
			lifted = lifted || known && (bridge || h.rise > raiseLeast) && math.Abs(h.h-g) > rampLeast || bridge && h.h-g > 0.05
		}
		arms := c.joined(nd)
		if len(arms) < 2 {
			arms = c.equalsAt(nd)
		}
		for _, a := range arms {
			m := c.mouthOf(a)
			e := edge{m.outL, m.outR, h.h}
			p := &c.pieces[a.piece]
			g, known := c.ground(m.p)
			s := p.from + a.trim
			if a.far {
				s = p.from + p.length - a.trim
			}
			if q := c.heights.of(c.wayOf(a)); q != nil && (c.wayOf(a).bridge || q.riseAt(s) > raiseLeast) {
				e.h = q.at(s)
				lifted = lifted || known && e.h-g > pierHeight/2
			} else if known {
				e.h = g
			} else if !ok {
				continue
			}
			edges = append(edges, e)
		}
	}
	if !lifted || len(edges) == 0 {
		return false
	}
	f.h = make([]float64, len(f.points))
	for i, p := range f.points {
		var sum, weight float64
		for _, e := range edges {
			d := toSegment(p, e.a, e.b)
			w := 1 / (d*d + 1e-6)
			sum, weight = sum+float64(w*e.h), weight+w
		}
		f.h[i] = sum / weight
	}
	return true
}

func (c *builder) heightAt(p pt) (height, bool) {
	if c.heights == nil {
		return height{}, false
	}
	h, ok := c.heights.nodes[p]
	return h, ok
}

// slab is the body below a lifted area: its underside and its sides.
func (c *builder) slab(f *sheet, l look) {
	if c.options.Roads == "" {
		return
	}
	m := solid{Layer: c.options.Roads, Material: geo.Concrete, Feature: l.feature, Class: l.class}
	corner := func(i uint32, dz float64) [3]float64 { return [3]float64{f.points[i][0], f.points[i][1], f.h[i] + dz} }
	shared := map[[2]uint32]bool{}
	for t := 0; t < len(f.indices); t += 3 {
		for k := range 3 {
			shared[[2]uint32{f.indices[t+k], f.indices[t+(k+1)%3]}] = true
		}
	}
	for t := 0; t < len(f.indices); t += 3 {
		a, b, d := f.indices[t], f.indices[t+1], f.indices[t+2]
		m.triangle([3][3]float64{corner(a, -deckThickness), corner(d, -deckThickness), corner(b, -deckThickness)}, concreteColor)
		for k := range 3 {
			p, q := f.indices[t+k], f.indices[t+(k+1)%3]
			if !shared[[2]uint32{q, p}] {
				m.quad([4][3]float64{corner(p, -deckThickness), corner(q, -deckThickness), corner(q, 0), corner(p, 0)}, concreteColor,
					wallUV(0, dist(f.points[p], f.points[q]), deckThickness))
			}
		}
	}
	c.out.Solids = append(c.out.Solids, cover.Solid(m))
}
