package terrain

import (
	"math"

	"github.com/paulmach/orb"
)

// quays adds to steps those from the shores of flat surfaces to their beds: a wall stands
// where the surface ends, not where the nodes beside it happen to be.
func (l *lattice) quays(flats []Flat, kind []uint8, steps []step) []step {
	var edges [][2]orb.Point
	box := orb.Bound{Min: l.at(0, 0), Max: l.at(l.w-1, l.h-1)}.Pad(2 * l.step)
	for i := range flats {
		if !flats[i].Polygon.Bound().Intersects(box) {
			continue
		}
		for _, r := range flats[i].Polygon {
			for k := range r {
				if e := [2]orb.Point{r[k], r[(k+1)%len(r)]}; (orb.Bound{Min: e[0], Max: e[0]}).Extend(e[1]).Intersects(box) {
					edges = append(edges, e)
				}
			}
		}
	}
	if len(edges) == 0 {
		return steps
	}
	if steps == nil {
		steps = make([]step, l.w*l.h)
	}
	for j := 1; j < l.h-1; j++ {
		for i := 1; i < l.w-1; i++ {
			at := j*l.w + i
			in := kind[at] == bed
			if (kind[at-1] == bed) == in && (kind[at+1] == bed) == in && (kind[at-l.w] == bed) == in && (kind[at+l.w] == bed) == in {
				continue
			}
			n, best := l.at(i, j), math.Inf(1)
			for _, e := range edges {
				if max(e[0][0], e[1][0]) > n[0]-l.step && min(e[0][0], e[1][0]) < n[0]+l.step && max(e[0][1], e[1][1]) > n[1]-l.step && min(e[0][1], e[1][1]) < n[1]+l.step {
					best = min(best, squaredTo(e[0], e[1], n))
				}
			}
			d := float32(max(math.Sqrt(best), 1e-3))
			switch {
			case math.IsInf(best, 1):
			case in:
				steps[at] = step{up: d}
			default:
				steps[at].down = d
			}
		}
	}
	return steps
}
