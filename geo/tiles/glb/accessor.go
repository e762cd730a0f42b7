package glb

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/qmuntal/gltf"
)

// maxZeros bounds accessors without a buffer view, whose count no file size backs.
const maxZeros = 1 << 16

// floats reads an accessor of n components per element, normalised integers as the
// glTF formulae say; the result has count×n numbers.
func (d *document) floats(index, n int) ([]float32, error) {
	a, err := d.accessor(index)
	if err != nil {
		return nil, err
	}
	if a.Type.Components() != n {
		return nil, fmt.Errorf("accessor %d has %d components where %d are needed", index, a.Type.Components(), n)
	}
	if n > 4 {
		return d.matrices(index, a)
	}
	out, err := d.elements(index, a, n)
	if err != nil || a.Sparse == nil {
		return out, err
	}
	return out, d.sparse(index, a, n, out)
}

// accessor returns a checked accessor: its count is backed by bytes or small.
func (d *document) accessor(index int) (*gltf.Accessor, error) {
	if index < 0 || index >= len(d.Accessors) {
		return nil, fmt.Errorf("accessor %d does not exist", index)
	}
	a := d.Accessors[index]
	if a.Count < 1 || a.ByteOffset < 0 {
		return nil, fmt.Errorf("accessor %d: bad count %d or byteOffset %d", index, a.Count, a.ByteOffset)
	}
	return a, nil
}

func (d *document) elements(index int, a *gltf.Accessor, n int) ([]float32, error) {
	if a.BufferView == nil {
		if a.Count > maxZeros {
			return nil, fmt.Errorf("accessor %d: %d elements without a buffer view (at most %d)", index, a.Count, maxZeros)
		}
		return make([]float32, a.Count*n), nil
	}
	raw, stride, err := d.span(index, *a.BufferView, a.ByteOffset, a.Count, a.ComponentType.ByteSize()*n)
	if err != nil {
		return nil, err
	}
	out := make([]float32, a.Count*n)
	convert(out, raw, stride, n, a.ComponentType, a.Normalized)
	return out, nil
}

// span returns the bytes from the first element on and the distance between elements.
func (d *document) span(index, view, offset, count, size int) ([]byte, int, error) {
	raw, stride, err := d.view(view)
	if err != nil {
		return nil, 0, fmt.Errorf("accessor %d: %w", index, err)
	}
	if stride == 0 {
		stride = size
	}
	if stride < size {
		return nil, 0, fmt.Errorf("accessor %d: byteStride %d is less than an element of %d bytes", index, stride, size)
	}
	if offset > len(raw) || count-1 > (len(raw)-offset)/stride || (count-1)*stride+size > len(raw)-offset {
		return nil, 0, fmt.Errorf("accessor %d: %d elements reach beyond their buffer view of %d bytes", index, count, len(raw))
	}
	return raw[offset:], stride, nil
}

// convert decodes len(out)/n elements of n components.
func convert(out []float32, raw []byte, stride, n int, c gltf.ComponentType, normalized bool) {
	scale, floor := float32(1), float32(math.Inf(-1))
	if normalized {
		floor = -1
		scale = map[gltf.ComponentType]float32{gltf.ComponentByte: 127, gltf.ComponentUbyte: 255,
			gltf.ComponentShort: 32767, gltf.ComponentUshort: 65535, gltf.ComponentUint: 4294967295, gltf.ComponentFloat: 1}[c]
	}
	for i := 0; i*n < len(out); i++ {
		e, o := raw[i*stride:], out[i*n:i*n+n]
		switch c {
		case gltf.ComponentFloat:
			for k := range o {
				o[k] = math.Float32frombits(binary.LittleEndian.Uint32(e[4*k:]))
			}
		case gltf.ComponentUbyte:
			for k := range o {
				o[k] = float32(e[k]) / scale
			}
		case gltf.ComponentByte:
			for k := range o {
				o[k] = max(float32(int8(e[k]))/scale, floor)
			}
		case gltf.ComponentUshort:
			for k := range o {
				o[k] = float32(binary.LittleEndian.Uint16(e[2*k:])) / scale
			}
		case gltf.ComponentShort:
			for k := range o {
				o[k] = max(float32(int16(binary.LittleEndian.Uint16(e[2*k:])))/scale, floor)
			}
		case gltf.ComponentUint:
			for k := range o {
				o[k] = float32(binary.LittleEndian.Uint32(e[4*k:])) / scale
			}
		}
	}
}

// matrices reads MAT4 of float32 (inverse bind matrices); the other matrix types have
// padding and no use here.
func (d *document) matrices(index int, a *gltf.Accessor) ([]float32, error) {
	if a.Type != gltf.AccessorMat4 || a.ComponentType != gltf.ComponentFloat || a.Sparse != nil {
		return nil, fmt.Errorf("accessor %d: only dense float32 MAT4 matrices are read: %w", index, ErrUnsupported)
	}
	return d.elements(index, a, 16)
}

// ints reads a SCALAR accessor of unsigned whole numbers (indices, ids).
func (d *document) ints(index int) ([]uint32, error) {
	a, err := d.accessor(index)
	if err != nil {
		return nil, err
	}
	if a.Type != gltf.AccessorScalar {
		return nil, fmt.Errorf("accessor %d is not SCALAR", index)
	}
	if a.ComponentType == gltf.ComponentFloat || a.BufferView == nil || a.Sparse != nil {
		f, err := d.floats(index, 1)
		if err != nil {
			return nil, err
		}
		out := make([]uint32, len(f))
		for i, v := range f {
			if v > 0 && v < 1<<32 { // negative, NaN and beyond become 0
				out[i] = uint32(math.Round(float64(v)))
			}
		}
		return out, nil
	}
	size := a.ComponentType.ByteSize()
	raw, stride, err := d.span(index, *a.BufferView, a.ByteOffset, a.Count, size)
	if err != nil {
		return nil, err
	}
	out := make([]uint32, a.Count)
	for i := range out {
		switch e := raw[i*stride:]; size {
		case 1:
			out[i] = uint32(e[0])
		case 2:
			out[i] = uint32(binary.LittleEndian.Uint16(e))
		default:
			out[i] = binary.LittleEndian.Uint32(e)
		}
	}
	return out, nil
}

// sparse puts an accessor's deviating elements into out.
func (d *document) sparse(index int, a *gltf.Accessor, n int, out []float32) error {
	s := a.Sparse
	if s.Count < 1 || s.Count > a.Count || s.Indices.ByteOffset < 0 || s.Values.ByteOffset < 0 {
		return fmt.Errorf("accessor %d: bad sparse count %d", index, s.Count)
	}
	isize := s.Indices.ComponentType.ByteSize()
	idx, istride, err := d.span(index, s.Indices.BufferView, s.Indices.ByteOffset, s.Count, isize)
	if err != nil {
		return err
	}
	raw, stride, err := d.span(index, s.Values.BufferView, s.Values.ByteOffset, s.Count, a.ComponentType.ByteSize()*n)
	if err != nil {
		return err
	}
	values := make([]float32, s.Count*n)
	convert(values, raw, stride, n, a.ComponentType, a.Normalized)
	for i := 0; i < s.Count; i++ {
		var at uint32
		switch e := idx[i*istride:]; isize {
		case 1:
			at = uint32(e[0])
		case 2:
			at = uint32(binary.LittleEndian.Uint16(e))
		default:
			at = binary.LittleEndian.Uint32(e)
		}
		if int(at) >= a.Count {
			return fmt.Errorf("accessor %d: sparse index %d of %d elements", index, at, a.Count)
		}
		copy(out[int(at)*n:], values[i*n:i*n+n])
	}
	return nil
}
