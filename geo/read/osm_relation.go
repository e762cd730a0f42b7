package read

import (
	"fmt"
	"maps"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
)

// readRelations assembles multipolygons and boundaries. Relations of other types have no
// shape of their own and are passed over.
func (r *osmReader) readRelations(b *osmBlock) error {
	for i := range b.relations {
		rel := &b.relations[i]
		if !hasArea(rel) || r.box != nil && !r.keepRelation.has(rel.id) {
			continue
		}
		id := fmt.Sprintf("relation/%d", rel.id)
		tags := r.withRole(osmMember{kind: 'r', ref: rel.id}, r.relationTags(rel))
		polys, reason := orb.MultiPolygon(nil), ""
		if interesting(tags) {
			var err error
			if polys, reason, err = r.assemble(rel); err != nil {
				return err
			}
			if reason != "" {
				r.report.Skip(id, reason)
			}
		}
		if len(polys) == 0 {
			if err := r.giveBack(rel); err != nil {
				return err
			}
			continue
		}
		var g orb.Geometry = polys
		if len(polys) == 1 {
			g = polys[0]
		}
		if err := r.yield(geo.Feature{ID: id, Geometry: g, Tags: tags}); err != nil {
			return err
		}
	}
	return nil
}

// relationTags are the relation's own, or where it has none those that its outer ways
// agree on. The type is left out.
func (r *osmReader) relationTags(rel *osmRelation) map[string]string {
	tags := maps.Clone(rel.tags)
	delete(tags, "type")
	if ownTags(rel.tags) {
		return tags
	}
	var common map[string]string
	for _, m := range rel.members {
		if m.kind != 'w' || m.role == "inner" {
			continue
		}
		lent, ok := r.lending[m.ref]
		if !ok || lent == nil {
			continue
		}
		if common == nil {
			common = maps.Clone(lent)
			continue
		}
		maps.DeleteFunc(common, func(k, v string) bool { return lent[k] != v })
	}
	if !isArea(common) {
		return tags
	}
	maps.Copy(tags, common)
	return tags
}

// giveBack yields the outer ways that lent their tags to a relation that could not use
// them, as the areas that they are by themselves.
func (r *osmReader) giveBack(rel *osmRelation) error {
	for _, m := range rel.members {
		tags := r.lending[m.ref]
		if m.kind != 'w' || !isArea(tags) {
			continue
		}
		places, ok, err := r.ways.get(m.ref)
		if err != nil {
			return err
		}
		r.lending[m.ref] = nil // once, though it may be in several relations
		if !ok {
			continue
		}
		w := osmWay{id: m.ref, tags: tags}
		for _, p := range places {
			w.refs = append(w.refs, p.id)
		}
		if err := r.yieldWay(&w, places); err != nil {
			return err
		}
	}
	return nil
}

// memberLine is a member way with its nodes.
type memberLine struct {
	inner  bool
	places []place
}

// assemble makes the area of a relation. Complete ones are taken by the even-odd rule
// over all members, so wrong roles and inner rings that touch do no harm; of incomplete
// ones what the outer members close, less what the inner ones close.
func (r *osmReader) assemble(rel *osmRelation) (polys orb.MultiPolygon, reason string, err error) {
	var lines []memberLine
	missing := false
	seen := map[int64]bool{}
	twins := twinSet{}
	for _, m := range rel.members {
		if m.kind != 'w' || seen[m.ref] {
			continue
		}
		seen[m.ref] = true
		places, ok, err := r.ways.get(m.ref)
		if err != nil {
			return nil, "", err
		}
		if !ok {
			missing = true
			continue
		}
		whole := len(places) > 1
		for _, p := range places {
			whole = whole && p.lng != badPosition
		}
		if !whole {
			missing = true
			continue
		}
		if twins.seen(places) {
			r.report.Note("member drawn twice taken once")
			continue
		}
		lines = append(lines, memberLine{m.role == "inner", places})
	}
	if len(lines) == 0 {
		return nil, reasonWays, nil
	}
	// Members that overlap may still close side by side: with sides that are drawn twice
	// cancelled, or taken once.
	partial := orb.MultiPolygon(nil)
	for attempt := range 3 {
		pieces := lines
		if attempt > 0 {
			pieces = sides(lines, attempt == 2)
		}
		closed := closing(pieces)
		whole := !missing && len(closed) == len(pieces)
		found, why := enclose(closed, !whole)
		if whole && len(found) > 0 {
			return found, "", nil
		}
		if len(partial) == 0 {
			partial = found
		}
		if reason == "" {
			reason = why
		}
		if missing {
			break
		}
	}
	if len(partial) > 0 {
		r.report.Note("multipolygon built without its missing or open members")
		return partial, "", nil
	}
	if missing && reason == reasonOpen {
		reason = reasonWays
	}
	return nil, reason, nil
}

const reasonOpen = "outer ring not closed"

// enclose makes the area inside closed lines. Of a relation that is not whole the roles
// decide what is outside and inside, since the even-odd rule would take an inner ring
// whose outer one is missing for an area.
func enclose(closed []memberLine, byRole bool) (orb.MultiPolygon, string) {
	var outer, inner []orb.LineString
	for _, l := range closed {
		line := make(orb.LineString, len(l.places))
		for i, p := range l.places {
			line[i] = degrees(p.lng, p.lat)
		}
		if byRole && l.inner {
			inner = append(inner, line)
		} else {
			outer = append(outer, line)
		}
	}
	if len(outer) == 0 {
		return nil, reasonOpen
	}
	found, out := clean.FromSides(outer, inner, clean.Degrees)
	for _, p := range found {
		for _, ring := range p {
			for i := range ring {
				ring[i] = ontoOSM(ring[i])
			}
		}
	}
	return found, out.Reason
}

// ontoOSM undoes the snap of a node's position to the lattice of package clean, so that
// it equals the same node in other features bit for bit.
func ontoOSM(p orb.Point) orb.Point {
	for k, v := range p {
		if q := math.Round(v*1e7) / 1e7; math.Abs(q-v) < 5e-9 {
			p[k] = q
		}
	}
	return p
}

// spot is where a line ends: positions count, not node ids, for some editors put two
// nodes in one place.
type spot struct{ lng, lat int32 }

func (m memberLine) ends() (a, b spot) {
	first, last := m.places[0], m.places[len(m.places)-1]
	return spot{first.lng, first.lat}, spot{last.lng, last.lat}
}

// closing returns the lines that take part in closed rings: those at loose ends are
// dropped until none is left, and where a junction of odd degree remains, all that hang
// together with it.
func closing(lines []memberLine) []memberLine {
	at := map[spot][]int{} // lines by their ends; a closed line is there twice
	for i, l := range lines {
		a, b := l.ends()
		at[a] = append(at[a], i)
		at[b] = append(at[b], i)
	}
	degree := make(map[spot]int, len(at))
	for s, ls := range at {
		degree[s] = len(ls)
	}
	dropped := make([]bool, len(lines))
	var loose []spot
	drop := func(i int) {
		dropped[i] = true
		a, b := lines[i].ends()
		for _, s := range [2]spot{a, b} {
			if degree[s]--; degree[s] == 1 {
				loose = append(loose, s)
			}
		}
	}
	sweep := func() {
		for len(loose) > 0 {
			s := loose[len(loose)-1]
			loose = loose[:len(loose)-1]
			for _, i := range at[s] {
				if !dropped[i] {
					drop(i)
				}
			}
		}
	}
	for i, l := range lines {
		if a, b := l.ends(); !dropped[i] && (degree[a] == 1 || degree[b] == 1) {
			drop(i)
			sweep()
		}
	}
	odd := map[spot]bool{}
	var spread []spot
	reach := func(s spot) {
		if !odd[s] {
			odd[s] = true
			spread = append(spread, s)
		}
	}
	for i, l := range lines {
		a, b := l.ends()
		for _, s := range [2]spot{a, b} {
			if !dropped[i] && degree[s]%2 == 1 {
				reach(s)
			}
		}
	}
	for len(spread) > 0 {
		s := spread[len(spread)-1]
		spread = spread[:len(spread)-1]
		for _, i := range at[s] {
			if !dropped[i] {
				a, b := lines[i].ends()
				reach(a)
				reach(b)
			}
		}
	}
	kept := make([]memberLine, 0, len(lines))
	for i, l := range lines {
		if a, _ := l.ends(); !dropped[i] && !odd[a] {
			kept = append(kept, l)
		}
	}
	return kept
}

// sides takes lines apart into their sides. A side that is drawn several times is kept
// once, or by the even-odd rule.
func sides(lines []memberLine, once bool) []memberLine {
	type side struct{ a, b spot }
	count := map[side]int{}
	each := func(fn func(l memberLine, k int, s side)) {
		for _, l := range lines {
			for k := 0; k+1 < len(l.places); k++ {
				p, q := l.places[k], l.places[k+1]
				s := side{spot{p.lng, p.lat}, spot{q.lng, q.lat}}
				if s.b.lng < s.a.lng || s.b.lng == s.a.lng && s.b.lat < s.a.lat {
					s.a, s.b = s.b, s.a
				}
				if s.a != s.b {
					fn(l, k, s)
				}
			}
		}
	}
	each(func(_ memberLine, _ int, s side) { count[s]++ })
	var out []memberLine
	each(func(l memberLine, k int, s side) {
		if count[s]%2 == 1 || once && count[s] > 0 {
			count[s] = 0
			out = append(out, memberLine{l.inner, l.places[k : k+2]})
		}
	})
	return out
}

// twinSet finds lines that run along the same positions, either way round.
type twinSet map[twinKey][][]place

type twinKey struct {
	n    int
	a, b spot
}

// seen tells whether the line is a twin of one before, and remembers it.
func (t twinSet) seen(places []place) bool {
	a, b := memberLine{places: places}.ends()
	if b.lng < a.lng || b.lng == a.lng && b.lat < a.lat {
		a, b = b, a
	}
	key := twinKey{len(places), a, b}
	for _, other := range t[key] {
		if along(other, places, false) || along(other, places, true) {
			return true
		}
	}
	t[key] = append(t[key], places)
	return false
}

func along(a, b []place, backwards bool) bool {
	for i := range a {
		j := i
		if backwards {
			j = len(b) - 1 - i
		}
		if a[i].lng != b[j].lng || a[i].lat != b[j].lat {
			return false
		}
	}
	return true
}
