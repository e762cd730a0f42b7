package clean

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// EvenOdd is the area that the rings cover an odd number of times, whatever their order
// and nesting, as sound polygons. It is how the rings of a multipolygon relation become
// shells and holes. Rings that are not finite or have no area are left out.
func EvenOdd(rings []orb.Ring, o Options) ([]orb.Polygon, Outcome) {
	var out Outcome
	o = o.orDegrees()
	var kept []orb.Ring
	for _, r := range rings {
		if r, reason := tidy(r, o, &out); reason == "" {
			kept = append(kept, r)
		}
	}
	if len(kept) == 0 {
		out.Reason = ReasonDegenerate
		return nil, out
	}
	polys, ok := build(newGrid(kept, o.Tolerance/4), kept, func(odd []bool) bool {
		inside := false
		for _, b := range odd {
			inside = inside != b
		}
		return inside
	})
	if !ok {
		out.Reason = ReasonTangled
		return nil, out
	}
	return finish(polys, o, out)
}

// FromSides is the area inside lines that together close, as the member ways of a
// multipolygon relation do, in any order and direction: what outer encloses by the
// even-odd rule less what inner does. Lines that don't close give an area without
// meaning: that they do is for the caller to see to.
func FromSides(outer, inner []orb.LineString, o Options) ([]orb.Polygon, Outcome) {
	var out Outcome
	o = o.orDegrees()
	var bounds []orb.Ring
	for _, l := range append(slices.Clone(outer), inner...) {
		for _, p := range l {
			if math.IsNaN(p[0]-p[0]) || math.IsNaN(p[1]-p[1]) { // also infinite
				out.Reason = ReasonNotFinite
				return nil, out
			}
		}
		if len(l) > 0 {
			bounds = append(bounds, orb.Ring(l))
		}
	}
	if len(bounds) == 0 {
		out.Reason = ReasonDegenerate
		return nil, out
	}
	g := newGrid(bounds, o.Tolerance/4)
	var segs []segment
	for label, lines := range [2][]orb.LineString{outer, inner} {
		for _, l := range lines {
			for i := 0; i+1 < len(l); i++ {
				if a, b := g.node(l[i]), g.node(l[i+1]); a != b {
					segs = append(segs, newSegment(a, b, int32(label)))
				}
			}
		}
	}
	polys, ok := assemble(g, segs, 2, func(odd []bool) bool { return odd[0] && !odd[1] })
	if !ok {
		out.Reason = ReasonTangled
		return nil, out
	}
	return finish(polys, o, out)
}

// Union is the area that at least one of the polygons covers, each by the even-odd rule
// of its rings: the footprint of surfaces that overlap or share sides.
func Union(polys []orb.Polygon, o Options) ([]orb.Polygon, Outcome) {
	var out Outcome
	o = o.orDegrees()
	var rings []orb.Ring
	var owner []int32
	for i, p := range polys {
		for _, r := range p {
			if t, reason := tidy(r, o, &out); reason == "" {
				rings, owner = append(rings, t), append(owner, int32(i))
			}
		}
	}
	if len(rings) == 0 {
		out.Reason = ReasonDegenerate
		return nil, out
	}
	g := newGrid(rings, o.Tolerance/4)
	segs := g.segments(rings)
	for i := range segs {
		segs[i].ring = owner[segs[i].ring]
	}
	found, ok := assemble(g, segs, len(polys), func(odd []bool) bool { return slices.Contains(odd, true) })
	if !ok {
		out.Reason = ReasonTangled
		return nil, out
	}
	return finish(found, o, out)
}
