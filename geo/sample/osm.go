package sample

import (
	"bytes"
	"encoding/xml"
	"fmt"
)

// osm collects nodes and ways and writes them as OSM XML.
type osm struct {
	city   *city
	origin point // plan position of the city's centre
	nodes  []osmNode
	ways   []osmWay
	rels   []osmRel
	at     map[[2]int64]int64 // node by rounded position, so that streets join
}

type tags []string // key, value, key, value, …

type osmNode struct {
	lng, lat float64
	tags     tags
}

type osmWay struct {
	refs []int64
	tags tags
}

type osmRel struct {
	outer, inner []int64
	tags         tags
}

// node returns the id of the node at a plan position; the same position is one node.
func (o *osm) node(p point) int64 {
	lng, lat := o.city.lngLat(p[0]-o.origin[0], p[1]-o.origin[1])
	key := [2]int64{int64(lng * 1e7), int64(lat * 1e7)}
	if id, ok := o.at[key]; ok {
		return id
	}
	o.nodes = append(o.nodes, osmNode{lng: lng, lat: lat})
	id := int64(len(o.nodes))
	o.at[key] = id
	return id
}

// poi adds a tagged node.
func (o *osm) poi(p point, t ...string) {
	id := o.node(p)
	o.nodes[id-1].tags = append(o.nodes[id-1].tags, t...)
}

// line adds an open way.
func (o *osm) line(ps []point, t ...string) int64 {
	w := osmWay{tags: t}
	for _, p := range ps {
		if id := o.node(p); len(w.refs) == 0 || w.refs[len(w.refs)-1] != id {
			w.refs = append(w.refs, id)
		}
	}
	if len(w.refs) < 2 {
		return 0
	}
	o.ways = append(o.ways, w)
	return int64(len(o.ways))
}

// area adds a closed way; ps is open.
func (o *osm) area(ps []point, t ...string) int64 {
	return o.line(append(ps[:len(ps):len(ps)], ps[0]), t...)
}

// multi adds a multipolygon of an outer way and inner ways without tags of their own.
func (o *osm) multi(outer int64, inner []int64, t ...string) {
	o.rels = append(o.rels, osmRel{[]int64{outer}, inner, t})
}

func (o *osm) xml() []byte {
	var b bytes.Buffer
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\" generator=\"longtake sample\" copyright=\"invented\">\n")
	for i, n := range o.nodes {
		fmt.Fprintf(&b, "<node id=\"%d\" version=\"1\" lat=\"%.7f\" lon=\"%.7f\"", i+1, n.lat, n.lng)
		if len(n.tags) == 0 {
			b.WriteString("/>\n")
			continue
		}
		b.WriteString(">")
		n.tags.write(&b)
		b.WriteString("</node>\n")
	}
	for i, w := range o.ways {
		fmt.Fprintf(&b, "<way id=\"%d\" version=\"1\">", i+1)
		for _, r := range w.refs {
			fmt.Fprintf(&b, "<nd ref=\"%d\"/>", r)
		}
		w.tags.write(&b)
		b.WriteString("</way>\n")
	}
	for i, r := range o.rels {
		fmt.Fprintf(&b, "<relation id=\"%d\" version=\"1\">", i+1)
		for _, w := range r.outer {
			fmt.Fprintf(&b, "<member type=\"way\" ref=\"%d\" role=\"outer\"/>", w)
		}
		for _, w := range r.inner {
			fmt.Fprintf(&b, "<member type=\"way\" ref=\"%d\" role=\"inner\"/>", w)
		}
		append(tags{"type", "multipolygon"}, r.tags...).write(&b)
		b.WriteString("</relation>\n")
	}
	b.WriteString("</osm>\n")
	return b.Bytes()
}

func (t tags) write(b *bytes.Buffer) {
	for i := 0; i+1 < len(t); i += 2 {
		b.WriteString("<tag k=\"")
		_ = xml.EscapeText(b, []byte(t[i])) // bytes.Buffer does not fail
		b.WriteString("\" v=\"")
		_ = xml.EscapeText(b, []byte(t[i+1]))
		b.WriteString("\"/>")
	}
}
