package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// camera is a View with what follows from it, in float64.
type camera struct {
	eye                mgl64.Vec3  // ECEF
	frame              earth.Frame // axes of the eye frame; its centre is the eye
	place              earth.Place
	right, up, forward mgl64.Vec3 // eye frame
	tanX, tanY         float64    // of half the angles
	near               float64
	view               mgl64.Mat4 // eye frame to view, a rotation
	width, height      int
	side               [4]mgl64.Vec3 // unit inward normals of the side planes, eye frame
}

func newCamera(v *View, groundHeight float64, width, height int) camera {
	c := camera{eye: v.Eye, place: earth.FromECEF(v.Eye), width: width, height: height}
	c.frame = earth.FrameAt(c.place)
	c.frame.Center = v.Eye
	c.right = c.frame.DirToLocal(v.Right).Normalize()
	c.up = c.frame.DirToLocal(v.Up).Normalize()
	c.forward = c.frame.DirToLocal(v.Forward).Normalize()
	c.tanY = math.Tan(v.FovY / 2)
	c.tanX = c.tanY * float64(width) / float64(height)
	c.near = v.Near
	if c.near <= 0 {
		// Reversed float depth is as precise with a small near as with a large one; it
		// grows only so that a far camera is not cut by nothing.
		c.near = mgl64.Clamp((c.place.Height-groundHeight)*0.002, 0.1, 1000)
	}
	c.view = viewMatrix(c.right, c.up, c.forward)
	for i, n := range []mgl64.Vec3{
		c.forward.Mul(c.tanX).Add(c.right), c.forward.Mul(c.tanX).Sub(c.right),
		c.forward.Mul(c.tanY).Add(c.up), c.forward.Mul(c.tanY).Sub(c.up),
	} {
		c.side[i] = n.Normalize()
	}
	return c
}

// viewMatrix is the rotation into view axes.
func viewMatrix(right, up, forward mgl64.Vec3) mgl64.Mat4 {
	return mgl64.Mat4FromRows(right.Vec4(0), up.Vec4(0), forward.Mul(-1).Vec4(0), mgl64.Vec4{0, 0, 0, 1})
}

// projection is reversed-Z with an infinite far plane: clip z is near, clip w the view
// depth; jitter is in NDC.
func projection(tanX, tanY, near, jitterX, jitterY float64) mgl64.Mat4 {
	return mgl64.Mat4{
		1 / tanX, 0, 0, 0,
		0, 1 / tanY, 0, 0,
		-jitterX, -jitterY, 0, -1,
		0, 0, near, 0,
	}
}

// sees reports whether a sphere in the eye frame touches the view.
func (c *camera) sees(center mgl64.Vec3, radius float64) bool {
	if center.Dot(c.forward) < c.near-radius {
		return false
	}
	for i := range c.side {
		if center.Dot(c.side[i]) < -radius {
			return false
		}
	}
	return true
}

// height returns metres above the ground, never negative.
func (c *camera) above(groundHeight float64) float64 {
	return math.Max(c.place.Height-groundHeight, 0)
}

// reproject takes this camera's eye frame to the clip space of an earlier view.
func (c *camera) reproject(v *View) mgl64.Mat4 {
	tanY := math.Tan(v.FovY / 2)
	p := projection(tanY*c.tanX/c.tanY, tanY, c.near, 0, 0)
	toPrevious := viewMatrix(v.Right, v.Up, v.Forward) // from ECEF axes
	move := c.eye.Sub(v.Eye)
	return p.Mul4(toPrevious).Mul4(mgl64.Translate3D(move[0], move[1], move[2])).Mul4(c.toEcef())
}

// toEcef is the rotation from the eye frame to ECEF.
func (c *camera) toEcef() mgl64.Mat4 {
	return mgl64.Mat4FromCols(c.frame.East.Vec4(0), c.frame.North.Vec4(0), c.frame.Up.Vec4(0), mgl64.Vec4{0, 0, 0, 1})
}

// halton is the radical inverse of i ≥ 1 (Halton 1960).
func halton(i, base int) float64 {
	f, r := 1.0, 0.0
	for ; i > 0; i /= base {
		f /= float64(base)
		r += f * float64(i%base)
	}
	return r
}

// jitter returns the offset of sub-frame i of n in NDC, for a picture of a size; a single
// frame has none.
func jitter(i, n, width, height int) (x, y float64) {
	if n <= 1 {
		return 0, 0
	}
	return (halton(i+1, 2)*2 - 1) / float64(width), (halton(i+1, 3)*2 - 1) / float64(height)
}
