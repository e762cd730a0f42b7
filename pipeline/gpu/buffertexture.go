package gpu

import "github.com/go-gl/gl/v4.5-core/gl"

// BufferTexture shows a part of a buffer to shaders as texels of four uint32. The zero
// value is ready.
type BufferTexture struct{ id uint32 }

// Bind puts bytes of a buffer, from an offset that is a multiple of 256, on a texture unit.
func (t *BufferTexture) Bind(unit, buffer uint32, offset, bytes int) {
	if t.id == 0 {
		gl.CreateTextures(gl.TEXTURE_BUFFER, 1, &t.id)
	}
	gl.TextureBufferRange(t.id, gl.RGBA32UI, buffer, offset, bytes)
	gl.BindTextureUnit(unit, t.id)
}

// Release destroys the texture; the buffer stays.
func (t *BufferTexture) Release() {
	if t.id != 0 {
		gl.DeleteTextures(1, &t.id)
		t.id = 0
	}
}
