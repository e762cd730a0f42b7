package scene

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// Pose is a camera as the renderer needs it: the eye in ECEF metres, unit axes in ECEF
// and the vertical field of view in radians.
type Pose struct {
	Eye                mgl64.Vec3
	Right, Up, Forward mgl64.Vec3
	FovY               float64
}

// Pose resolves the camera. ground returns the ground's height above the ellipsoid, for
// cameras above the ground; nil is ground at height 0. A camera above the ground rises
// and sinks with the ground below the eye, so pass smoothed ground for a calm flight.
func (c Camera) Pose(ground func(lng, lat float64) float64) Pose {
	lift := func(lng, lat float64) float64 {
		if c.Above != "ground" || ground == nil {
			return 0
		}
		return c.grounded() * ground(lng, lat)
	}
	place := c.Place()
	place.Height += lift(c.Lng, c.Lat)
	if c.Target == nil {
		return poseAt(place, c.Heading, c.Pitch, c.Roll, c.FOV)
	}
	t := earth.Place{Lng: c.Target.Lng, Lat: c.Target.Lat, Height: c.Target.Height}
	t.Height += lift(t.Lng, t.Lat)
	heading, pitch := direction(earth.FrameAt(place), t.ECEF().Sub(place.ECEF()))
	return poseAt(place, heading, pitch, c.Roll, c.FOV)
}

func poseAt(p earth.Place, heading, pitch, roll, fov float64) Pose {
	f := earth.FrameAt(p)
	r, u, fwd := axes(heading, pitch, roll)
	return Pose{Eye: f.Center, Right: f.DirFromLocal(r), Up: f.DirFromLocal(u), Forward: f.DirFromLocal(fwd), FovY: earth.Radians(fov)}
}

// axes returns the camera's axes in the east-north-up frame for angles in degrees.
func axes(heading, pitch, roll float64) (right, up, forward mgl64.Vec3) {
	sh, ch := sincosDegrees(heading)
	sp, cp := sincosDegrees(pitch)
	sr, cr := sincosDegrees(roll)
	right0 := mgl64.Vec3{ch, -sh, 0}
	up0 := mgl64.Vec3{-sh * sp, -ch * sp, cp}
	forward = mgl64.Vec3{sh * cp, ch * cp, sp}
	return right0.Mul(cr).Sub(up0.Mul(sr)), up0.Mul(cr).Add(right0.Mul(sr)), forward
}

// sincosDegrees is exact at multiples of 90°, so that straight down is straight down.
func sincosDegrees(a float64) (sin, cos float64) {
	a = math.Mod(a, 360)
	quarter := math.Round(a / 90)
	s, c := math.Sincos(earth.Radians(a - 90*quarter))
	switch (int(quarter) + 8) % 4 {
	case 1:
		return c, -s
	case 2:
		return -s, -c
	case 3:
		return -c, s
	}
	return s, c
}

// direction returns heading and pitch in degrees of an ECEF direction seen from a frame.
func direction(f earth.Frame, ecef mgl64.Vec3) (heading, pitch float64) {
	d := f.DirToLocal(ecef)
	flat := math.Hypot(d[0], d[1])
	if flat <= 1e-12*math.Abs(d[2]) || d.Len() == 0 {
		return 0, math.Copysign(90, d[2])
	}
	return turn360(earth.Degrees(math.Atan2(d[0], d[1]))), earth.Degrees(math.Atan2(d[2], flat))
}

// FromPose returns the camera state of a pose, with heights above the ellipsoid. It is
// the inverse of Camera.Pose up to rounding; looking straight down or up, where heading
// and roll are the same turn, roll is 0.
func FromPose(p Pose) Camera {
	place := earth.FromECEF(p.Eye)
	f := earth.FrameAt(place)
	heading, pitch := direction(f, p.Forward)
	up, right := f.DirToLocal(p.Up), f.DirToLocal(p.Right)
	roll := 0.0
	if math.Abs(pitch) > 90-1e-6 {
		sign := -math.Copysign(1, pitch) // at +90 the top of the picture points backwards
		heading = turn360(earth.Degrees(math.Atan2(sign*up[0], sign*up[1])))
	} else {
		r0, u0, _ := axes(heading, pitch, 0)
		roll = earth.Degrees(math.Atan2(-right.Dot(u0), right.Dot(r0)))
	}
	c := NewCamera(place, heading, pitch)
	c.Roll, c.FOV = roll, earth.Degrees(p.FovY)
	return c
}

// View returns the matrix from ECEF metres relative to the eye to the view frame (x
// right, y up, z backwards).
func (p Pose) View() mgl64.Mat4 {
	r, u, f := p.Right, p.Up, p.Forward
	return mgl64.Mat4FromRows(r.Vec4(0), u.Vec4(0), f.Mul(-1).Vec4(0), mgl64.Vec4{0, 0, 0, 1})
}

// Focus returns where the view axis first meets the surface at a height above the
// ellipsoid, and how far away; ok is false where it does not.
func (p Pose) Focus(height float64) (place earth.Place, distance float64, ok bool) {
	a, b := earth.A+height, earth.B+height
	scale := mgl64.Vec3{1 / a, 1 / a, 1 / b}
	o, d := p.Eye, p.Forward
	for k := range o {
		o[k], d[k] = o[k]*scale[k], d[k]*scale[k]
	}
	aa, bb, cc := d.Dot(d), o.Dot(d), o.Dot(o)-1
	disc := bb*bb - aa*cc
	if disc < 0 || bb >= 0 || cc < 0 {
		return earth.Place{}, 0, false
	}
	t := cc / (-bb + math.Sqrt(disc)) // the nearer root, in its stable form
	// A surface of constant height is not quite an ellipsoid: polish along the ray.
	for range 4 {
		at := earth.FromECEF(p.Eye.Add(p.Forward.Mul(t)))
		slope := p.Forward.Dot(at.Up())
		if slope > -1e-3 {
			break
		}
		t -= (at.Height - height) / slope
	}
	return earth.FromECEF(p.Eye.Add(p.Forward.Mul(t))), t, true
}
