package pipeline

import (
	"errors"
	"fmt"
	"math"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"

	"github.com/longtake/longtake/pipeline/gpu"
)

// picker brings one id back from the GPU without waiting for it.
type picker struct {
	buffer uint32
	mapped *uint32
	fence  uintptr // 0 = nothing is under way
}

// BeginPick asks for the feature id at a pixel of the last frame, counted from the upper
// left, in place of what was asked before. It draws the ids of what may be seen at that
// pixel alone, unless the id buffer was kept, and waits for nothing.
func (r *Renderer) BeginPick(x, y int) error {
	w, h := r.options.Width, r.options.Height
	switch {
	case !r.drawn:
		return errors.New("pick: nothing has been drawn")
	case x < 0 || y < 0 || x >= w || y >= h:
		return fmt.Errorf("pick: %d, %d is outside %d×%d", x, y, w, h)
	}
	if r.picker == nil {
		p, err := newPicker()
		if err != nil {
			return err
		}
		r.picker = p
	}
	y = h - 1 - y
	if kept, ok := r.kept["id"]; ok {
		r.picker.begin(r.scene.Tex(kept), x, y)
		return nil
	}
	t, err := r.idTargets()
	if err != nil {
		return err
	}
	if r.width != w || r.height != h {
		r.pickBlock()
	}
	gl.Enable(gl.SCISSOR_TEST)
	gl.Scissor(int32(x), int32(y), 1, 1)
	r.bind()
	err = r.drawIDs(t.depth, t.ids, r.recordsAt(x, y))
	gl.Disable(gl.SCISSOR_TEST)
	r.submit.ring.Done()
	r.uniforms.Done()
	if err == nil {
		r.picker.begin(t.ids, x, y)
	}
	return err
}

// pickBlock puts a block in place of that of a frame drawn smaller than the picture: by it
// points find their pixels, and ids have the picture's.
func (r *Renderer) pickBlock() {
	block, w, h := r.block, float32(r.options.Width), float32(r.options.Height)
	block.size = [4]float32{w, h, 1 / w, 1 / h}
	block.clock[3], block.jitter[2] = h/1080, 1
	*(*frameBlock)(unsafe.Pointer(&r.uniforms.Next()[r.sub*blockStride])) = block
}

// TakePick returns the id that BeginPick asked for, 0 being nothing, once it has arrived. ok
// is false while it is on its way, or where none is; wait blocks for it.
func (r *Renderer) TakePick(wait bool) (id uint32, ok bool) {
	if r.picker == nil {
		return 0, false
	}
	return r.picker.take(wait)
}

// Pick is BeginPick and TakePick: it waits for the GPU.
func (r *Renderer) Pick(x, y int) (uint32, error) {
	if err := r.BeginPick(x, y); err != nil {
		return 0, err
	}
	id, ok := r.TakePick(true)
	if !ok {
		return 0, errors.New("pick: the GPU does not answer")
	}
	return id, nil
}

// recordsAt is the records whose bounds a pixel's ray meets, counted from the lower left,
// and those of all lines and points.
func (r *Renderer) recordsAt(x, y int) []bool {
	c, set := &r.camera, r.recordSet()
	tan := func(i, n int, tan float64) float64 { return (2*(float64(i)+0.5)/float64(n) - 1) * tan }
	ray := c.forward.Add(c.right.Mul(tan(x, c.width, c.tanX))).Add(c.up.Mul(tan(y, c.height, c.tanY))).Normalize()
	pixel := 2 * c.tanY / float64(c.height)
	for i := range r.submit.items {
		it := &r.submit.items[i]
		along := math.Max(it.center.Dot(ray), 0)
		set[it.record] = it.center.Sub(ray.Mul(along)).Len() <= it.radius+2*pixel*along
	}
	for i := range r.submit.strokes {
		set[r.submit.strokes[i].record] = true
	}
	return set
}

func newPicker() (*picker, error) {
	p := &picker{}
	const flags = gl.MAP_READ_BIT | gl.MAP_PERSISTENT_BIT | gl.MAP_COHERENT_BIT
	gl.CreateBuffers(1, &p.buffer)
	gl.NamedBufferStorage(p.buffer, 4, nil, flags|gl.CLIENT_STORAGE_BIT)
	if p.mapped = (*uint32)(gl.MapNamedBufferRange(p.buffer, 0, 4, flags)); p.mapped == nil {
		p.release()
		return nil, errors.New("pick: cannot map a buffer")
	}
	return p, nil
}

func (p *picker) begin(ids *gpu.Texture, x, y int) {
	if p.fence != 0 {
		gl.DeleteSync(p.fence)
	}
	gl.BindBuffer(gl.PIXEL_PACK_BUFFER, p.buffer)
	gl.GetTextureSubImage(ids.ID, 0, int32(x), int32(y), 0, 1, 1, 1, gl.RED_INTEGER, gl.UNSIGNED_INT, 4, nil)
	gl.BindBuffer(gl.PIXEL_PACK_BUFFER, 0)
	p.fence = gl.FenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
}

func (p *picker) take(wait bool) (id uint32, ok bool) {
	if p.fence == 0 {
		return 0, false
	}
	var timeout uint64
	if wait {
		timeout = 60_000_000_000
	}
	switch gl.ClientWaitSync(p.fence, gl.SYNC_FLUSH_COMMANDS_BIT, timeout) {
	case gl.ALREADY_SIGNALED, gl.CONDITION_SATISFIED:
	default:
		return 0, false
	}
	gl.DeleteSync(p.fence)
	p.fence = 0
	return *p.mapped, true
}

func (p *picker) release() {
	if p == nil || p.buffer == 0 {
		return
	}
	if p.fence != 0 {
		gl.DeleteSync(p.fence)
	}
	if p.mapped != nil {
		gl.UnmapNamedBuffer(p.buffer)
	}
	gl.DeleteBuffers(1, &p.buffer)
	*p = picker{}
}
