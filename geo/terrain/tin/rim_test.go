package tin_test

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo/terrain/tin"
)

// Along the rim, whose vertices are others than halving put there, triangles are Delaunay's:
// without, a vertex of it is joined to one far off and the thin triangles between them cut
// through the ground between the grid's nodes.
func TestDelaunayAlongTheRim(t *testing.T) {
	const n = 257
	g := tin.Grid{W: n, H: n, Z: make([]float32, n*n)}
	for j := range n {
		for i := range n {
			x, y := float64(i)/(n-1)*8, float64(j)/(n-1)*8
			g.Z[j*n+i] = float32(250*math.Exp(-((x-0.1)*(x-0.1)+(y-4)*(y-4))/1.2) + 60*math.Sin(x*1.3+2)*math.Cos(y*1.7) + 10*math.Sin(x*7)*math.Sin(y*6+1))
		}
	}
	var s tin.Mesher
	for _, bound := range []float64{0.5, 2, 8, 20} {
		m := s.Mesh(g, bound, nil)
		apex := map[[2]uint32]uint32{} // of the triangle to the left of an edge
		for k := 0; k < len(m.Tris); k += 3 {
			for i := range 3 {
				apex[[2]uint32{m.Tris[k+i], m.Tris[k+(i+1)%3]}] = m.Tris[k+(i+2)%3]
			}
		}
		rim := func(v uint32) bool { return m.X[v] == 0 || m.Y[v] == 0 || m.X[v] == n-1 || m.Y[v] == n-1 }
		edges, wrong := 0, 0
		for e, p := range apex {
			q, ok := apex[[2]uint32{e[1], e[0]}]
			if !ok || !rim(e[0]) && !rim(e[1]) {
				continue
			}
			edges++
			rel := func(v uint32) (x, y, l float64) {
				x, y = float64(m.X[v]-m.X[q]), float64(m.Y[v]-m.Y[q])
				return x, y, x*x + y*y
			}
			ax, ay, al := rel(e[0])
			bx, by, bl := rel(e[1])
			cx, cy, cl := rel(p)
			if al*(bx*cy-cx*by)-bl*(ax*cy-cx*ay)+cl*(ax*by-bx*ay) > 0 {
				wrong++
			}
		}
		if edges < 100 || wrong > 0 {
			t.Errorf("bound %v: the circles around triangles at %d of %d edges that meet the rim hold a vertex", bound, wrong, edges)
		}
	}
}
