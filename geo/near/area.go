package near

import (
	"math"

	"github.com/paulmach/orb"
)

// area is a polygon as the edges that matter to places within a bound. Edges keep their
// own ends, so that the answer for a place does not depend on the bound.
type area struct {
	tag      int
	box      orb.Bound // within the bound
	lo, step float64
	rows     [][][2]Point
}

func newArea(tag int, rings [][]Point, bound orb.Bound) area {
	a := area{tag: tag, box: orb.Bound{Min: Point{math.Inf(1), math.Inf(1)}, Max: Point{math.Inf(-1), math.Inf(-1)}}}
	var edges [][2]Point
	for _, r := range rings {
		for i, p := range r {
			a.box = a.box.Extend(p)
			q := r[(i+1)%len(r)]
			// The even-odd rule looks along +x: edges left of the bound never count.
			if math.Max(p[1], q[1]) >= bound.Min[1] && math.Min(p[1], q[1]) <= bound.Max[1] && math.Max(p[0], q[0]) >= bound.Min[0] {
				edges = append(edges, [2]Point{p, q})
			}
		}
	}
	for k := range 2 {
		a.box.Min[k], a.box.Max[k] = math.Max(a.box.Min[k], bound.Min[k]), math.Min(a.box.Max[k], bound.Max[k])
	}
	if a.empty() || len(edges) == 0 {
		a.box.Max = Point{math.Inf(-1), math.Inf(-1)}
		return a
	}
	n := max(1, min(len(edges)/4, 1024))
	a.lo, a.step = a.box.Min[1], math.Max((a.box.Max[1]-a.box.Min[1])/float64(n), 1e-9)
	a.rows = make([][][2]Point, n)
	for _, e := range edges {
		for k := a.row(math.Min(e[0][1], e[1][1])); k <= a.row(math.Max(e[0][1], e[1][1])); k++ {
			a.rows[k] = append(a.rows[k], e)
		}
	}
	return a
}

func (a *area) empty() bool { return !(a.box.Min[0] <= a.box.Max[0] && a.box.Min[1] <= a.box.Max[1]) }

func (a *area) row(y float64) int {
	return int(math.Max(0, math.Min(float64(len(a.rows)-1), (y-a.lo)/a.step)))
}

// contains is the even-odd rule over the edges of the place's row.
func (a *area) contains(p Point) bool {
	if !a.box.Contains(p) {
		return false
	}
	in := false
	for _, e := range a.rows[a.row(p[1])] {
		u, v := e[0], e[1]
		if (u[1] > p[1]) != (v[1] > p[1]) && p[0] < (v[0]-u[0])*(p[1]-u[1])/(v[1]-u[1])+u[0] {
			in = !in
		}
	}
	return in
}
