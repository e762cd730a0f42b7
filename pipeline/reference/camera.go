package reference

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Camera is a view from the eye of a scene: unit axes in the eye frame, tangents of half
// the angles, and the picture's size. Pixels count from the top left.
type Camera struct {
	Right, Up, Forward mgl64.Vec3
	TanX, TanY         float64
	Width, Height      int
}

// Camera returns a view in the scene's eye frame: axes in ECEF, the vertical angle in
// radians.
func (s *Scene) Camera(right, up, forward mgl64.Vec3, fovY float64, width, height int) Camera {
	tan := math.Tan(fovY / 2)
	return Camera{
		Right: s.Frame.DirToLocal(right).Normalize(), Up: s.Frame.DirToLocal(up).Normalize(), Forward: s.Frame.DirToLocal(forward).Normalize(),
		TanX: tan * float64(width) / float64(height), TanY: tan, Width: width, Height: height,
	}
}

// Ray is the direction through a point of the picture, in pixels; its length is such that
// multiples of it are metres along the view axis.
func (c *Camera) Ray(x, y float64) mgl64.Vec3 {
	nx, ny := 2*x/float64(c.Width)-1, 1-2*y/float64(c.Height)
	return c.Forward.Add(c.Right.Mul(nx * c.TanX)).Add(c.Up.Mul(ny * c.TanY))
}

// Project returns the pixel position of a point of the eye frame and its view depth; ok
// is false behind the eye and beside the picture.
func (c *Camera) Project(p mgl64.Vec3) (x, y, depth float64, ok bool) {
	depth = p.Dot(c.Forward)
	if depth <= 0 {
		return 0, 0, depth, false
	}
	x = (p.Dot(c.Right)/(depth*c.TanX) + 1) / 2 * float64(c.Width)
	y = (1 - p.Dot(c.Up)/(depth*c.TanY)) / 2 * float64(c.Height)
	return x, y, depth, x >= 0 && y >= 0 && x < float64(c.Width) && y < float64(c.Height)
}

// Footprint is how many metres a pixel covers across the view at a view depth.
func (c *Camera) Footprint(depth float64) float64 {
	return depth * 2 * c.TanY / float64(c.Height)
}
