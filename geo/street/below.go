package street

import "math"

// Figures of where a deck lies above a way.
const (
	belowStep  = 1.0  // metres between places along the deck
	belowTurn  = 0.25 // least sine of the angle between both: what meets at less has just parted
	belowMeets = 1.0  // metres: a deck that is no further above a way comes down to it there
)

// overpass is where a deck lies above a way, by segments of both and how far along each it is.
type overpass struct {
	over, under int // the segments' second vertices
	s, t        float64
	side        int // before the crossing or after it
}

// spread finds the places of a crossing between the edges of the deck and those of the way
// below it, from the middle outwards.
func (v *solver) spread(c *crossing) {
	over, under := &v.ways[c.over], &v.ways[c.under]
	deck, road := &over.section, &under.section
	on, low := v.segmentAt(c.over, c.s), v.segmentAt(c.under, c.t)
	if on == 0 || low == 0 || under.water { // the width of a river is a guess
		return
	}
	d, e := v.direction(c.over, on), v.direction(c.under, low)
	sin := math.Abs(cross2(d, e))
	if sin < belowTurn {
		return
	}
	reach := crossSpread + road.Width()/2/sin + deck.Width()/2*math.Abs(dot(d, e))/sin
	for side := range 2 {
		step := belowStep * float64(2*side-1)
		for off := step * float64(1-side); math.Abs(off) <= reach; off += step {
			i, s, ok := v.segment(c.over, c.s+off)
			if !ok {
				break
			}
			line := v.line[c.over]
			at, left := mix(v.verts[line[i-1]].at, v.verts[line[i]].at, s), leftOf(v.direction(c.over, i))
			met := false
			for _, across := range [3]float64{deck.Left, (deck.Left + deck.Right) / 2, deck.Right} {
				if j, t, ok := v.beneath(c.under, low, along(at, left, across), reach); ok {
					met = true
					c.places = append(c.places, overpass{i, j, s, t, side})
				}
			}
			if !met {
				break
			}
		}
	}
}

// segment is where a way is at a distance along it: the second vertex of the segment and
// the share of it.
func (v *solver) segment(w int, s float64) (i int, share float64, ok bool) {
	line := v.line[w]
	for i := 1; s >= 0 && i < len(line); i++ {
		l := dist(v.verts[line[i-1]].at, v.verts[line[i]].at)
		if s <= l && l > 0 {
			return i, s / l, true
		}
		s -= l
	}
	return 0, 0, false
}

func (v *solver) segmentAt(w int, s float64) int {
	i, _, _ := v.segment(w, s)
	return i
}

func (v *solver) direction(w, i int) pt {
	return unit(v.verts[v.line[w][i-1]].at, v.verts[v.line[w][i]].at)
}

// beneath is where a way passes below a place, looked for along some metres both ways from
// a segment.
func (v *solver) beneath(w, from int, p pt, reach float64) (i int, share float64, ok bool) {
	line, road := v.line[w], &v.ways[w].section
	least := math.Inf(1)
	look := func(j int) (on bool) {
		a, b := v.verts[line[j-1]].at, v.verts[line[j]].at
		t := project(p, a, b)
		d := dist(p, mix(a, b, t))
		if left := math.Copysign(d, cross(a, b, p)); d < least && left <= road.KerbLeft && left >= road.KerbRight {
			least, i, share, ok = d, j, t, true
		}
		return math.Min(dist(p, a), dist(p, b)) <= reach+sampleStep
	}
	for j := from; j < len(line) && (look(j) || j == from); j++ {
	}
	for j := from - 1; j > 0 && look(j); j-- {
	}
	return i, share, ok
}

// heights are those of the deck and of the way below it at a place.
func (v *solver) heights(c *crossing, p *overpass) (deck, low float64) {
	between := func(w, i int, t float64) float64 {
		a, b := v.verts[v.line[w][i-1]].h, v.verts[v.line[w][i]].h
		return a + (b-a)*t
	}
	return between(c.over, p.over, p.s), between(c.under, p.under, p.t)
}

// lowest is the most that a crossing lacks of what it needs anywhere between the edges of
// both, until the deck comes down to the way: a deck that slopes is lower there than in the
// middle of what it crosses.
func (v *solver) lowest(c *crossing) float64 {
	short := v.short(c)
	need := v.clearance(c) + deckThickness
	down := [2]bool{}
	for i := range c.places {
		p := &c.places[i]
		deck, low := v.heights(c, p)
		down[p.side] = down[p.side] || deck-low < belowMeets
		if !down[p.side] {
			short = math.Max(short, low+need-deck)
		}
	}
	return short
}
