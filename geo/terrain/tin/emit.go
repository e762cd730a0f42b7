package tin

import (
	"math"
	"slices"
)

// band makes triangles of what right has chosen along the rim, with their neighbours: what
// has a corner on the rim, or all where all is set.
func (s *Mesher) band(all bool) {
	m, g := &s.m, &s.grid
	s.numbers.reset()
	w := int32(g.W - 1)
	s.vertexOf(0, 0) // the first vertex is a corner
	for _, t := range [2]half{root(0, 0, w/2), root(w, w, -w/2)} {
		s.bandOf(t, all)
	}
	m.pair(&s.edges)
	k := len(m.corner) / 3
	m.dirty = slices.Grow(m.dirty[:0], k)[:k]
	clear(m.dirty)
	s.node = slices.Grow(s.node[:0], k)[:k]
}

func (s *Mesher) bandOf(t half, all bool) {
	a, b, m, c, d := t.nodes(int32(s.grid.W))
	near := (s.state[a]|s.state[b]|s.state[c])&onRim != 0
	if !near && !all {
		return
	}
	switch {
	case s.state[m]&vertex == 0:
		s.leaf(t, m)
		if s.state[m]&turned != 0 && !all && (s.state[a]|s.state[b]|s.state[d])&onRim == 0 {
			s.leaf(t.beyond(), m)
		}
	case t.smallest():
		s.cells(t)
		s.worst = append(s.worst, 0, 0)
	default:
		p, q := t.halves()
		s.bandOf(p, all)
		s.bandOf(q, all)
	}
}

func (s *Mesher) leaf(t half, m int32) {
	turned := s.state[m]&turned != 0
	s.triangle(t, turned)
	s.worst = append(s.worst, s.offOf(t, turned))
}

// offOf is how far a triangle, or of a turned square the half with its near end, is off.
func (s *Mesher) offOf(t half, turned bool) float32 {
	if turned {
		_, t = t.across()
	}
	off, _ := s.within(t, math.Inf(1))
	return off
}

// inner appends the triangles that no band has, and tells how far they are off at most.
func (s *Mesher) inner() float32 {
	off, ok := s.farthest()
	s.most, s.measured = off, ok
	w := int32(s.grid.W - 1)
	for _, t := range [2]half{root(0, 0, w/2), root(w, w, -w/2)} {
		s.innerOf(t)
	}
	return s.most
}

func (s *Mesher) innerOf(t half) {
	a, b, m, c, d := t.nodes(int32(s.grid.W))
	state := s.state[m]
	if state&vertex != 0 && !t.smallest() {
		p, q := t.halves()
		s.innerOf(p)
		s.innerOf(q)
		return
	}
	if (s.state[a]|s.state[b]|s.state[c])&onRim != 0 {
		return
	}
	turned := state&turned != 0
	switch {
	case state&vertex != 0:
		s.cells(t)
		return
	case turned && s.state[d]&onRim != 0: // the band has both halves
		return
	}
	s.triangle(t, turned)
	if !s.measured {
		s.most = max(s.most, s.offOf(t, turned))
	}
}

// triangle appends a triangle, or, of a turned square, the half with its near end.
func (s *Mesher) triangle(t half, turned bool) {
	if turned {
		_, t = t.across()
	}
	s.m.corner = append(s.m.corner, s.vertexOf(t.x, t.y), s.vertexOf(t.x+2*t.dx, t.y+2*t.dy), s.vertexOf(t.x+t.dx-t.dy, t.y+t.dy+t.dx))
}

// cells appends the halves of the smallest triangle.
func (s *Mesher) cells(t half) {
	a, b := s.vertexOf(t.x, t.y), s.vertexOf(t.x+2*t.dx, t.y+2*t.dy)
	c, m := s.vertexOf(t.x+t.dx-t.dy, t.y+t.dy+t.dx), s.vertexOf(t.x+t.dx, t.y+t.dy)
	s.m.corner = append(s.m.corner, c, a, m, b, c, m)
}

// vertexOf is the number of a node as a vertex.
func (s *Mesher) vertexOf(x, y int32) uint32 {
	node := uint32(y)*uint32(s.grid.W) + uint32(x)
	if n := s.numbers.slot(node); n.node != 0 {
		return n.vertex - 1
	}
	v := s.m.vertex(x, y)
	s.numbers.put(node, v)
	return v
}

// pair finds the twins of all edges by their ends; edges is memory for that.
func (m *mesh) pair(edges *[]int32) {
	size := 16
	for size < 2*len(m.corner) {
		size *= 2
	}
	table := slices.Grow((*edges)[:0], size)[:size]
	*edges = table
	for i := range table {
		table[i] = none
	}
	m.twin = slices.Grow(m.twin[:0], len(m.corner))[:len(m.corner)]
	slot := func(from, to uint32) uint32 { return (from*0x9e3779b1 + to*0x85ebca6b) >> 3 & uint32(size-1) }
	for i := range m.corner {
		e := int32(i)
		m.twin[e] = none
		a, b := m.corner[e], m.corner[next(e)]
		at := slot(b, a)
		for ; table[at] != none; at = (at + 1) & uint32(size-1) {
			if f := table[at]; m.corner[f] == b && m.corner[next(f)] == a {
				m.twin[e], m.twin[f] = f, e
				break
			}
		}
		if m.twin[e] != none {
			continue
		}
		for at = slot(a, b); table[at] != none; at = (at + 1) & uint32(size-1) {
		}
		table[at] = e
	}
}
