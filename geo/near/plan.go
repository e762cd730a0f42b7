package near

import (
	"hash/fnv"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
)

// Reach is how many metres beyond its square a block must know the features for what
// stands in the square to be the same in every cut.
const Reach = 60.0

// Point is a position in plan metres.
type Point = [2]float64

// farZ is how far below the tangent plane a position may be, about 2 000 km away: the
// plan of anything further would fold over the near side.
const farZ = -350e3

// Plan projects a position and tells whether it is sane and near the frame.
func Plan(f earth.Frame, p orb.Point) (Point, bool) {
	if !(math.Abs(p[0]) <= 360 && math.Abs(p[1]) <= 90) {
		return Point{}, false
	}
	v := f.ToLocal(earth.Place{Lng: p[0], Lat: p[1]}.ECEF())
	return Point{v[0], v[1]}, v[2] > farZ
}

// Points returns the single positions of a geometry. What was drawn as a line or a small
// area counts at the middle of its box.
func Points(f earth.Frame, g orb.Geometry) []Point {
	var from []orb.Point
	switch g := g.(type) {
	case nil:
	case orb.Point:
		from = []orb.Point{g}
	case orb.MultiPoint:
		from = g
	default:
		if b := g.Bound(); !b.IsEmpty() {
			from = []orb.Point{b.Center()}
		}
	}
	var out []Point
	for _, p := range from {
		if q, ok := Plan(f, p); ok {
			out = append(out, q)
		}
	}
	return out
}

// Lines returns the lines of a geometry, rings of areas closed. Repeated points are
// dropped, and lines that then have none or lead beyond the horizon.
func Lines(f earth.Frame, g orb.Geometry) [][]Point {
	var out [][]Point
	switch g := g.(type) {
	case orb.LineString:
		if l := line(f, g); len(l) > 1 {
			out = append(out, l)
		}
	case orb.Ring:
		out = Lines(f, orb.LineString(g))
	case orb.MultiLineString:
		for _, l := range g {
			out = append(out, Lines(f, l)...)
		}
	case orb.Polygon:
		for _, r := range g {
			out = append(out, Lines(f, r)...)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			out = append(out, Lines(f, p)...)
		}
	case orb.Collection:
		for _, c := range g {
			out = append(out, Lines(f, c)...)
		}
	}
	return out
}

func line(f earth.Frame, ls []orb.Point) []Point {
	out := make([]Point, 0, len(ls))
	for _, p := range ls {
		q, ok := Plan(f, p)
		if !ok {
			return nil
		}
		if n := len(out); n == 0 || Distance(out[n-1], q) > 1e-3 {
			out = append(out, q)
		}
	}
	return out
}

// Areas returns the polygons of a geometry as open rings, outer first; a closed line
// counts as one.
func Areas(f earth.Frame, g orb.Geometry) [][][]Point {
	var out [][][]Point
	switch g := g.(type) {
	case orb.LineString:
		if len(g) > 3 && g[0] == g[len(g)-1] {
			out = Areas(f, orb.Polygon{orb.Ring(g)})
		}
	case orb.Ring:
		out = Areas(f, orb.Polygon{g})
	case orb.Polygon:
		var rings [][]Point
		for i, r := range g {
			q := line(f, r)
			if n := len(q); n > 1 && Distance(q[0], q[n-1]) < 1e-3 {
				q = q[:n-1]
			}
			if len(q) >= 3 {
				rings = append(rings, q)
			} else if i == 0 {
				return nil
			}
		}
		if len(rings) > 0 {
			out = append(out, rings)
		}
	case orb.MultiLineString:
		for _, l := range g {
			out = append(out, Areas(f, l)...)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			out = append(out, Areas(f, p)...)
		}
	case orb.Collection:
		for _, c := range g {
			out = append(out, Areas(f, c)...)
		}
	}
	return out
}

// Size is the area of rings in square metres, holes taken off.
func Size(rings [][]Point) float64 {
	var sum float64
	for i, r := range rings {
		var s float64
		for k, p := range r {
			q := r[(k+1)%len(r)]
			s += float64((p[0]-r[0][0])*(q[1]-r[0][1])) - float64((q[0]-r[0][0])*(p[1]-r[0][1]))
		}
		if s = math.Abs(s) / 2; i > 0 {
			s = -s
		}
		sum += s
	}
	return math.Max(sum, 0)
}

// Distance is between two positions.
func Distance(a, b Point) float64 { return math.Hypot(b[0]-a[0], b[1]-a[1]) }

// Seed is a number from a feature's own id, whatever its place in the file.
func Seed(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.TrimSpace(id))) // a hash takes everything
	return h.Sum64()
}

// Hash mixes a seed and numbers of a place to even random bits (the finaliser of
// SplitMix64, Steele, Lea and Flood 2014).
func Hash(seed uint64, n ...int64) uint64 {
	h := seed
	for _, v := range n {
		h += uint64(v) + 0x9e3779b97f4a7c15
		h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
		h = (h ^ h>>27) * 0x94d049bb133111eb
		h ^= h >> 31
	}
	return h
}

// Share is a hash as a number in [0, 1).
func Share(h uint64) float64 { return float64(h>>11) / (1 << 53) }
