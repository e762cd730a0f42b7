package slab

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Options say what a slab looks like.
type Options struct {
	Layer        string
	Top          float64 // metres of the top above the ellipsoid, where the relief is 0
	Thickness    float64 // metres from there down to the lower rim
	Exaggeration float64 // of the relief; 0 makes a level top
	// Relief is the ground above the sea; where it is nil or unknown the top is level.
	Relief geo.Elevation
	// Color is the colour of the top at a relief in metres and Side that of the walls, which
	// darken towards their foot.
	Color func(relief float64) [4]uint8
	Side  [4]uint8
}

// Slab is an area with its rings in the plan of a frame.
type Slab struct {
	Row   geo.FeatureRow
	o     Options
	frame earth.Frame
	polys [][]ring
	bound orb.Bound // of the plan
}

// ring is a closed ring in plan metres without its repeated end. Edges that only cut an
// area where longitudes wrap around or meridians meet are no boundary: they have no wall.
type ring struct {
	points [][2]float64
	bare   []bool // of the edge from a point to the next
}

// maxEdge is the longest edge of a boundary in degrees: those along parallels and
// meridians curve in the plan.
const maxEdge = 0.2

// horizon is how far below the tangent plane a position may lie: the plan folds beyond.
const horizon = -4.5e6

// New returns the slab of a polygon or multipolygon, or ok = false with the reason for
// what has no area or reaches over the horizon of the frame.
func New(f *geo.Feature, frame earth.Frame, o Options) (s *Slab, reason string) {
	s = &Slab{o: o, frame: frame, bound: emptyBound()}
	s.Row = geo.FeatureRow{ID: f.ID, Name: f.Tags["name"], Class: "slab", Height: float32(o.Thickness)}
	var polys orb.MultiPolygon
	switch g := f.Geometry.(type) {
	case orb.Polygon:
		polys = orb.MultiPolygon{g}
	case orb.MultiPolygon:
		polys = g
	default:
		return nil, "no area"
	}
	for _, p := range polys {
		var rings []ring
		for _, r := range p {
			planned, ok := s.plan(r)
			if !ok {
				return nil, "area reaches over the horizon of the package"
			}
			if len(planned.points) >= 3 {
				rings = append(rings, planned)
			}
		}
		if len(rings) > 0 {
			s.polys = append(s.polys, rings)
		}
	}
	if len(s.polys) == 0 {
		return nil, "no area"
	}
	return s, ""
}

func emptyBound() orb.Bound {
	return orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
}

// Bound is the slab's box in the plan.
func (s *Slab) Bound() orb.Bound { return s.bound }

func (s *Slab) plan(r orb.Ring) (out ring, ok bool) {
	for i := 0; i+1 < len(r); i++ {
		a, b := r[i], r[i+1]
		bare := seam(a, b)
		n := max(1, int(math.Ceil(math.Max(math.Abs(b[0]-a[0]), math.Abs(b[1]-a[1]))/maxEdge)))
		for k := range n {
			t := float64(k) / float64(n)
			p := earth.Place{Lng: a[0] + float64(t*(b[0]-a[0])), Lat: a[1] + float64(t*(b[1]-a[1]))}
			v := s.frame.ToLocal(p.ECEF())
			if !(v[2] > horizon) {
				return out, false
			}
			q := [2]float64{v[0], v[1]}
			if m := len(out.points); m > 0 && out.points[m-1] == q {
				continue
			}
			out.points, out.bare = append(out.points, q), append(out.bare, bare)
			s.bound = s.bound.Extend(q)
		}
	}
	return out, true
}

// seam tells whether an edge runs along the antimeridian or through a pole.
func seam(a, b orb.Point) bool {
	return math.Abs(a[0]) == 180 && math.Abs(b[0]) == 180 || math.Abs(a[1]) == 90 && math.Abs(b[1]) == 90
}

// relief is the ground above the sea at a plan position, 0 where it is unknown.
func (s *Slab) relief(p [2]float64) float64 {
	if s.o.Relief == nil || s.o.Exaggeration == 0 {
		return 0
	}
	lng, lat := s.frame.Unplan(p[0], p[1])
	h, ok := s.o.Relief.HeightAt(lng, lat)
	if !ok || math.IsNaN(h) {
		return 0
	}
	return h
}

// height is that of the top above the ellipsoid.
func (s *Slab) height(relief float64) float64 { return s.o.Top + s.o.Exaggeration*relief }

// at takes a plan position at a height into a tile's frame.
func (s *Slab) at(tile earth.Frame, p [2]float64, height float64) mgl64.Vec3 {
	lng, lat := s.frame.Unplan(p[0], p[1])
	return tile.Local(earth.Place{Lng: lng, Lat: lat, Height: height})
}
