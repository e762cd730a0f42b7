package load

import (
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"slices"

	flatbuffers "github.com/google/flatbuffers/go"
)

// The library believes the lengths that a file's metadata gives, and makes room for them; so
// they are looked at first. Numbers are the slots of Arrow's File.fbs, Message.fbs and Schema.fbs.
const (
	headerSchema, headerDictionary, headerBatch = 1, 2, 3

	mostFields = 1 << 16
	mostDepth  = 64
)

var errLengths = errors.New("its metadata holds lengths that it has no room for")

// checkArrow looks through the metadata of all messages of a file or a stream of a size, none
// of which may take more than most bytes; their bodies are not read. It panics where offsets
// lead out of the metadata.
func checkArrow(r io.ReaderAt, size, most int64, stream bool) error {
	at := func(from, n int64) ([]byte, error) {
		if from < 0 || n < 0 || n > size-from {
			return nil, errLengths
		}
		if n > most {
			return nil, errRoom
		}
		b := make([]byte, n)
		_, err := r.ReadAt(b, from)
		return b, err
	}
	if stream {
		for from := int64(0); from < size; {
			body, next, err := checkMessage(at, from, size)
			if err != nil || next == from {
				return err
			}
			if body > size-next {
				return errLengths
			}
			from = next + body
		}
		return nil
	}
	end, err := at(size-10, 10)
	if err != nil {
		return err
	}
	n := int64(int32(binary.LittleEndian.Uint32(end)))
	footer, err := at(size-10-n, n)
	if err != nil {
		return err
	}
	f := rootOf(footer)
	if s, ok := f.table(6); !ok || !s.schema() {
		return errLengths
	}
	blocks, err := f.blocks(size)
	if err != nil {
		return err
	}
	for _, b := range blocks {
		body, next, err := checkMessage(at, b.from, b.from+b.meta)
		if err != nil {
			return err
		}
		if body != b.body || next == b.from {
			return errLengths
		}
	}
	return nil
}

// block is where a message of a file lies: its metadata with the length before it, then its body.
type block struct{ from, meta, body int64 }

// blocks are those that a footer names of dictionaries and of rows, in the order of the file.
// None may lie over another: a small footer could have the file read times without end.
func (t flatTable) blocks(size int64) (out []block, err error) {
	for _, slot := range []flatbuffers.VOffsetT{8, 10} {
		first, n, ok := t.vector(slot, 24)
		if !ok {
			return nil, errLengths
		}
		for i := range n {
			b := t.Bytes[int(first)+24*i:]
			out = append(out, block{int64(binary.LittleEndian.Uint64(b)), int64(int32(binary.LittleEndian.Uint32(b[8:]))), int64(binary.LittleEndian.Uint64(b[16:]))})
		}
	}
	slices.SortFunc(out, func(a, b block) int { return cmp.Compare(a.from, b.from) })
	end := int64(0)
	for _, b := range out {
		if b.from < end || b.meta < 8 || b.meta > size-b.from || b.body < 0 || b.body > size-b.from-b.meta {
			return nil, errLengths
		}
		end = b.from + b.meta + b.body
	}
	return out, nil
}

// checkMessage looks at one message, and tells the length of its body and where that begins; at
// the end of a stream that is where the message would be. Its metadata ends before end.
func checkMessage(at func(from, n int64) ([]byte, error), from, end int64) (body, next int64, err error) {
	head, err := at(from, 8)
	if err != nil {
		return 0, from, err
	}
	n := int64(int32(binary.LittleEndian.Uint32(head[4:])))
	if n == 0 {
		return 0, from, nil
	}
	if n > end-from-8 || binary.LittleEndian.Uint32(head) != 0xffffffff {
		return 0, from, errLengths
	}
	b, err := at(from+8, n)
	if err != nil {
		return 0, from, err
	}
	m := rootOf(b)
	next = from + 8 + n
	if o := m.Offset(10); o != 0 {
		body = m.GetInt64(m.Pos + flatbuffers.UOffsetT(o))
	}
	kind := byte(0)
	if o := m.Offset(6); o != 0 {
		kind = m.GetByte(m.Pos + flatbuffers.UOffsetT(o))
	}
	h, ok := m.table(8)
	if ok && kind == headerDictionary {
		h, ok = h.table(6)
	}
	switch {
	case !ok || body < 0:
		return 0, from, errLengths
	case kind == headerSchema:
		ok = h.schema()
	case kind == headerDictionary || kind == headerBatch:
		_, _, nodes := h.vector(6, 16)
		_, _, buffers := h.vector(8, 16)
		_, _, counts := h.vector(12, 8)
		ok = nodes && buffers && counts
	}
	if !ok {
		return 0, from, errLengths
	}
	return body, next, nil
}

type flatTable struct{ flatbuffers.Table }

func rootOf(b []byte) flatTable {
	return flatTable{flatbuffers.Table{Bytes: b, Pos: flatbuffers.GetUOffsetT(b)}}
}

// table is the table in a slot.
func (t flatTable) table(slot flatbuffers.VOffsetT) (flatTable, bool) {
	o := flatbuffers.UOffsetT(t.Offset(slot))
	if o == 0 {
		return t, false
	}
	return flatTable{flatbuffers.Table{Bytes: t.Bytes, Pos: t.Indirect(o + t.Pos)}}, true
}

// vector is where the vector in a slot begins and how many members it has, if they are there.
func (t flatTable) vector(slot flatbuffers.VOffsetT, each int) (first flatbuffers.UOffsetT, n int, ok bool) {
	o := flatbuffers.UOffsetT(t.Offset(slot))
	if o == 0 {
		return 0, 0, true
	}
	first, n = t.Vector(o), t.VectorLen(o)
	return first, n, n >= 0 && int(first) <= len(t.Bytes) && n <= (len(t.Bytes)-int(first))/each
}

// schema tells whether all fields of a schema are there.
func (t flatTable) schema() bool {
	left := mostFields
	return t.fields(6, &left, 0) && t.pairs(8)
}

func (t flatTable) fields(slot flatbuffers.VOffsetT, left *int, depth int) bool {
	first, n, ok := t.vector(slot, 4)
	if *left -= n; !ok || *left < 0 || depth > mostDepth {
		return false
	}
	for i := range n {
		f := flatTable{flatbuffers.Table{Bytes: t.Bytes, Pos: t.Indirect(first + flatbuffers.UOffsetT(4*i))}}
		if !f.fields(14, left, depth+1) || !f.pairs(16) {
			return false
		}
	}
	return true
}

// pairs looks at a vector of keys with values.
func (t flatTable) pairs(slot flatbuffers.VOffsetT) bool {
	_, _, ok := t.vector(slot, 4)
	return ok
}
