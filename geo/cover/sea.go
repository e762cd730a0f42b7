package cover

import (
	"math"
	"sort"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Sea closes the sea from natural=coastline fragments within a rectangle of plan
// metres. OSM draws coastlines with land on the left and water on the right, so the
// ring that follows a fragment and then the rectangle's border clockwise to the next
// fragment encloses water.
//
// Fragments are joined at shared ends and clipped to the rectangle. An end that stops
// inside (an extract cut along a border of states) is first joined to a beginning
// close by, then led straight to the border; of the ways to do so the one that floods
// the least known ground above sea level and leaves the least ground below it dry is
// taken, the shortest where no elevation is known. A closing that would still put more
// than 5 % of its area over ground 10 m above the sea is rejected and reported; where the
// coastline runs from border to border, as much of it may as coarse elevation smears of
// cliffs and houses over the water below them. With
// coastline outside the rectangle only, the side of the nearest one decides between all
// and nothing. No coastline at all gives nil: see SeaFromElevation.
//
// seaLevel is metres above the ellipsoid. Rings are closed, outer counter-clockwise.
func Sea(features []geo.Feature, frame earth.Frame, rect orb.Bound, elev geo.Elevation, seaLevel float64, report *geo.Report) orb.MultiPolygon {
	s := seaWork{in: Input{Features: features, Frame: frame, Elevation: elev, Report: report}, rect: rect, level: seaLevel}
	chains := s.coast()
	if len(chains) == 0 || !(rect.Max[0] > rect.Min[0] && rect.Max[1] > rect.Min[1]) {
		return nil
	}
	fixed, loose := s.split(chains)
	if len(loose) == 0 {
		sea, clean := s.close(fixed)
		if !clean {
			report.Note("coastline fragments run in conflicting directions")
		}
		if s.wrong(sea) > maxFlooded && !(clean && s.smeared(sea)) {
			report.Skip("coastline", "closing the coastline would flood high ground")
			return nil
		}
		return sea
	}
	sea, score := s.bestClosing(fixed, loose)
	report.Note("coastline that stops inside the area led to its border")
	if score > maxFlooded {
		report.Skip("coastline", "closing the coastline would flood high ground")
		return nil
	}
	return sea
}

const (
	maxFlooded = 0.05 // share of the sea that may lie on high ground
	maxSmeared = 0.15 // where no end of a coastline is loose
	leastApart = 4.0  // times that share, on land
	highGround = 10   // metres above the sea that no tide and no elevation noise explains
)

type chain = [][2]float64

type seaWork struct {
	in    Input
	rect  orb.Bound
	level float64
	grid  []sample // lazily, ground over the rectangle
	asked bool
}

// split clips chains to the rectangle: fixed are closed rings inside and pieces from
// border to border, loose are pieces with an end inside.
func (s *seaWork) split(chains []chain) (fixed, loose []chain) {
	for _, c := range chains {
		closed := c[0] == c[len(c)-1]
		pieces, whole := clipChain(c, s.rect)
		if whole {
			if closed {
				fixed = append(fixed, c)
			} else {
				loose = append(loose, c)
			}
			continue
		}
		if n := len(pieces); closed && n > 1 && pieces[0][0] == c[0] && pieces[n-1][len(pieces[n-1])-1] == c[0] {
			// The ring begins inside: its last piece runs on in its first.
			pieces[0] = append(pieces[n-1], pieces[0][1:]...)
			pieces = pieces[:n-1]
		}
		for _, p := range pieces {
			if onBorder(p[0], s.rect) && onBorder(p[len(p)-1], s.rect) {
				fixed = append(fixed, p)
			} else {
				loose = append(loose, p)
			}
		}
	}
	// With no coast inside, those outside still tell the side.
	if len(fixed)+len(loose) == 0 {
		fixed = s.aside(chains)
	}
	return fixed, loose
}

// aside is a border ring round the whole rectangle, clockwise, where the nearest coast
// says that it is sea.
func (s *seaWork) aside(chains []chain) []chain {
	c := s.rect.Center()
	best, side := math.Inf(1), 0.0
	for _, ch := range chains {
		for i := 1; i < len(ch); i++ {
			d, q := segmentDistance(ch[i-1], ch[i], c)
			// At a corner the nearer of the two sides is the one seen more squarely.
			sd := cross(ch[i-1], ch[i], c) / (dist(ch[i-1], ch[i]) * math.Max(dist(q, c), 1e-9))
			if d < best-1e-9 || d < best+1e-9 && math.Abs(sd) > math.Abs(side) {
				best, side = d, sd
			}
		}
	}
	if side >= 0 { // land on the left
		return nil
	}
	b := s.rect
	return []chain{{b.Min, {b.Min[0], b.Max[1]}, b.Max, {b.Max[0], b.Min[1]}, b.Min}}
}

func segmentDistance(a, b [2]float64, p [2]float64) (float64, [2]float64) {
	d := [2]float64{b[0] - a[0], b[1] - a[1]}
	t := ((p[0]-a[0])*d[0] + (p[1]-a[1])*d[1]) / math.Max(d[0]*d[0]+d[1]*d[1], 1e-12)
	q := mix(a, b, math.Max(0, math.Min(1, t)))
	return dist(q, p), q
}

// close makes the sea of pieces from border to border and closed rings. clean is false
// where beginnings and ends do not alternate along the border.
func (s *seaWork) close(pieces []chain) (sea orb.MultiPolygon, clean bool) {
	clean = true
	var lakes, islands [][][2]float64 // open rings: water inside, land inside
	type event struct {
		at    float64
		piece int
		start bool
	}
	var events []event
	for i, p := range pieces {
		if p[0] == p[len(p)-1] {
			r := p[:len(p)-1]
			if area2(r) > 0 {
				islands = append(islands, r)
			} else {
				lakes = append(lakes, r)
			}
			continue
		}
		events = append(events, event{alongBorder(p[0], s.rect), i, true}, event{alongBorder(p[len(p)-1], s.rect), i, false})
	}
	sort.SliceStable(events, func(i, j int) bool { return events[i].at < events[j].at })
	for i, e := range events {
		clean = clean && e.start != events[(i+1)%len(events)].start
	}
	done := map[int]bool{}
	for _, first := range events {
		if !first.start || done[first.piece] {
			continue
		}
		var ring [][2]float64
		for p := first.piece; !done[p]; {
			done[p] = true
			ring = append(ring, pieces[p]...)
			end := alongBorder(pieces[p][len(pieces[p])-1], s.rect)
			// The next beginning clockwise, this ring's own first included.
			next, gap := first.piece, math.Inf(1)
			for _, e := range events {
				if e.start && (!done[e.piece] || e.piece == first.piece) {
					d := e.at - end
					if d < 0 {
						d += 4
					}
					if d < gap {
						next, gap = e.piece, d
					}
				}
			}
			ring = append(ring, corners(end, gap, s.rect)...)
			p = next
		}
		lakes = append(lakes, ring)
	}
	if len(lakes) == 0 && len(islands) > 0 {
		b := s.rect
		lakes = append(lakes, [][2]float64{b.Min, {b.Min[0], b.Max[1]}, b.Max, {b.Max[0], b.Min[1]}})
	}
	// The smallest water around an island is the one that it stands in.
	sort.SliceStable(lakes, func(i, j int) bool { return math.Abs(area2(lakes[i])) < math.Abs(area2(lakes[j])) })
	holes := make([][]orb.Ring, len(lakes))
	for _, isl := range islands {
		for i, l := range lakes {
			if contains([][][2]float64{l}, isl[0]) {
				holes[i] = append(holes[i], closedRing(isl, false))
				break
			}
		}
	}
	for i, l := range lakes {
		if math.Abs(area2(l)) < 2 {
			continue
		}
		sea = append(sea, append(orb.Polygon{closedRing(l, true)}, holes[i]...))
	}
	return sea, clean
}

// closedRing closes an open ring and turns it counter-clockwise or clockwise.
func closedRing(r [][2]float64, ccw bool) orb.Ring {
	out := make(orb.Ring, 0, len(r)+1)
	flip := (area2(r) > 0) != ccw
	for i := range r {
		k := i
		if flip {
			k = len(r) - 1 - i
		}
		if n := len(out); n == 0 || out[n-1] != orb.Point(r[k]) {
			out = append(out, r[k])
		}
	}
	return append(out, out[0])
}
