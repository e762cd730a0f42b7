package tin

import "math"

// mixed asks for a split of a triangle that reaches too far for the kinds that it holds,
// at the node whose kind differs most from what its corners make of it.
func (s *Mesher) mixed(t int32) {
	m, g := &s.m, &s.grid
	var x, y, kind [3]int
	for k, v := range m.corner[3*t : 3*t+3] {
		x[k], y[k] = int(m.x[v]), int(m.y[v])
		kind[k] = int(g.Kind[y[k]*g.W+x[k]])
	}
	long := 0
	for k := range 3 {
		dx, dy := x[(k+1)%3]-x[k], y[(k+1)%3]-y[k]
		long = max(long, dx*dx+dy*dy)
	}
	if long <= g.Reach*g.Reach {
		return
	}
	double := (x[1]-x[0])*(y[2]-y[0]) - (y[1]-y[0])*(x[2]-x[0])
	same := kind[0] == kind[1] && kind[1] == kind[2]
	worst, at := 0, -1
	for j := max(min(y[0], y[1], y[2]), 1); j <= min(max(y[0], y[1], y[2]), g.H-2); j++ {
		for i := max(min(x[0], x[1], x[2]), 1); i <= min(max(x[0], x[1], x[2]), g.W-2); i++ {
			k := int(g.Kind[j*g.W+i])
			if same && k == kind[0] {
				continue
			}
			b := (i-x[0])*(y[2]-y[0]) - (j-y[0])*(x[2]-x[0])
			c := (x[1]-x[0])*(j-y[0]) - (y[1]-y[0])*(i-x[0])
			a := double - b - c
			if a < 0 || b < 0 || c < 0 || a == double || b == double || c == double {
				continue
			}
			if d := a*(kind[0]-k) + b*(kind[1]-k) + c*(kind[2]-k); max(d, -d) > worst {
				worst, at = max(d, -d), j*g.W+i
			}
		}
	}
	if at >= 0 {
		s.worst[t], s.node[t] = float32(math.Inf(1)), int32(at)
	}
}
