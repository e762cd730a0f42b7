package tin

import (
	"math"
	"slices"
)

// Moved is a node at the edge of a step, as the top or the foot of a wall: it does not lie
// on the lattice but where the edge is, by so many parts of a cell, less than a whole one,
// and where no other node lies. On the rim it may move along that alone.
type Moved struct {
	Node  int   // row by row
	X, Y  int16 // parts of a cell
	Above bool  // it is of the step's top
}

// The sides of a step, as states of its nodes.
const (
	foot = 1 + iota
	top
)

// move makes the moved nodes ready, those of a grid that has some.
func (s *Mesher) move() {
	g := &s.grid
	s.parts, s.at, s.m.held = 1, s.at[:0], nil
	if !g.Fewest || len(g.Moved) == 0 || g.Parts < 2 || g.Parts*(max(g.W, g.H)-1) > MaxSide {
		g.Moved = nil
		return
	}
	s.parts, s.m.held = int32(g.Parts), s.along
	n := g.W * g.H
	s.state = slices.Grow(s.state[:0], n)[:n]
	clear(s.state)
	for _, v := range g.Moved {
		s.state[v.Node] = foot
		if v.Above {
			s.state[v.Node] = top
		}
	}
}

// place is where a node lies, in parts of a cell.
func (s *Mesher) place(node int32) (x, y int32) {
	w := int32(s.grid.W)
	if s.parts == 1 {
		return node % w, node / w
	}
	x, y = node%w*s.parts, node/w*s.parts
	if s.state[node] != 0 {
		k, _ := slices.BinarySearchFunc(s.grid.Moved, int(node), func(m Moved, node int) int { return m.Node - node })
		x, y = x+int32(s.grid.Moved[k].X), y+int32(s.grid.Moved[k].Y)
	}
	return x, y
}

// nodeOf is the node of a vertex.
func (s *Mesher) nodeOf(v uint32) int {
	if s.parts == 1 {
		return int(s.m.y[v])*s.grid.W + int(s.m.x[v])
	}
	return int(s.at[v])
}

// put makes a vertex of a node, if it is none, and returns a triangle near it.
func (s *Mesher) put(near, node int32) int32 {
	x, y := s.place(node)
	near = s.m.locate(near, x, y)
	if !s.m.corners(near, x, y) {
		s.insert(near, node, x, y)
	}
	return near
}

// insert makes a vertex of a node at a place in triangle t.
func (s *Mesher) insert(t, node, x, y int32) {
	if s.parts > 1 {
		s.at = append(s.at, node)
	}
	s.m.insert(t, x, y)
}

// steps puts the moved nodes into the mesh before all others, so that edges run along
// the steps, also where another step is near.
func (s *Mesher) steps() {
	at := int32(0)
	for _, v := range s.grid.Moved {
		at = s.put(at, int32(v.Node))
	}
	s.link(at)
	if s.parts > 1 {
		for _, node := range s.grid.Kept {
			at = s.put(at, int32(node))
		}
	}
}

// link makes edges of all neighbours on one side of a step: of two aslant only where no third
// is next to both.
func (s *Mesher) link(at int32) {
	if s.parts == 1 {
		return
	}
	w := int32(s.grid.W)
	vertices := make(map[int32]uint32, len(s.at))
	for v, node := range s.at {
		vertices[node] = uint32(v)
	}
	for _, v := range s.grid.Moved {
		n := int32(v.Node)
		side := s.state[n]
		same := func(o int32) bool { return o >= 0 && int(o) < len(s.state) && s.state[o] == side }
		for _, o := range [4]int32{n + 1, n + w - 1, n + w, n + w + 1} {
			x := o%w - n%w
			if !same(o) || x < -1 || x > 1 || x != 0 && o != n+1 && (same(n+x) || same(n+w)) {
				continue
			}
			a, ok := vertices[n]
			if b, found := vertices[o]; ok && found {
				s.m.force(at, a, b)
			}
		}
	}
}

// along tells whether an edge runs along one side of a step, from one of its nodes to the
// next: it stays, whatever comes near it.
func (s *Mesher) along(a, b uint32) bool {
	n, o, w := s.at[a], s.at[b], int32(s.grid.W)
	if s.state[n] == 0 || s.state[n] != s.state[o] {
		return false
	}
	x, y := n%w-o%w, n/w-o/w
	return max(x, -x, y, -y) == 1
}

// measureMoved is measure where corners do not lie on the lattice. Nodes that are moved are
// vertices.
func (s *Mesher) measureMoved(t int32) {
	m, g := &s.m, &s.grid
	var x, y, z [3]float64
	for k, v := range m.corner[3*t : 3*t+3] {
		x[k], y[k], z[k] = float64(m.x[v])/float64(s.parts), float64(m.y[v])/float64(s.parts), s.z[v]
	}
	s.worst[t], s.node[t] = 0, 0
	const eps = 1e-6
	inverse := 1 / (float64((x[1]-x[0])*(y[2]-y[0])) - float64((y[1]-y[0])*(x[2]-x[0])))
	gx := (float64((z[1]-z[0])*(y[2]-y[0])) - float64((z[2]-z[0])*(y[1]-y[0]))) * inverse
	gy := (float64((z[2]-z[0])*(x[1]-x[0])) - float64((z[1]-z[0])*(x[2]-x[0]))) * inverse
	base := z[0] - float64(gx*x[0]) - float64(gy*y[0])
	worst, at := 0.0, -1
	for j := max(int(math.Ceil(min(y[0], y[1], y[2])-eps)), 1); j <= min(int(max(y[0], y[1], y[2])+eps), g.H-2); j++ {
		from, to := math.Inf(1), math.Inf(-1)
		for k := range 3 {
			ax, ay, bx, by := x[k], y[k], x[(k+1)%3], y[(k+1)%3]
			v := float64(j)
			if v < min(ay, by)-eps || v > max(ay, by)+eps {
				continue
			}
			if ay == by {
				from, to = min(from, ax, bx), max(to, ax, bx)
				continue
			}
			cut := ax + float64((bx-ax)*min(max((v-ay)/(by-ay), 0), 1))
			from, to = min(from, cut), max(to, cut)
		}
		plane := base + float64(gy*float64(j))
		for i := max(int(math.Ceil(from-eps)), 1); i <= min(int(to+eps), g.W-2); i++ {
			node := j*g.W + i
			if d := math.Abs(float64(g.Z[node]) - plane - float64(gx*float64(i))); d > worst && s.state[node] == 0 {
				worst, at = d, node
			}
		}
	}
	if at >= 0 {
		s.worst[t], s.node[t] = up(worst), int32(at)
	}
	if g.Kind != nil {
		s.mixed(t)
	}
}

// lattice turns the vertices' places into their nodes.
func (s *Mesher) lattice() {
	if s.parts == 1 {
		return
	}
	w := int32(s.grid.W)
	for v, node := range s.at {
		s.m.x[v], s.m.y[v] = node%w, node/w
	}
}
