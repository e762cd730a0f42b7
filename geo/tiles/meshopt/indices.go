package meshopt

import (
	"errors"
	"fmt"
)

const (
	indicesHeader = 0xd1
	indicesTail   = 4
)

// AppendIndices appends the mode 2 stream of a sequence of indices to out: differences
// from the nearer of two running baselines. Indices must be below 2³⁰.
func AppendIndices(out []byte, indices []uint32) ([]byte, error) {
	out = append(out, indicesHeader)
	var last [2]uint32
	for i, v := range indices {
		if v >= 1<<30 {
			return out, fmt.Errorf("meshopt: index %d is %d, beyond 2^30", i, v)
		}
		a, b := zigzag(v-last[0]), zigzag(v-last[1])
		baseline := uint32(0)
		if b < a {
			a, baseline = b, 1
		}
		last[baseline] = v
		out = appendVarint(out, a<<1|baseline)
	}
	return append(out, make([]byte, indicesTail)...), nil
}

// DecodeIndices decodes a mode 2 stream of len(out) indices.
func DecodeIndices(out []uint32, data []byte) error {
	if len(data) < 1+indicesTail || data[0] != indicesHeader {
		return errors.New("meshopt: this is no sequence of indices")
	}
	data = data[1 : len(data)-indicesTail]
	var last [2]uint32
	for i := range out {
		v, n := varint(data)
		if n == 0 {
			return errShort
		}
		data = data[n:]
		l := &last[v&1]
		*l += unzigzag(v >> 1)
		out[i] = *l
	}
	if len(data) > 0 {
		return fmt.Errorf("meshopt: %d bytes are left after the last index", len(data))
	}
	return nil
}
