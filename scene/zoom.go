package scene

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
)

// zoomRho is ρ of van Wijk and Nuij: how far a flight zooms out on its way. Their user
// tests found 1.42 best.
const zoomRho = math.Sqrt2

// zoom is the flight of van Wijk and Nuij 2003 (Smooth and efficient zooming and
// panning) on the ellipsoid. What they call the width of the view, w, is the width of
// what the camera sees around its focus, the point on the view axis: 2·d·tan(fov/2) at
// distance d. What they call the way, u, is the length of the great circle between the
// two focuses. The flight is the shortest one in which the picture seems to move at a
// steady speed:
//
//	u(s) = w₀/ρ² · (cosh r₀ · tanh(ρs + r₀) - sinh r₀)
//	w(s) = w₀ · cosh r₀ / cosh(ρs + r₀)
//
// On a globe a camera far out looks down, whatever its tilt at the ends: the tilt leaves
// as it rises and comes back as it lands. The focus stays in the middle of the picture
// all the way, so the target is never lost.
type zoom struct {
	a, b     Camera
	fa, fb   focus
	path     arc
	w0, w1   float64
	u1       float64 // length of the way, metres
	r0, span float64
	descend  float64 // 0..1: how much it looks down on its way
}

// focus is a camera seen from the point that it looks at.
type focus struct {
	place               earth.Place
	distance            float64
	heading, tilt, roll float64 // degrees in the frame of the focus; tilt from straight down
}

// focusOf finds the point that a camera looks at: its target, or where the view axis
// meets the ground at height 0, but at most ten times the camera's height away, so that
// a camera that looks at the horizon has a focus in the air before it.
func focusOf(c Camera) focus {
	p := c.Pose(nil)
	limit := 10 * math.Max(math.Abs(c.Height), 1)
	f := focus{distance: limit}
	if c.Target != nil {
		f.place = earth.Place{Lng: c.Target.Lng, Lat: c.Target.Lat, Height: c.Target.Height}
		f.distance = p.Eye.Sub(f.place.ECEF()).Len()
	} else {
		place, d, ok := p.Focus(0)
		if ok && d < limit && c.Height > 0 {
			f.place, f.distance = place, d
		} else {
			f.place = earth.FromECEF(p.Eye.Add(p.Forward.Mul(f.distance)))
		}
	}
	f.distance = math.Max(f.distance, 1e-3)
	heading, pitch, roll := anglesAt(f.place, p)
	f.heading, f.tilt, f.roll = heading, pitch+90, roll
	return f
}

func newZoom(a, b Camera) *zoom {
	z := &zoom{a: a, b: b, fa: focusOf(a), fb: focusOf(b)}
	z.path = newArc(z.fa.place.Lng, z.fa.place.Lat, z.fb.place.Lng, z.fb.place.Lat)
	z.w0, z.w1 = z.fa.distance*width(a.FOV), z.fb.distance*width(b.FOV)
	z.u1 = z.path.angle * earth.A
	const rho2 = zoomRho * zoomRho
	least, most := math.Min(z.w0, z.w1), math.Max(z.w0, z.w1)
	if z.u1 > 1e-6*least {
		d := z.w1*z.w1 - z.w0*z.w0
		b0 := (d + rho2*rho2*z.u1*z.u1) / (2 * z.w0 * rho2 * z.u1)
		b1 := (d - rho2*rho2*z.u1*z.u1) / (2 * z.w1 * rho2 * z.u1)
		z.r0 = -math.Asinh(b0)
		z.span = (-math.Asinh(b1) - z.r0) / zoomRho
		if z.r0 < 0 && z.r0+zoomRho*z.span > 0 { // it rises before it lands
			most = z.w0 * math.Cosh(z.r0)
		}
	} else {
		z.u1 = 0
		z.span = math.Abs(math.Log(z.w1/z.w0)) / zoomRho
	}
	// How much the flight zooms decides how much it looks down on its way: not at all
	// when it only pans, fully from a factor of 10 on.
	z.descend = smooth(math.Log(most/least) / math.Log(10))
	return z
}

// width is what a camera sees at a distance of 1.
func width(fov float64) float64 { return 2 * math.Tan(earth.Radians(fov)/2) }

// at returns the camera at a share of the flight; the ends are exact.
func (z *zoom) at(f float64) Camera {
	switch {
	case f <= 0:
		return *cloned(&z.a)
	case f >= 1:
		return *cloned(&z.b)
	}
	w, way := z.path1(f)
	lng, lat := z.path.at(way)
	place := earth.Place{Lng: lng, Lat: lat, Height: lerp(z.fa.place.Height, z.fb.place.Height, way)}
	fov := lerpLog(z.a.FOV, z.b.FOV, f)
	heading := z.path.heading(z.fa.heading, z.fb.heading, f, way)
	c := lookAt(place, w/width(fov), heading, z.tilt(f)-90, lerpAngle(z.fa.roll, z.fb.roll, f), fov)
	c.Frame = z.b.Frame
	return c.counting(lerp(z.a.grounded(), z.b.grounded(), way))
}

// path1 returns the width of the view at a share of the flight, and the share of the way
// that the focus has gone.
func (z *zoom) path1(f float64) (w, way float64) {
	if z.u1 == 0 {
		// The width changes alone; the focus creeps with it.
		w = lerpLog(z.w0, z.w1, f)
		if z.w1 == z.w0 {
			return w, f
		}
		return w, (w - z.w0) / (z.w1 - z.w0)
	}
	s := zoomRho*z.span*f + z.r0
	w = z.w0 * math.Exp(logCosh(z.r0)-logCosh(s))
	// cosh r₀ · tanh s - sinh r₀ = sinh(s - r₀)/cosh s, which does not cancel.
	u := z.w0 / (zoomRho * zoomRho) * math.Exp(logSinh(s-z.r0)-logCosh(s))
	return w, min(max(u/z.u1, 0), 1)
}

// logCosh is ln cosh x without overflow.
func logCosh(x float64) float64 {
	x = math.Abs(x)
	return x + math.Log1p(math.Exp(-2*x)) - math.Ln2
}

// logSinh is ln sinh x for x > 0.
func logSinh(x float64) float64 {
	return x + math.Log(-math.Expm1(-2*x)) - math.Ln2
}

// tilt blends from an even turn to one that looks down in the middle.
func (z *zoom) tilt(f float64) float64 {
	even := lerp(z.fa.tilt, z.fb.tilt, smooth(f))
	down := z.fa.tilt*(1-smooth(f/0.6)) + z.fb.tilt*smooth((f-0.4)/0.6)
	return lerp(even, down, z.descend)
}
