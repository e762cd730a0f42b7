package gpu

import (
	"fmt"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"
)

// Ring is a persistently mapped buffer in slots, for data that is new in each frame: a
// slot is written again only when the GPU has finished with it.
type Ring struct {
	ID     uint32
	slot   int
	slots  int
	mapped []byte
	fences []uintptr
	at     int
}

const ringAlign = 256 // ≥ every offset alignment that GL demands

// NewRing makes a ring of slots of at least size bytes.
func NewRing(label string, slots, size int) (*Ring, error) {
	r := &Ring{slots: slots, slot: (max(size, 1) + ringAlign - 1) / ringAlign * ringAlign, fences: make([]uintptr, slots)}
	gl.CreateBuffers(1, &r.ID)
	const flags = gl.MAP_WRITE_BIT | gl.MAP_PERSISTENT_BIT | gl.MAP_COHERENT_BIT
	gl.NamedBufferStorage(r.ID, r.slot*slots, nil, flags)
	p := gl.MapNamedBufferRange(r.ID, 0, r.slot*slots, flags)
	if p == nil {
		r.Release()
		return nil, fmt.Errorf("ring %s: cannot map %d bytes", label, r.slot*slots)
	}
	r.mapped = unsafe.Slice((*byte)(p), r.slot*slots)
	setLabel(gl.BUFFER, r.ID, label)
	return r, nil
}

// Slot returns the size of a slot.
func (r *Ring) Slot() int { return r.slot }

// Next moves to the next slot, waits until the GPU has finished with it, and returns it.
func (r *Ring) Next() []byte {
	r.at = (r.at + 1) % r.slots
	if f := r.fences[r.at]; f != 0 {
		gl.ClientWaitSync(f, gl.SYNC_FLUSH_COMMANDS_BIT, 10_000_000_000)
		gl.DeleteSync(f)
		r.fences[r.at] = 0
	}
	return r.mapped[r.at*r.slot : (r.at+1)*r.slot : (r.at+1)*r.slot]
}

// Done fences the slot: call it after the last command that reads it.
func (r *Ring) Done() {
	if r.fences[r.at] != 0 {
		gl.DeleteSync(r.fences[r.at])
	}
	r.fences[r.at] = gl.FenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
}

// Offset returns where the current slot begins in the buffer.
func (r *Ring) Offset() int { return r.at * r.slot }

// BindStorage binds part of the current slot as shader storage block i; offset must be a
// multiple of 256.
func (r *Ring) BindStorage(i uint32, offset, size int) {
	gl.BindBufferRange(gl.SHADER_STORAGE_BUFFER, i, r.ID, r.Offset()+offset, max(size, 16))
}

// BindUniform binds part of the current slot as uniform block i.
func (r *Ring) BindUniform(i uint32, offset, size int) {
	gl.BindBufferRange(gl.UNIFORM_BUFFER, i, r.ID, r.Offset()+offset, size)
}

// Release destroys the ring.
func (r *Ring) Release() {
	if r == nil || r.ID == 0 {
		return
	}
	for _, f := range r.fences {
		if f != 0 {
			gl.DeleteSync(f)
		}
	}
	if r.mapped != nil {
		gl.UnmapNamedBuffer(r.ID)
	}
	gl.DeleteBuffers(1, &r.ID)
	r.ID, r.mapped = 0, nil
}
