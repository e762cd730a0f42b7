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
	// Fewest places all vertices one by one, where they are needed most: a quarter fewer, in
	// four times the time, and along edges of the ground whatever their direction.
	Fewest bool
	// Moved are, row by row, nodes that lie on the edges of steps, in Parts of a cell off the lattice: each
	// is a vertex, and an edge runs from one to the next of its side. Only with Fewest, and
	// where no side of the grid has more than MaxSide parts.
	Moved []Moved
	Parts int
	Kept  []int // nodes that are vertices whatever they lie on, where some are moved
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

	// Of the start as right triangles.
	state    []uint8 // by node: what it is
	numbers  numbers // of the vertices
	asked    []half  // triangles to decide about
	far      []far
	most     float32 // that a triangle off the rim is off
	measured bool    // most is known
	edges    []int32

	fan, beyond, gone []int32
	chain, lost       []uint32

	// Of moved nodes.
	parts int32   // of a cell, that vertices are counted in; 1 without
	at    []int32 // the nodes of the vertices; empty without

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
// with Edge. A grid that is none, or has more than MaxSide nodes a side, has no triangles.
func (s *Mesher) Mesh(g Grid, bound float64, rim *[4][]int) Mesh {
	if min(g.W, g.H) < 2 || max(g.W, g.H) > MaxSide || len(g.Z) < g.W*g.H {
		return Mesh{}
	}
	s.grid, s.max = g, 0
	m := &s.m
	m.reset()
	s.move()
	s.worst, s.node = s.worst[:0], s.node[:0]
	s.z = s.z[:0]
	for n := len(s.inverse); n < g.H; n++ {
		s.inverse = append(s.inverse, 1/float64(max(n, 1)))
	}
	sides := s.sides(bound, rim)
	halved := !g.Fewest && s.right(bound)
	if halved {
		s.band(g.Kind != nil)
		s.trim(&sides)
	} else {
		w, h := int32(g.W-1)*s.parts, int32(g.H-1)*s.parts
		a, b, c, d := m.vertex(0, 0), m.vertex(w, 0), m.vertex(w, h), m.vertex(0, h)
		if s.parts > 1 {
			s.at = append(s.at, 0, int32(g.W-1), int32(g.W*g.H-1), int32(g.W*(g.H-1)))
		}
		t := m.triangle(0, a, b, c, none, none, none)
		m.triangle(1, a, c, d, t+2, none, none)
		s.rim(&sides)
		s.steps()
		s.seed(bound)
	}
	s.refine(bound, halved && g.Kind == nil)
	if halved && g.Kind == nil {
		s.max = max(s.max, float64(s.inner()))
	}
	s.lattice()
	s.grid = Grid{} // heights of a wide one are much to hold until the next
	return Mesh{X: m.x, Y: m.y, Tris: m.corner, Error: s.max}
}

// line is how the nodes of a side lie in the grid.
type line struct{ n, start, step int }

func (g *Grid) lines() [4]line {
	return [4]line{{g.W, 0, 1}, {g.H, g.W - 1, g.W}, {g.W, (g.H - 1) * g.W, 1}, {g.H, 0, g.W}}
}

// sides chooses the nodes of the four sides where they are not given, and measures what
// lies between them.
func (s *Mesher) sides(bound float64, rim *[4][]int) (kept [4][]int) {
	g := &s.grid
	for k, side := range g.lines() {
		z := func(i int) float64 { return float64(g.Z[side.start+i*side.step]) }
		if rim != nil {
			kept[k] = rim[k]
		} else {
			Edge(side.n, z, bound, func(i int) { kept[k] = append(kept[k], i) })
		}
		for j := 0; j+1 < len(kept[k]); j++ {
			from, to := kept[k][j], kept[k][j+1]
			slope := (z(to) - z(from)) / float64(to-from)
			for i := from + 1; i < to; i++ {
				s.max = max(s.max, math.Abs(z(i)-z(from)-float64(slope*float64(i-from))))
			}
		}
	}
	return kept
}

// rim inserts the vertices of the four sides that are not there yet.
func (s *Mesher) rim(kept *[4][]int) {
	at := int32(0)
	for k, side := range s.grid.lines() {
		for _, j := range kept[k] {
			at = s.put(at, int32(side.start+j*side.step))
		}
	}
}

// refine works off the triangles in waves. known: all but those that are touched are
// within the bound.
func (s *Mesher) refine(bound float64, known bool) {
	m := &s.m
	limit := float32(bound)
	if float64(limit) > bound {
		limit = math.Nextafter32(limit, 0)
	}
	for first := true; first || len(m.touched) > 0; first = false {
		n := int(m.count())
		s.list, m.touched = append(s.list[:0], m.touched...), m.touched[:0]
		s.worst, s.node = slices.Grow(s.worst, n-len(s.worst))[:n], slices.Grow(s.node, n-len(s.node))[:n]
		for v := len(s.z); v < len(m.x); v++ {
			s.z = append(s.z, float64(s.grid.Z[s.nodeOf(uint32(v))]))
		}
		if first {
			slices.Sort(s.list)
			if !known {
				s.list = s.list[:0]
				for t := range int32(n) {
					s.list = append(s.list, t)
				}
			}
		}
		for _, t := range s.list {
			m.dirty[t] = false
			s.measure(t)
		}
		for _, t := range s.list {
			s.split(t, limit)
		}
	}
	for _, e := range s.worst {
		s.max = max(s.max, float64(e))
	}
}

// split inserts a triangle's worst node if it is too far off, unless the triangle has
// changed in this wave. It is a corner where nothing but rounding is off.
func (s *Mesher) split(t int32, limit float32) {
	m := &s.m
	if m.dirty[t] || !(s.worst[t] > limit) {
		return
	}
	node := s.node[t]
	if x, y := s.place(node); !m.corners(t, x, y) && !m.bounds(t, x, y) {
		s.insert(t, node, x, y)
	}
}
