package tin

// mostFlips bounds the work on one edge: those of steps are a cell long and cross a few.
const mostFlips = 64

// force makes an edge from vertex a to b by flipping those that cross it (Sloan, "A fast
// algorithm for generating constrained Delaunay triangulations", 1993). It gives up where a
// vertex lies between or an edge that is held crosses: the mesh is sound either way. near is
// a triangle to look for a from.
func (m *mesh) force(near int32, a, b uint32) {
	near = m.locate(near, m.x[a], m.y[a])
	for range mostFlips {
		e := m.crossed(near, a, b)
		if e == none {
			break
		}
		best := none // the first that may be flipped, better one that is crossed no more then
		for e != none {
			p, q := m.corner[prev(e)], m.corner[prev(m.twin[e])]
			if m.held != nil && m.held(m.corner[e], m.corner[next(e)]) {
				best = none
				break
			}
			if m.convex(e) {
				if p == a || p == b || q == a || q == b || m.side(a, b, p)*m.side(a, b, q) > 0 {
					best = e
					break
				}
				if best == none {
					best = e
				}
			}
			e = m.beyond(e, a, b)
		}
		if best == none {
			break
		}
		t0, t1 := m.flip(best)
		m.stack = append(m.stack, t0, t0+2, t1, t1+1)
		near = m.locate(t0/3, m.x[a], m.y[a])
	}
	m.legalize()
}

// side is 1 where vertex v lies to the left of the way from a to b, -1 to the right, 0 on it.
func (m *mesh) side(a, b, v uint32) int {
	ax, ay := int64(m.x[a]), int64(m.y[a])
	d := (int64(m.x[b])-ax)*(int64(m.y[v])-ay) - (int64(m.y[b])-ay)*(int64(m.x[v])-ax)
	switch {
	case d > 0:
		return 1
	case d < 0:
		return -1
	}
	return 0
}

// crossed is the first edge that the way from a to b crosses, none where there is none: it
// is an edge already, or leads over a vertex. Triangle t has the corner a.
func (m *mesh) crossed(t int32, a, b uint32) int32 {
	first := 3 * t
	for m.corner[first] != a {
		if first++; first == 3*t+3 {
			return none
		}
	}
	look := func(e int32) (cross int32, done bool) {
		v, w := m.corner[next(e)], m.corner[prev(e)]
		if v == b || w == b {
			return none, true
		}
		if m.side(a, b, v) < 0 && m.side(a, b, w) > 0 {
			if m.twin[next(e)] == none {
				return none, true
			}
			return next(e), true
		}
		return none, false
	}
	e := first
	for e != none { // counter-clockwise
		if cross, done := look(e); done {
			return cross
		}
		if e = m.twin[prev(e)]; e == first {
			return none
		}
	}
	for e = m.twin[first]; e != none; e = m.twin[e] { // at the rim, the other way
		e = next(e)
		if cross, done := look(e); done {
			return cross
		}
	}
	return none
}

// beyond is the next edge that the way from a to b crosses after e; none at its end.
func (m *mesh) beyond(e int32, a, b uint32) int32 {
	f := m.twin[e]
	v := m.corner[prev(f)]
	if v == b {
		return none
	}
	switch m.side(a, b, v) { // e runs from the right to the left
	case 1:
		e = next(f)
	case -1:
		e = prev(f)
	default:
		return none
	}
	if m.twin[e] == none {
		return none
	}
	return e
}

// convex tells whether the two triangles at an edge make a quadrangle that bulges
// everywhere, so that its other diagonal lies within.
func (m *mesh) convex(e int32) bool {
	f := m.twin[e]
	a, b, p, q := m.corner[e], m.corner[next(e)], m.corner[prev(e)], m.corner[prev(f)]
	return m.turns(p, a, q) && m.turns(q, b, p)
}

// flip turns an edge into the other diagonal of its quadrangle. The triangles begin with the
// sides that meet in the corner beyond.
func (m *mesh) flip(e int32) (t0, t1 int32) {
	f := m.twin[e]
	a, b, p, q := m.corner[e], m.corner[next(e)], m.corner[prev(e)], m.corner[prev(f)]
	bp, pa := m.twin[next(e)], m.twin[prev(e)]
	aq, qb := m.twin[next(f)], m.twin[prev(f)]
	t0 = m.triangle(e/3, a, q, p, aq, none, pa)
	return t0, m.triangle(f/3, q, b, p, qb, bp, t0+1)
}
