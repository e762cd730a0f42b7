package pipeline

import (
	"errors"
	"fmt"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"

	"github.com/longtake/longtake/pipeline/gpu"
)

// captureSlots is how many frames may be under way between the GPU and their reader.
const captureSlots = 3

// capture turns pictures into NV12 on the GPU and brings them back without waiting:
// a compute pass writes a slot of a mapped buffer, a fence tells when it is done.
type capture struct {
	program       *gpu.Program
	id            uint32
	slot, size    int
	width, height int
	mapped        []byte
	fences        [captureSlots]uintptr
	first, count  int // slots in flight, oldest first
}

// BeginCapture converts the picture to NV12 (BT.709, limited range, rows from the top)
// and starts to bring it back. At most 3 captures are under way: take one first.
func (r *Renderer) BeginCapture() error {
	w, h := r.options.Width, r.options.Height
	switch {
	case !r.drawn:
		return errors.New("capture: nothing has been drawn")
	case w%2 != 0 || h%2 != 0:
		return fmt.Errorf("capture: NV12 needs an even size, not %d×%d", w, h)
	}
	if c := r.capture; c != nil && (c.width != w || c.height != h) {
		if c.count > 0 {
			return errors.New("capture: take what is under way before changing the size")
		}
		c.release()
		r.capture = nil
	}
	if r.capture == nil {
		p, err := r.program("nv12", gpu.Stage{File: "nv12.comp"})
		if err != nil {
			return err
		}
		if r.capture, err = newCapture(p, w, h); err != nil {
			return err
		}
	}
	return r.capture.begin(r.picture)
}

// TakeCapture returns the oldest capture, in the order of BeginCapture, once it has
// arrived. ok is false while it is on its way, or where none is; wait blocks for it. The
// bytes are valid until the next BeginCapture.
func (r *Renderer) TakeCapture(wait bool) (nv12 []byte, ok bool) {
	if r.capture == nil {
		return nil, false
	}
	return r.capture.take(wait)
}

func newCapture(p *gpu.Program, w, h int) (*capture, error) {
	c := &capture{program: p, width: w, height: h, size: w * h * 3 / 2}
	c.slot = (c.size + 255) / 256 * 256
	const flags = gl.MAP_READ_BIT | gl.MAP_PERSISTENT_BIT | gl.MAP_COHERENT_BIT
	gl.CreateBuffers(1, &c.id)
	gl.NamedBufferStorage(c.id, c.slot*captureSlots, nil, flags|gl.CLIENT_STORAGE_BIT)
	m := gl.MapNamedBufferRange(c.id, 0, c.slot*captureSlots, flags)
	if m == nil {
		c.release()
		return nil, fmt.Errorf("capture: cannot map %d bytes", c.slot*captureSlots)
	}
	c.mapped = unsafe.Slice((*byte)(m), c.slot*captureSlots)
	return c, nil
}

func (c *capture) begin(picture *gpu.Texture) error {
	if c.count == captureSlots {
		return fmt.Errorf("capture: %d are under way, take one first", c.count)
	}
	i := (c.first + c.count) % captureSlots
	c.program.Use()
	c.program.Texture("picture", picture)
	gl.ProgramUniform2i(c.program.ID, gl.GetUniformLocation(c.program.ID, extentName), int32(c.width), int32(c.height))
	gl.BindBufferRange(gl.SHADER_STORAGE_BUFFER, 0, c.id, i*c.slot, c.slot)
	words := (c.size + 3) / 4
	gl.DispatchCompute(uint32((words+255)/256), 1, 1)
	gl.MemoryBarrier(gl.CLIENT_MAPPED_BUFFER_BARRIER_BIT)
	c.fences[i] = gl.FenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
	c.count++
	return nil
}

var extentName = gl.Str("extent\x00")

func (c *capture) take(wait bool) ([]byte, bool) {
	if c.count == 0 {
		return nil, false
	}
	var timeout uint64
	if wait {
		timeout = 60_000_000_000
	}
	i := c.first
	switch gl.ClientWaitSync(c.fences[i], gl.SYNC_FLUSH_COMMANDS_BIT, timeout) {
	case gl.ALREADY_SIGNALED, gl.CONDITION_SATISFIED:
	default:
		return nil, false
	}
	gl.DeleteSync(c.fences[i])
	c.fences[i] = 0
	c.first = (c.first + 1) % captureSlots
	c.count--
	return c.mapped[i*c.slot : i*c.slot+c.size], true
}

func (c *capture) release() {
	if c == nil || c.id == 0 {
		return
	}
	for _, f := range c.fences {
		if f != 0 {
			gl.DeleteSync(f)
		}
	}
	if c.mapped != nil {
		gl.UnmapNamedBuffer(c.id)
	}
	gl.DeleteBuffers(1, &c.id)
	c.id, c.mapped = 0, nil
}
