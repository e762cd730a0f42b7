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
// in which no fragment stops, or in the core less the margins in which they do; around that, ground at most a metre above the sea that is
// connected to it or reaches the border is sea too, and where elevation (nil: none)
// knows nothing, what is known is carried on.
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
	for _, k := range []float64{1, 0.5, 0.25, 0.12, 0.06, 0} {
		inner := orb.Bound{Min: orb.Point(mix(core.Min, rect.Min, k)), Max: orb.Point(mix(core.Max, rect.Max, k))}
		if k == 1 {
			inner = rect
		}
		try := seaWork{in: s.in, rect: inner, level: seaLevel}
		fixed, loose := try.split(chains)
		if len(loose) > 0 {
			continue
		}
		sea, clean := try.close(fixed)
		if !clean || try.wrong(sea) > maxFlooded {
			continue
		}
		if k == 1 {
			return sea
		}
		return s.beyond(sea, inner, rect)
	}
	if elev != nil {
		if inner, ok := withoutEnds(chains, core); ok {
			try := seaWork{in: s.in, rect: inner, level: seaLevel}
			fixed, loose := try.split(chains)
			if sea, clean := try.close(fixed); len(loose) == 0 && clean && try.wrong(sea) <= maxFlooded {
				return s.beyond(sea, inner, rect)
			}
		}
	}
	return s.beyond(Sea(features, frame, core, elev, seaLevel, report), core, rect)
}

// withoutEnds cuts margins off a rectangle, the narrowest, so that no open chain ends in
// it; false where less than half of it would be left, or none had to be cut.
func withoutEnds(chains []chain, r orb.Bound) (orb.Bound, bool) {
	all, cut := r, false
	for _, c := range chains {
		if c[0] == c[len(c)-1] {
			continue
		}
		for _, p := range [2][2]float64{c[0], c[len(c)-1]} {
			if !r.Contains(orb.Point(p)) {
				continue
			}
			cut = true
			west, south, east, north := p[0]-r.Min[0], p[1]-r.Min[1], r.Max[0]-p[0], r.Max[1]-p[1]
			const past = 1 // metre
			switch wide, high := r.Max[0]-r.Min[0], r.Max[1]-r.Min[1]; min(west/wide, east/wide, south/high, north/high) {
			case west / wide:
				r.Min[0] = p[0] + past
			case east / wide:
				r.Max[0] = p[0] - past
			case south / high:
				r.Min[1] = p[1] + past
			default:
				r.Max[1] = p[1] - past
			}
		}
	}
	wide, high := r.Max[0]-r.Min[0], r.Max[1]-r.Min[1]
	return r, cut && wide > 0 && high > 0 && wide*high > (all.Max[0]-all.Min[0])*(all.Max[1]-all.Min[1])/2
}

// beyond adds to the sea of an inner rectangle that of the ground around it.
func (s *seaWork) beyond(sea orb.MultiPolygon, inner, rect orb.Bound) orb.MultiPolygon {
	if inner == rect {
		return sea
	}
	cell := math.Max(math.Max(rect.Max[0]-rect.Min[0], rect.Max[1]-rect.Min[1])/512, 10)
	xs := latticeLines(rect.Min[0], inner.Min[0], inner.Max[0], rect.Max[0], cell)
	ys := latticeLines(rect.Min[1], inner.Min[1], inner.Max[1], rect.Max[1], cell)
	nx, ny := len(xs.at)-1, len(ys.at)-1
	polys := make([][][][2]float64, len(sea))
	for i, p := range sea {
		polys[i] = toRings(p)
	}
	wet, known, seed := make([]bool, nx*ny), make([]bool, nx*ny), make([]bool, nx*ny)
	for y := range ny {
		for x := range nx {
			k := y*nx + x
			p := [2]float64{(xs.at[x] + xs.at[x+1]) / 2, (ys.at[y] + ys.at[y+1]) / 2}
			if xs.inner(x) && ys.inner(y) {
				known[k] = true
				for _, rings := range polys {
					wet[k] = wet[k] || contains(rings, p)
				}
				seed[k] = wet[k]
			} else if s.in.Elevation != nil {
				var h float64
				if h, known[k] = s.in.ground(p); known[k] {
					wet[k] = h <= s.level+1
				}
			}
		}
	}
	carryOn(wet, known, nx, ny)
	keepBodies(wet, seed, nx, ny, int(minBody/(cell*cell))+1)
	for y := range ny {
		for x := range nx {
			if xs.inner(x) && ys.inner(y) {
				wet[y*nx+x] = false
			}
		}
	}
	place := func(c [2]float64) [2]float64 { return [2]float64{xs.place(c[0]), ys.place(c[1])} }
	return append(sea, bodies(wet, nx, ny, place, func(c [2]float64) bool {
		return xs.onInner(c[0]) && ys.between(c[1]) || ys.onInner(c[1]) && xs.between(c[0])
	})...)
}

// minBody is the least area of a water body beyond the data that is called sea without
// being connected to the sea of the data, in square metres.
const minBody = 1e6

// lattice is the lines of a grid on one axis; those of the inner rectangle's sides are
// among them.
type lattice struct {
	at     []float64
	lo, hi int // numbers of the lines along the inner rectangle
}

func latticeLines(from, lo, hi, to, cell float64) lattice {
	l := lattice{at: []float64{from}}
	add := func(to float64) {
		a := l.at[len(l.at)-1]
		n := int(math.Ceil((to - a) / cell))
		for i := 1; i < n; i++ {
			l.at = append(l.at, a+(to-a)*float64(i)/float64(n))
		}
		if n > 0 {
			l.at = append(l.at, to)
		}
	}
	add(lo)
	l.lo = len(l.at) - 1
	add(hi)
	l.hi = len(l.at) - 1
	add(to)
	return l
}

func (l *lattice) inner(cell int) bool    { return cell >= l.lo && cell < l.hi }
func (l *lattice) onInner(v float64) bool { return v == float64(l.lo) || v == float64(l.hi) }
func (l *lattice) between(v float64) bool { return v >= float64(l.lo) && v <= float64(l.hi) }
func (l *lattice) place(v float64) float64 {
	i := min(int(v), len(l.at)-2)
	return l.at[i] + (l.at[i+1]-l.at[i])*(v-float64(i))
}

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
