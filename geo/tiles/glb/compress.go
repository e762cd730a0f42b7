package glb

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/longtake/longtake/geo/tiles/meshopt"
	"github.com/qmuntal/gltf"
)

// meshoptView is EXT_meshopt_compression of a buffer view.
type meshoptView struct {
	Buffer     int    `json:"buffer"`
	ByteOffset int    `json:"byteOffset,omitempty"`
	ByteLength int    `json:"byteLength"`
	ByteStride int    `json:"byteStride"`
	Count      int    `json:"count"`
	Mode       string `json:"mode"`
	Filter     string `json:"filter,omitempty"`
}

// meshoptBuffer marks a buffer that is not in the file.
type meshoptBuffer struct {
	Fallback bool `json:"fallback"`
}

// pack compresses a stream; ok is false where it is better left as it is.
func (s *stream) pack(b *scratch) (v meshoptView, packed []byte, ok bool) {
	var err error
	packed = b.take()
	switch {
	case s.index > 0:
		v = meshoptView{ByteStride: s.index, Mode: "TRIANGLES"}
		packed, err = meshopt.AppendTriangles(packed, s.indices(b))
	case s.stride > 0:
		v = meshoptView{ByteStride: s.stride, Mode: "ATTRIBUTES"}
		data := s.data
		switch s.filter {
		case exponential:
			data, v.Filter = s.exponents(), "EXPONENTIAL"
		case quaternion:
			data, v.Filter = s.quaternions(), "QUATERNION"
		}
		packed, err = meshopt.AppendAttributes(slices.Grow(packed, len(data)/2), data, s.stride)
	case s.column:
		v = meshoptView{ByteStride: 4, Mode: "ATTRIBUTES"}
		packed, err = meshopt.AppendAttributes(packed, s.data, 4)
	default:
		return v, nil, false
	}
	v.Count, v.ByteLength = len(s.data)/v.ByteStride, len(packed)
	// A view that is hardly smaller is not worth the words that describe it.
	return v, packed, err == nil && len(packed)+128 < len(s.data)
}

func (s *stream) indices(b *scratch) []uint32 {
	n := len(s.data) / s.index
	b.numbers = slices.Grow(b.numbers[:0], n)[:n]
	out := b.numbers
	for i := range out {
		if s.index == 2 {
			out[i] = uint32(binary.LittleEndian.Uint16(s.data[2*i:]))
		} else {
			out[i] = binary.LittleEndian.Uint32(s.data[4*i:])
		}
	}
	return out
}

// exponents is the filter's form of float32 multiples of the stream's step.
func (s *stream) exponents() []byte {
	out := make([]byte, 0, len(s.data))
	_, e := math.Frexp(s.step)
	for i := 0; i < len(s.data); i += 4 {
		f := float64(math.Float32frombits(binary.LittleEndian.Uint32(s.data[i:])))
		out = meshopt.Exponential(out, int32(f/s.step), e-1)
	}
	return out
}

// quaternionBits is the precision of instances' turns: a fifth of a degree.
const quaternionBits = 10

func (s *stream) quaternions() []byte {
	out := make([]byte, 0, len(s.data))
	for i := 0; i < len(s.data); i += 8 {
		var q [4]float32
		for k := range q {
			q[k] = float32(int16(binary.LittleEndian.Uint16(s.data[i+2*k:]))) / 32767
		}
		out = meshopt.Quaternion(out, q, quaternionBits)
	}
	return out
}

// packed replaces the streams by compressed ones where that is shorter, and announces a
// second buffer, which is not in the file, with their views as they are drawn.
func (b *builder) packed() int {
	// Views as they are drawn begin behind 8 bytes of nothing: an offset of 0 is not written,
	// and 3d-tiles-validator 0.6.1 takes columns without an offset for misaligned.
	const first = 8
	at, whole := 0, first
	for _, s := range b.streams {
		view := &gltf.BufferView{ByteOffset: at, ByteLength: len(s.data), ByteStride: s.stride, Target: s.target}
		v, data, ok := s.pack(&b.scratch)
		if ok {
			v.ByteOffset = at
			view.Buffer, view.ByteOffset = 1, whole
			view.Extensions = gltf.Extensions{extMeshopt: v}
			whole += (len(s.data) + 7) &^ 7
			s.data, data = data, s.data
		}
		b.give(data)
		b.doc.BufferViews = append(b.doc.BufferViews, view)
		s.pad(8)
		at += len(s.data)
	}
	if at > 0 {
		b.doc.Buffers = []*gltf.Buffer{{ByteLength: at}}
	}
	if whole > first {
		b.doc.Buffers = append(b.doc.Buffers, &gltf.Buffer{ByteLength: whole, Extensions: gltf.Extensions{extMeshopt: meshoptBuffer{true}}})
		b.used[extMeshopt] = true
	}
	return at
}
