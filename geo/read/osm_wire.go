package read

import "encoding/binary"

// wire reads protobuf. After damage every read gives zero and bad is set.
type wire struct {
	b   []byte
	bad bool
}

// next reads a field's number and type; it is 0 at the end.
func (w *wire) next() (field uint64, kind byte) {
	if len(w.b) == 0 || w.bad {
		return 0, 0
	}
	k := w.varint()
	if k>>3 == 0 {
		w.bad = true
	}
	if w.bad {
		return 0, 0
	}
	return k >> 3, byte(k & 7)
}

func (w *wire) varint() uint64 {
	v, n := binary.Uvarint(w.b)
	if n <= 0 {
		w.bad, w.b = true, nil
		return 0
	}
	w.b = w.b[n:]
	return v
}

func (w *wire) zigzag() int64 {
	v := w.varint()
	return int64(v>>1) ^ -int64(v&1)
}

// bytes reads a length-delimited field; the slice is part of the input.
func (w *wire) bytes() []byte {
	n := w.varint()
	if n > uint64(len(w.b)) {
		w.bad, w.b = true, nil
		return nil
	}
	out := w.b[:n]
	w.b = w.b[n:]
	return out
}

func (w *wire) skip(kind byte) {
	switch kind {
	case 0:
		w.varint()
	case 1:
		w.drop(8)
	case 2:
		w.bytes()
	case 5:
		w.drop(4)
	default:
		w.bad, w.b = true, nil
	}
}

func (w *wire) drop(n int) {
	if len(w.b) < n {
		w.bad, w.b = true, nil
		return
	}
	w.b = w.b[n:]
}

// packed reads a length-delimited run of varints, or nothing of another type.
func (w *wire) packed(kind byte) wire {
	if kind != 2 {
		w.bad, w.b = true, nil
		return wire{}
	}
	return wire{b: w.bytes()}
}
