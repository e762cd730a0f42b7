package pipeline

import "github.com/go-gl/mathgl/mgl64"

// Matrices returns the matrices that drew the last frame, without the jitter of
// anti-aliasing: view takes ECEF metres relative to the eye to view space (x right, y up,
// z backwards), clip takes that to clip space (reversed-Z, infinite far).
func (r *Renderer) Matrices() (view, clip mgl64.Mat4) {
	c := &r.camera
	return c.view.Mul4(c.toEcef().Transpose()), projection(c.tanX, c.tanY, c.near, 0, 0)
}
