package clean

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

// Feature returns the feature with its polygons between -180 and 180 degrees, cut at the
// antimeridian where they cross it, and made sound (see Polygon), with a point every quarter
// of a degree along the antimeridian; other geometry is left alone. What was repaired is
// noted in the report (which may be nil); ok is false, and the feature skipped there, where
// nothing is left. Parts of a MultiPolygon that have nothing left, as those beyond the
// poles, are noted only.
func Feature(f geo.Feature, o Options, report *geo.Report) (clean geo.Feature, ok bool) {
	var in []orb.Polygon
	switch g := f.Geometry.(type) {
	case orb.Polygon:
		in = []orb.Polygon{g}
	case orb.MultiPolygon:
		in = g
	default:
		return f, true
	}
	var polys orb.MultiPolygon
	reason := ReasonDegenerate
	several := len(in) > 1
	drop := func(why string) {
		reason = why
		if report != nil && several {
			report.NoteOf(f.ID, "part of a multipolygon dropped: "+why)
		}
	}
	if slices.ContainsFunc(in, beyondPole) {
		in = slices.DeleteFunc(slices.Clone(in), beyondPole)
		drop(ReasonLatitude)
	}
	in, cut, wound := onMap(in, report)
	if wound > 0 {
		drop(ReasonWound)
	}
	for i, p := range in {
		sound, out := Polygon(p, o)
		polys = append(polys, sound...)
		if out.Reason != "" {
			reason = out.Reason
		}
		if report == nil || cut != nil && cut[i] {
			continue // a cut leaves slivers, and sides there and back
		}
		for _, n := range out.Notes {
			report.Note(n)
		}
		if out.Reason != "" && len(in) > 1 {
			report.Note("part of a multipolygon dropped: " + out.Reason)
		}
	}
	for i, p := range polys {
		polys[i] = seamed(p)
	}
	switch len(polys) {
	case 0:
		if report != nil {
			report.Skip(f.ID, reason)
		}
		return f, false
	case 1:
		f.Geometry = polys[0]
	default:
		f.Geometry = polys
	}
	return f, true
}

// beyondPole tells whether a polygon has a finite latitude that there is not, by more than a
// rounding.
func beyondPole(p orb.Polygon) bool {
	return slices.ContainsFunc(p, func(r orb.Ring) bool {
		return slices.ContainsFunc(r, func(q orb.Point) bool {
			return math.Abs(q[1]) > 90+1e-6 && !math.IsInf(q[1], 0)
		})
	})
}
