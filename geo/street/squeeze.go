package street

import "math"

// Figures of ways beside each other on a hillside.
const (
	squeezeStep   = 6.0 // metres between the places that are looked at
	squeezeFrom   = 1.0 // metres between two ways from which they give way to a wall
	squeezeFull   = 2.0 // and at which they do in full
	squeezeLeast  = 0.5 // share of the carriageway, on each side of its line, that is kept
	squeezeAlong  = 0.7 // cosine of the angle up to which two ways run beside each other
	squeezeBeside = 0.7 // sine of the angle from ahead from which a place lies beside a way
)

// squeezeAll narrows the pieces that the block needs.
func (c *builder) squeezeAll() {
	for i := range c.pieces {
		if c.needs(&c.pieces[i]) {
			c.squeeze(i)
		}
	}
}

// squeeze narrows a piece where another way lies beside it, so much higher or lower that a
// wall stands between, and both would cover the same ground: widths are guesses. Each ends
// at the middle of what both would cover, where the ground has its wall. Bridges do not:
// they cover what they cross.
func (c *builder) squeeze(i int) {
	p := &c.pieces[i]
	w := &c.ways[p.way]
	if len(p.stations) < 2 || w.bridge || w.style.tier < access {
		return
	}
	from := p.from + c.ends(p, i)[0].trim
	st := spaced(p.stations, squeezeStep)
	rooms, some := make([][2]float64, len(st)), false
	for k := range st {
		dir := unit(st[max(k-1, 0)].p, st[min(k+1, len(st)-1)].p)
		rooms[k] = [2]float64{c.room(w, &st[k].station, dir, from, 1), c.room(w, &st[k].station, dir, from, -1)}
		some = some || !math.IsInf(rooms[k][0], 1) || !math.IsInf(rooms[k][1], 1)
	}
	if !some {
		return
	}
	free := func(k int) bool { return math.IsInf(rooms[k][0], 1) && math.IsInf(rooms[k][1], 1) }
	kept := make([]station, 0, len(st))
	for k, t := range st {
		if !t.between || !free(k) || !free(k-1) || !free(k+1) {
			t.left, t.right = math.Min(t.left, rooms[k][0]), math.Min(t.right, rooms[k][1])
			kept = append(kept, t.station)
		}
	}
	p.stations = kept
}

// squeezed is where an offset comes to lie at a cross-section that has less room than the
// bands take: in its band as far from either edge, for the width that is left of that.
func (s *Section) squeezed(t *station, o float64) float64 {
	left := s.Left
	for _, b := range s.Bands {
		right := left - b.Width
		if o <= left && o >= right && b.Width > 0 {
			l, r := t.clamp(left), t.clamp(right)
			if l == left && r == right {
				return o
			}
			return r + (l-r)*(o-right)/b.Width
		}
		left = right
	}
	return t.clamp(o)
}

// square is the cross-section of a piece that is cut back at its start by trim, square to its
// line at a distance along that, with the places there of what lies at offsets.
func (c *builder) square(p *piece, trim, s float64, offsets ...float64) (at []pt, dir pt) {
	st := p.stations
	k := 1
	for k+1 < len(st) && st[k].s < s-trim {
		k++
	}
	a, b := &st[k-1], &st[k]
	t := math.Max(0, math.Min(1, (s-trim-a.s)/math.Max(b.s-a.s, 1e-9)))
	dir = unit(a.p, b.p)
	section := &c.ways[p.way].section
	for _, o := range offsets {
		l, r := section.squeezed(a, o), section.squeezed(b, o)
		at = append(at, along(mix(a.p, b.p, t), leftOf(dir), l+(r-l)*t))
	}
	return at, dir
}

// needs tells whether the block draws a piece or what it meets at one of its ends.
func (n *network) needs(p *piece) bool {
	if n.ways[p.way].owned {
		return true
	}
	owns := func(e int) bool { return n.block.Owns(n.nodes[e].at[0], n.nodes[e].at[1]) }
	for _, e := range p.ends {
		if g := n.nodes[e].group; owns(e) || g >= 0 && owns(n.first(n.groups[g])) {
			return true
		}
	}
	return false
}

// spot is a cross-section that a piece has, or one between.
type spot struct {
	station
	between bool
}

// spaced adds cross-sections so that none is further than a step from the next.
func spaced(st []station, step float64) []spot {
	out := []spot{{st[0], false}}
	for i := 1; i < len(st); i++ {
		a, b := &st[i-1], &st[i]
		n := max(1, min(int(math.Ceil((b.s-a.s)/step)), 4000))
		for k := 1; k < n; k++ {
			t := float64(k) / float64(n)
			out = append(out, spot{station{p: mix(a.p, b.p, t), n: leftOf(unit(a.p, b.p)), s: a.s + (b.s-a.s)*t,
				left: math.Min(a.left, b.left), right: math.Min(a.right, b.right)}, true})
		}
		out = append(out, spot{*b, false})
	}
	return out
}

// room is what other ways leave a way at a cross-section, metres from its line to the left
// (side 1) or right (-1); without end where there are none. from is how far along the way
// its first cross-section is.
func (c *builder) room(w *way, t *station, dir pt, from, side float64) float64 {
	outer, kerb := w.section.Left, w.section.KerbLeft
	if side < 0 {
		outer, kerb = -w.section.Right, -w.section.KerbRight
	}
	room := math.Inf(1)
	rim := t.at(side * outer)
	for _, g := range c.near().bins[cellOf(rim, nearCell)] {
		o := &c.ways[g.way]
		on := unit(g.a, g.b)
		if o.bridge || o.style.tier < access || math.Abs(dot(on, dir)) < squeezeAlong || toSegment(rim, g.a, g.b) > o.section.Width() {
			continue
		}
		q := mix(g.a, g.b, project(t.p, g.a, g.b))
		if cross2(dir, sub(q, t.p))*side <= squeezeBeside*dist(q, t.p) {
			continue // on the other side, or ahead, where the way itself rises, and what continues it
		}
		both := outer + o.section.edge(on, sub(t.p, q)) + 2*kerbWide - dist(t.p, q)
		if both <= 0 {
			continue
		}
		mine, ok := c.surface(w, from+t.s, t.p)
		other, known := c.surface(o, g.s+dist(g.a, q), q)
		rise := math.Abs(mine - other)
		if !ok || !known || rise <= squeezeFrom {
			continue
		}
		room = math.Min(room, outer-both/2*math.Min((rise-squeezeFrom)/(squeezeFull-squeezeFrom), 1))
	}
	return math.Max(room, squeezeLeast*kerb)
}

// surface is the height of a way at a distance along it, where its line is at p.
func (c *builder) surface(w *way, s float64, p pt) (float64, bool) {
	if prof := c.heights.of(w); prof != nil && (w.bridge || prof.riseAt(s) > raiseLeast) {
		return prof.at(s), true
	}
	return c.ground(p)
}
