package glb

import (
	"fmt"

	"github.com/longtake/longtake/geo/tiles/meshopt"
	"github.com/qmuntal/gltf"
)

// isFallback tells a buffer that stands for the decompressed data: what refers to it is
// in the file in compressed form, so it is not read even where it is there.
func isFallback(b *gltf.Buffer) bool {
	var f meshoptBuffer
	ok, err := extension(b.Extensions, extMeshopt, &f)
	return ok && err == nil && f.Fallback
}

// maxUnpacked bounds what all compressed views of a file may unfold to.
const maxUnpacked = 1 << 30

// unpack decompresses a buffer view of EXT_meshopt_compression, once.
func (d *document) unpack(index, length int, v meshoptView) ([]byte, error) {
	if out, ok := d.views[index]; ok {
		return out, nil
	}
	if v.Buffer < 0 || v.Buffer >= len(d.buffers) {
		return nil, fmt.Errorf("buffer %d does not exist", v.Buffer)
	}
	b := d.buffers[v.Buffer]
	if v.ByteOffset < 0 || v.ByteLength < 0 || v.ByteOffset > len(b) || v.ByteLength > len(b)-v.ByteOffset {
		return nil, fmt.Errorf("it reaches beyond buffer %d", v.Buffer)
	}
	// No mode packs tighter than 256 times: 2 bits for 16 bytes, a byte for a triangle.
	if v.Count < 1 || v.ByteStride < 1 || v.ByteStride > 256 || v.Count > 64*v.ByteLength+16 {
		return nil, fmt.Errorf("%d elements of %d bytes cannot be in %d bytes", v.Count, v.ByteStride, v.ByteLength)
	}
	size := v.Count * v.ByteStride
	if size != length {
		return nil, fmt.Errorf("%d elements of %d bytes where the view has %d bytes", v.Count, v.ByteStride, length)
	}
	if d.unpacked += size; d.unpacked > maxUnpacked {
		return nil, fmt.Errorf("the file unpacks to more than %d bytes; split it", maxUnpacked)
	}
	out := make([]byte, size)
	if err := meshopt.Decode(out, b[v.ByteOffset:v.ByteOffset+v.ByteLength], v.Mode, v.Filter, v.ByteStride); err != nil {
		return nil, err
	}
	if d.views == nil {
		d.views = map[int][]byte{}
	}
	d.views[index] = out
	return out, nil
}
