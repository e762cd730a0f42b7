package generate

import (
	"fmt"
	"math"
	"sort"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// site is where a package lies: its frame, the region that features are taken from, and
// the square of plan that ground is built for.
type site struct {
	frame  earth.Frame
	core   orb.Bound // plan metres: what the data covers
	min    [2]float64
	size   float64 // side of the square
	bounds geo.Bound
}

// maxSide is the largest square of plan that one package covers.
const maxSide = 400e3

// locate finds the region of the feet. Stray members of relations and long ways often lie
// far outside an extract, so the region is that of the middle 98 % of them, enlarged by a
// third, and its edges lie on a lattice, so that a feature more or less does not move
// them; a bbox overrides it. Without features the ground decides.
func locate(feet []orb.Point, bbox *geo.Bound, ground geo.Bound, margin float64) (*site, error) {
	b := bbox
	if b == nil {
		b = denseBound(feet)
	}
	if b == nil && ground != (geo.Bound{}) {
		b = &ground
	}
	if b == nil {
		return nil, fmt.Errorf("the data holds nothing that has a place: no feature and no elevation")
	}
	west, east := b.West, b.East
	if east < west {
		east += 360
	}
	s := &site{bounds: *b}
	s.frame = earth.FrameAt(earth.Place{Lng: earth.WrapLng((west + east) / 2), Lat: (b.South + b.North) / 2})
	s.core = orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for i := range 9 { // edges bulge in plan, so look along them
		t := float64(i) / 8
		for _, p := range [][2]float64{{west + (east-west)*t, b.South}, {west + (east-west)*t, b.North}, {west, b.South + (b.North-b.South)*t}, {east, b.South + (b.North-b.South)*t}} {
			x, y := s.frame.Plan(p[0], p[1])
			s.core = s.core.Extend(orb.Point{x, y})
		}
	}
	s.size = max(s.core.Max[0]-s.core.Min[0], s.core.Max[1]-s.core.Min[1], 200) + 2*margin
	if s.size > maxSide {
		return nil, fmt.Errorf("the data spans %.0f km, a package covers up to %.0f km: choose a part of it with --bbox west,south,east,north", (s.size-2*margin)/1000, maxSide/1000-2*margin/1000)
	}
	mid := s.core.Center()
	s.min = [2]float64{mid[0] - s.size/2, mid[1] - s.size/2}
	return s, nil
}

// inside tells whether a place in degrees lies in the core.
func (s *site) inside(p orb.Point) bool {
	x, y := s.frame.Plan(p[0], p[1])
	return s.near(p) && s.core.Contains(orb.Point{x, y})
}

// near tells whether a place is on the site's side of the Earth: the plan folds the far
// side over.
func (s *site) near(p orb.Point) bool {
	o := &s.frame.Origin
	if math.Abs(p[0]-o.Lng)+math.Abs(p[1]-o.Lat) < 80 { // degrees: the angle between them is no larger
		return true
	}
	return s.frame.Up.Dot(earth.Place{Lng: p[0], Lat: p[1]}.Up()) > 0.1
}

// square is the whole square of plan.
func (s *site) square() orb.Bound {
	return orb.Bound{Min: s.min, Max: orb.Point{s.min[0] + s.size, s.min[1] + s.size}}
}

// denseBound is the box around the feet without its outermost 1 % on each side, enlarged
// by a third.
func denseBound(feet []orb.Point) *geo.Bound {
	if len(feet) == 0 {
		return nil
	}
	// Longitudes relative to one of the feet, so that the antimeridian is no edge.
	lng0 := feet[len(feet)/2][0]
	lngs, lats := make([]float64, len(feet)), make([]float64, len(feet))
	for i, p := range feet {
		lngs[i], lats[i] = math.Remainder(p[0]-lng0, 360), p[1]
	}
	sort.Float64s(lngs)
	sort.Float64s(lats)
	cut := len(feet) / 100
	span := func(v []float64, least float64) (lo, hi float64) {
		lo, hi = v[cut], v[len(v)-1-cut]
		pad := math.Max((hi-lo)/3, least)
		return math.Max(lo-pad, v[0]-least/4), math.Min(hi+pad, v[len(v)-1]+least/4)
	}
	const metre = 1 / 111320.0
	south, north := span(lats, 150*metre)
	cos := math.Max(math.Cos(earth.Radians((south+north)/2)), 0.05)
	west, east := span(lngs, 150*metre/cos)
	west, east = outward(west+lng0, east+lng0)
	south, north = outward(south, north)
	return &geo.Bound{West: earth.WrapLng(west), South: math.Max(south, -90), East: earth.WrapLng(east), North: math.Min(north, 90)}
}

// outward moves the ends of a range out to multiples of a power of two that is a 32nd to
// a 16th of it.
func outward(lo, hi float64) (float64, float64) {
	if !(hi > lo) {
		return lo, hi
	}
	step := math.Exp2(math.Floor(math.Log2((hi - lo) / 16)))
	return math.Floor(lo/step) * step, math.Ceil(hi/step) * step
}
