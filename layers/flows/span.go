package flows

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
)

// span is the two ends of a row's arc.
type span struct {
	row    int
	at, up [2]mgl64.Vec3 // ECEF; normals of the ellipsoid
	height [2]float64
}

// spansOf are the rows that keep wants and that have a way, in order.
func spansOf(c *layer.Context, ends []ends, keep func(row int) bool) []span {
	out := make([]span, len(ends))
	parts := layer.PlacesInParts(c, len(ends), func(from, to int) []span {
		some := out[from:from:to]
		for i := from; i < to; i++ {
			if !ends[i].found || !keep(i) {
				continue
			}
			s := span{row: i}
			for k, p := range ends[i].at {
				place := c.Place(p, 0)
				s.up[k], s.height[k] = place.Up(), place.Height
				s.at[k] = along(s.up[k], place.Height)
			}
			if s.at[0] != s.at[1] {
				some = append(some, s)
			}
		}
		return some
	})
	n := 0
	for _, p := range parts {
		n += copy(out[n:], p)
	}
	return out[:n]
}

// corners are those of the box of all ends.
func corners(spans []span) []mgl64.Vec3 {
	if len(spans) == 0 {
		return nil
	}
	lo, hi := spans[0].at[0], spans[0].at[0]
	for i := range spans {
		for _, p := range spans[i].at {
			for k, x := range p {
				lo[k], hi[k] = min(lo[k], x), max(hi[k], x)
			}
		}
	}
	return []mgl64.Vec3{lo, hi}
}

// highest is how far an arc rises at most: halfway round the Earth it need not leave it.
const highest = 3e6

// way is the course of an arc: along the great circle between two places (slerp of their
// normals, Shoemake 1985), rising as a parabola, upright or leaning, or bending aside as one.
type way struct {
	from, ahead, right mgl64.Vec3 // of the great circle: its beginning, its direction there, its pole
	angle              float64
	rise, aside        float64 // of the middle: metres, radians to the right
}

func (a *Arc) way(s *span, tilt float64) way {
	pole := s.up[0].Cross(s.up[1])
	sin := pole.Len()
	w := way{from: s.up[0]}
	if b := sin * sin; sin < 0.05 && s.up[0].Dot(s.up[1]) > 0 { // the arc's sine as a series
		w.angle = sin * (1 + b/6*(1+b*9/20*(1+b*25/42)))
	} else {
		w.angle = math.Atan2(sin, s.up[0].Dot(s.up[1]))
	}
	if sin > 1e-12 {
		pole = pole.Mul(1 / sin)
		w.ahead, w.right = pole.Cross(w.from), pole.Mul(-1)
	} else if w.angle > 1 { // antipodes: any great circle will do, take one over the pole
		w.ahead = mgl64.Vec3{0, 0, 1}
		if math.Abs(w.from[2]) > 0.9 {
			w.ahead = mgl64.Vec3{1, 0, 0}
		}
		w.ahead = w.ahead.Sub(w.from.Mul(w.ahead.Dot(w.from))).Normalize()
	}
	length := w.angle * earth.A
	switch a.Shape {
	case "arc":
		top := a.Height * length
		if top > highest {
			top = highest + (top-highest)*0.1
		}
		w.rise = top
		if tilt != 0 {
			sin, cos := math.Sincos(earth.Radians(mgl64.Clamp(tilt, -90, 90)))
			w.rise, w.aside = top*cos, top*sin/earth.A
		}
	case "ground":
		w.aside = mgl64.Clamp(a.Bend*length, -highest, highest) / earth.A
	}
	return w
}

// up is the normal of the ellipsoid at a share of the way.
func (w *way) up(share float64) mgl64.Vec3 {
	sin, cos := math.Sincos(w.angle * share)
	return w.turned(sin, cos, share)
}

func (w *way) turned(sin, cos, share float64) mgl64.Vec3 {
	up := w.from.Mul(cos).Add(w.ahead.Mul(sin))
	if w.aside != 0 {
		up = up.Add(w.right.Mul(w.aside * 4 * share * (1 - share))).Normalize()
	}
	return up
}

// nodes are the places, in ECEF, that a curve is told.
func (w *way) nodes(s *span) (out [7]mgl64.Vec3) {
	out[0], out[6] = s.at[0], s.at[1]
	if w.aside == 0 && w.angle > 1e-9 && w.angle < shortWay {
		w.short(s, &out)
		return out
	}
	var sin, cos [7]float64
	sin[1], cos[1] = math.Sincos(w.angle * drawable.CurveNodes[1])
	sin[2], cos[2] = math.Sincos(w.angle / 4)
	sin[3], cos[3] = plus(sin[2], cos[2], sin[2], cos[2])
	sin[4], cos[4] = plus(sin[3], cos[3], sin[2], cos[2])
	sin[6], cos[6] = plus(sin[3], cos[3], sin[3], cos[3])
	sin[5], cos[5] = plus(sin[6], cos[6], -sin[1], cos[1])
	for k := 1; k < 6; k++ {
		t := drawable.CurveNodes[k]
		out[k] = along(w.turned(sin[k], cos[k], t), s.height[0]+(s.height[1]-s.height[0])*t+w.rise*4*t*(1-t))
	}
	return out
}

// shortWay is the angle, in radians, below which sines are the first terms of their series:
// right to some micrometres.
const shortWay = 0.3

// sine is that of a small angle.
func sine(a float64) float64 {
	b := a * a
	return a * (1 - b/6*(1-b/20*(1-b/42*(1-b/72))))
}

// short sets the places between the ends of a short way that does not lean: hundreds of
// thousands of them are most of what arcs cost.
func (w *way) short(s *span, out *[7]mgl64.Vec3) {
	var share [7]float64 // of the ends' normals, by sines of the angles from the other end
	over := 1 / sine(w.angle)
	for k := 1; k < 6; k++ {
		share[k] = sine(w.angle*drawable.CurveNodes[k]) * over
	}
	from, to := &s.up[0], &s.up[1]
	for k := 1; k < 6; k++ {
		a, b, t := share[6-k], share[k], drawable.CurveNodes[k]
		x, y, z := a*from[0]+b*to[0], a*from[1]+b*to[1], a*from[2]+b*to[2]
		n := earth.A / math.Sqrt(1-earth.E2*z*z)
		h := s.height[0] + (s.height[1]-s.height[0])*t + w.rise*4*t*(1-t)
		out[k] = mgl64.Vec3{(n + h) * x, (n + h) * y, (n*(1-earth.E2) + h) * z}
	}
}

// plus is sine and cosine of the sum of two angles.
func plus(sin, cos, sin2, cos2 float64) (float64, float64) {
	return sin*cos2 + cos*sin2, cos*cos2 - sin*sin2
}

// along is the point at a height above the ellipsoid where up is its normal, as Place.ECEF has
// it by longitude and latitude.
func along(up mgl64.Vec3, height float64) mgl64.Vec3 {
	n := earth.A / math.Sqrt(1-earth.E2*up[2]*up[2])
	return mgl64.Vec3{(n + height) * up[0], (n + height) * up[1], (n*(1-earth.E2) + height) * up[2]}
}
