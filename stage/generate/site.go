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

// locate finds the region of the features. Stray members of relations and long ways
// often lie far outside an extract, so the region is that of the middle 98 % of the feet,
// enlarged by a third; a bbox overrides it. Without features the ground decides.
func locate(features []geo.Feature, bbox *geo.Bound, ground geo.Bound, margin float64) (*site, error) {
	b := bbox
	if b == nil {
		b = denseBound(features)
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

// inside tells whether a feature's foot lies in the core.
func (s *site) inside(f *geo.Feature) bool {
	p, ok := foot(f)
	if !ok {
		return false
	}
	x, y := s.frame.Plan(p[0], p[1])
	return s.frame.Up.Dot(earth.Place{Lng: p[0], Lat: p[1]}.Up()) > 0 && s.core.Contains(orb.Point{x, y})
}

// square is the whole square of plan.
func (s *site) square() orb.Bound {
	return orb.Bound{Min: s.min, Max: orb.Point{s.min[0] + s.size, s.min[1] + s.size}}
}

// foot is the middle of a feature's box.
func foot(f *geo.Feature) (orb.Point, bool) {
	if f.Geometry == nil {
		return orb.Point{}, false
	}
	if p, ok := f.Geometry.(orb.Point); ok {
		return p, true
	}
	b := f.Geometry.Bound()
	return b.Center(), !b.IsEmpty()
}

// denseBound is the box around the feet of the buildings (of all features where there
// are few buildings) without its outermost 1 % on each side, enlarged by a third.
func denseBound(features []geo.Feature) *geo.Bound {
	var feet []orb.Point
	for _, buildings := range []bool{true, false} {
		feet = feet[:0]
		for i := range features {
			f := &features[i]
			solid := f.Surfaces != nil || f.Tags["building"] != "" || f.Tags["building:part"] != "" || f.Tags["height"] != ""
			if buildings && !solid {
				continue
			}
			if p, ok := foot(f); ok {
				feet = append(feet, p)
			}
		}
		if len(feet) >= 20 {
			break
		}
	}
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
	return &geo.Bound{West: earth.WrapLng(lng0 + west), South: math.Max(south, -90), East: earth.WrapLng(lng0 + east), North: math.Min(north, 90)}
}
