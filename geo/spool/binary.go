package spool

import (
	"encoding/binary"
	"errors"
	"math"
)

// ErrDamaged is the failure to read bytes that were not written by this package.
var ErrDamaged = errors.New("spool: damaged record")

// Writer appends values to a slice.
type Writer struct{ B []byte }

// Uint appends a count or an index.
func (w *Writer) Uint(v uint64) { w.B = binary.AppendUvarint(w.B, v) }

// Int appends a signed number.
func (w *Writer) Int(v int64) { w.B = binary.AppendVarint(w.B, v) }

// Byte appends a byte.
func (w *Writer) Byte(v byte) { w.B = append(w.B, v) }

// Float appends a number with all its bits.
func (w *Writer) Float(v float64) {
	w.B = binary.LittleEndian.AppendUint64(w.B, math.Float64bits(v))
}

// Float32 appends a number with all its bits.
func (w *Writer) Float32(v float32) {
	w.B = binary.LittleEndian.AppendUint32(w.B, math.Float32bits(v))
}

// String appends a text.
func (w *Writer) String(s string) {
	w.Uint(uint64(len(s)))
	w.B = append(w.B, s...)
}

// Bytes appends a slice with its length.
func (w *Writer) Bytes(b []byte) {
	w.Uint(uint64(len(b)))
	w.B = append(w.B, b...)
}

// Reader takes values from the front of a slice. After the first failure everything is
// zero and Err is set.
type Reader struct {
	B   []byte
	Err error
}

func (r *Reader) fail() {
	r.B, r.Err = nil, ErrDamaged
}

// Uint reads what Writer.Uint wrote.
func (r *Reader) Uint() uint64 {
	if len(r.B) > 0 && r.B[0] < 0x80 { // most numbers are lengths of texts
		v := r.B[0]
		r.B = r.B[1:]
		return uint64(v)
	}
	return r.long()
}

// long is Uint of a number of more than one byte.
func (r *Reader) long() uint64 {
	v, n := binary.Uvarint(r.B)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.B = r.B[n:]
	return v
}

// Int reads what Writer.Int wrote.
func (r *Reader) Int() int64 {
	v, n := binary.Varint(r.B)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.B = r.B[n:]
	return v
}

// Count reads the number of things that follow, each of at least size bytes: what the
// rest cannot hold is damage, so that no length makes memory grow.
func (r *Reader) Count(size int) int {
	v := r.Uint()
	if v > uint64(len(r.B)) || size > 1 && v > uint64(len(r.B)/size) {
		r.fail()
		return 0
	}
	return int(v)
}

// Take reads n bytes as they are; they share memory with the input.
func (r *Reader) Take(n int) []byte {
	if n < 0 || n > len(r.B) {
		r.fail()
		return nil
	}
	b := r.B[:n:n]
	r.B = r.B[n:]
	return b
}

// Byte reads a byte.
func (r *Reader) Byte() byte {
	if b := r.Take(1); b != nil {
		return b[0]
	}
	return 0
}

// Float reads what Writer.Float wrote.
func (r *Reader) Float() float64 {
	if b := r.Take(8); b != nil {
		return math.Float64frombits(binary.LittleEndian.Uint64(b))
	}
	return 0
}

// Float32 reads what Writer.Float32 wrote.
func (r *Reader) Float32() float32 {
	if b := r.Take(4); b != nil {
		return math.Float32frombits(binary.LittleEndian.Uint32(b))
	}
	return 0
}

// String reads a text.
func (r *Reader) String() string { return string(r.Bytes()) }

// Bytes reads a slice; it shares memory with the input.
func (r *Reader) Bytes() []byte { return r.Take(r.Count(1)) }

// Write implements io.Writer.
func (w *Writer) Write(p []byte) (int, error) {
	w.B = append(w.B, p...)
	return len(p), nil
}
