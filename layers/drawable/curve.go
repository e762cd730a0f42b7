package drawable

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// Curve is a line over the ellipsoid whose course the GPU makes of its two ends: see Way. 32
// bytes, uploaded as they are.
type Curve struct {
	From, To [3]float32
	Height   [2]Half // of the ends above the ellipsoid, km: bends the way between them
	Feature  uint32  // below 2³⁰; see Course.Spread
}

// CurveLook is what a Curve looks like. Colours, in sRGB, are in proportion between the ends.
type CurveLook struct {
	Color         [2][4]uint8
	Width, Offset Half // as a LineVertex has them
	Tilt          Half // degrees by which it leans to the right of its way, -90 to 90
	_             Half
}

// Course is what the courses of all Curves of some Lines share.
type Course struct {
	Rise   float32 // of the middle above the way between the ends, as a share of its length
	Bend   float32 // of the middle to the right, as a share of the length
	Period float32 // seconds from end to end, of Flow
	Spread bool    // lights set out at times spread evenly over the period by features
}

// CurveBatch is neighbours among the curves of Lines, which are drawn with one number of
// segments: with few where all of them are far away.
type CurveBatch struct {
	First, Count int
	Center       [3]float32 // bounding sphere
	Radius       float32
	Bend         float32 // bound of how far one of them is off the straight way
}

// highest is how far a curve rises or bends at most, or nearly: halfway round the Earth it need
// not leave it.
const highest = 3e6

// rise is that of the middle of a way of some metres.
func (c *Course) rise(metres float64) float64 {
	top := float64(c.Rise) * metres
	if top > highest {
		top = highest + (top-highest)*0.1
	}
	return top
}

// aside is how far the middle of a way of some metres bends to the right.
func (c *Course) aside(metres float64) float64 {
	return mgl64.Clamp(float64(c.Bend)*metres, -highest, highest)
}

// bound sets what the batch has of its curves.
func (b *CurveBatch) bound(all []Curve, course *Course) {
	curves := all[b.First : b.First+b.Count]
	var longest float32
	var high Half // of those above the ellipsoid: they are ordered as their numbers are
	for i := range curves {
		p, q := &curves[i].From, &curves[i].To
		x, y, z := q[0]-p[0], q[1]-p[1], q[2]-p[2]
		if d := x*x + y*y + z*z; d > longest {
			longest = d
		}
		if h := curves[i].Height[0]; h < 0x8000 && h > high {
			high = h
		}
		if h := curves[i].Height[1]; h < 0x8000 && h > high {
			high = h
		}
	}
	b.Center, b.Radius = sphereOf(curves)
	angle := 2 * math.Asin(min(math.Sqrt(float64(longest))/(2*earth.B), 1))
	length := angle * earth.A * (1 + 1e-6)
	b.Bend = float32((earth.A+1000*float64(high.Float()))*(1-math.Cos(angle/2)) + course.rise(length) + math.Abs(course.aside(length)))
	b.Radius += b.Bend
}

// sphereOf is around the ends of curves, as BoundingSphere is around any places.
func sphereOf(curves []Curve) (center [3]float32, radius float32) {
	if len(curves) == 0 {
		return
	}
	x0, y0, z0 := curves[0].From[0], curves[0].From[1], curves[0].From[2]
	x1, y1, z1 := x0, y0, z0
	for i := range curves {
		c := &curves[i]
		x0, x1 = widen(x0, x1, c.From[0], c.To[0])
		y0, y1 = widen(y0, y1, c.From[1], c.To[1])
		z0, z1 = widen(z0, z1, c.From[2], c.To[2])
	}
	center = [3]float32{(x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2}
	x0, y0, z0 = center[0], center[1], center[2]
	var r2 float32
	for i := range curves {
		p, q := &curves[i].From, &curves[i].To
		x, y, z := p[0]-x0, p[1]-y0, p[2]-z0
		u, v, w := q[0]-x0, q[1]-y0, q[2]-z0
		if d := x*x + y*y + z*z; d > r2 {
			r2 = d
		}
		if d := u*u + v*v + w*w; d > r2 {
			r2 = d
		}
	}
	return center, float32(math.Sqrt(float64(r2)) * (1 + 1e-6))
}

// widen takes two numbers into what lies between two others.
func widen(lo, hi, p, q float32) (float32, float32) {
	if p > q {
		p, q = q, p
	}
	if p < lo {
		lo = p
	}
	if q > hi {
		hi = q
	}
	return lo, hi
}

// Way is the course of a curve: along the great circle between the normals of two places (slerp,
// Shoemake 1985), rising as a parabola, upright or leaning, or bending aside as one. It is what
// shaders/curve.glsl works out in float32.
type Way struct {
	from, ahead, right mgl64.Vec3 // of the great circle: its beginning, its direction there, its pole
	angle              float64
	rise, aside        float64 // of the middle: metres, radians to the right
	height             [2]float64
}

// antipodes are places whose great circle is any, as near as float32 tells them: the sine of
// the angle between their normals.
const antipodes = 1e-5

// NewWay is that between two normals of the ellipsoid, in ECEF, at heights in metres; tilt is as
// CurveLook has it.
func NewWay(up [2]mgl64.Vec3, height [2]float64, c *Course, tilt float64) Way {
	pole := up[0].Cross(up[1])
	sin, cos := pole.Len(), up[0].Dot(up[1])
	w := Way{from: up[0], angle: math.Atan2(sin, cos), height: height}
	if sin > antipodes || cos > 0 && sin > 0 {
		pole = pole.Mul(1 / sin)
		w.ahead, w.right = pole.Cross(w.from), pole.Mul(-1)
	} else if cos < 0 { // take the one over the pole
		w.ahead = mgl64.Vec3{0, 0, 1}
		if math.Abs(w.from[2]) > 0.9 {
			w.ahead = mgl64.Vec3{1, 0, 0}
		}
		w.ahead = w.ahead.Sub(w.from.Mul(w.ahead.Dot(w.from))).Normalize()
		w.right = w.ahead.Cross(w.from)
	}
	length := w.angle * earth.A
	w.rise, w.aside = c.rise(length), c.aside(length)/earth.A
	if tilt != 0 {
		sin, cos := math.Sincos(earth.Radians(mgl64.Clamp(tilt, -90, 90)))
		w.rise, w.aside = w.rise*cos, w.aside+w.rise*sin/earth.A
	}
	return w
}

// Up is the normal of the ellipsoid at a share of the way.
func (w *Way) Up(share float64) mgl64.Vec3 {
	sin, cos := math.Sincos(w.angle * share)
	up := w.from.Mul(cos).Add(w.ahead.Mul(sin))
	if w.aside != 0 {
		up = up.Add(w.right.Mul(w.aside * 4 * share * (1 - share))).Normalize()
	}
	return up
}

// At is the place, in ECEF, at a share of the way.
func (w *Way) At(share float64) mgl64.Vec3 {
	up := w.Up(share)
	n := earth.A / math.Sqrt(1-earth.E2*up[2]*up[2])
	h := w.height[0] + (w.height[1]-w.height[0])*share + w.rise*4*share*(1-share)
	return mgl64.Vec3{(n + h) * up[0], (n + h) * up[1], (n*(1-earth.E2) + h) * up[2]}
}

// CurveAt is where curve i is at a share of its way, in Frame: as exactly as float32 has its ends.
func (l *Lines) CurveAt(i int, share float64) mgl64.Vec3 {
	c, f := &l.Curves[i], earth.FrameFromMatrix(l.Frame)
	var up [2]mgl64.Vec3
	var height [2]float64
	for k, p := range [2][3]float32{c.From, c.To} {
		at := f.Place(mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])})
		up[k], height[k] = at.Up(), at.Height
	}
	w := NewWay(up, height, &l.Course, float64(l.look(i).Tilt.Float()))
	return f.ToLocal(w.At(share))
}

// look is that of curve i.
func (l *Lines) look(i int) *CurveLook {
	if len(l.Looks) == 1 {
		return &l.Looks[0]
	}
	return &l.Looks[i]
}
