package table

import (
	"math"

	"github.com/paulmach/orb"
)

// Foot is where something that stands for a whole shape stands, in degrees: a point itself,
// the middle of a line's longest part by length, the place in an area's largest part that is
// farthest from its edges, and of several points the middle of their box. Shapes of several
// kinds are areas before lines before points. False says that there is no place.
func Foot(g orb.Geometry) (orb.Point, bool) {
	switch g := g.(type) {
	case nil:
		return orb.Point{}, false
	case orb.Point:
		return g, true
	case orb.Polygon:
		return footOfArea(g)
	case orb.MultiPolygon:
		if p, ok := largest(g, area); ok {
			return footOfArea(p)
		}
		return orb.Point{}, false
	case orb.LineString:
		return footOfLine(g)
	case orb.MultiLineString:
		if l, ok := largest(g, length); ok {
			return footOfLine(l)
		}
		return orb.Point{}, false
	case orb.Collection:
		return footOfCollection(g)
	default: // several points, boxes and rings
		b := g.Bound()
		return b.Center(), !b.IsEmpty()
	}
}

// footOfCollection is that of the largest member of the highest dimension.
func footOfCollection(g orb.Collection) (orb.Point, bool) {
	most := -1
	for _, m := range g {
		if m != nil {
			most = max(most, m.Dimensions())
		}
	}
	var areas orb.MultiPolygon
	var lines orb.MultiLineString
	var points orb.MultiPoint
	for _, m := range g {
		if m == nil || m.Dimensions() != most {
			continue
		}
		switch m := m.(type) {
		case orb.Polygon:
			areas = append(areas, m)
		case orb.MultiPolygon:
			areas = append(areas, m...)
		case orb.LineString:
			lines = append(lines, m)
		case orb.MultiLineString:
			lines = append(lines, m...)
		default:
			if p, ok := Foot(m); ok {
				points = append(points, p)
			}
		}
	}
	switch {
	case len(areas) > 0:
		return Foot(areas)
	case len(lines) > 0:
		return Foot(lines)
	}
	return Foot(points)
}

// largest is the greatest of several parts, of equals the first.
func largest[T any](parts []T, size func(T) float64) (out T, ok bool) {
	most := math.Inf(-1)
	for _, p := range parts {
		if s := size(p); s > most {
			most, out, ok = s, p, true
		}
	}
	return out, ok
}

// area is that of a polygon on the sphere, in square degrees at the equator: Green's theorem
// over longitude and the sine of latitude.
func area(p orb.Polygon) float64 {
	sum := 0.0
	for k, r := range p {
		s := 0.0
		for i := range r {
			a, b := r[i], r[(i+1)%len(r)]
			s += (b[0] - a[0]) * (math.Sin(a[1]*math.Pi/180) + math.Sin(b[1]*math.Pi/180))
		}
		if s = math.Abs(s); k > 0 {
			s = -s // a hole
		}
		sum += s
	}
	return sum * 90 / math.Pi
}

// length is that of a line in degrees of a great circle, about.
func length(l orb.LineString) (sum float64) {
	for i := 1; i < len(l); i++ {
		sum += apart(l[i-1], l[i])
	}
	return sum
}

// apart is the short way between two points in degrees, about, over the antimeridian too.
func apart(a, b orb.Point) float64 {
	return math.Hypot(math.Remainder(b[0]-a[0], 360)*math.Cos((a[1]+b[1])*math.Pi/360), b[1]-a[1])
}

// footOfLine is the middle of a line by its length.
func footOfLine(l orb.LineString) (orb.Point, bool) {
	if len(l) == 0 {
		return orb.Point{}, false
	}
	left := length(l) / 2
	for i := 1; i < len(l); i++ {
		a, b := l[i-1], l[i]
		d := apart(a, b)
		if left <= d && d > 0 {
			t := left / d
			lng := a[0] + math.Remainder(b[0]-a[0], 360)*t
			if math.Abs(lng) > 180 && math.Abs(a[0]) <= 180 {
				lng = math.Remainder(lng, 360)
			}
			return orb.Point{lng, a[1] + (b[1]-a[1])*t}, true
		}
		left -= d
	}
	return l[0], true
}

// nearEnough is by how much of its distance from the edges a place of an area that is looked
// for may miss the best one.
const nearEnough = 0.05

// footOfArea is the pole of inaccessibility of a polygon in degrees, which are scaled to be
// as long to the east as to the north in its middle.
func footOfArea(p orb.Polygon) (orb.Point, bool) {
	if len(p) == 0 || len(p[0]) == 0 {
		return orb.Point{}, false
	}
	b := p[0].Bound()
	scale := math.Max(math.Cos((b.Min[1]+b.Max[1])*math.Pi/360), 0.01)
	x, y, _, ok := inaccessible(p, b.Center(), scale, nearEnough)
	if !ok {
		return b.Center(), !b.IsEmpty()
	}
	return orb.Point{b.Center()[0] + x/scale, b.Center()[1] + y}, true
}
