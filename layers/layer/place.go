package layer

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/table"
)

// Frame is a tangent frame in the middle of ECEF positions: drawables are float32 in it.
func Frame(points []mgl64.Vec3) earth.Frame {
	if len(points) == 0 {
		return earth.FrameAt(earth.Place{})
	}
	lo, hi := points[0], points[0]
	for _, p := range points {
		for k := range p {
			lo[k], hi[k] = math.Min(lo[k], p[k]), math.Max(hi[k], p[k])
		}
	}
	return earth.FrameAt(earth.FromECEF(lo.Add(hi).Mul(0.5)))
}

// Local rounds an ECEF point to float32 metres of the frame: ToLocal of millions of points,
// without a copy of the frame for each.
func Local(f earth.Frame, p mgl64.Vec3) [3]float32 {
	d := p.Sub(f.Center)
	return [3]float32{float32(f.East.Dot(d)), float32(f.North.Dot(d)), float32(f.Up.Dot(d))}
}

// Points lists the single positions of a row: a point, or each of a multipoint.
func Points(g orb.Geometry) []orb.Point {
	switch g := g.(type) {
	case orb.Point:
		return []orb.Point{g}
	case orb.MultiPoint:
		return g
	}
	return nil
}

// Foot is where something that stands for a whole row stands.
func Foot(g orb.Geometry) (orb.Point, bool) { return table.Foot(g) }

// Places are where the marks of a row stand: at each point of a multipoint, else at its Foot, which
// single then holds; not ok is without any geometry.
func Places(g orb.Geometry, single *[1]orb.Point) (places []orb.Point, ok bool) {
	switch g := g.(type) {
	case orb.Point:
		single[0] = g
		return single[:], true
	case orb.MultiPoint:
		return g, true
	}
	if single[0], ok = Foot(g); !ok {
		return nil, false
	}
	return single[:], true
}

// Polylines lists the lines of a geometry; areas give their rings.
func Polylines(g orb.Geometry) [][]orb.Point {
	var out [][]orb.Point
	switch g := g.(type) {
	case orb.LineString:
		out = append(out, g)
	case orb.MultiLineString:
		for _, l := range g {
			out = append(out, l)
		}
	case orb.Polygon:
		for _, r := range g {
			out = append(out, r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			for _, r := range p {
				out = append(out, r)
			}
		}
	case orb.Collection:
		for _, m := range g {
			out = append(out, Polylines(m)...)
		}
	}
	return out
}

// Polygons lists the areas of a geometry.
func Polygons(g orb.Geometry) []orb.Polygon {
	switch g := g.(type) {
	case orb.Polygon:
		return []orb.Polygon{g}
	case orb.MultiPolygon:
		return g
	}
	return nil
}

// nextPoint is how far apart, in metres, the points of a way are that does not follow the ground.
const nextPoint = 20000.0

// Adjoining is how far apart, in degrees east and north together, two points are between which
// Between, off the ground, adds none.
func (c *Context) Adjoining() float64 {
	return earth.Degrees(nextPoint / (earth.A + math.Abs(c.Layer.Altitude)))
}

// Between adds points to a long segment, so that it follows the ground or the curve of
// the Earth: one every 60 m on the ground, every 20 km otherwise, 64 at the most.
func (c *Context) Between(a, b orb.Point) []mgl64.Vec3 {
	step := nextPoint
	if c.Layer.Clamp == "ground" {
		step = 60
	} else if math.Abs(b[0]-a[0])+math.Abs(b[1]-a[1]) < c.Adjoining() {
		return nil // most are short: no sine for them
	}
	from, to := c.Place(a, 0), c.Place(b, 0)
	n := min(int(from.ECEF().Sub(to.ECEF()).Len()/step), 64)
	var out []mgl64.Vec3
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n+1)
		dlng := math.Remainder(b[0]-a[0], 360) // the short way over the antimeridian
		out = append(out, c.Place(orb.Point{a[0] + dlng*t, a[1] + (b[1]-a[1])*t}, 0).ECEF())
	}
	return out
}
