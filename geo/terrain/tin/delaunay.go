package tin

// none is the half-edge beyond the rim.
const none = int32(-1)

// mesh is a Delaunay triangulation as half-edges: edge e runs from corner[e] to the
// corner of the next edge of triangle e/3, counter-clockwise with rows upwards; twin[e]
// is the same edge of the triangle beyond.
type mesh struct {
	x, y   []int32 // of the vertices
	corner []uint32
	twin   []int32
	stack  []int32
	// touched are triangles that have changed since they were last measured, once each.
	touched []int32
	dirty   []bool
	held    func(a, b uint32) bool // edges that are not flipped; nil flips any
}

func (m *mesh) reset() {
	m.x, m.y, m.corner, m.twin = m.x[:0], m.y[:0], m.corner[:0], m.twin[:0]
	m.touched, m.dirty = m.touched[:0], m.dirty[:0]
}

func (m *mesh) vertex(x, y int32) uint32 {
	m.x, m.y = append(m.x, x), append(m.y, y)
	return uint32(len(m.x) - 1)
}

// triangle writes a triangle into slot t, or a new one where t is the number of slots.
func (m *mesh) triangle(t int32, a, b, c uint32, ab, bc, ca int32) int32 {
	e := 3 * t
	if int(e) == len(m.corner) {
		m.corner = append(m.corner, a, b, c)
		m.twin = append(m.twin, ab, bc, ca)
		m.dirty = append(m.dirty, false)
	} else {
		m.corner[e], m.corner[e+1], m.corner[e+2] = a, b, c
		m.twin[e], m.twin[e+1], m.twin[e+2] = ab, bc, ca
	}
	if ab != none {
		m.twin[ab] = e
	}
	if bc != none {
		m.twin[bc] = e + 1
	}
	if ca != none {
		m.twin[ca] = e + 2
	}
	if !m.dirty[t] {
		m.dirty[t] = true
		m.touched = append(m.touched, t)
	}
	return e
}

func (m *mesh) count() int32 { return int32(len(m.corner) / 3) }

// next and prev walk around a triangle.
func next(e int32) int32 {
	if e%3 == 2 {
		return e - 2
	}
	return e + 1
}

func prev(e int32) int32 {
	if e%3 == 0 {
		return e + 2
	}
	return e - 1
}

// left is positive where x, y lies to the left of edge e, 0 on its line.
func (m *mesh) left(e int32, x, y int32) int64 {
	a, b := m.corner[e], m.corner[next(e)]
	ax, ay := int64(m.x[a]), int64(m.y[a])
	return (int64(m.x[b])-ax)*(int64(y)-ay) - (int64(m.y[b])-ay)*(int64(x)-ax)
}

// locate walks from triangle t to one that holds the position (Lawson's visibility walk).
// Past edges that are held the walk could go round in a circle: then all are looked at.
func (m *mesh) locate(t, x, y int32) int32 {
	for left := m.count(); ; left-- {
		if left < 0 {
			t = (t + 1) % m.count()
			if e := 3 * t; m.left(e, x, y) >= 0 && m.left(e+1, x, y) >= 0 && m.left(e+2, x, y) >= 0 {
				return t
			}
			continue
		}
		e := 3 * t
		switch {
		case m.left(e, x, y) < 0:
		case m.left(e+1, x, y) < 0:
			e++
		case m.left(e+2, x, y) < 0:
			e += 2
		default:
			return t
		}
		t = m.twin[e] / 3
	}
}

// corners tells whether the position is a corner of triangle t.
func (m *mesh) corners(t, x, y int32) bool {
	for _, v := range m.corner[3*t : 3*t+3] {
		if m.x[v] == x && m.y[v] == y {
			return true
		}
	}
	return false
}

// bounds tells whether the position lies on an edge of triangle t that nothing is beyond.
func (m *mesh) bounds(t, x, y int32) bool {
	for e := 3 * t; e < 3*t+3; e++ {
		if m.twin[e] == none && m.left(e, x, y) == 0 {
			return true
		}
	}
	return false
}

// insert makes a vertex of a position in triangle t, which may lie on one of its edges
// but not on a corner, and restores the Delaunay property (Lawson's flips).
func (m *mesh) insert(t, x, y int32) {
	p := m.vertex(x, y)
	e0, e1, e2 := 3*t, 3*t+1, 3*t+2
	switch {
	case m.left(e0, x, y) == 0:
		m.split(e0, p)
	case m.left(e1, x, y) == 0:
		m.split(e1, p)
	case m.left(e2, x, y) == 0:
		m.split(e2, p)
	default:
		a, b, c := m.corner[e0], m.corner[e1], m.corner[e2]
		ab, bc, ca := m.twin[e0], m.twin[e1], m.twin[e2]
		t0 := m.triangle(t, a, b, p, ab, none, none)
		t1 := m.triangle(m.count(), b, c, p, bc, none, t0+1)
		t2 := m.triangle(m.count(), c, a, p, ca, t0+2, t1+1)
		m.stack = append(m.stack[:0], t0, t1, t2)
		m.legalize()
	}
}

// split puts p onto edge e: the triangles on its sides become two each.
func (m *mesh) split(e int32, p uint32) {
	far := m.twin[e]
	if far == none {
		t0, t1 := m.part(e, p)
		m.stack = append(m.stack[:0], t0+1, t1+1)
		m.legalize()
		return
	}
	a, b, c := m.corner[e], m.corner[next(e)], m.corner[prev(e)]
	bc, ca := m.twin[next(e)], m.twin[prev(e)]
	d := m.corner[prev(far)]
	ad, db := m.twin[next(far)], m.twin[prev(far)]
	t0 := m.triangle(e/3, p, c, a, none, ca, none)
	t1 := m.triangle(far/3, p, a, d, t0+2, ad, none)
	t2 := m.triangle(m.count(), p, d, b, t1+2, db, none)
	t3 := m.triangle(m.count(), p, b, c, t2+2, bc, t0)
	m.stack = append(m.stack[:0], t0+1, t1+1, t2+1, t3+1)
	m.legalize()
}

// part puts p onto edge e that nothing is beyond, and is all that it does: the second
// triangle begins with what is behind p.
func (m *mesh) part(e int32, p uint32) (t0, t1 int32) {
	a, b, c := m.corner[e], m.corner[next(e)], m.corner[prev(e)]
	bc, ca := m.twin[next(e)], m.twin[prev(e)]
	t0 = m.triangle(e/3, p, c, a, none, ca, none)
	return t0, m.triangle(m.count(), p, b, c, none, bc, t0)
}

// legalize flips the edges on the stack, and those that a flip puts at risk, until the
// circle around each triangle holds no corner of its neighbours.
func (m *mesh) legalize() {
	for len(m.stack) > 0 {
		e := m.stack[len(m.stack)-1]
		m.stack = m.stack[:len(m.stack)-1]
		f := m.twin[e]
		if f == none {
			continue
		}
		a, b, p, q := m.corner[e], m.corner[next(e)], m.corner[prev(e)], m.corner[prev(f)]
		if !m.inCircle(a, b, p, q) || m.held != nil && m.held(a, b) {
			continue
		}
		t0, t1 := m.flip(e)
		m.stack = append(m.stack, t0, t0+2, t1, t1+1) // all sides: p need not be new, as where a rim was trimmed
	}
}

// inCircle tells whether q lies strictly inside the circle around a, b, c, which are
// counter-clockwise.
func (m *mesh) inCircle(a, b, c, q uint32) bool {
	x, y := int64(m.x[q]), int64(m.y[q])
	ax, ay := int64(m.x[a])-x, int64(m.y[a])-y
	bx, by := int64(m.x[b])-x, int64(m.y[b])-y
	cx, cy := int64(m.x[c])-x, int64(m.y[c])-y
	return (ax*ax+ay*ay)*(bx*cy-cx*by)-(bx*bx+by*by)*(ax*cy-cx*ay)+(cx*cx+cy*cy)*(ax*by-bx*ay) > 0
}
