package main

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// Elements of a block, as most writers of PBF have them.
const blockElements = 8000

// writer writes OSM PBF (https://wiki.openstreetmap.org/wiki/PBF_Format): all nodes of a
// copy, then its ways, then its relations. Ids are new; positions that a copy has twice
// are one node, so that ways meet as they did.
type writer struct {
	out  io.Writer
	next int64 // id of the next element
	err  error
}

type way struct {
	id   int64
	refs []int64
	tags map[string]string
}

type relation struct {
	id    int64
	outer []int64
	inner []int64
	tags  map[string]string
}

type node struct {
	id       int64
	lng, lat int64 // 1e-7 degrees
	tags     map[string]string
}

func newWriter(out io.Writer) *writer {
	w := &writer{out: out, next: 1}
	var header buffer
	header.text(4, "OsmSchema-V0.6")
	header.text(4, "DenseNodes")
	header.text(16, "longtake replicate")
	w.blob("OSMHeader", header)
	return w
}

func (w *writer) close() error { return w.err }

// copy writes the features, shifted by degrees.
func (w *writer) copy(features []geo.Feature, dx, dy float64) error {
	c := &copier{w: w, dx: dx, dy: dy, at: map[[2]int64]int{}}
	for i := range features {
		c.feature(&features[i])
	}
	for part := range slices.Chunk(c.nodes, blockElements) {
		w.block(func(t *table) buffer { return dense(t, part) })
	}
	for part := range slices.Chunk(c.ways, blockElements) {
		w.block(func(t *table) buffer { return ways(t, part) })
	}
	for part := range slices.Chunk(c.relations, blockElements) {
		w.block(func(t *table) buffer { return relations(t, part) })
	}
	return w.err
}

// copier turns features back into elements.
type copier struct {
	w         *writer
	dx, dy    float64
	at        map[[2]int64]int
	nodes     []node
	ways      []way
	relations []relation
}

func (c *copier) id() int64 { c.w.next++; return c.w.next - 1 }

func (c *copier) node(p orb.Point) *node {
	k := [2]int64{int64(math.Round((p[0] + c.dx) * 1e7)), int64(math.Round((p[1] + c.dy) * 1e7))}
	i, ok := c.at[k]
	if !ok {
		i = len(c.nodes)
		c.at[k] = i
		c.nodes = append(c.nodes, node{id: c.id(), lng: k[0], lat: k[1]})
	}
	return &c.nodes[i]
}

func (c *copier) way(line []orb.Point, tags map[string]string) int64 {
	w := way{id: c.id(), tags: tags}
	for _, p := range line {
		w.refs = append(w.refs, c.node(p).id)
	}
	c.ways = append(c.ways, w)
	return w.id
}

func (c *copier) feature(f *geo.Feature) {
	switch g := f.Geometry.(type) {
	case orb.Point:
		c.node(g).tags = f.Tags
	case orb.LineString:
		c.way(g, f.Tags)
	case orb.Polygon:
		if len(g) == 1 {
			c.way(g[0], f.Tags)
		} else {
			c.area(orb.MultiPolygon{g}, f.Tags)
		}
	case orb.MultiPolygon:
		c.area(g, f.Tags)
	}
}

func (c *copier) area(g orb.MultiPolygon, tags map[string]string) {
	r := relation{tags: maps.Clone(tags)}
	if r.tags == nil {
		r.tags = map[string]string{}
	}
	r.tags["type"] = "multipolygon"
	for _, p := range g {
		for i, ring := range p {
			if id := c.way(ring, nil); i == 0 {
				r.outer = append(r.outer, id)
			} else {
				r.inner = append(r.inner, id)
			}
		}
	}
	r.id = c.id()
	c.relations = append(c.relations, r)
}

// table is the strings of a block; 0 is empty.
type table struct {
	index map[string]uint64
	list  []string
}

func (t *table) of(s string) uint64 {
	i, ok := t.index[s]
	if !ok {
		i = uint64(len(t.list))
		t.index[s] = i
		t.list = append(t.list, s)
	}
	return i
}

// tags adds the keys and values of an element, in the order of the keys.
func (t *table) tags(keys, values *buffer, tags map[string]string) {
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		keys.uint(t.of(k))
		values.uint(t.of(tags[k]))
	}
}

func dense(t *table, nodes []node) buffer {
	var ids, lats, lngs, tags buffer
	var last node
	for _, n := range nodes {
		ids.sint(n.id - last.id)
		lats.sint(n.lat - last.lat)
		lngs.sint(n.lng - last.lng)
		for _, k := range slices.Sorted(maps.Keys(n.tags)) {
			tags.uint(t.of(k))
			tags.uint(t.of(n.tags[k]))
		}
		tags.uint(0)
		last = n
	}
	var d, group buffer
	d.bytes(1, ids)
	d.bytes(8, lats)
	d.bytes(9, lngs)
	d.bytes(10, tags)
	group.bytes(2, d)
	return group
}

func ways(t *table, ways []way) buffer {
	var group buffer
	for _, w := range ways {
		var b, keys, values, refs buffer
		t.tags(&keys, &values, w.tags)
		last := int64(0)
		for _, r := range w.refs {
			refs.sint(r - last)
			last = r
		}
		b.varint(1, uint64(w.id))
		b.bytes(2, keys)
		b.bytes(3, values)
		b.bytes(8, refs)
		group.bytes(3, b)
	}
	return group
}

func relations(t *table, relations []relation) buffer {
	var group buffer
	for _, r := range relations {
		var b, keys, values, roles, members, kinds buffer
		t.tags(&keys, &values, r.tags)
		last := int64(0)
		for i, ids := range [][]int64{r.outer, r.inner} {
			for _, id := range ids {
				roles.uint(t.of([]string{"outer", "inner"}[i]))
				members.sint(id - last)
				kinds.uint(1) // a way
				last = id
			}
		}
		b.varint(1, uint64(r.id))
		b.bytes(2, keys)
		b.bytes(3, values)
		b.bytes(8, roles)
		b.bytes(9, members)
		b.bytes(10, kinds)
		group.bytes(4, b)
	}
	return group
}

// block writes one PrimitiveBlock.
func (w *writer) block(make func(*table) buffer) {
	t := &table{map[string]uint64{"": 0}, []string{""}}
	group := make(t)
	var strings, block buffer
	for _, s := range t.list {
		strings.text(1, s)
	}
	block.bytes(1, strings)
	block.bytes(2, group)
	w.blob("OSMData", block)
}

// blob writes a compressed blob with its header.
func (w *writer) blob(kind string, data buffer) {
	if w.err != nil {
		return
	}
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(data) // into memory
	_ = z.Close()
	var blob, header buffer
	blob.varint(2, uint64(len(data)))
	blob.bytes(3, packed.Bytes())
	header.text(1, kind)
	header.varint(3, uint64(len(blob)))
	out := binary.BigEndian.AppendUint32(nil, uint32(len(header)))
	_, w.err = w.out.Write(append(append(out, header...), blob...))
}

// buffer is a protocol buffer message, or a packed list, being written.
type buffer []byte

func (b *buffer) uint(v uint64) { *b = binary.AppendUvarint(*b, v) }
func (b *buffer) sint(v int64)  { *b = binary.AppendVarint(*b, v) }

func (b *buffer) varint(field int, v uint64) {
	b.uint(uint64(field) << 3)
	b.uint(v)
}

func (b *buffer) bytes(field int, v []byte) {
	b.uint(uint64(field)<<3 | 2)
	b.uint(uint64(len(v)))
	*b = append(*b, v...)
}

func (b *buffer) text(field int, s string) { b.bytes(field, []byte(s)) }
