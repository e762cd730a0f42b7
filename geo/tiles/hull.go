package tiles

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
)

// outline gathers the points of a plan that may lie on its convex hull: those outside of
// the octagon of the furthest points in eight directions (Akl and Toussaint 1978).
type outline struct {
	furthest [8][2]float32
	reach    [8]float32
	octagon  [][2]float32 // counter-clockwise
	lo, hi   [2]float32   // a rectangle within its diagonal corners, if there is one
	points   [][2]float64
	low      float64
	high     float64
	some     bool
}

// extremes looks at points for the octagon.
func (o *outline) extremes(points [][3]float32) {
	if len(points) > 0 && !o.some {
		x, y, z := points[0][0], points[0][1], points[0][2]
		o.reach = [8]float32{x, x + y, y, y - x, -x, -x - y, -y, x - y}
		for k := range o.furthest {
			o.furthest[k] = [2]float32{x, y}
		}
		o.low, o.high, o.some = float64(z), float64(z), true
	}
	low, high, reach := float32(o.low), float32(o.high), o.reach
	for i := range points {
		x, y, z := points[i][0], points[i][1], points[i][2]
		low, high = min(low, z), max(high, z)
		if x <= reach[0] && y <= reach[2] && -x <= reach[4] && -y <= reach[6] && x+y <= reach[1] && y-x <= reach[3] && -x-y <= reach[5] && x-y <= reach[7] {
			continue
		}
		for k, d := range [8]float32{x, x + y, y, y - x, -x, -x - y, -y, x - y} {
			if d > reach[k] {
				reach[k], o.furthest[k] = d, [2]float32{x, y}
			}
		}
	}
	o.low, o.high, o.reach = float64(low), float64(high), reach
}

// close makes the octagon.
func (o *outline) close() {
	if !o.some {
		return
	}
	ne, nw, sw, se := o.furthest[1], o.furthest[3], o.furthest[5], o.furthest[7]
	o.lo = [2]float32{max(nw[0], sw[0]), max(sw[1], se[1])}
	o.hi = [2]float32{min(ne[0], se[0]), min(ne[1], nw[1])}
	for _, p := range o.furthest {
		if n := len(o.octagon); n == 0 || o.octagon[n-1] != p {
			o.octagon = append(o.octagon, p)
		}
		o.points = append(o.points, [2]float64{float64(p[0]), float64(p[1])})
	}
}

// outside keeps the points that the octagon does not hold.
func (o *outline) outside(points [][3]float32) {
	n := len(o.octagon)
	for _, p := range points {
		if p[0] > o.lo[0] && p[0] < o.hi[0] && p[1] > o.lo[1] && p[1] < o.hi[1] {
			continue
		}
		for i := range n {
			a, b := o.octagon[i], o.octagon[(i+1)%n]
			if float64(b[0]-a[0])*float64(p[1]-a[1])-float64(b[1]-a[1])*float64(p[0]-a[0]) < 0 {
				o.points = append(o.points, [2]float64{float64(p[0]), float64(p[1])})
				break
			}
		}
	}
}

// add keeps one point in any case.
func (o *outline) add(x, y, z float64) {
	if !o.some {
		o.low, o.high, o.some = z, z, true
	}
	o.low, o.high = min(o.low, z), max(o.high, z)
	o.points = append(o.points, [2]float64{x, y})
}

func (o *outline) box() Box {
	if !o.some {
		return Box{}
	}
	turn, a, b := leastRectangle(hull(o.points))
	return Box{Turn: turn, Min: mgl64.Vec3{a[0], a[1], o.low}, Max: mgl64.Vec3{b[0], b[1], o.high}, Some: true}
}

// hull returns the convex hull of points, counter-clockwise, without points on its edges
// (Andrew 1979). It sorts the points.
func hull(points [][2]float64) [][2]float64 {
	slices.SortFunc(points, func(a, b [2]float64) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	points = slices.Compact(points)
	if len(points) < 3 {
		return points
	}
	out := make([][2]float64, 0, 32)
	half := func(p [2]float64, from int) {
		for len(out) >= from+2 {
			a, b := out[len(out)-2], out[len(out)-1]
			if (b[0]-a[0])*(p[1]-a[1])-(b[1]-a[1])*(p[0]-a[0]) > 0 {
				break
			}
			out = out[:len(out)-1]
		}
		out = append(out, p)
	}
	for _, p := range points {
		half(p, 0)
	}
	upper := len(out) - 1
	for i := len(points) - 2; i >= 0; i-- {
		half(points[i], upper)
	}
	return out[:len(out)-1]
}

// maxEdges bounds how many edges of a hull are tried.
const maxEdges = 64

// leastRectangle returns the turn of the rectangle of least area around a hull, and its
// corners along the turned axes.
func leastRectangle(points [][2]float64) (turn float64, lo, hi [2]float64) {
	lo, hi = turnedExtent(points, 0)
	best := (hi[0] - lo[0]) * (hi[1] - lo[1]) * 0.9
	every := (len(points) + maxEdges - 1) / maxEdges
	for i := 0; i < len(points); i += max(every, 1) {
		a, b := points[i], points[(i+1)%len(points)]
		angle := math.Remainder(math.Atan2(b[1]-a[1], b[0]-a[0]), math.Pi/2)
		l, h := turnedExtent(points, angle)
		if area := (h[0] - l[0]) * (h[1] - l[1]); area < best {
			turn, lo, hi, best = angle, l, h, area
		}
	}
	return turn, lo, hi
}

func turnedExtent(points [][2]float64, turn float64) (lo, hi [2]float64) {
	sin, cos := math.Sincos(turn)
	for i, p := range points {
		q := [2]float64{float64(cos*p[0]) + float64(sin*p[1]), float64(cos*p[1]) - float64(sin*p[0])}
		if i == 0 {
			lo, hi = q, q
		}
		for k, v := range q {
			lo[k], hi[k] = min(lo[k], v), max(hi[k], v)
		}
	}
	return lo, hi
}
