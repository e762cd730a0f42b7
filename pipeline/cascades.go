package pipeline

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// maxCascades is the size of the arrays in frame.glsl.
const maxCascades = 4

// cascade is one layer of the sun's shadow map: a cylinder of light around a sphere that
// holds a slice of the view.
type cascade struct {
	center mgl64.Vec3 // eye frame, snapped
	radius float64
	split  float64    // metres along the view axis at which the slice ends
	texel  float64    // metres
	clip   mgl64.Mat4 // eye frame to clip, reversed depth: 1 towards the sun
	first  float64    // metres along the view axis at which the slice begins,
	begin  float64    // and from which something reads the layer
	cell   [3]float64 // of a map from above: where it lies, in its steps; live, on the Earth
}

// sunCascades are the layers of a frame, with the light's axes.
type sunCascades struct {
	n       int
	layer   [maxCascades]cascade
	x, y, l mgl64.Vec3    // eye frame, l towards the sun
	view    [4]mgl64.Vec3 // unit inward normals of the view's sides, eye frame
	forward mgl64.Vec3
	floor   float64 // up in the eye frame: nothing that is seen lies lower; -Inf = not known
	shafts  bool    // shadows are seen in the air too, wherever the view goes
}

// shadowDistance chooses how far shadows reach: in steps of an eighth of an octave, so
// that a camera that rises does not rescale its cascades in each frame.
func shadowDistance(q Quality, height float64) float64 {
	if q.ShadowDistance > 0 {
		return q.ShadowDistance
	}
	d := math.Max(math.Min(math.Max(4*height, 300), 6000), 2.5*height)
	return math.Exp2(math.Ceil(math.Log2(d)*8) / 8)
}

// fitCascades places the cascades for a camera. Each is as large as the sphere around
// its slice of the view, whatever the direction of the view, and snapped to whole texels
// in float64 on axes that are fixed in ECEF: shadows stand still while the camera moves.
func fitCascades(c *camera, sun mgl64.Vec3, groundHeight float64, q Quality) (s sunCascades) {
	height := c.above(groundHeight)
	s.l = c.frame.DirToLocal(sun).Normalize()
	if q.ShadowCascades <= 0 || q.ShadowSize <= 0 || s.l[2] < -0.02 || height > 20000 {
		return s
	}
	axis := mgl64.Vec3{0, 0, 1}
	if math.Abs(sun[2]) > 0.99 {
		axis = mgl64.Vec3{1, 0, 0}
	}
	x := axis.Cross(sun).Normalize()
	y := sun.Cross(x)
	s.x, s.y = c.frame.DirToLocal(x), c.frame.DirToLocal(y)
	s.n = min(q.ShadowCascades, maxCascades)
	far := shadowDistance(q, height)
	first := math.Max(math.Min(height*0.3, far/8), math.Max(1, c.near))
	s.view, s.forward, s.floor = c.side, c.forward, math.Inf(-1)
	begin := 0.0
	for i := range s.n {
		t := float64(i+1) / float64(s.n)
		// Practical split (Zhang et al. 2006).
		end := 0.75*first*math.Pow(far/first, t) + 0.25*(first+(far-first)*t)
		s.layer[i] = s.fit(c, x, y, sun, begin, end, q.ShadowSize)
		if i > 0 { // the one before dissolves into this one over its last fifth (shadow.glsl)
			p := &s.layer[i-1]
			s.layer[i].begin = p.first + 0.8*(p.split-p.first)
		}
		s.layer[i].first = begin
		begin = end
	}
	return s
}

func (s *sunCascades) fit(c *camera, x, y, l mgl64.Vec3, begin, end float64, size int) cascade {
	// The smallest sphere around the slice, centred on the view axis.
	k := c.tanX*c.tanX + c.tanY*c.tanY
	d, r := end, end*math.Sqrt(k)
	if k < (end-begin)/(end+begin) {
		d = (begin + end) / 2 * (1 + k)
		r = math.Sqrt((end-begin)*(end-begin)+2*(begin*begin+end*end)*k+(begin+end)*(begin+end)*k*k) / 2
	}
	r = math.Exp2(math.Ceil(math.Log2(r)*16) / 16)
	texel := 2 * r / float64(size)
	center := c.eye.Add(c.frame.DirFromLocal(c.forward.Mul(d)))
	snap := func(a mgl64.Vec3) float64 { // of the centre, relative to the eye
		return math.Floor(center.Dot(a)/texel)*texel - c.eye.Dot(a)
	}
	cx, cy, cl := snap(x), snap(y), snap(l)
	out := cascade{
		center: s.x.Mul(cx).Add(s.y.Mul(cy)).Add(s.l.Mul(cl)),
		radius: r, split: end, texel: texel,
	}
	out.clip = mgl64.Mat4FromRows(
		s.x.Mul(1/r).Vec4(-cx/r), s.y.Mul(1/r).Vec4(-cy/r),
		s.l.Mul(1/(2*r)).Vec4((r-cl)/(2*r)), mgl64.Vec4{0, 0, 0, 1})
	return out
}

// casts reports whether what lies in a sphere in the eye frame, no higher than top above its
// middle, can throw a shadow into cascade i.
func (s *sunCascades) casts(i int, center mgl64.Vec3, radius, top float64) bool {
	c := &s.layer[i]
	d := center.Sub(c.center)
	reach := c.radius + radius
	if math.Abs(d.Dot(s.x)) > reach || math.Abs(d.Dot(s.y)) > reach || d.Dot(s.l) < -reach {
		return false
	}
	// The shadow of the sphere goes away from the sun to the far end of the cascade, or to
	// below all that is seen. It matters only where it meets the slice of the view itself.
	long := d.Dot(s.l) + reach
	if s.l[2] > 0 {
		long = math.Min(long, (center[2]+top-s.floor)/s.l[2])
		if long < 0 {
			return false
		}
	}
	end := center.Sub(s.l.Mul(long))
	margin := radius + 8*c.texel // of the receiver's offset and the filter
	for k := range s.view {
		if math.Max(center.Dot(s.view[k]), end.Dot(s.view[k])) < -margin {
			return false
		}
	}
	a, b := center.Dot(s.forward), end.Dot(s.forward)
	return math.Max(a, b) >= c.begin-margin && math.Min(a, b) <= c.split+margin
}

// step takes shadow texture space of cascade 0 to that of cascade i: an offset after a
// factor, as all cascades have the same axes.
func (s *sunCascades) step(i int) [4]float32 {
	a, b := &s.layer[0], &s.layer[i]
	d := a.center.Sub(b.center).Mul(0.5 / b.radius)
	k := a.radius / b.radius
	return [4]float32{
		float32(0.5 - 0.5*k + d.Dot(s.x)), float32(0.5 - 0.5*k + d.Dot(s.y)),
		float32(0.5 - 0.5*k + d.Dot(s.l)), float32(k),
	}
}

// textureMatrix maps the eye frame to shadow texture space.
func (c *cascade) textureMatrix() mgl64.Mat4 {
	return mgl64.Translate3D(0.5, 0.5, 0).Mul4(mgl64.Scale3D(0.5, 0.5, 1)).Mul4(c.clip)
}

// ShadowTexel is the side in metres of a texel of the sun's shadow at a view depth in the
// last frame; 0 where no cascade reaches.
func (r *Renderer) ShadowTexel(depth float64) float64 {
	for i := range r.sun.n {
		if l := &r.sun.layer[i]; depth < l.split {
			return l.texel
		}
	}
	return 0
}
