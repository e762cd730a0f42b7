package street

import (
	"math"
	"slices"

	"github.com/longtake/longtake/geo"
)

// crossing is where a bridge passes over another way: metres along both.
type crossing struct {
	over, under int
	s, t        float64
	places      []overpass // between the edges of both
}

// carried tells whether a way is, or may be, off the ground: its layer counts.
func (w *way) carried() bool { return w.bridge || w.floor }

// crossings finds where what is carried passes over ways of lower layers.
func (v *solver) crossings() []crossing {
	const cell = 40.0
	type segment struct{ way, i int }
	bins := map[[2]int32][]segment{}
	cells := func(a, b pt, fn func(c [2]int32)) {
		lo := cellOf(pt{math.Min(a[0], b[0]), math.Min(a[1], b[1])}, cell)
		hi := cellOf(pt{math.Max(a[0], b[0]), math.Max(a[1], b[1])}, cell)
		for x := lo[0]; x <= hi[0]; x++ {
			for y := lo[1]; y <= hi[1]; y++ {
				fn([2]int32{x, y})
			}
		}
	}
	along := make([][]float64, len(v.ways))
	for w, line := range v.line {
		s := 0.0
		for i := range line {
			if i > 0 {
				a, b := v.verts[line[i-1]].at, v.verts[line[i]].at
				s += dist(a, b)
				if v.ways[w].carried() {
					cells(a, b, func(c [2]int32) { bins[c] = append(bins[c], segment{w, i}) })
				}
			}
			along[w] = append(along[w], s)
		}
	}
	var out []crossing
	for u, line := range v.line {
		layer := 0
		if v.ways[u].carried() {
			layer = v.ways[u].layer
		}
		for j := 1; j < len(line); j++ {
			a, b := v.verts[line[j-1]].at, v.verts[line[j]].at
			var seen []segment
			cells(a, b, func(c [2]int32) {
				for _, o := range bins[c] {
					w := &v.ways[o.way]
					if o.way == u || w.layer < layer || w.layer == layer && v.ways[u].carried() || slices.Contains(seen, o) {
						continue
					}
					seen = append(seen, o)
					p, q := v.line[o.way][o.i-1], v.line[o.way][o.i]
					if p == line[j] || p == line[j-1] || q == line[j] || q == line[j-1] {
						continue // they meet
					}
					s, t, ok := meet(v.verts[p].at, sub(v.verts[q].at, v.verts[p].at), a, sub(b, a))
					if ok && s > -1e-6 && s < 1+1e-6 && t > -1e-6 && t < 1+1e-6 {
						l, m := dist(v.verts[p].at, v.verts[q].at), dist(a, b)
						out = append(out, crossing{over: o.way, under: u, s: along[o.way][o.i-1] + s*l, t: along[u][j-1] + t*m})
					}
				}
			})
		}
	}
	return out
}

func sub(a, b pt) pt { return pt{a[0] - b[0], a[1] - b[1]} }

// height is that of a way at a distance along it.
func (v *solver) height(w int, s float64) float64 {
	line := v.line[w]
	for i := 1; i < len(line); i++ {
		a, b := &v.verts[line[i-1]], &v.verts[line[i]]
		l := dist(a.at, b.at)
		if s <= l || i == len(line)-1 {
			return a.h + (b.h-a.h)*math.Min(1, s/math.Max(l, 1e-9))
		}
		s -= l
	}
	return 0
}

// require marks the vertices of a bridge that lie above a way that it crosses.
func (v *solver) require(c *crossing) {
	under := &v.ways[c.under]
	need := v.height(c.under, c.t) + v.clearance(c) + deckThickness
	half := under.section.Width()/2 + crossSpread
	line, s := v.line[c.over], 0.0
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		from := s
		s += dist(v.verts[a].at, v.verts[b].at)
		if s < c.s-half || from > c.s+half {
			continue
		}
		for _, k := range [2]int{a, b} {
			v.verts[k].need = math.Max(v.verts[k].need, need)
		}
	}
	for i := range c.places {
		p := &c.places[i]
		_, low := v.heights(c, p)
		for _, k := range [2]int{line[p.over-1], line[p.over]} {
			v.verts[k].need = math.Max(v.verts[k].need, low+v.clearance(c)+deckThickness)
		}
	}
}

// short is how much a crossing lacks of what it needs.
func (v *solver) short(c *crossing) float64 {
	return v.height(c.under, c.t) + v.clearance(c) + deckThickness - v.height(c.over, c.s)
}

// clearance is what a crossing is to leave free. Floors of a parking house are low.
func (v *solver) clearance(c *crossing) float64 {
	if v.garage(c) {
		return headGarage
	}
	return Clearance(v.ways[c.under].class)
}

// GarageFloor is what is noted of a floor above another of a parking house, for each pair (see
// Above) with the metres that are kept free between them.
const GarageFloor = "floor of a parking house kept as low above the next as such floors are"

// garage tells whether a crossing is of two floors of a parking house.
func (v *solver) garage(c *crossing) bool {
	o, u := &v.ways[c.over], &v.ways[c.under]
	return o.floor && o.aisle && u.aisle
}

// clear tells whether no crossing lacks height.
func (v *solver) clear(crossings []crossing) bool {
	return !slices.ContainsFunc(crossings, func(c crossing) bool { return v.lowest(&c) > 0.05 })
}

// Above is by which ids the report tells a pair of ways, one of which is carried over the
// other.
func Above(over, under string) string { return over + " above " + under }

// tell notes the pairs that lack height, and those that are floors of a parking house, of
// the carried ways that are asked for.
func (v *solver) tell(crossings []crossing, report *geo.Report, asked func(w *way) bool) {
	low, floors := map[[2]int]float64{}, map[[2]int]bool{}
	for i := range crossings {
		c := &crossings[i]
		if !asked(&v.ways[c.over]) {
			continue
		}
		k := [2]int{c.over, c.under}
		if short := v.lowest(c); short > 0.25 {
			low[k] = math.Max(low[k], short)
		}
		if v.garage(c) {
			floors[k] = true
		}
	}
	name := func(k [2]int) string { return Above(v.ways[k[0]].id, v.ways[k[1]].id) }
	for k, short := range low { // the report sorts ids
		report.NoteBy(name(k), LowBridge, short)
	}
	for k := range floors {
		report.NoteBy(name(k), GarageFloor, headGarage)
	}
}
