package gpu

import "github.com/go-gl/gl/v4.5-core/gl"

// Fullscreen draws one triangle that covers the target, with no vertex data
// (fullscreen.vert).
type Fullscreen struct{ vao uint32 }

// NewFullscreen makes the empty vertex array that a core context needs.
func NewFullscreen() *Fullscreen {
	f := &Fullscreen{}
	gl.CreateVertexArrays(1, &f.vao)
	return f
}

// Draw runs the current program over the bound target.
func (f *Fullscreen) Draw() {
	gl.BindVertexArray(f.vao)
	gl.DrawArrays(gl.TRIANGLES, 0, 3)
}

// DrawVertices runs the current program with n vertices of no data, for shaders that
// fetch from storage blocks.
func (f *Fullscreen) DrawVertices(n int) {
	if n > 0 {
		gl.BindVertexArray(f.vao)
		gl.DrawArrays(gl.TRIANGLES, 0, int32(n))
	}
}

// DrawPoints runs the current program with n points of no data.
func (f *Fullscreen) DrawPoints(n int) {
	if n > 0 {
		gl.BindVertexArray(f.vao)
		gl.DrawArrays(gl.POINTS, 0, int32(n))
	}
}

// Release destroys the vertex array.
func (f *Fullscreen) Release() {
	if f != nil && f.vao != 0 {
		gl.DeleteVertexArrays(1, &f.vao)
		f.vao = 0
	}
}
