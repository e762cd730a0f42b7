package cover

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

const (
	besideCoast = 1.5  // cells on either side of a coastline that are known by it
	maxBayLand  = 0.25 // share of known land in a bay from which its outline is not believed
)

// charted marks the cells beyond the inner rectangle that the data tells of, where there
// is no elevation: bays and straits that are areas are sea, and beside a coastline its
// sides are. Islands that lie there whole are returned, and their places are sea.
func (s *seaWork) charted(l *planLattice, chains []chain, wet, known []bool) (islands []chain) {
	nx, ny := l.size()
	land := func(x, y int) bool { k := y*nx + x; return known[k] && !wet[k] }
	for i := range s.in.Features {
		for _, rings := range s.in.bay(&s.in.Features[i]) {
			dry, all := 0, 0
			l.fill(rings, func(x, y int) {
				all++
				if land(x, y) {
					dry++
				}
			})
			if float64(dry) > maxBayLand*float64(all) {
				continue
			}
			l.fill(rings, func(x, y int) {
				if k := y*nx + x; !known[k] {
					wet[k], known[k] = true, true
				}
			})
		}
	}
	inner := orb.Bound{Min: orb.Point(l.place([2]float64{float64(l.xs.lo), float64(l.ys.lo)})), Max: orb.Point(l.place([2]float64{float64(l.xs.hi), float64(l.ys.hi)}))}
	rect := l.rect()
	near := make([]float64, nx*ny)
	for k := range near {
		near[k] = math.Inf(1)
	}
	for _, c := range chains {
		b := boundOf(c)
		island := c[0] == c[len(c)-1] && len(c) > 3 && area2(c[:len(c)-1]) > 0 &&
			!b.Intersects(inner) && rect.Contains(b.Min) && rect.Contains(b.Max)
		l.beside(c, near, func(k int, left bool) { wet[k], known[k] = !left || island, true })
		if island {
			l.fill([][][2]float64{c[:len(c)-1]}, func(x, y int) { wet[y*nx+x], known[y*nx+x] = true, true })
			islands = append(islands, c)
		}
	}
	return islands
}

// faraway decides the unknown cells along the border: from far away the coast is a
// straight line through its middle, which runs as it does on the whole. Else the side of
// which more happens to be known would take over.
func (l *planLattice) faraway(chains []chain, wet, known []bool) {
	nx, ny := l.size()
	b := l.rect()
	var middle, run [2]float64
	long := 0.0
	for _, c := range chains {
		for i := 1; i < len(c); i++ {
			if p, q, ok := clipSegment(c[i-1], c[i], b); ok {
				m, w := mix(p, q, 0.5), dist(p, q)
				middle, long = [2]float64{middle[0] + w*m[0], middle[1] + w*m[1]}, long+w
				run = [2]float64{run[0] + q[0] - p[0], run[1] + q[1] - p[1]}
			}
		}
	}
	if !(math.Hypot(run[0], run[1]) > 0.02*long) { // islands, what runs there and back, and no coast
		return
	}
	middle = [2]float64{middle[0] / long, middle[1] / long}
	for y := range ny {
		for x := range nx {
			if k := y*nx + x; !known[k] && (x == 0 || y == 0 || x == nx-1 || y == ny-1) {
				known[k], wet[k] = true, cross(middle, [2]float64{middle[0] + run[0], middle[1] + run[1]}, l.centre(x, y)) < 0
			}
		}
	}
}

// bay is the polygons of a feature that is a bay or a strait, in plan metres.
func (in *Input) bay(f *geo.Feature) (out [][][][2]float64) {
	if v := f.Tags["natural"]; v != "bay" && v != "strait" {
		return nil
	}
	for _, poly := range geo.Polygons(f.Geometry) {
		var rings [][][2]float64
		for _, r := range poly {
			p, ok := in.planLine(r)
			if !ok || len(p) < 4 {
				rings = nil
				break
			}
			rings = append(rings, p[:len(p)-1])
		}
		if rings != nil {
			out = append(out, rings)
		}
	}
	return out
}

// beside calls f with the cells near a chain and on which side of it they lie, where it is
// nearer than all that was near before. Of two parts of it that are as near, the one seen
// more squarely tells the side.
func (l *planLattice) beside(c chain, near []float64, f func(k int, left bool)) {
	nx, _ := l.size()
	reach := besideCoast * l.cell
	square := map[int]float64{}
	for i := 1; i < len(c); i++ {
		a, b := c[i-1], c[i]
		x0, y0, x1, y1 := l.cells(boundOf(c[i-1 : i+1]).Pad(reach))
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				k, p := y*nx+x, l.centre(x, y)
				d, q := segmentDistance(a, b, p)
				side := cross(a, b, p) / math.Max(dist(a, b)*dist(q, p), 1e-9)
				if d > reach || d > near[k]+1e-9 || d > near[k]-1e-9 && math.Abs(side) <= square[k] {
					continue
				}
				near[k], square[k] = d, math.Abs(side)
				f(k, side >= 0)
			}
		}
	}
}

// fill calls f with the cells whose middles lie inside rings, by the even-odd rule.
func (l *planLattice) fill(rings [][][2]float64, f func(x, y int)) {
	_, ny := l.size()
	var at []float64
	for y := range ny {
		v := l.centre(0, y)[1]
		at = at[:0]
		for _, r := range rings {
			for i, a := range r {
				if b := r[(i+1)%len(r)]; (a[1] > v) != (b[1] > v) {
					at = append(at, a[0]+(b[0]-a[0])*(v-a[1])/(b[1]-a[1]))
				}
			}
		}
		slices.Sort(at)
		for i := 0; i+1 < len(at); i += 2 {
			x0, x1 := l.xs.centres(at[i], at[i+1])
			for x := x0; x < x1; x++ {
				f(x, y)
			}
		}
	}
}

func boundOf(c chain) orb.Bound {
	b := orb.Bound{Min: c[0], Max: c[0]}
	for _, p := range c[1:] {
		b = b.Extend(p)
	}
	return b
}
