package pipeline

import (
	"github.com/go-gl/gl/v4.5-core/gl"

	"github.com/longtake/longtake/pipeline/gpu"
)

// drawLevel runs a full-screen program over a level of a texture.
func (r *Renderer) drawLevel(p *gpu.Program, t *gpu.Texture, level int) error {
	return r.fillLevel(p, gpu.State{Linear: t.Format != gpu.SRGB8A8}, gpu.Attachment{Texture: t, Level: level})
}

// drawOver runs a full-screen program, at depth 0, over a picture with a state of its own;
// depth may be nil.
func (r *Renderer) drawOver(p *gpu.Program, s gpu.State, depth, color *gpu.Texture) error {
	if _, err := r.target(depth, color); err != nil {
		return err
	}
	s.Apply()
	p.Use()
	r.full.Draw()
	return nil
}

// baseOnly hides the levels of a texture above 0 from samplers, while they are drawn from
// it, until the returned function is called.
func baseOnly(t *gpu.Texture) (restore func()) {
	gl.TextureParameteri(t.ID, gl.TEXTURE_MAX_LEVEL, 0)
	return func() { gl.TextureParameteri(t.ID, gl.TEXTURE_MAX_LEVEL, int32(t.Levels-1)) }
}

// levelsOf returns how many levels a picture has down to a smaller side of 4, at most
// limit.
func levelsOf(width, height, limit int) int {
	n := 1
	for n < limit && min(width, height)>>n >= 4 {
		n++
	}
	return n
}

func boolDefine(name string, on bool) string {
	if on {
		return name + " 1"
	}
	return name + " 0"
}

func half(n int) int { return (n + 1) / 2 }

// lightFormat is that of pictures that pass after pass reads. To software half floats are a
// conversion in each read, which takes longer than their bytes.
func (r *Renderer) lightFormat() gpu.Format {
	if r.clock.software {
		return gpu.RGBA32F
	}
	return gpu.RGBA16F
}
