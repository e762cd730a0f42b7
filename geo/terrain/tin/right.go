package tin

import "slices"

// right chooses a right-triangulated irregular network (Evans, Kirkpatrick and Townsend,
// "Right-Triangulated Irregular Networks", Algorithmica 30, 2001): right isosceles
// triangles, those off by more than the bound halved at the middle of their longest side,
// together with the triangle beyond it. All nodes of a triangle are measured, so the bound
// is a true one. Unlike theirs, two triangles that share their longest sides are one
// square, which is halved only where its other diagonal does not serve either: the halves
// are the same, so nothing else of the method changes, and a fifth fewer are needed.
//
// No edge of such a network is opposite to angles of more than 180°, so it is Delaunay.
// It needs a square grid of a power of two of cells; false: the grid is none.
//
// A triangle is there where its right angle is a vertex, and is halved where the middle of
// its longest side is one: so a byte a node says all, and no triangle is stored (Lindstrom
// et al., "Real-Time, Continuous Level of Detail Rendering of Height Fields", 1996).
func (s *Mesher) right(bound float64) bool {
	g := &s.grid
	w := g.W - 1
	if g.W != g.H || w&(w-1) != 0 || w < 2 {
		return false
	}
	n := g.W * g.W
	s.state, s.far = slices.Grow(s.state[:0], n)[:n], s.far[:0]
	clear(s.state)
	for i := range g.W {
		for _, at := range [4]int{i, w*g.W + i, i * g.W, i*g.W + w} {
			s.state[at] = onRim
		}
	}
	for _, at := range [4]int{0, w, w * g.W, w*g.W + w} {
		s.state[at] = onRim | vertex
	}
	half := int32(w / 2)
	s.asked = append(s.asked[:0], root(0, 0, half), root(int32(w), int32(w), -half))
	for len(s.asked) > 0 {
		t := s.asked[len(s.asked)-1]
		s.asked = s.asked[:len(s.asked)-1]
		s.decide(t, bound)
	}
	return true
}

// What is known of a node.
const (
	vertex = 1 << iota // of the mesh
	turned             // the middle of a square that has its other diagonal
	onRim
)

// half is a right isosceles triangle: one end of its longest side, and half of the way to
// the other. The right angle is to the left of that way.
type half struct{ x, y, dx, dy int32 }

// root is one of the two largest.
func root(x, y, d int32) half { return half{x, y, d, d} }

// nodes are where the triangle's corners lie in the grid: the ends of its longest side, the
// middle of that, the right angle, and what mirrors it.
func (t half) nodes(w int32) (a, b, m, c, d int32) {
	a = t.y*w + t.x
	along, left := t.dy*w+t.dx, t.dx*w-t.dy
	m = a + along
	return a, m + along, m, m + left, m - left
}

// beyond is the triangle on the other side of the longest side.
func (t half) beyond() half { return half{t.x + 2*t.dx, t.y + 2*t.dy, -t.dx, -t.dy} }

// halves are the two that it is halved into; it must be larger than a cell.
func (t half) halves() (half, half) {
	p, q := (t.dx+t.dy)/2, (t.dx-t.dy)/2
	return half{t.x + t.dx - t.dy, t.y + t.dx + t.dy, -q, -p}, half{t.x + 2*t.dx, t.y + 2*t.dy, -p, q}
}

// across are the halves of the square on a triangle's longest side by its other diagonal:
// the first has the triangle's far end, the second the near one.
func (t half) across() (half, half) {
	return half{t.x + t.dx - t.dy, t.y + t.dy + t.dx, t.dy, -t.dx}, half{t.x + t.dx + t.dy, t.y + t.dy - t.dx, -t.dy, t.dx}
}

// smallest tells whether the halves hold no node but their corners.
func (t half) smallest() bool { return t.dx*t.dx+t.dy*t.dy == 1 }

// decide measures a triangle, and turns or halves it where it is too far off.
func (s *Mesher) decide(t half, bound float64) {
	_, _, m, _, d := t.nodes(int32(s.grid.W))
	state := s.state[m]
	if state&(vertex|turned) != 0 {
		return
	}
	if off, ok := s.within(t, bound); ok {
		s.note(t, m, 0, off, bound)
		return
	}
	if state&onRim != 0 {
		s.halve(t, m)
		return
	}
	if s.state[d]&vertex == 0 {
		s.force(t.x+t.dx+t.dy, t.y+t.dy-t.dx)
	}
	p, q := t.across()
	off, ok := s.within(p, bound)
	if ok && !t.smallest() {
		var other float32
		other, ok = s.within(q, bound)
		off = max(off, other)
	}
	if ok {
		s.state[m] |= turned
		s.note(t, m, turned, off, bound)
		return
	}
	s.halve(t, m)
}

// far is a triangle, or both halves of a turned square, that is nearly as far off as it
// may be.
type far struct {
	node   int32 // the middle of its longest side
	turned uint8
	off    float32
}

// note keeps how far off a triangle is, where that may be the most of all; those on the rim
// are measured later.
func (s *Mesher) note(t half, m int32, turns uint8, off float32, bound float64) {
	if float64(off) < 0.9*bound {
		return
	}
	a, b, _, c, d := t.nodes(int32(s.grid.W))
	near := s.state[a] | s.state[b] | s.state[c]
	if turns != 0 {
		near |= s.state[d]
	}
	if near&onRim == 0 {
		s.far = append(s.far, far{m, turns, off})
	}
}

// farthest is the most that a triangle off the rim is off; ok is false where none is by
// nearly as much as it may.
func (s *Mesher) farthest() (off float32, ok bool) {
	for _, f := range s.far {
		if s.state[f.node]&(vertex|turned) == f.turned {
			off, ok = max(off, f.off), true
		}
	}
	return off, ok
}

// halve bisects a triangle and the one beyond its longest side, which is there.
func (s *Mesher) halve(t half, m int32) {
	rim := s.state[m] & onRim
	s.state[m] = rim | vertex
	if t.smallest() {
		return
	}
	p, q := t.halves()
	s.asked = append(s.asked, p, q)
	if rim == 0 {
		p, q = t.beyond().halves()
		s.asked = append(s.asked, p, q)
	}
}

// force makes a vertex of a node, after whatever is larger around it.
func (s *Mesher) force(x, y int32) {
	w := int32(s.grid.W)
	step := (x | y) & -(x | y)
	t := half{dx: step}
	switch {
	case x&step == 0:
		t = half{dy: step}
	case y&step != 0: // the middle of a cell: its diagonal goes to the middle of the next larger one
		t.dy = step
		if (x^y)&(2*step) != 0 {
			t.dy = -step
		}
	}
	t.x, t.y = x-t.dx, y-t.dy
	inside := func(x, y int32) bool { return x >= 0 && y >= 0 && x < w && y < w }
	if !inside(x-t.dy, y+t.dx) {
		t = t.beyond()
	}
	for range 2 {
		if cx, cy := x-t.dy, y+t.dx; inside(cx, cy) && s.state[cy*w+cx]&vertex == 0 {
			s.force(cx, cy)
		}
		t = t.beyond()
	}
	s.halve(t, y*w+x)
}
