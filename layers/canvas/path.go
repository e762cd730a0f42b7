package canvas

import (
	"image"
	"math"

	"golang.org/x/image/vector"
)

// Point is a place on the canvas.
type Point struct{ X, Y float64 }

// Path is contours of lines and curves. The zero value is empty.
type Path struct {
	ops    []op
	points []Point
}

type op uint8

const (
	move op = iota
	line
	quadratic
	cubic
	shut
)

var takes = [...]int{move: 1, line: 1, quadratic: 2, cubic: 3, shut: 0}

func (p *Path) add(o op, points ...Point) *Path {
	p.ops = append(p.ops, o)
	p.points = append(p.points, points...)
	return p
}

// Move begins a contour.
func (p *Path) Move(x, y float64) *Path { return p.add(move, Point{x, y}) }

// Line goes straight to a point.
func (p *Path) Line(x, y float64) *Path { return p.add(line, Point{x, y}) }

// Quad goes to x, y by one control point.
func (p *Path) Quad(x1, y1, x, y float64) *Path { return p.add(quadratic, Point{x1, y1}, Point{x, y}) }

// Cube goes to x, y by two control points.
func (p *Path) Cube(x1, y1, x2, y2, x, y float64) *Path {
	return p.add(cubic, Point{x1, y1}, Point{x2, y2}, Point{x, y})
}

// Close returns to the contour's begin.
func (p *Path) Close() *Path { return p.add(shut) }

// Arc goes along a circle from one angle to another, radians clockwise from the right,
// starting with a line where the path has begun and a move where it has not.
func (p *Path) Arc(cx, cy, r, from, to float64) *Path {
	n := max(int(math.Ceil(math.Abs(to-from)/(math.Pi/2))), 1)
	step := (to - from) / float64(n)
	k := 4.0 / 3 * math.Tan(step/4) // of the control points: the usual fit of a cubic to an arc
	s, c := math.Sincos(from)
	x, y := cx+r*c, cy+r*s
	if len(p.ops) == 0 || p.ops[len(p.ops)-1] == shut {
		p.Move(x, y)
	} else {
		p.Line(x, y)
	}
	for i := range n {
		s1, c1 := math.Sincos(from + step*float64(i+1))
		p.Cube(cx+r*(c-k*s), cy+r*(s+k*c), cx+r*(c1+k*s1), cy+r*(s1-k*c1), cx+r*c1, cy+r*s1)
		s, c = s1, c1
	}
	return p
}

// Rect is a box.
func Rect(x, y, w, h float64) *Path {
	return (&Path{}).Move(x, y).Line(x+w, y).Line(x+w, y+h).Line(x, y+h).Close()
}

// Round is a box with round corners.
func Round(b Box, r float64) *Path {
	r = max(min(r, b.W/2, b.H/2), 0)
	if r == 0 {
		return Rect(b.X, b.Y, b.W, b.H)
	}
	p := &Path{}
	const q = math.Pi / 2
	p.Arc(b.X+b.W-r, b.Y+r, r, -q, 0)
	p.Arc(b.X+b.W-r, b.Y+b.H-r, r, 0, q)
	p.Arc(b.X+r, b.Y+b.H-r, r, q, 2*q)
	p.Arc(b.X+r, b.Y+r, r, 2*q, 3*q)
	return p.Close()
}

// Circle is a disc.
func Circle(x, y, r float64) *Path { return (&Path{}).Arc(x, y, r, 0, 2*math.Pi).Close() }

// Sector is a part of a ring between two angles, clockwise from the top.
func Sector(x, y, inner, outer, from, to float64) *Path {
	from, to = from-math.Pi/2, to-math.Pi/2
	p := (&Path{}).Arc(x, y, outer, from, to)
	if inner > 0 {
		p.Arc(x, y, inner, to, from)
	} else {
		p.Line(x, y)
	}
	return p.Close()
}

// Polyline joins points.
func Polyline(points []Point) *Path {
	p := &Path{}
	for i, q := range points {
		if i == 0 {
			p.Move(q.X, q.Y)
		} else {
			p.Line(q.X, q.Y)
		}
	}
	return p
}

// Smooth joins points of rising x by cubics that do not overshoot (Steffen 1990, A simple
// method for monotonic interpolation in one dimension).
func Smooth(points []Point) *Path {
	n := len(points)
	if n < 3 {
		return Polyline(points)
	}
	slope := make([]float64, n) // of the segment after each point, then of the curve at it
	secant := func(i int) float64 {
		return (points[i+1].Y - points[i].Y) / max(points[i+1].X-points[i].X, 1e-9)
	}
	for i := 1; i+1 < n; i++ {
		h0, h1 := points[i].X-points[i-1].X, points[i+1].X-points[i].X
		s0, s1 := secant(i-1), secant(i)
		mean := (s0*h1 + s1*h0) / max(h0+h1, 1e-9)
		slope[i] = (math.Copysign(1, s0) + math.Copysign(1, s1)) * min(math.Abs(s0), math.Abs(s1), 0.5*math.Abs(mean))
	}
	slope[0], slope[n-1] = (3*secant(0)-slope[1])/2, (3*secant(n-2)-slope[n-2])/2
	p := (&Path{}).Move(points[0].X, points[0].Y)
	for i := range n - 1 {
		a, b := points[i], points[i+1]
		h := (b.X - a.X) / 3
		p.Cube(a.X+h, a.Y+slope[i]*h, b.X-h, b.Y-slope[i+1]*h, b.X, b.Y)
	}
	return p
}

// extent is the box of all points; ok is false where there are none or one is not finite.
func (p *Path) extent() (lo, hi Point, ok bool) {
	if len(p.points) == 0 {
		return lo, hi, false
	}
	lo, hi = p.points[0], p.points[0]
	for _, q := range p.points {
		if math.IsNaN(q.X) || math.IsNaN(q.Y) || math.Abs(q.X) > 1e6 || math.Abs(q.Y) > 1e6 {
			return lo, hi, false
		}
		lo.X, lo.Y, hi.X, hi.Y = min(lo.X, q.X), min(lo.Y, q.Y), max(hi.X, q.X), max(hi.Y, q.Y)
	}
	return lo, hi, true
}

// raster hands the path to a rasteriser whose origin is a pixel of the canvas.
func (p *Path) raster(r *vector.Rasterizer, scale float64, origin image.Point) {
	at := func(q Point) (x, y float32) {
		return float32(q.X*scale - float64(origin.X)), float32(q.Y*scale - float64(origin.Y))
	}
	points, open := p.points, false
	for _, o := range p.ops {
		q := points[:takes[o]]
		points = points[takes[o]:]
		switch o {
		case move:
			if open {
				r.ClosePath()
			}
			x, y := at(q[0])
			r.MoveTo(x, y)
			open = true
		case line:
			x, y := at(q[0])
			r.LineTo(x, y)
		case quadratic:
			x1, y1 := at(q[0])
			x, y := at(q[1])
			r.QuadTo(x1, y1, x, y)
		case cubic:
			x1, y1 := at(q[0])
			x2, y2 := at(q[1])
			x, y := at(q[2])
			r.CubeTo(x1, y1, x2, y2, x, y)
		case shut:
			r.ClosePath()
			open = false
		}
	}
	if open {
		r.ClosePath()
	}
}

// Without is the path with a hole: a path that lies within it, wound the same way.
func (p *Path) Without(hole *Path) *Path {
	out := &Path{ops: append([]op(nil), p.ops...), points: append([]Point(nil), p.points...)}
	for _, c := range hole.flatten(0.05) {
		for i, j := 0, len(c.points)-1; i < j; i, j = i+1, j-1 {
			c.points[i], c.points[j] = c.points[j], c.points[i]
		}
		out.polygon(c.points)
	}
	return out
}
