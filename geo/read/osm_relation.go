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
		var lines []memberLine
		if interesting(tags) {
			var err error
			if polys, lines, reason, err = r.assemble(rel); err != nil {
				return err
			}
			if reason != "" {
				var all orb.MultiLineString
				for _, l := range lines {
					all = append(all, runs(l.places)...)
				}
				r.reject(id, reason, all)
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
func (r *osmReader) assemble(rel *osmRelation) (polys orb.MultiPolygon, lines []memberLine, reason string, err error) {
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
			return nil, nil, "", err
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
		return nil, nil, reasonWays, nil
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
			return found, lines, "", nil
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
		return partial, lines, "", nil
	}
	if missing && reason == reasonOpen {
		reason = reasonWays
	}
	return nil, lines, reason, nil
}

// reject skips an object of which there are some lines.
func (r *osmReader) reject(id, reason string, lines orb.MultiLineString) {
	r.report.Skip(id, reason)
	switch {
	case r.o.Rejected == nil || len(lines) == 0:
	case len(lines) == 1:
		r.o.Rejected(geo.Feature{ID: id, Geometry: lines[0]})
	default:
		r.o.Rejected(geo.Feature{ID: id, Geometry: lines})
	}
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
