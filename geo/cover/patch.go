package cover

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Patch is one flat coloured part of the ground in plan metres.
type Patch struct {
	Layer    string
	Material geo.Material
	Color    [4]uint8 // sRGB base colour
	Bias     int      // depth order of coplanar patches, see the package's comment
	Feature  int      // index into the features given; -1 for none (the sea)
	Class    string   // "landuse=forest", "highway=residential", "sea", …
	Points   [][2]float64
	UV       [][2]float32 // one a point; meaning by Material
	Lift     []float32    // one a point: metres above the ground that it follows; nil lies on it
	Indices  []uint32     // triangles, counter-clockwise seen from above
	Level    *float64     // flat water: metres above the ellipsoid; nil lies on the ground
	Width    float64      // smallest extent in metres: a coarse level may drop narrow patches
}

// Bound is the patch's box in plan metres; empty for a patch without points.
func (p *Patch) Bound() orb.Bound {
	b := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for _, q := range p.Points {
		b = b.Extend(q)
	}
	return b
}

// Area is the sum of the triangles' areas in square metres.
func (p *Patch) Area() float64 {
	var s float64
	for i := 0; i+2 < len(p.Indices); i += 3 {
		s += cross(p.Points[p.Indices[i]], p.Points[p.Indices[i+1]], p.Points[p.Indices[i+2]]) / 2
	}
	return s
}

// Input is what every builder of this package works from.
type Input struct {
	Features  []geo.Feature
	Frame     earth.Frame   // its plan is the patches' plane
	Elevation geo.Elevation // nil where nothing is known: lakes then lie on the ground
	Report    *geo.Report   // must not be nil
	// Owned tells which features are built; the others are only looked at. nil builds all.
	Owned func(i int) bool
}

// owns tells whether a feature is built.
func (in *Input) owns(i int) bool { return in.Owned == nil || in.Owned(i) }

// on is the input for one feature: what is not built is not reported either.
func (in *Input) on(i int) *Input {
	if in.owns(i) {
		return in
	}
	quiet := *in
	quiet.Report = geo.NewReport()
	return &quiet
}

// farZ is how far below the tangent plane a position may be, about 2 000 km away: the
// plan of anything further would fold over the near side.
const farZ = -350e3

// plan projects a position and tells whether it is sane and near the frame.
func (in *Input) plan(p orb.Point) ([2]float64, bool) {
	if !(math.Abs(p[0]) <= 360 && math.Abs(p[1]) <= 90) {
		return [2]float64{}, false
	}
	v := in.Frame.ToLocal(earth.Place{Lng: p[0], Lat: p[1]}.ECEF())
	return [2]float64{v[0], v[1]}, v[2] > farZ
}

// planLine projects a line and drops repeated points; ok is false where a position is
// not a number or beyond the horizon.
func (in *Input) planLine(ls []orb.Point) (out [][2]float64, ok bool) {
	out = make([][2]float64, 0, len(ls))
	for _, p := range ls {
		q, ok := in.plan(p)
		if !ok {
			return nil, false
		}
		if n := len(out); n > 0 && dist(out[n-1], q) < 1e-3 {
			continue
		}
		out = append(out, q)
	}
	return out, true
}

// ground is the height at a plan position; ok is false where nothing is known.
func (in *Input) ground(p [2]float64) (float64, bool) {
	if in.Elevation == nil {
		return 0, false
	}
	lng, lat := in.Frame.Unplan(p[0], p[1])
	return in.Elevation.HeightAt(lng, lat)
}

// isPolygon tells whether a source says that a geometry is an area.
func isPolygon(g orb.Geometry) bool {
	switch g.(type) {
	case orb.Polygon, orb.MultiPolygon:
		return true
	}
	return false
}

// linesOf returns the lines of a geometry; rings of polygons count as lines.
func linesOf(g orb.Geometry) []orb.LineString {
	switch g := g.(type) {
	case orb.LineString:
		return []orb.LineString{g}
	case orb.MultiLineString:
		return g
	case orb.Ring:
		return []orb.LineString{orb.LineString(g)}
	case orb.Polygon:
		var out []orb.LineString
		for _, r := range g {
			out = append(out, orb.LineString(r))
		}
		return out
	case orb.MultiPolygon:
		var out []orb.LineString
		for _, p := range g {
			out = append(out, linesOf(p)...)
		}
		return out
	case orb.Collection:
		var out []orb.LineString
		for _, c := range g {
			out = append(out, linesOf(c)...)
		}
		return out
	}
	return nil
}

func cross(a, b, c [2]float64) float64 {
	return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
}

func dist(a, b [2]float64) float64 { return math.Hypot(b[0]-a[0], b[1]-a[1]) }
