package clean

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Options are tolerances in the unit of the coordinates. The zero value is Degrees.
type Options struct {
	Tolerance float64 // points nearer than this are one; points this near a side are on it
	MinArea   float64 // smaller results are dropped
	longest   float64 // side, from west to east, that dropped points may leave; 0 for any
}

// Degrees suits longitude and latitude: about 1 mm, and 1 cm². Points that tell which way
// round the Earth a side goes stay.
var Degrees = Options{Tolerance: 1e-8, MinArea: 1e-14, longest: 180}

// Plan suits metres: 1 mm, and 1 cm².
var Plan = Options{Tolerance: 1e-3, MinArea: 1e-4}

// What Outcome says. Reasons are why nothing is left, notes what was changed.
const (
	ReasonNotFinite  = "coordinate is not a finite number"
	ReasonDegenerate = "ring without area"
	ReasonSliver     = "area too small"
	ReasonTangled    = "ring crosses itself beyond repair"
	ReasonWound      = "ring wound round the Earth further than 720°: metres taken for degrees, or longitudes that jump too often"
	ReasonLatitude   = "latitude beyond ±90°: metres taken for degrees, or longitude and latitude swapped"

	NoteClosed     = "ring closed"
	NoteCrossing   = "self-crossing ring repaired"
	NoteHole       = "hole outside its shell dropped"
	NoteSliver     = "sliver dropped"
	NoteDegenerate = "hole without area dropped"
	NoteOrder      = "rings reordered: the first was not the shell"
)

// Outcome is what became of a polygon.
type Outcome struct {
	Reason string   // why nothing is left; empty if something is
	Notes  []string // what was repaired, in a fixed order without repeats
}

func (o *Outcome) note(s string) {
	if !slices.Contains(o.Notes, s) {
		o.Notes = append(o.Notes, s)
	}
}

// Polygon makes a polygon sound: rings closed, free of repeated and collinear points,
// simple, the outer one counter-clockwise, holes clockwise and inside it. What crosses
// itself is split at the crossings: inside is what lies in the shell and in no hole, each
// by the even-odd rule, so one polygon may become several. A hole whose box reaches beyond
// the shell's on all sides is taken for the shell. A polygon that needs no such
// repair keeps its coordinates; one that does is snapped to a lattice finer than a quarter
// of the tolerance, on which its rings are simple exactly. (A polygon larger than 2^29
// steps, about one degree or 130 km, gets a coarser lattice in proportion.)
func Polygon(p orb.Polygon, o Options) ([]orb.Polygon, Outcome) {
	var out Outcome
	o = o.orDegrees()
	rings, reason := tidyRings(p, o, &out)
	if reason != "" {
		out.Reason = reason
		return nil, out
	}
	g := newGrid(rings, o.Tolerance/4)
	polys, ok := sound(g, rings, &out)
	if !ok {
		out.note(NoteCrossing)
		polys, ok = build(g, rings, func(odd []bool) bool { return odd[0] && !slices.Contains(odd[1:], true) })
		if !ok {
			out.Reason = ReasonTangled
			return nil, out
		}
	}
	return finish(polys, o, out)
}

func (o Options) orDegrees() Options {
	if o.Tolerance <= 0 {
		return Degrees
	}
	return o
}

// tidyRings tidies the shell and the holes; holes without area go.
func tidyRings(p orb.Polygon, o Options, out *Outcome) (rings []orb.Ring, reason string) {
	for i, r := range p {
		t, reason := tidy(r, o, out)
		switch {
		case reason == ReasonNotFinite, reason != "" && i == 0:
			return nil, reason
		case reason != "":
			out.note(NoteDegenerate)
		default:
			rings = append(rings, t)
		}
	}
	if len(rings) == 0 {
		return nil, ReasonDegenerate
	}
	for i := 1; i < len(rings); i++ {
		if surrounds(rings[i].Bound(), rings[0].Bound()) {
			rings[0], rings[i] = rings[i], rings[0]
			out.note(NoteOrder)
		}
	}
	return rings, ""
}

// surrounds tells whether box a reaches beyond b on all four sides: a hole like that is
// the shell of a polygon whose rings are out of order.
func surrounds(a, b orb.Bound) bool {
	return a.Min[0] < b.Min[0] && a.Min[1] < b.Min[1] && a.Max[0] > b.Max[0] && a.Max[1] > b.Max[1]
}

// tidy closes a ring and drops repeated points, spikes and points on a straight side.
func tidy(r orb.Ring, o Options, out *Outcome) (orb.Ring, string) {
	pts := make([]orb.Point, 0, len(r)+1)
	for _, p := range r {
		if math.IsNaN(p[0]) || math.IsNaN(p[1]) || math.IsInf(p[0], 0) || math.IsInf(p[1], 0) {
			return nil, ReasonNotFinite
		}
		if n := len(pts); n == 0 || distance(pts[n-1], p) > o.Tolerance {
			pts = append(pts, p)
		}
	}
	if len(r) > 2 && r[0] != r[len(r)-1] {
		out.note(NoteClosed)
	}
	for len(pts) > 1 && distance(pts[0], pts[len(pts)-1]) <= o.Tolerance {
		pts = pts[:len(pts)-1]
	}
	for removed := true; removed && len(pts) >= 3; {
		removed = false
		kept := pts[:1] // in place; the first point is judged last, when its neighbours are known
		for i := 1; i < len(pts); i++ {
			a, b, c := kept[len(kept)-1], pts[i], pts[(i+1)%len(pts)]
			if o.straight(a, b, c) {
				removed = true
				continue
			}
			kept = append(kept, b)
		}
		if n := len(kept); n >= 3 && o.straight(kept[n-1], kept[0], kept[1]) {
			kept, removed = kept[1:], true
		}
		pts = kept
	}
	if len(pts) < 3 {
		return nil, ReasonDegenerate
	}
	return orb.Ring(append(pts, pts[0])), ""
}

// straight tells whether b adds nothing between a and c: it lies on the side between
// them, or at the tip of a spike.
func (o *Options) straight(a, b, c orb.Point) bool {
	if o.longest > 0 && math.Abs(c[0]-a[0]) > o.longest {
		return false
	}
	tol := o.Tolerance / 4
	abx, aby, bcx, bcy := b[0]-a[0], b[1]-a[1], c[0]-b[0], c[1]-b[1]
	l, m := math.Sqrt(float64(abx*abx)+float64(aby*aby)), math.Sqrt(float64(bcx*bcx)+float64(bcy*bcy))
	if l <= tol || m <= tol {
		return true
	}
	// The height of b over the longer of the two sides that meet in it bounds what is
	// lost, for a side and for a spike.
	return math.Abs(abx*bcy-aby*bcx) <= tol*max(l, m) && (abx*bcx+aby*bcy > 0 || math.Abs(abx*bcy-aby*bcx) <= 1e-3*tol*max(l, m))
}

func distance(a, b orb.Point) float64 {
	dx, dy := a[0]-b[0], a[1]-b[1]
	return math.Sqrt(float64(dx*dx) + float64(dy*dy))
}

// finish drops slivers and decides the outcome.
func finish(polys []orb.Polygon, o Options, out Outcome) ([]orb.Polygon, Outcome) {
	kept := polys[:0]
	for _, p := range polys {
		area := math.Abs(planar.Area(p))
		if area < o.MinArea || area < o.Tolerance*planar.Length(p)/4 {
			out.note(NoteSliver)
			continue
		}
		kept = append(kept, p)
	}
	if len(kept) == 0 {
		out.Reason = ReasonSliver
		if len(polys) == 0 {
			out.Reason = ReasonDegenerate
		}
		return nil, out
	}
	return kept, out
}
