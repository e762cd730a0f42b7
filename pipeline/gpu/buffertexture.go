package gpu

import "github.com/go-gl/gl/v4.5-core/gl"

// BufferTexture shows a part of a buffer to shaders as texels of uint32, or of four
// of them. The zero value is ready.
type BufferTexture struct {
	id     uint32
	Single bool
}

// MostTexels is how many texels of a buffer the driver lets shaders read: 65,536 at least.
func MostTexels() int {
	var n int32
	gl.GetIntegerv(gl.MAX_TEXTURE_BUFFER_SIZE, &n)
	return int(n)
}

// Bind puts bytes of a buffer, from an offset that is a multiple of 256, on a texture unit.
func (t *BufferTexture) Bind(unit, buffer uint32, offset, bytes int) {
	if t.id == 0 {
		gl.CreateTextures(gl.TEXTURE_BUFFER, 1, &t.id)
	}
	format := uint32(gl.RGBA32UI)
	if t.Single {
		format = gl.R32UI
	}
	gl.TextureBufferRange(t.id, format, buffer, offset, bytes)
	gl.BindTextureUnit(unit, t.id)
}

// Release destroys the texture; the buffer stays.
func (t *BufferTexture) Release() {
	if t.id != 0 {
		gl.DeleteTextures(1, &t.id)
		t.id = 0
	}
}
