package read

import (
	"fmt"
	"maps"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

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
				r.reject(id, reasonNodes, runs(places))
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
