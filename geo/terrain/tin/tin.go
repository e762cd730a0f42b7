package tin

import (
	"math"
	"slices"
)

// Grid is heights at the nodes of a lattice, W columns by H rows of at least two, row by
// row from the south (or from the north: then triangles turn clockwise on the map).
type Grid struct {
	W, H int
	Z    []float32
	// Kind, where not nil, are classes that vertices carry, small numbers. A triangle whose
	// longest side exceeds Reach cells is split while it holds a node of another class than
	// its corners.
	Kind  []uint8
	Reach int
}

// Mesher holds the memory of a triangulation for the next one. The zero value is ready;
// it serves one goroutine.
type Mesher struct {
	m     mesh
	grid  Grid
	worst []float32 // by triangle: the deviation of its worst node
	node  []int32   // and which that is
	list  []int32
	max   float64

	z       []float64 // of the vertices
	inverse []float64 // 1/n; 0 of 0
}

// Mesh is a triangulation. Its slices belong to the Mesher until its next call.
type Mesh struct {
	X, Y  []int32 // grid position of each vertex
	Tris  []uint32
	Error float64 // the largest vertical distance of a node from the mesh
}

// MaxSide is the largest W and H: the predicates are exact in 64 bits up to there.
const MaxSide = 1 << 14

// Mesh triangulates the grid so that no node is further than bound from its triangles.
// rim, where not nil, are the nodes kept on the south, east, north and west side, each in
// the direction of growing columns or rows, with both corners; nil simplifies the sides
// with Edge.
func (s *Mesher) Mesh(g Grid, bound float64, rim *[4][]int) Mesh {
	s.grid, s.max = g, 0
	m := &s.m
	m.reset()
	s.worst, s.node = s.worst[:0], s.node[:0]
	s.z = s.z[:0]
	for n := len(s.inverse); n < g.H; n++ {
		s.inverse = append(s.inverse, 1/float64(max(n, 1)))
	}
	w, h := int32(g.W-1), int32(g.H-1)
	a, b, c, d := m.vertex(0, 0), m.vertex(w, 0), m.vertex(w, h), m.vertex(0, h)
	t := m.triangle(0, a, b, c, none, none, none)
	m.triangle(1, a, c, d, t+2, none, none)
	s.rim(bound, rim)
	s.seed(bound)
	s.refine(bound)
	return Mesh{X: m.x, Y: m.y, Tris: m.corner, Error: s.max}
}

// rim inserts the vertices of the four sides.
func (s *Mesher) rim(bound float64, rim *[4][]int) {
	g := &s.grid
	sides := [4]struct{ n, start, step int }{
		{g.W, 0, 1}, {g.H, g.W - 1, g.W}, {g.W, (g.H - 1) * g.W, 1}, {g.H, 0, g.W}}
	at := int32(0)
	for k, side := range sides {
		z := func(i int) float64 { return float64(g.Z[side.start+i*side.step]) }
		var kept []int
		if rim != nil {
			kept = rim[k]
		} else {
			Edge(side.n, z, bound, func(i int) { kept = append(kept, i) })
		}
		for j := 0; j+1 < len(kept); j++ {
			from, to := kept[j], kept[j+1]
			slope := (z(to) - z(from)) / float64(to-from)
			for i := from + 1; i < to; i++ {
				s.max = max(s.max, math.Abs(z(i)-z(from)-float64(slope*float64(i-from))))
			}
			if j == 0 {
				continue
			}
			i := side.start + from*side.step
			x, y := int32(i%g.W), int32(i/g.W)
			at = s.m.locate(at, x, y)
			s.m.insert(at, x, y)
		}
	}
}

// refine works off the triangles in waves.
func (s *Mesher) refine(bound float64) {
	m := &s.m
	limit := float32(bound)
	if float64(limit) > bound {
		limit = math.Nextafter32(limit, 0)
	}
	for len(m.touched) > 0 {
		s.list, m.touched = append(s.list[:0], m.touched...), m.touched[:0]
		n := int(m.count())
		s.worst, s.node = slices.Grow(s.worst, n-len(s.worst))[:n], slices.Grow(s.node, n-len(s.node))[:n]
		for v := len(s.z); v < len(m.x); v++ {
			s.z = append(s.z, float64(s.grid.Z[int(m.y[v])*s.grid.W+int(m.x[v])]))
		}
		for _, t := range s.list {
			m.dirty[t] = false
			s.measure(t)
		}
		for _, t := range s.list {
			if !m.dirty[t] && s.worst[t] > limit {
				v := s.node[t]
				m.insert(t, v%int32(s.grid.W), v/int32(s.grid.W))
			}
		}
	}
	for _, e := range s.worst {
		s.max = max(s.max, float64(e))
	}
}
