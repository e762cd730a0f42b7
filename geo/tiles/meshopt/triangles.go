package meshopt

import (
	"errors"
	"fmt"
	"math"
)

const (
	trianglesHeader = 0xe1
	trianglesTail   = 16
	fifoSize        = 16
	noIndex         = math.MaxUint32
)

// shapes is the table of the stream's tail: where the second and third corner of a
// triangle that follows no known edge come from (0 = a new vertex, n = the vertex seen n
// steps ago), for the combinations that a single byte can say. Walls and roofs of flat
// shading mostly begin new vertices.
var shapes = [trianglesTail]byte{0x00, 0x01, 0x10, 0x02, 0x20, 0x03, 0x30, 0x12, 0x21, 0x13, 0x31, 0x04, 0x40, 0x23, 0, 0}

// shapeAt is the inverse of shapes; 0xff where a combination is not in it.
var shapeAt = func() (t [256]byte) {
	for i := range t {
		t[i] = 0xff
	}
	for i, s := range shapes[:14] {
		t[s] = byte(i)
	}
	return
}()

// history is what both sides know of the triangles before.
type history struct {
	next, last   uint32
	edges        [fifoSize][2]uint32
	vertices     [fifoSize]uint32
	edge, vertex uint // where the next entry goes
}

func newHistory() *history {
	h := new(history)
	for i := range h.edges {
		h.edges[i], h.vertices[i] = [2]uint32{noIndex, noIndex}, noIndex
	}
	return h
}

func (h *history) pushEdge(a, b uint32) {
	h.edges[h.edge%fifoSize] = [2]uint32{a, b}
	h.edge++
}

func (h *history) pushVertex(v uint32) {
	h.vertices[h.vertex%fifoSize] = v
	h.vertex++
}

func (h *history) recentEdge(n uint) [2]uint32 { return h.edges[(h.edge-1-n)%fifoSize] }
func (h *history) recentVertex(n uint) uint32  { return h.vertices[(h.vertex-1-n)%fifoSize] }

// findEdge returns the age of an edge of the triangle and the corner where it begins.
func (h *history) findEdge(t [3]uint32) (age uint, corner int) {
	for n := uint(0); n < 15; n++ {
		switch h.recentEdge(n) {
		case [2]uint32{t[0], t[1]}:
			return n, 0
		case [2]uint32{t[1], t[2]}:
			return n, 1
		case [2]uint32{t[2], t[0]}:
			return n, 2
		}
	}
	return 0, -1
}

// findVertex returns the age of a vertex, or 15 where it is not among the last limit.
func (h *history) findVertex(v uint32, limit uint) uint {
	for n := uint(0); n < limit; n++ {
		if h.recentVertex(n) == v {
			return n
		}
	}
	return 15
}

// delta is the varint of an index against the last such, which it becomes.
func (h *history) delta(v uint32) uint32 {
	d := zigzag(v - h.last)
	h.last = v
	return d
}

// AppendTriangles appends the mode 1 stream of a triangle list to out. Decoded triangles
// have the same order and winding, but may begin at another corner. Indices must be below
// 2³²−1.
func AppendTriangles(out []byte, indices []uint32) ([]byte, error) {
	if len(indices)%3 != 0 {
		return out, fmt.Errorf("meshopt: %d indices are not triangles", len(indices))
	}
	out = append(out, trianglesHeader)
	codes := len(out)
	out = append(out, make([]byte, len(indices)/3)...)
	h := newHistory()
	for i := 0; i < len(indices); i += 3 {
		t := [3]uint32(indices[i:])
		if max(t[0], t[1], t[2]) == noIndex {
			return out, fmt.Errorf("meshopt: index %d is out of range", uint32(noIndex))
		}
		at := codes + i/3
		if age, corner := h.findEdge(t); corner >= 0 {
			t = [3]uint32{t[corner], t[(corner+1)%3], t[(corner+2)%3]}
			out = h.appendEdge(out, at, t, age)
		} else {
			out = h.appendFree(out, at, t)
		}
	}
	return append(out, shapes[:]...), nil
}

// appendEdge writes a triangle of which the edge ab is known: the code at out[at], and
// data at the end.
func (h *history) appendEdge(out []byte, at int, t [3]uint32, age uint) []byte {
	a, b, c := t[0], t[1], t[2]
	code := byte(age) << 4
	push := true
	switch n := h.findVertex(c, 13); {
	case c == h.next:
		h.next++
	case n >= 1 && n < 13:
		code |= byte(n)
		push = false
	case c == h.last-1:
		code |= 0xd
		h.last = c
	case c == h.last+1:
		code |= 0xe
		h.last = c
	default:
		code |= 0xf
		out = appendVarint(out, h.delta(c))
	}
	out[at] = code
	h.pushEdge(c, b)
	h.pushEdge(a, c)
	if push {
		h.pushVertex(c)
	}
	return out
}

// appendFree writes a triangle of which no edge is known. Where a corner is the next new
// vertex, the triangle begins there. The triangle 0, 1, 2 begins the count of new vertices
// again, so that the lists of several meshes can be one stream.
func (h *history) appendFree(out []byte, at int, t [3]uint32) []byte {
	for k := range t {
		if t[k] == h.next {
			t = [3]uint32{t[k], t[(k+1)%3], t[(k+2)%3]}
			break
		}
	}
	if h.next > 2 && t == [3]uint32{0, 1, 2} { // another mesh begins
		h.next = 3
		out[at] = 0xfe
		h.pushFree(t, 0, 0)
		return append(out, 0)
	}
	isNext := t[0] == h.next
	if isNext {
		h.next++
	}
	var from [3]byte // of corners 1 and 2: 0 new, 1 to 14 seen, 15 explicit
	for k := 1; k < 3; k++ {
		if t[k] == h.next {
			h.next++
		} else if n := h.findVertex(t[k], 14); n < 14 {
			from[k] = byte(n) + 1
		} else {
			from[k] = 15
		}
	}
	shape := from[1]<<4 | from[2]
	switch s := shapeAt[shape]; {
	case isNext && s != 0xff:
		out[at] = 0xf0 | s
	case isNext:
		out[at] = 0xfe
		out = append(out, shape)
	default: // shape is not 0 here, which would begin the count of new vertices again
		out[at] = 0xff
		out = append(out, shape)
		out = appendVarint(out, h.delta(t[0]))
	}
	for k := 1; k < 3; k++ {
		if from[k] == 15 {
			out = appendVarint(out, h.delta(t[k]))
		}
	}
	h.pushFree(t, from[1], from[2])
	return out
}

func (h *history) pushFree(t [3]uint32, from1, from2 byte) {
	h.pushEdge(t[1], t[0])
	h.pushEdge(t[2], t[1])
	h.pushEdge(t[0], t[2])
	h.pushVertex(t[0])
	if from1 == 0 || from1 == 15 {
		h.pushVertex(t[1])
	}
	if from2 == 0 || from2 == 15 {
		h.pushVertex(t[2])
	}
}

// DecodeTriangles decodes a mode 1 stream of len(out)/3 triangles. Indices are not
// compared with a number of vertices.
func DecodeTriangles(out []uint32, data []byte) error {
	n := len(out) / 3
	if len(out)%3 != 0 {
		return fmt.Errorf("meshopt: %d indices are not triangles", len(out))
	}
	if len(data) < 1+n+trianglesTail || data[0] != trianglesHeader {
		return errors.New("meshopt: this is no list of triangles")
	}
	table := data[len(data)-trianglesTail:]
	codes := data[1 : 1+n]
	d := triangleReader{history: newHistory(), data: data[1+n : len(data)-trianglesTail]}
	for i, code := range codes {
		var t [3]uint32
		if code < 0xf0 {
			t = d.edgeTriangle(code)
		} else {
			t = d.freeTriangle(code, table)
		}
		copy(out[3*i:], t[:])
	}
	if d.short {
		return errShort
	}
	if len(d.data) > 0 {
		return fmt.Errorf("meshopt: %d bytes are left after the last triangle", len(d.data))
	}
	return nil
}

type triangleReader struct {
	*history
	data  []byte
	short bool
}

// index reads an explicit index.
func (d *triangleReader) index() uint32 {
	v, n := varint(d.data)
	if n == 0 {
		d.short = true
		return 0
	}
	d.data = d.data[n:]
	d.last += unzigzag(v)
	return d.last
}

func (d *triangleReader) edgeTriangle(code byte) [3]uint32 {
	e := d.recentEdge(uint(code >> 4))
	var c uint32
	push := true
	switch x := code & 15; x {
	case 0:
		c = d.next
		d.next++
	case 13:
		d.last--
		c = d.last
	case 14:
		d.last++
		c = d.last
	case 15:
		c = d.index()
	default:
		c, push = d.recentVertex(uint(x)), false
	}
	d.pushEdge(c, e[1])
	d.pushEdge(e[0], c)
	if push {
		d.pushVertex(c)
	}
	return [3]uint32{e[0], e[1], c}
}

func (d *triangleReader) freeTriangle(code byte, table []byte) [3]uint32 {
	var shape byte
	if code < 0xfe {
		shape = table[code&15]
	} else {
		if len(d.data) == 0 {
			d.short = true
			return [3]uint32{}
		}
		shape, d.data = d.data[0], d.data[1:]
		if shape == 0 {
			d.next = 0
		}
	}
	var t [3]uint32
	if code == 0xff {
		t[0] = d.index()
	} else {
		t[0] = d.next
		d.next++
	}
	from := [3]byte{0, shape >> 4, shape & 15}
	for k := 1; k < 3; k++ {
		switch f := from[k]; f {
		case 0:
			t[k] = d.next
			d.next++
		case 15:
			t[k] = d.index()
		default:
			t[k] = d.recentVertex(uint(f) - 1)
		}
	}
	d.pushFree(t, from[1], from[2])
	return t
}
