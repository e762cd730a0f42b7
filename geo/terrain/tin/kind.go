package tin

import "math"

// mixed asks for a split of a triangle that reaches too far for the kinds that it holds,
// at the node whose kind differs most from what its corners make of it.
func (s *Mesher) mixed(t int32) {
	m, g, parts := &s.m, &s.grid, int(s.parts)
	var x, y, kind [3]int
	for k, v := range m.corner[3*t : 3*t+3] {
		x[k], y[k] = int(m.x[v]), int(m.y[v])
		kind[k] = int(g.Kind[s.nodeOf(v)])
	}
	long := 0
	for k := range 3 {
		dx, dy := x[(k+1)%3]-x[k], y[(k+1)%3]-y[k]
		long = max(long, dx*dx+dy*dy)
	}
	if long <= g.Reach*g.Reach*parts*parts {
		return
	}
	double := (x[1]-x[0])*(y[2]-y[0]) - (y[1]-y[0])*(x[2]-x[0])
	same := kind[0] == kind[1] && kind[1] == kind[2]
	worst, at := 0, -1
	for row := max(min(y[0], y[1], y[2])/parts, 1); row <= min(max(y[0], y[1], y[2])/parts, g.H-2); row++ {
		for column := max(min(x[0], x[1], x[2])/parts, 1); column <= min(max(x[0], x[1], x[2])/parts, g.W-2); column++ {
			k := int(g.Kind[row*g.W+column])
			if same && k == kind[0] || parts > 1 && s.state[row*g.W+column] != 0 {
				continue
			}
			i, j := column*parts, row*parts
			b := (i-x[0])*(y[2]-y[0]) - (j-y[0])*(x[2]-x[0])
			c := (x[1]-x[0])*(j-y[0]) - (y[1]-y[0])*(i-x[0])
			a := double - b - c
			if a < 0 || b < 0 || c < 0 || a == double || b == double || c == double {
				continue
			}
			if d := a*(kind[0]-k) + b*(kind[1]-k) + c*(kind[2]-k); max(d, -d) > worst {
				worst, at = max(d, -d), row*g.W+column
			}
		}
	}
	if at >= 0 {
		s.worst[t], s.node[t] = float32(math.Inf(1)), int32(at)
	}
}
