package cover

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/raster/harmonic"
)

// SeaAround is Sea for a rectangle that reaches beyond the data: extracts cut coastlines
// off, and led straight to a border far away their ends would drown hills or dry a bay.
// The coastline is closed within the largest rectangle between core (the data) and rect
// in which no fragment stops, or in one less the margins in which they do; around that, ground at most a metre above the sea that is
// connected to it or reaches the border is sea too, and where elevation (nil: none)
// knows nothing, what is known is carried on. Without elevation, what is known there is
// the land and the sea beside every coastline, and bays and straits that are areas.
func SeaAround(features []geo.Feature, frame earth.Frame, core, rect orb.Bound, elev geo.Elevation, seaLevel float64, report *geo.Report) orb.MultiPolygon {
	s := seaWork{in: Input{Features: features, Frame: frame, Elevation: elev, Report: report}, level: seaLevel}
	chains := s.coast()
	if len(chains) == 0 || !(rect.Max[0] > rect.Min[0] && rect.Max[1] > rect.Min[1]) {
		return nil
	}
	core = orb.Bound{
		Min: orb.Point{math.Max(core.Min[0], rect.Min[0]), math.Max(core.Min[1], rect.Min[1])},
		Max: orb.Point{math.Min(core.Max[0], rect.Max[0]), math.Min(core.Max[1], rect.Max[1])}}
	if !(core.Max[0] > core.Min[0] && core.Max[1] > core.Min[1]) {
		core = rect
	}
	grown := func(k float64) orb.Bound {
		if k == 1 {
			return rect
		}
		return orb.Bound{Min: orb.Point(mix(core.Min, rect.Min, k)), Max: orb.Point(mix(core.Max, rect.Max, k))}
	}
	closed := func(inner orb.Bound) (orb.MultiPolygon, bool) {
		try := seaWork{in: s.in, rect: inner, level: seaLevel}
		fixed, loose := try.split(chains)
		if len(loose) > 0 {
			return nil, false
		}
		sea, clean := try.close(fixed)
		return sea, clean && try.wrong(sea) <= maxFlooded
	}
	sizes := []float64{1, 0.5, 0.25, 0.12, 0.06, 0}
	for _, k := range sizes {
		if sea, ok := closed(grown(k)); ok {
			return s.beyond(sea, chains, grown(k), rect)
		}
	}
	if elev != nil {
		sizes = sizes[len(sizes)-1:]
	}
	for _, k := range sizes {
		if inner, ok := withoutEnds(chains, grown(k), core); ok {
			if sea, ok := closed(inner); ok {
				return s.beyond(sea, chains, inner, rect)
			}
		}
	}
	return s.beyond(Sea(features, frame, core, elev, seaLevel, report), chains, core, rect)
}

// maxEnds bounds the ends that withoutEnds looks at; each costs a look at all chains.
const maxEnds = 64

// withoutEnds cuts margins off a rectangle so that no open chain ends in it: for each
// end those that keep most of the coastline, of as much the narrowest. It is false where
// less than half of the core would be left, or none had to be cut.
func withoutEnds(chains []chain, r, core orb.Bound) (orb.Bound, bool) {
	cuts := 0
	for _, c := range chains {
		if c[0] == c[len(c)-1] {
			continue
		}
		for _, p := range [2][2]float64{c[0], c[len(c)-1]} {
			if !r.Contains(orb.Point(p)) {
				continue
			}
			if cuts++; cuts > maxEnds {
				return r, false
			}
			best, most := r, -1.0
			for side := range 4 {
				const past = 1 // metre
				t, axis := r, side/2
				if side%2 == 0 {
					t.Min[axis] = p[axis] + past
				} else {
					t.Max[axis] = p[axis] - past
				}
				kept := (t.Max[0] - t.Min[0]) / (r.Max[0] - r.Min[0]) * (t.Max[1] - t.Min[1]) / (r.Max[1] - r.Min[1])
				if kept > 0 {
					kept += lengthIn(chains, t)
				}
				if kept > most {
					best, most = t, kept
				}
			}
			r = best
		}
	}
	wide := math.Min(r.Max[0], core.Max[0]) - math.Max(r.Min[0], core.Min[0])
	high := math.Min(r.Max[1], core.Max[1]) - math.Max(r.Min[1], core.Min[1])
	return r, cuts > 0 && wide > 0 && high > 0 && wide*high > (core.Max[0]-core.Min[0])*(core.Max[1]-core.Min[1])/2
}

// lengthIn is about the length of chains in a rectangle: of the segments whose middles
// it holds.
func lengthIn(chains []chain, r orb.Bound) (sum float64) {
	for _, c := range chains {
		for i := 1; i < len(c); i++ {
			if r.Contains(orb.Point(mix(c[i-1], c[i], 0.5))) {
				sum += dist(c[i-1], c[i])
			}
		}
	}
	return sum
}

// beyond adds to the sea of an inner rectangle that of the ground around it.
func (s *seaWork) beyond(sea orb.MultiPolygon, chains []chain, inner, rect orb.Bound) orb.MultiPolygon {
	if inner == rect {
		return sea
	}
	l := newPlanLattice(inner, rect)
	nx, ny := l.size()
	wet, known, seed := make([]bool, nx*ny), make([]bool, nx*ny), make([]bool, nx*ny)
	for y := range ny {
		for x := range nx {
			k := y*nx + x
			p := l.centre(x, y)
			if l.inner(x, y) {
				known[k] = true
			} else if s.in.Elevation != nil {
				var h float64
				if h, known[k] = s.in.ground(p); known[k] {
					wet[k] = h <= s.level+1
				}
			}
		}
	}
	for _, p := range sea {
		l.fill(toRings(p), func(x, y int) {
			if l.inner(x, y) {
				wet[y*nx+x], seed[y*nx+x] = true, true
			}
		})
	}
	var islands []chain
	if s.in.Elevation == nil {
		islands = s.charted(l, chains, wet, known)
		l.faraway(chains, wet, known)
		s.in.Report.Note("the coastline is known for a part of the region, carried on beyond")
	}
	carryOn(wet, known, nx, ny)
	keepBodies(wet, seed, nx, ny, int(minBody/(l.cell*l.cell))+1)
	for y := range ny {
		for x := range nx {
			if l.inner(x, y) {
				wet[y*nx+x] = false
			}
		}
	}
	around := bodies(wet, nx, ny, l.place, l.onInner)
	if merged := l.withIslands(around, islands, wet); merged {
		around = bodies(wet, nx, ny, l.place, l.onInner)
		l.withIslands(around, islands, wet)
	}
	return append(sea, around...)
}

// withIslands makes islands holes of the seas that they lie in. Those that reach beyond
// one dry their cells instead: true asks for new seas.
func (l *planLattice) withIslands(seas orb.MultiPolygon, islands []chain, wet []bool) (dried bool) {
	nx, _ := l.size()
	rings, bounds := make([][][][2]float64, len(seas)), make([][]orb.Bound, len(seas))
	for i, p := range seas {
		rings[i] = toRings(p)
		for _, r := range rings[i] {
			bounds[i] = append(bounds[i], boundOf(r))
		}
	}
	var near [][][2]float64
	for _, c := range islands {
		open, found, b := c[:len(c)-1], false, boundOf(c)
		for i := range seas {
			if !bounds[i][0].Intersects(b) {
				continue
			}
			near = near[:0] // rings whose boxes are apart from it change nothing
			for j, r := range rings[i] {
				if bounds[i][j].Intersects(b) {
					near = append(near, r)
				}
			}
			if found = allWithin(open, near); found {
				seas[i] = append(seas[i], closedRing(open, false))
				rings[i], bounds[i] = append(rings[i], open), append(bounds[i], b)
				break
			}
		}
		if !found {
			l.fill([][][2]float64{open}, func(x, y int) {
				dried = dried || wet[y*nx+x]
				wet[y*nx+x] = false
			})
		}
	}
	return dried
}

func allWithin(c chain, rings [][][2]float64) bool {
	for _, p := range c {
		if !contains(rings, p) {
			return false
		}
	}
	return true
}

// minBody is the least area of a water body beyond the data that is called sea without
// being connected to the sea of the data, in square metres.
const minBody = 1e6

// carryOn decides unknown cells: as land and sea spread evenly from the rims of what is
// known (harmonic.Fill), a cell is sea where sea prevails. So a strip of land that the
// elevation's edge cuts ends in a cape, not in a dam to the horizon.
func carryOn(wet, known []bool, nx, ny int) {
	z := make([]float32, nx*ny)
	for k := range z {
		switch {
		case !known[k]:
			z[k] = float32(math.NaN())
		case wet[k]:
			z[k] = 1
		}
	}
	if harmonic.Fill(z, nx, ny) {
		for k := range z {
			wet[k] = z[k] >= 0.5
		}
	}
}
