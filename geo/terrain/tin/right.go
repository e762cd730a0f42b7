package tin

import (
	"math"
	"slices"
)

// right makes a right-triangulated irregular network (Evans, Kirkpatrick and Townsend,
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
// The first edge of a triangle is its longest here, and its third corner the right angle.
func (s *Mesher) right(bound float64) bool {
	m, g := &s.m, &s.grid
	if n := g.W - 1; g.W != g.H || n&(n-1) != 0 || n < 2 {
		return false
	}
	w := int32(g.W - 1)
	a, b, c, d := m.vertex(0, 0), m.vertex(w, 0), m.vertex(w, w), m.vertex(0, w)
	s.worst, s.node = s.worst[:len(s.pending)], s.node[:len(s.pending)]
	s.slot()
	s.slot()
	m.set(0, c, a, b, 3, none, none)
	m.set(3, a, c, d, 0, none, none)
	s.list = append(s.list[:0], 0, 1)
	for len(s.list) > 0 {
		t := s.list[len(s.list)-1]
		s.list = s.list[:len(s.list)-1]
		if !s.pending[t] { // halved meanwhile, and what is there now is measured
			continue
		}
		s.pending[t] = false
		var ok bool
		e := 3 * t
		if s.worst[t], s.node[t], ok = s.within(m.corner[e], m.corner[e+1], m.corner[e+2], bound); ok {
			continue
		}
		f := m.twin[e]
		if f != none && f%3 != 0 {
			s.halve(f)
			f = m.twin[e]
		}
		if f == none || !s.turn(e, f, bound) {
			s.halve(e)
		}
	}
	n := int(m.count())
	s.worst, s.node = s.worst[:n], s.node[:n]
	m.dirty = slices.Grow(m.dirty, n)[:n]
	clear(m.dirty)
	return true
}

// halve bisects the triangle of an edge, and the one beyond its longest side, after
// whatever is larger there.
func (s *Mesher) halve(e int32) {
	m := &s.m
	e -= e % 3
	if f := m.twin[e]; f != none && f%3 != 0 {
		s.halve(f)
	}
	a, b, c := m.corner[e], m.corner[e+1], m.corner[e+2]
	bc, ca, f := m.twin[e+1], m.twin[e+2], m.twin[e]
	v := m.vertex((m.x[a]+m.x[b])/2, (m.y[a]+m.y[b])/2)
	g := s.slot()
	if f == none {
		m.set(e, c, a, v, ca, none, g+1)
		m.set(g, b, c, v, bc, e+2, none)
	} else {
		d, ad, db := m.corner[f+2], m.twin[f+1], m.twin[f+2]
		h := s.slot()
		m.set(e, c, a, v, ca, h+2, g+1)
		m.set(g, b, c, v, bc, e+2, f+1)
		m.set(f, d, b, v, db, g+2, h+1)
		m.set(h, a, d, v, ad, f+2, e+1)
		s.pending[f/3] = true
		s.list = append(s.list, f/3, h/3)
	}
	s.pending[e/3] = true
	s.list = append(s.list, e/3, g/3)
}

// turn puts the other diagonal into the square on both sides of an edge if both triangles
// are within the bound then.
func (s *Mesher) turn(e, f int32, bound float64) bool {
	m := &s.m
	a, b, c, d := m.corner[e], m.corner[e+1], m.corner[e+2], m.corner[f+2]
	w0, n0, ok := s.within(c, d, b, bound)
	if !ok {
		return false
	}
	w1, n1, ok := s.within(d, c, a, bound)
	if !ok {
		return false
	}
	bc, ca, ad, db := m.twin[e+1], m.twin[e+2], m.twin[f+1], m.twin[f+2]
	m.set(e, c, d, b, f, db, bc)
	m.set(f, d, c, a, e, ca, ad)
	for _, k := range [4]int32{e + 1, e + 2, f + 1, f + 2} {
		if g := m.twin[k]; g != none {
			m.twin[g] = k
		}
	}
	t, u := e/3, f/3
	s.worst[t], s.node[t], s.worst[u], s.node[u] = w0, n0, w1, n1
	s.pending[u] = false
	return true
}

// slot is the first edge of a new triangle.
func (s *Mesher) slot() int32 {
	m := &s.m
	e := int32(len(m.corner))
	m.corner, m.twin = append(m.corner, 0, 0, 0), append(m.twin, none, none, none)
	if int(e/3) == len(s.pending) { // in large steps, as they grow together
		n := max(len(s.pending), 512)
		s.pending = append(s.pending, make([]bool, n)...)
		s.worst, s.node = append(s.worst, make([]float32, n)...), append(s.node, make([]int32, n)...)
	}
	s.pending[e/3] = true
	return e
}

// set writes a triangle, and its first edge to its twin.
func (m *mesh) set(e int32, a, b, c uint32, ab, bc, ca int32) {
	corner, twin := m.corner[e:e+3:e+3], m.twin[e:e+3:e+3]
	corner[0], corner[1], corner[2] = a, b, c
	twin[0], twin[1], twin[2] = ab, bc, ca
	if ab != none {
		m.twin[ab] = e
	}
}

// within measures a right triangle as measure does; it stops where a node is further off
// than the bound.
func (s *Mesher) within(a, b, c uint32, bound float64) (far float32, node int32, ok bool) {
	m, g := &s.m, &s.grid
	ax, ay := int(m.x[a]), int(m.y[a])
	bx, by := int(m.x[b]), int(m.y[b])
	double := (bx-ax)*(bx-ax) + (by-ay)*(by-ay)
	if double <= 2 { // half a cell
		return 0, 0, true
	}
	// The middle of the longest side is the most likely to be far off.
	w := g.W
	at := (by+ay)/2*w + (bx+ax)/2
	za, zb := float64(g.Z[ay*w+ax]), float64(g.Z[by*w+bx])
	worst := 0.0
	if inner(ax+bx, 2*w) && inner(ay+by, 2*w) {
		if worst = math.Abs(float64(g.Z[at]) - (za+zb)/2); worst > bound {
			return 0, 0, false
		}
	}
	if double == 4 {
		return up(worst), int32(at), true
	}
	cx, cy := int(m.x[c]), int(m.y[c])
	zc := float64(g.Z[cy*w+cx])
	if double == 8 {
		for k := range 2 {
			x, y, z := ax, ay, za
			if k > 0 {
				x, y, z = bx, by, zb
			}
			if !inner(x+cx, 2*w) || !inner(y+cy, 2*w) {
				continue
			}
			i := (y+cy)/2*w + (x+cx)/2
			if d := math.Abs(float64(g.Z[i]) - (z+zc)/2); d > worst {
				worst, at = d, i
			}
		}
		if worst > bound {
			return 0, 0, false
		}
		return up(worst), int32(at), true
	}
	inverse := 2 / float64(double)
	gx := (float64((zb-za)*float64(cy-ay)) - float64((zc-za)*float64(by-ay))) * inverse
	gy := (float64((zc-za)*float64(bx-ax)) - float64((zb-za)*float64(cx-ax))) * inverse
	r := rowsOf(ax, ay, bx, by, cx, cy)
	for y := r.y; y <= r.last; y++ {
		first, end := max(r.x0, 1), min(r.x1, w-2)
		if first <= end && y > 0 && y < w-1 {
			start := y*w + first
			plane := za + float64(gx*float64(first-ax)) + float64(gy*float64(y-ay))
			for k, v := range g.Z[start : start+end-first+1] {
				if d := math.Abs(float64(v) - plane); d > worst {
					worst, at = d, start+k
				}
				plane += gx
			}
			if worst > bound {
				return 0, 0, false
			}
		}
		if y == r.turn {
			r.d0, r.d1 = -r.d0, -r.d1
		}
		r.x0, r.x1 = r.x0+r.d0, r.x1+r.d1
	}
	return up(worst), int32(at), true
}

// inner tells whether half of v is no column of the rim.
func inner(v, double int) bool { return v > 0 && v < double-2 }

// rows are the rows of a right isosceles triangle: where the first begins and ends, and
// by how much the next ones do so elsewhere. After the row turn the signs change.
type rows struct {
	y, last, turn  int
	x0, x1, d0, d1 int
}

func rowsOf(ax, ay, bx, by, cx, cy int) rows {
	r := rows{y: min(ay, by, cy), last: max(ay, by, cy), turn: -1}
	switch {
	case ay == by && cy > ay: // the longest side is the first row
		r.x0, r.x1, r.d0, r.d1 = min(ax, bx), max(ax, bx), 1, -1
	case ay == by:
		r.x0, r.x1, r.d0, r.d1 = cx, cx, -1, 1
	case ax == bx && cx > ax: // a column
		r.x0, r.x1, r.d1, r.turn = ax, ax, 1, cy
	case ax == bx:
		r.x0, r.x1, r.d0, r.turn = ax, ax, -1, cy
	default: // a diagonal; the right angle is at the end of the first or the last row
		other := ax + bx - cx
		way := 1
		if cy == r.y {
			r.x0, r.x1, way = min(cx, other), max(cx, other), -1
		} else {
			r.x0, r.x1 = cx, cx
		}
		if other > cx {
			r.d1 = way
		} else {
			r.d0 = -way
		}
	}
	return r
}
