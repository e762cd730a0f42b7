package gpu

import (
	"runtime"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"
)

// externalMemory is GL_EXTERNAL_VIRTUAL_MEMORY_BUFFER_AMD.
const externalMemory = 0x9160

// Lent is a buffer of bytes that stay where the program has them (GL_AMD_pinned_memory): nothing
// is copied. They are not to change until it is released. Only for drivers of which HasLent is
// true, and where the processor draws: a card would read them over its bus. nil where the driver
// does not take these: some want whole pages of memory.
func Lent(label string, data []byte) *Buffer {
	b := &Buffer{Size: len(data), lent: &runtime.Pinner{}}
	b.lent.Pin(&data[0])
	gl.CreateBuffers(1, &b.ID)
	gl.BindBuffer(externalMemory, b.ID)
	gl.BufferData(externalMemory, len(data), unsafe.Pointer(&data[0]), gl.STATIC_DRAW)
	gl.BindBuffer(externalMemory, 0)
	var size int32
	gl.GetNamedBufferParameteriv(b.ID, gl.BUFFER_SIZE, &size)
	if int(size) != len(data) {
		gl.GetError()
		b.Release()
		return nil
	}
	setLabel(gl.BUFFER, b.ID, label)
	return b
}

// HasLent tells whether the driver of the current context has buffers of the program's memory.
func HasLent() bool { return hasExtension("GL_AMD_pinned_memory") }

func hasExtension(name string) bool {
	var n int32
	gl.GetIntegerv(gl.NUM_EXTENSIONS, &n)
	for i := range n {
		if gl.GoStr(gl.GetStringi(gl.EXTENSIONS, uint32(i))) == name {
			return true
		}
	}
	return false
}
