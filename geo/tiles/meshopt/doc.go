// Package meshopt compresses and decompresses the buffer views of glTF's
// EXT_meshopt_compression: vertex attributes (mode 0), triangle lists (mode 1) and index
// sequences (mode 2), with the octahedral, quaternion and exponential filters. It also
// orders triangles and vertices so that they compress and draw well.
//
// The bitstreams are those of the extension's appendices A and B (Khronos glTF registry,
// EXT_meshopt_compression); the version of attributes is 0, the only one that the
// extension allows.
//
// Decoders take any bytes: what does not decode is an error, and nothing is allocated
// beyond the size that the caller states. All functions are safe for concurrent use.
package meshopt

import "errors"

// errShort is returned where a stream ends before all of its elements are decoded.
var errShort = errors.New("meshopt: the stream ends early")

// zigzag maps small numbers of both signs to small unsigned ones.
func zigzag(delta uint32) uint32 { return delta<<1 ^ uint32(int32(delta)>>31) }

func unzigzag(v uint32) uint32 { return v>>1 ^ -(v & 1) }

// appendVarint appends an unsigned LEB128 number.
func appendVarint(out []byte, v uint32) []byte {
	for v >= 0x80 {
		out = append(out, byte(v)|0x80)
		v >>= 7
	}
	return append(out, byte(v))
}

// varint reads an unsigned LEB128 number of at most 32 bits; n is 0 where there is none.
func varint(data []byte) (v uint32, n int) {
	for i, b := range data {
		if i == 5 {
			break
		}
		v |= uint32(b&0x7f) << (7 * i)
		if b < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}
