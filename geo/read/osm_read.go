package read

import (
	"context"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// Tags that osm adds for the builders: the relation of type=building that a part or
// outline is a member of, and its role there.
const (
	TagBuildingRelation = "longtake:building_relation" // "relation/<id>"
	TagBuildingRole     = "longtake:building_role"     // "outline" or "part"
)

// osmReader makes features of OSM in four passes: relations (which ways are needed as
// members), nodes (positions kept, tagged ones yielded), ways (built, yielded, members
// kept), relations (assembled). With a box three passes go ahead to find what touches it,
// so that only its nodes are kept: memory depends on the box, not on the file.
type osmReader struct {
	src    osmSource
	o      Options
	report *geo.Report
	yield  func(geo.Feature) error

	members  idSet                        // ways that relations with an area are made of
	covered  map[int64]uint64             // closed outer way → main tag of its relation, hashed
	lending  map[int64]map[string]string  // outer ways whose relation has no tags: their own
	building map[osmMember]buildingMember // by kind and ref
	nodes    nodeStore
	ways     wayStore

	box                          *geo.Bound
	keepWay, keepRelation, needs idSet // filled where box is set, likewise keptMembers
	keptMembers                  idSet
}

// buildingMember is what a type=building relation says of a member.
type buildingMember struct {
	id   int64
	role string
	tags map[string]string
}

// features runs the passes.
func (r *osmReader) features(ctx context.Context) error {
	defer r.nodes.file.close()
	defer r.ways.file.close()
	r.covered, r.lending, r.building = map[int64]uint64{}, map[int64]map[string]string{}, map[osmMember]buildingMember{}
	r.box = r.o.BBox
	each := func(want osmKinds, fn func(*osmBlock) error) func() error {
		return func() error { return r.src.scan(ctx, want, fn) }
	}
	passes := []func() error{each(osmRelations, r.survey)}
	if r.box != nil {
		passes = append(passes, each(osmNodes, r.findNodes), each(osmWays, r.findWays), each(osmRelations, r.findRelations),
			func() error { r.members = r.keptMembers; return nil }, each(osmWays, r.findMembers))
	}
	passes = append(passes, each(osmNodes, r.readNodes), r.nodes.closeRun, each(osmWays, r.readWays),
		func() error { r.ways.sort(); return nil }, each(osmRelations, r.readRelations))
	for _, pass := range passes {
		if err := pass(); err != nil {
			return err
		}
	}
	return nil
}

func hasArea(rel *osmRelation) bool {
	return rel.tags["type"] == "multipolygon" || rel.tags["type"] == "boundary"
}

// ownTags tells whether a relation says itself what it is; if not, its outer ways do,
// as was usual before 2013.
func ownTags(tags map[string]string) bool {
	own := maps.Clone(tags)
	delete(own, "type")
	delete(own, "area")
	return interesting(own)
}

func hashTag(tags map[string]string) uint64 {
	k, v := mainTag(tags)
	if k == "" {
		return 0
	}
	h := fnv.New64a()
	h.Write([]byte(k + "=" + v))
	return h.Sum64()
}

// survey notes what relations need and say of their members.
func (r *osmReader) survey(b *osmBlock) error {
	for i := range b.relations {
		rel := &b.relations[i]
		switch {
		case hasArea(rel):
			own, hash := ownTags(rel.tags), hashTag(rel.tags)
			for _, m := range rel.members {
				if m.kind != 'w' {
					continue
				}
				r.members.add(m.ref)
				switch {
				case m.role == "inner":
				case !own:
					r.lending[m.ref] = nil
				case hash != 0:
					r.covered[m.ref] = hash
				}
			}
		case rel.tags["type"] == "building":
			for _, m := range rel.members {
				if m.role == "outline" || m.role == "part" {
					r.building[osmMember{kind: m.kind, ref: m.ref}] = buildingMember{rel.id, m.role, rel.tags}
				}
			}
		}
	}
	return nil
}

func (r *osmReader) findNodes(b *osmBlock) error {
	for _, n := range b.nodes {
		if p := degrees(n.lng, n.lat); r.box.Contains(p[0], p[1]) {
			r.needs.add(n.id)
		}
	}
	return nil
}

func (r *osmReader) findWays(b *osmBlock) error {
	for _, w := range b.ways {
		for _, ref := range w.refs {
			if r.needs.has(ref) {
				r.keepWay.add(w.id)
				break
			}
		}
	}
	return nil
}

func (r *osmReader) findRelations(b *osmBlock) error {
	for _, rel := range b.relations {
		if !hasArea(&rel) {
			continue
		}
		touches := func(m osmMember) bool { return m.kind == 'w' && r.keepWay.has(m.ref) }
		if !slices.ContainsFunc(rel.members, touches) {
			continue
		}
		r.keepRelation.add(rel.id)
		for _, m := range rel.members {
			if m.kind == 'w' {
				r.keptMembers.add(m.ref)
			}
		}
	}
	return nil
}

// findMembers adds the nodes of ways that are kept, and of members of relations.
func (r *osmReader) findMembers(b *osmBlock) error {
	for _, w := range b.ways {
		if r.keepWay.has(w.id) || r.members.has(w.id) {
			for _, ref := range w.refs {
				r.needs.add(ref)
			}
		}
	}
	return nil
}

func (r *osmReader) readNodes(b *osmBlock) error {
	for _, id := range b.badNodes {
		if r.box == nil || r.needs.has(id) {
			r.report.Skip(fmt.Sprintf("node/%d", id), reasonRange)
		}
	}
	for _, n := range b.nodes {
		if r.box != nil && !r.needs.has(n.id) {
			continue
		}
		if err := r.nodes.add(place{n.id, n.lng, n.lat}); err != nil {
			return err
		}
		at := degrees(n.lng, n.lat)
		if !interesting(n.tags) || r.box != nil && !r.box.Contains(at[0], at[1]) {
			continue
		}
		if err := r.yield(geo.Feature{ID: fmt.Sprintf("node/%d", n.id), Geometry: at, Tags: n.tags}); err != nil {
			return err
		}
	}
	return nil
}

func (r *osmReader) readWays(b *osmBlock) error {
	for i := range b.ways {
		w := &b.ways[i]
		member := r.members.has(w.id)
		if r.box != nil && !r.keepWay.has(w.id) && !member {
			continue
		}
		places := make([]place, 0, len(w.refs))
		for _, ref := range w.refs {
			p, ok, err := r.nodes.get(ref)
			if err != nil {
				return err
			}
			if !ok {
				p = place{ref, badPosition, badPosition}
			}
			places = append(places, p)
		}
		if member {
			if err := r.ways.add(w.id, places); err != nil {
				return err
			}
		}
		if _, lends := r.lending[w.id]; lends {
			r.lending[w.id] = w.tags
			if isArea(w.tags) {
				continue // its relation carries the tags on
			}
		}
		if r.box != nil && !r.keepWay.has(w.id) {
			continue
		}
		if err := r.yieldWay(w, places); err != nil {
			return err
		}
	}
	return nil
}

// yieldWay builds a way of its own meaning.
func (r *osmReader) yieldWay(w *osmWay, places []place) error {
	id := fmt.Sprintf("way/%d", w.id)
	tags := r.withRole(osmMember{kind: 'w', ref: w.id}, w.tags)
	if !interesting(tags) {
		return nil
	}
	n := len(places)
	closed := n > 3 && (w.refs[0] == w.refs[n-1] || places[0].lng != badPosition && places[0].lng == places[n-1].lng && places[0].lat == places[n-1].lat)
	if closed && isArea(tags) {
		if h, ok := r.covered[w.id]; ok && h == hashTag(tags) && tags[TagBuildingRelation] == "" {
			r.report.Note("way left to the multipolygon with the same tag")
			return nil
		}
		ring := make(orb.Ring, 0, len(places))
		for _, p := range places {
			if p.lng == badPosition {
				r.report.Skip(id, reasonNodes)
				return nil
			}
			ring = append(ring, degrees(p.lng, p.lat))
		}
		return r.yield(geo.Feature{ID: id, Geometry: orb.Polygon{ring}, Tags: tags})
	}
	lines := runs(places)
	switch {
	case len(lines) == 0:
		if len(places) > 1 {
			r.report.Skip(id, reasonNodes)
		} else {
			r.report.Skip(id, "way of fewer than two nodes")
		}
		return nil
	case len(lines) > 1 || len(lines[0]) < len(places):
		r.report.Note("line cut at missing nodes")
	}
	if len(lines) == 1 {
		return r.yield(geo.Feature{ID: id, Geometry: lines[0], Tags: tags})
	}
	return r.yield(geo.Feature{ID: id, Geometry: lines, Tags: tags})
}

// runs are the pieces of a line whose nodes are there.
func runs(places []place) orb.MultiLineString {
	var out orb.MultiLineString
	var line orb.LineString
	for i := 0; i <= len(places); i++ {
		if i < len(places) && places[i].lng != badPosition {
			line = append(line, degrees(places[i].lng, places[i].lat))
			continue
		}
		if len(line) > 1 {
			out = append(out, line)
		}
		line = nil
	}
	return out
}

// withRole adds what a type=building relation says. An untagged part is a part all the
// same, and an untagged outline takes the relation's tags.
func (r *osmReader) withRole(m osmMember, tags map[string]string) map[string]string {
	b, ok := r.building[m]
	if !ok {
		return tags
	}
	out := map[string]string{}
	if b.role == "outline" && tags["building"] == "" {
		maps.Copy(out, b.tags)
		delete(out, "type")
	}
	maps.Copy(out, tags)
	if b.role == "part" && out["building:part"] == "" {
		out["building:part"] = "yes"
	}
	out[TagBuildingRelation] = fmt.Sprintf("relation/%d", b.id)
	out[TagBuildingRole] = b.role
	return out
}
