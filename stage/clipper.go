package stage

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// clipper tells of places and discs of one frame on which side of the borders of areas they lie,
// seen from above.
type clipper struct {
	inside bool // goes
	all    sideBands
	near   sideBands // of one mesh, scratch
}

// clipSide is a side of an area's border.
type clipSide struct {
	a, b mgl64.Vec2
	area int
}

// newClipper lays the areas into a frame, at a height above the ellipsoid.
func newClipper(c *drawable.Clip, frame mgl64.Mat4, height float64) *clipper {
	f := earth.FrameFromMatrix(frame)
	var sides []clipSide // area by area
	for n, area := range c.Areas {
		for _, ring := range area {
			var points []mgl64.Vec2
			for _, p := range ring {
				v := f.Local(earth.Place{Lng: p[0], Lat: p[1], Height: height})
				if v[2] > -1e6 { // not on the far side of the Earth
					points = append(points, v.Vec2())
				}
			}
			for i := range points {
				if q := points[(i+1)%len(points)]; q != points[i] {
					sides = append(sides, clipSide{points[i], q, n})
				}
			}
		}
	}
	return &clipper{inside: c.Inside, all: inBands(sides)}
}

// keeps tells whether what is at a place stays: by how often a ray crosses the border of each area.
func (c *clipper) keeps(x, y float64) bool {
	in, area := false, -1
	for _, i := range c.all.at(y) {
		s := &c.all.sides[i]
		if s.area != area && in {
			break
		}
		area = s.area
		if (s.a[1] > y) != (s.b[1] > y) && x < s.a[0]+(y-s.a[1])/(s.b[1]-s.a[1])*(s.b[0]-s.a[0]) {
			in = !in
		}
	}
	return in != c.inside
}

// cutKind is what becomes of a mesh.
type cutKind uint8

const (
	allStays cutKind = iota
	allGoes
	partStays
)

// around tells what becomes of all that is in a disc, and notes the sides that cross it.
func (c *clipper) around(x, y, radius float64) cutKind {
	var near []clipSide
	for s := range c.all.between(y-radius, y+radius) {
		if s.distance(mgl64.Vec2{x, y}) <= radius {
			near = append(near, *s)
		}
	}
	switch {
	case len(near) > 0:
		c.near = inBands(near)
		return partStays
	case c.keeps(x, y):
		return allStays
	}
	return allGoes
}

// distance is how far a point lies from the side, in metres.
func (s *clipSide) distance(p mgl64.Vec2) float64 {
	way := s.b.Sub(s.a)
	t := mgl64.Clamp(p.Sub(s.a).Dot(way)/way.LenSqr(), 0, 1)
	return p.Sub(s.a.Add(way.Mul(t))).Len()
}

// offset is how far left of the side's line a point lies, in metres.
func (s *clipSide) offset(p [3]float32) float64 {
	way := s.b.Sub(s.a)
	return (way[0]*(float64(p[1])-s.a[1]) - way[1]*(float64(p[0])-s.a[0])) / math.Hypot(way[0], way[1])
}
