package meshopt

import (
	"encoding/binary"
	"fmt"
)

// Decode decodes a buffer view of EXT_meshopt_compression into out, whose length is the
// view's count times its stride. mode and filter are the words of the extension; an empty
// filter is NONE.
func Decode(out, data []byte, mode, filter string, stride int) error {
	if mode == "ATTRIBUTES" {
		if err := DecodeAttributes(out, data, stride); err != nil {
			return err
		}
		switch filter {
		case "", "NONE":
			return nil
		case "OCTAHEDRAL":
			return DecodeOctahedral(out, stride)
		case "QUATERNION":
			return DecodeQuaternion(out, stride)
		case "EXPONENTIAL":
			return DecodeExponential(out)
		}
		return fmt.Errorf("meshopt: unknown filter %q", filter)
	}
	if filter != "" && filter != "NONE" {
		return fmt.Errorf("meshopt: the mode %s has no filters", mode)
	}
	if (stride != 2 && stride != 4) || len(out)%stride != 0 {
		return fmt.Errorf("meshopt: indices of %d bytes", stride)
	}
	indices := make([]uint32, len(out)/stride)
	var err error
	switch mode {
	case "TRIANGLES":
		err = DecodeTriangles(indices, data)
	case "INDICES":
		err = DecodeIndices(indices, data)
	default:
		err = fmt.Errorf("meshopt: unknown mode %q", mode)
	}
	if err != nil {
		return err
	}
	for i, v := range indices {
		if stride == 2 {
			binary.LittleEndian.PutUint16(out[2*i:], uint16(v))
		} else {
			binary.LittleEndian.PutUint32(out[4*i:], v)
		}
	}
	return nil
}
