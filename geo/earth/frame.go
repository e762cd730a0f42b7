package earth

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// Frame is a local tangent frame: x east, y north, z up at its origin. Every mesh of
// longtake is float32 metres in such a frame, so that float32 never meets a number of
// the size of the Earth.
type Frame struct {
	Origin          Place
	Center          mgl64.Vec3 // the origin in ECEF
	East, North, Up mgl64.Vec3 // unit axes in ECEF
}

// FrameAt returns the tangent frame at a place. At the poles east is taken from the
// place's longitude, so that the frame is always defined.
func FrameAt(p Place) Frame {
	sinLng, cosLng := math.Sincos(Radians(p.Lng))
	up := p.Up()
	east := mgl64.Vec3{-sinLng, cosLng, 0}
	return Frame{Origin: p, Center: p.ECEF(), East: east, North: up.Cross(east), Up: up}
}

// Matrix is the rigid transform from the frame to ECEF (column-major, as in glTF).
func (f Frame) Matrix() mgl64.Mat4 {
	return mgl64.Mat4FromCols(f.East.Vec4(0), f.North.Vec4(0), f.Up.Vec4(0), f.Center.Vec4(1))
}

// FrameFromMatrix is the inverse of Matrix for a rigid transform.
func FrameFromMatrix(m mgl64.Mat4) Frame {
	c := m.Col(3).Vec3()
	return Frame{Origin: FromECEF(c), Center: c, East: m.Col(0).Vec3(), North: m.Col(1).Vec3(), Up: m.Col(2).Vec3()}
}

// ToLocal takes an ECEF point into the frame.
func (f Frame) ToLocal(ecef mgl64.Vec3) mgl64.Vec3 { return f.DirToLocal(ecef.Sub(f.Center)) }

// FromLocal takes a point of the frame to ECEF.
func (f Frame) FromLocal(v mgl64.Vec3) mgl64.Vec3 { return f.Center.Add(f.DirFromLocal(v)) }

// DirToLocal rotates an ECEF direction into the frame.
func (f Frame) DirToLocal(d mgl64.Vec3) mgl64.Vec3 {
	return mgl64.Vec3{f.East.Dot(d), f.North.Dot(d), f.Up.Dot(d)}
}

// DirFromLocal rotates a direction of the frame to ECEF.
func (f Frame) DirFromLocal(v mgl64.Vec3) mgl64.Vec3 {
	return f.East.Mul(v[0]).Add(f.North.Mul(v[1])).Add(f.Up.Mul(v[2]))
}

// Local returns a place in the frame's metres.
func (f Frame) Local(p Place) mgl64.Vec3 { return f.ToLocal(p.ECEF()) }

// Place returns the place of a point of the frame.
func (f Frame) Place(v mgl64.Vec3) Place { return FromECEF(f.FromLocal(v)) }

// Plan returns the plan position of a longitude and latitude: the east and north metres
// of the ellipsoid's point (orthographic projection onto the tangent plane; true scale
// to 1e-6 within 10 km). It has no singularity at the poles or the antimeridian.
func (f Frame) Plan(lng, lat float64) (x, y float64) {
	// Place.ECEF and ToLocal in one, for the two axes that are asked for: this is the most
	// frequent step of all generation.
	sinLat, cosLat := math.Sincos(Radians(lat))
	sinLng, cosLng := math.Sincos(Radians(lng))
	n := A / math.Sqrt(1-float64(E2*sinLat*sinLat))
	r := n * cosLat
	u, v, w := float64(r*cosLng)-f.Center[0], float64(r*sinLng)-f.Center[1], float64(n*(1-E2)*sinLat)-f.Center[2]
	return float64(f.East[0]*u) + float64(f.East[1]*v) + float64(f.East[2]*w),
		float64(f.North[0]*u) + float64(f.North[1]*v) + float64(f.North[2]*w)
}

// Unplan is the inverse of Plan: it drops the plan position along the frame's up axis
// onto the ellipsoid. Positions beyond the horizon of the frame are clamped to it.
func (f Frame) Unplan(x, y float64) (lng, lat float64) {
	// Scale z so that the ellipsoid is a sphere of radius A, then intersect the line.
	const k = A / B
	o := f.FromLocal(mgl64.Vec3{x, y, 0})
	o[2] *= k
	d := f.Up
	d[2] *= k
	a, b, c := d.Dot(d), o.Dot(d), o.Dot(o)-A*A
	disc := math.Max(b*b-a*c, 0)
	t := -c / (b + math.Sqrt(disc)) // the root near the frame; stable form, b > 0
	q := o.Add(d.Mul(t))
	q[2] /= k
	p := FromECEF(q)
	return p.Lng, p.Lat
}
