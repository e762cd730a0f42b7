package gpu

import (
	"fmt"

	"github.com/go-gl/gl/v4.5-core/gl"
)

// MaxColors is the number of colour attachments of a Target.
const MaxColors = 6

// Attachment is a level and layer of a texture to draw into.
type Attachment struct {
	Texture *Texture
	Level   int
	Layer   int // of arrays, volumes and cube maps
}

// Target is a framebuffer object.
type Target struct {
	ID            uint32
	Width, Height int
	colors        int
	scratch       [4]float32 // what GL reads a clear value from, without allocating
	scratchUint   [4]uint32
}

// NewTarget makes a framebuffer of a depth attachment (or a nil texture) and colours. A
// colour with a nil texture leaves its output unwritten.
func NewTarget(label string, depth Attachment, colors ...Attachment) (*Target, error) {
	t := &Target{colors: len(colors)}
	gl.CreateFramebuffers(1, &t.ID)
	attach := func(point uint32, a Attachment) {
		if a.Texture.Kind == Tex2D {
			gl.NamedFramebufferTexture(t.ID, point, a.Texture.ID, int32(a.Level))
		} else {
			gl.NamedFramebufferTextureLayer(t.ID, point, a.Texture.ID, int32(a.Level), int32(a.Layer))
		}
		t.Width, t.Height = a.Texture.LevelSize(a.Level)
	}
	if depth.Texture != nil {
		attach(gl.DEPTH_ATTACHMENT, depth)
	}
	var bufs [MaxColors]uint32
	for i, c := range colors {
		if c.Texture != nil {
			attach(gl.COLOR_ATTACHMENT0+uint32(i), c)
			bufs[i] = gl.COLOR_ATTACHMENT0 + uint32(i)
		}
	}
	gl.NamedFramebufferDrawBuffers(t.ID, int32(len(colors)), &bufs[0])
	setLabel(gl.FRAMEBUFFER, t.ID, label)
	if s := gl.CheckNamedFramebufferStatus(t.ID, gl.DRAW_FRAMEBUFFER); s != gl.FRAMEBUFFER_COMPLETE {
		t.Release()
		return nil, fmt.Errorf("target %s is incomplete (%#x)", label, s)
	}
	return t, nil
}

// Bind makes the target current and sets the viewport to all of it.
func (t *Target) Bind() {
	gl.BindFramebuffer(gl.FRAMEBUFFER, t.ID)
	gl.Viewport(0, 0, int32(t.Width), int32(t.Height))
}

// ClearColor fills colour attachment i.
func (t *Target) ClearColor(i int, r, g, b, a float32) {
	t.scratch = [4]float32{r, g, b, a}
	gl.ClearNamedFramebufferfv(t.ID, gl.COLOR, int32(i), &t.scratch[0])
}

// ClearColorUint fills an integer colour attachment.
func (t *Target) ClearColorUint(i int, v uint32) {
	t.scratchUint = [4]uint32{v}
	gl.ClearNamedFramebufferuiv(t.ID, gl.COLOR, int32(i), &t.scratchUint[0])
}

// ClearDepth fills the depth attachment with 0, which is infinitely far. Depth writes
// must be on (State.Apply).
func (t *Target) ClearDepth() {
	t.scratch[0] = 0
	gl.ClearNamedFramebufferfv(t.ID, gl.DEPTH, 0, &t.scratch[0])
}

// Release destroys the framebuffer, not its textures.
func (t *Target) Release() {
	if t != nil && t.ID != 0 {
		gl.DeleteFramebuffers(1, &t.ID)
		t.ID = 0
	}
}

// TargetCache keeps the targets of sets of attachments, so that a steady frame makes
// none. Forget must be called before one of its textures is released.
type TargetCache struct {
	targets map[targetKey]*Target
}

type targetKey struct {
	depth  Attachment
	colors [MaxColors]Attachment
	n      int
}

// Get returns the target of the attachments. It allocates only the first time.
func (c *TargetCache) Get(depth Attachment, colors ...Attachment) (*Target, error) {
	k := targetKey{depth: depth, n: len(colors)}
	copy(k.colors[:], colors)
	if t, ok := c.targets[k]; ok {
		return t, nil
	}
	t, err := NewTarget("target", k.depth, k.colors[:k.n]...)
	if err != nil {
		return nil, err
	}
	if c.targets == nil {
		c.targets = map[targetKey]*Target{}
	}
	c.targets[k] = t
	return t, nil
}

// Forget releases the targets that draw into the texture.
func (c *TargetCache) Forget(tex *Texture) {
	for k, t := range c.targets {
		uses := k.depth.Texture == tex
		for _, a := range k.colors {
			uses = uses || a.Texture == tex
		}
		if uses {
			t.Release()
			delete(c.targets, k)
		}
	}
}

// Release destroys every target.
func (c *TargetCache) Release() {
	for _, t := range c.targets {
		t.Release()
	}
	c.targets = nil
}
