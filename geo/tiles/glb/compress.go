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
	packed = b.take(s.name, true)
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

// firstFallback is where views as they are drawn begin: behind 8 bytes of nothing, for an
// offset of 0 is not written, and 3d-tiles-validator 0.6.1 takes columns without an offset
// for misaligned.
const firstFallback = 8

// packed lays out a stream that is compressed where that is shorter: its view as it is
// drawn is then in a second buffer, which is not in the file.
func (b *builder) packed(l *layout, s *stream, view *gltf.BufferView) {
	v, data, ok := s.pack(&b.scratch)
	if ok {
		v.ByteOffset = l.at
		view.Buffer, view.ByteOffset = 1, l.fallback
		view.Extensions = gltf.Extensions{extMeshopt: v}
		l.fallback += (len(s.data) + 7) &^ 7
		s.data, data, s.packed = data, s.data, true
	}
	b.give(s.name, !s.packed, data)
}
