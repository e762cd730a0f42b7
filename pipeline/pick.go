package pipeline

import (
	"errors"
	"fmt"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"

	"github.com/longtake/longtake/pipeline/gpu"
)

// addID draws feature ids alone; the pass is there only where something reads them.
func (r *Renderer) addID(g *graph) (out handle) {
	g.Add("id", func(b *builder) exec {
		depth := b.Write(b.Create("id depth", r.desc(gpu.D32F, 1)))
		out = b.Write(b.Create("id", r.desc(gpu.R32UI, 1)))
		h := out
		return func(c *context) error { return r.drawIDs(c.Tex(depth), c.Tex(h)) }
	})
	return out
}

func (r *Renderer) drawIDs(depth, ids *gpu.Texture) error {
	t, err := r.target(depth, ids)
	if err != nil {
		return err
	}
	gpu.State{Depth: gpu.DepthWrite}.Apply()
	t.ClearDepth()
	t.ClearColorUint(0, 0)
	if err := r.drawOpaque("id.frag"); err != nil {
		return err
	}
	for _, groups := range [...][]group{r.submit.tinted, r.submit.blended} {
		if err := r.drawBlendedIDs(groups); err != nil {
			return err
		}
	}
	for _, overlay := range []bool{false, true} {
		r.drawStrokes(overlay, true)
	}
	return nil
}

func (r *Renderer) drawBlendedIDs(groups []group) error {
	for i := range groups {
		group := &groups[i]
		p, err := r.meshProgram("id.frag", group.variant, 0)
		if err != nil {
			return err
		}
		state := gpu.State{Depth: gpu.DepthRead, Cull: group.variant&variantTwoSided == 0}
		if group.overlay {
			state.Depth = gpu.DepthOff
		}
		state.Apply()
		p.Use()
		r.submit.draw(group, r.res, false)
	}
	return nil
}

// Pick returns the feature id at a pixel of the last frame, counted from the upper left;
// 0 is nothing. It draws the ids below that pixel alone, unless the id buffer was kept,
// and waits for the GPU.
func (r *Renderer) Pick(x, y int) (uint32, error) {
	w, h := r.options.Width, r.options.Height
	switch {
	case !r.drawn:
		return 0, errors.New("pick: nothing has been drawn")
	case x < 0 || y < 0 || x >= w || y >= h:
		return 0, fmt.Errorf("pick: %d, %d is outside %d×%d", x, y, w, h)
	}
	y = h - 1 - y
	if kept, ok := r.kept["id"]; ok {
		return readID(r.scene.Tex(kept), x, y), nil
	}
	ids, err := gpu.NewTexture("picked ids", gpu.TextureDesc{Format: gpu.R32UI, Width: w, Height: h})
	if err != nil {
		return 0, err
	}
	depth, err := gpu.NewTexture("picked depth", gpu.TextureDesc{Format: gpu.D32F, Width: w, Height: h})
	if err != nil {
		ids.Release()
		return 0, err
	}
	gl.Enable(gl.SCISSOR_TEST)
	gl.Scissor(int32(x), int32(y), 1, 1)
	r.bind()
	err = r.drawIDs(depth, ids)
	gl.Disable(gl.SCISSOR_TEST)
	r.submit.ring.Done()
	r.uniforms.Done()
	var id uint32
	if err == nil {
		id = readID(ids, x, y)
	}
	r.targets.Forget(ids)
	ids.Release()
	depth.Release()
	return id, err
}

func readID(t *gpu.Texture, x, y int) (id uint32) {
	gl.GetTextureSubImage(t.ID, 0, int32(x), int32(y), 0, 1, 1, 1, gl.RED_INTEGER, gl.UNSIGNED_INT, 4, unsafe.Pointer(&id))
	return id
}

// Present shows the picture on the surface's window, scaled to it; without a window it
// does nothing.
func (r *Renderer) Present() error {
	w, h := r.surface.Size()
	if w > 0 && h > 0 && r.drawn {
		t, err := r.targets.Get(gpu.Attachment{}, gpu.Attachment{Texture: r.picture})
		if err != nil {
			return err
		}
		filter := uint32(gl.LINEAR)
		if w == t.Width && h == t.Height {
			filter = gl.NEAREST
		}
		gpu.State{Linear: true}.Apply() // the picture holds display values
		gl.BlitNamedFramebuffer(t.ID, 0, 0, 0, int32(t.Width), int32(t.Height), 0, 0, int32(w), int32(h), gl.COLOR_BUFFER_BIT, filter)
	}
	return r.surface.Present()
}
