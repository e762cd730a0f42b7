package pipeline

import (
	"github.com/go-gl/gl/v4.5-core/gl"

	"github.com/longtake/longtake/pipeline/gpu"
)

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
