package spool

import (
	"encoding/binary"
	"math"
)

// repeats writes values of which many are like the one before: vertices of a face share a
// normal, those of a building a colour and an id. put appends one.
func repeats[T comparable](w *Writer, vs []T, put func(b []byte, v T) []byte) {
	w.Uint(uint64(len(vs)))
	for i := 0; i < len(vs); {
		n := 1
		for i+n < len(vs) && vs[i+n] == vs[i] {
			n++
		}
		w.Uint(uint64(n))
		w.B = put(w.B, vs[i])
		i += n
	}
}

// readRepeats reads what repeats wrote: at most so many values, of so many bytes each.
func readRepeats[T any](r *Reader, most, size int, get func(b []byte) T) []T {
	n := r.Uint()
	if n > uint64(most) {
		r.fail()
	}
	if n == 0 || r.Err != nil {
		return nil
	}
	out := make([]T, 0, n)
	for len(out) < cap(out) {
		k := r.Uint()
		b := r.Take(size)
		if k == 0 || k > n-uint64(len(out)) || b == nil {
			r.fail()
			return nil
		}
		for v := get(b); k > 0; k-- {
			out = append(out, v)
		}
	}
	return out
}

// steps writes numbers by their differences, which are small in the triangles of faces.
func (w *Writer) steps(vs []uint32) {
	w.Uint(uint64(len(vs)))
	last := int64(0)
	for _, v := range vs {
		w.Int(int64(v) - last)
		last = int64(v)
	}
}

func (r *Reader) steps() []uint32 {
	n := r.Count(1)
	if n == 0 {
		return nil
	}
	out := make([]uint32, n)
	last := int64(0)
	for i := range out {
		last += r.Int()
		out[i] = uint32(last)
	}
	return out
}

func putVec3(b []byte, v [3]float32) []byte {
	for _, f := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(f))
	}
	return b
}

func getVec3(b []byte) (v [3]float32) {
	for k := range v {
		v[k] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*k:]))
	}
	return v
}

func putColor(b []byte, c [4]uint8) []byte { return append(b, c[:]...) }

func getColor(b []byte) [4]uint8 { return [4]uint8(b) }
