package gpu

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"
)

// Buffer is immutable storage that sub-ranges are written into.
type Buffer struct {
	ID   uint32
	Size int
	lent *runtime.Pinner // of Lent
}

// NewBuffer makes a buffer of that many bytes, zero or undefined.
func NewBuffer(label string, size int) *Buffer {
	b := &Buffer{Size: max(size, 4)}
	gl.CreateBuffers(1, &b.ID)
	gl.NamedBufferStorage(b.ID, b.Size, nil, gl.DYNAMIC_STORAGE_BIT)
	setLabel(gl.BUFFER, b.ID, label)
	return b
}

// Write copies bytes to an offset. It panics outside the buffer, as a slice does. A Lent buffer
// is not written to.
func (b *Buffer) Write(offset int, data []byte) {
	if len(data) == 0 {
		return
	}
	if offset < 0 || offset+len(data) > b.Size {
		panic(fmt.Sprintf("gpu: write [%d,%d) of a buffer of %d", offset, offset+len(data), b.Size))
	}
	gl.NamedBufferSubData(b.ID, offset, len(data), unsafe.Pointer(&data[0]))
}

// Read copies bytes back. It waits for the GPU.
func (b *Buffer) Read(offset int, dst []byte) {
	if len(dst) > 0 {
		gl.GetNamedBufferSubData(b.ID, offset, len(dst), unsafe.Pointer(&dst[0]))
	}
}

// BindStorage binds the buffer as shader storage block i.
func (b *Buffer) BindStorage(i uint32) { gl.BindBufferBase(gl.SHADER_STORAGE_BUFFER, i, b.ID) }

// BindUniform binds the buffer as uniform block i.
func (b *Buffer) BindUniform(i uint32) { gl.BindBufferBase(gl.UNIFORM_BUFFER, i, b.ID) }

// Release destroys the buffer.
func (b *Buffer) Release() {
	if b == nil || b.ID == 0 {
		return
	}
	gl.DeleteBuffers(1, &b.ID)
	b.ID = 0
	if b.lent != nil {
		gl.Finish() // what has been drawn may still read it
		b.lent.Unpin()
		b.lent = nil
	}
}

// Bytes views a slice of plain values as bytes, without a copy.
func Bytes[T any](s []T) []byte {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&s[0])), len(s)*int(unsafe.Sizeof(s[0])))
}
