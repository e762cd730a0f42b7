package read

import (
	"context"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

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
