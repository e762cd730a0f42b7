package read

import (
	"errors"
	"fmt"
	"strings"
)

// pbfEntityLimit bounds the elements of one block; writers put 8,000 in.
const pbfEntityLimit = 1 << 20

var errNotProtobuf = errors.New("the content is not valid protobuf")

// blockReader decodes one PrimitiveBlock.
type blockReader struct {
	strings          []string
	raw              [][]byte
	granularity      float64
	latOffset        float64
	lngOffset        float64
	want, holds      osmKinds
	out              osmBlock
	entities         int
	err              error
	tagKeys, tagVals []uint64
}

func decodeBlob(blob []byte, want osmKinds) (*osmBlock, osmKinds, error) {
	data, err := unpack(blob)
	if err != nil {
		return nil, 0, err
	}
	b := &blockReader{want: want, granularity: 100}
	w := wire{b: data}
	var groups [][]byte
	for f, k := w.next(); f != 0; f, k = w.next() {
		switch {
		case f == 1 && k == 2:
			b.table(w.bytes())
		case f == 2 && k == 2:
			groups = append(groups, w.bytes())
		case f == 17 && k == 0:
			b.granularity = float64(int32(w.varint()))
		case f == 19 && k == 0:
			b.latOffset = float64(int64(w.varint()))
		case f == 20 && k == 0:
			b.lngOffset = float64(int64(w.varint()))
		default:
			w.skip(k)
		}
	}
	if w.bad {
		return nil, 0, errNotProtobuf
	}
	b.strings = make([]string, len(b.raw))
	for _, g := range groups {
		b.group(g)
		if b.err != nil {
			return nil, 0, b.err
		}
	}
	return &b.out, b.holds, nil
}

func (b *blockReader) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *blockReader) check(w *wire) {
	if w.bad {
		b.fail(errNotProtobuf)
	}
}

func (b *blockReader) table(data []byte) {
	w := wire{b: data}
	for f, k := w.next(); f != 0; f, k = w.next() {
		if f == 1 && k == 2 {
			b.raw = append(b.raw, w.bytes())
			continue
		}
		w.skip(k)
	}
	b.check(&w)
}

// text is a string of the table, made once.
func (b *blockReader) text(i uint64) string {
	if i >= uint64(len(b.raw)) {
		b.fail(fmt.Errorf("string %d of a table of %d", i, len(b.raw)))
		return ""
	}
	if b.strings[i] == "" && len(b.raw[i]) > 0 {
		b.strings[i] = strings.ToValidUTF8(string(b.raw[i]), "�")
	}
	return b.strings[i]
}

func (b *blockReader) group(data []byte) {
	w := wire{b: data}
	for f, k := w.next(); f != 0 && b.err == nil; f, k = w.next() {
		kind := osmKinds(0)
		if k == 2 {
			switch f {
			case 1, 2:
				kind = osmNodes
			case 3:
				kind = osmWays
			case 4:
				kind = osmRelations
			}
		}
		b.holds |= kind
		if kind&b.want == 0 {
			w.skip(k)
			continue
		}
		switch f {
		case 1:
			b.node(w.bytes())
		case 2:
			b.dense(w.bytes())
		case 3:
			b.way(w.bytes())
		case 4:
			b.relation(w.bytes())
		}
	}
	b.check(&w)
}

func (b *blockReader) count() bool {
	if b.entities++; b.entities > pbfEntityLimit {
		b.fail(fmt.Errorf("a block of more than %d elements", pbfEntityLimit))
		return false
	}
	return true
}

func (b *blockReader) addNode(id, lat, lng int64, tags map[string]string) {
	x, y, ok := fixed((b.lngOffset+b.granularity*float64(lng))/100, (b.latOffset+b.granularity*float64(lat))/100)
	if !ok {
		b.out.badNodes = append(b.out.badNodes, id)
		return
	}
	b.out.nodes = append(b.out.nodes, osmNode{id, x, y, tags})
}

// readTags reads the keys and values of a node, way or relation.
func (b *blockReader) readTags() map[string]string {
	if len(b.tagKeys) != len(b.tagVals) {
		b.fail(fmt.Errorf("%d keys with %d values", len(b.tagKeys), len(b.tagVals)))
		return nil
	}
	if len(b.tagKeys) == 0 {
		return nil
	}
	tags := make(map[string]string, len(b.tagKeys))
	for i, k := range b.tagKeys {
		tags[b.text(k)] = b.text(b.tagVals[i])
	}
	return tags
}

func (b *blockReader) indices(into []uint64, w *wire, kind byte) []uint64 {
	p := w.packed(kind)
	into = into[:0]
	for len(p.b) > 0 {
		into = append(into, p.varint())
	}
	b.check(&p)
	return into
}

func (b *blockReader) node(data []byte) {
	w := wire{b: data}
	var id, lat, lng int64
	b.tagKeys, b.tagVals = b.tagKeys[:0], b.tagVals[:0]
	for f, k := w.next(); f != 0; f, k = w.next() {
		switch {
		case f == 1 && k == 0:
			id = w.zigzag()
		case f == 2:
			b.tagKeys = b.indices(b.tagKeys, &w, k)
		case f == 3:
			b.tagVals = b.indices(b.tagVals, &w, k)
		case f == 8 && k == 0:
			lat = w.zigzag()
		case f == 9 && k == 0:
			lng = w.zigzag()
		default:
			w.skip(k)
		}
	}
	b.check(&w)
	if b.count() {
		b.addNode(id, lat, lng, b.readTags())
	}
}

func (b *blockReader) dense(data []byte) {
	w := wire{b: data}
	var ids, lats, lngs, tags wire
	for f, k := w.next(); f != 0; f, k = w.next() {
		switch f {
		case 1:
			ids = w.packed(k)
		case 8:
			lats = w.packed(k)
		case 9:
			lngs = w.packed(k)
		case 10:
			tags = w.packed(k)
		default:
			w.skip(k)
		}
	}
	b.check(&w)
	var id, lat, lng int64
	for len(ids.b) > 0 && b.err == nil && b.count() {
		id, lat, lng = id+ids.zigzag(), lat+lats.zigzag(), lng+lngs.zigzag()
		var of map[string]string
		for len(tags.b) > 0 {
			k := tags.varint()
			if k == 0 {
				break
			}
			if of == nil {
				of = map[string]string{}
			}
			of[b.text(k)] = b.text(tags.varint())
		}
		if ids.bad || lats.bad || lngs.bad || tags.bad {
			b.fail(errNotProtobuf)
			return
		}
		b.addNode(id, lat, lng, of)
	}
}

func (b *blockReader) way(data []byte) {
	w := wire{b: data}
	var way osmWay
	b.tagKeys, b.tagVals = b.tagKeys[:0], b.tagVals[:0]
	for f, k := w.next(); f != 0; f, k = w.next() {
		switch {
		case f == 1 && k == 0:
			way.id = int64(w.varint())
		case f == 2:
			b.tagKeys = b.indices(b.tagKeys, &w, k)
		case f == 3:
			b.tagVals = b.indices(b.tagVals, &w, k)
		case f == 8:
			p := w.packed(k)
			way.refs = make([]int64, 0, min(len(p.b), 16))
			for ref := int64(0); len(p.b) > 0; {
				ref += p.zigzag()
				way.refs = append(way.refs, ref)
			}
			b.check(&p)
		default:
			w.skip(k)
		}
	}
	b.check(&w)
	if way.tags = b.readTags(); b.count() {
		b.out.ways = append(b.out.ways, way)
	}
}

func (b *blockReader) relation(data []byte) {
	w := wire{b: data}
	var rel osmRelation
	var roles, refs, kinds wire
	b.tagKeys, b.tagVals = b.tagKeys[:0], b.tagVals[:0]
	for f, k := w.next(); f != 0; f, k = w.next() {
		switch {
		case f == 1 && k == 0:
			rel.id = int64(w.varint())
		case f == 2:
			b.tagKeys = b.indices(b.tagKeys, &w, k)
		case f == 3:
			b.tagVals = b.indices(b.tagVals, &w, k)
		case f == 8:
			roles = w.packed(k)
		case f == 9:
			refs = w.packed(k)
		case f == 10:
			kinds = w.packed(k)
		default:
			w.skip(k)
		}
	}
	for ref := int64(0); len(refs.b) > 0 && b.err == nil; {
		ref += refs.zigzag()
		m := osmMember{ref: ref, role: b.text(roles.varint())}
		switch kinds.varint() {
		case 0:
			m.kind = 'n'
		case 1:
			m.kind = 'w'
		case 2:
			m.kind = 'r'
		}
		rel.members = append(rel.members, m)
		if refs.bad || roles.bad || kinds.bad {
			b.fail(errNotProtobuf)
		}
	}
	b.check(&w)
	if rel.tags = b.readTags(); b.count() {
		b.out.relations = append(b.out.relations, rel)
	}
}
