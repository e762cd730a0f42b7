package tin

import "slices"

// dead marks the slot of a triangle that is no more.
const dead = ^uint32(0)

// trim takes the vertices off the rim that its sides do not keep, puts there what they
// do, then restores the Delaunay property.
func (s *Mesher) trim(kept *[4][]int) {
	m := &s.m
	w := int32(s.grid.W - 1)
	keep := make([]bool, 4*w) // along the rim, counter-clockwise
	for k, side := range kept {
		for _, i := range side {
			keep[[4]int32{int32(i), w + int32(i), 3*w - int32(i), (4*w - int32(i)) % (4 * w)}[k]] = true
		}
	}
	along := func(v uint32) int32 {
		switch x, y := m.x[v], m.y[v]; {
		case y == 0:
			return x
		case x == w:
			return w + y
		case y == w:
			return 3*w - x
		default:
			return 4*w - y
		}
	}
	var e int32
	for m.twin[e] != none || m.corner[e] != 0 {
		e++
	}
	s.gone, s.lost = s.gone[:0], s.lost[:0]
	for from := int32(0); ; {
		to := m.onward(e)
		v := m.corner[to]
		if v != 0 && !keep[along(v)] {
			e = s.unrim(e, to)
			continue
		}
		end := (along(v) + 4*w - 1) % (4 * w)
		for i := from + 1; i <= end; i++ {
			if keep[i] {
				_, e = m.part(e, m.vertex(s.onRim(i)))
			}
		}
		if v == 0 {
			break
		}
		e, from = m.onward(e), end+1
	}
	n := int(m.count())
	s.worst, s.node = slices.Grow(s.worst, n-len(s.worst))[:n], slices.Grow(s.node, n-len(s.node))[:n]
	if len(s.gone) > 0 {
		s.compact()
	}
	m.touched, m.stack = m.touched[:0], m.stack[:0]
	for t := range m.count() {
		if m.dirty[t] {
			m.touched, m.stack = append(m.touched, t), append(m.stack, 3*t, 3*t+1, 3*t+2)
		}
	}
	m.legalize()
}

// onRim is the place of a node of the rim, counted counter-clockwise.
func (s *Mesher) onRim(i int32) (x, y int32) {
	switch w := int32(s.grid.W - 1); i / w {
	case 0:
		return i, 0
	case 1:
		return w, i - w
	case 2:
		return 3*w - i, w
	default:
		return 0, 4*w - i
	}
}

// onward is the edge of the rim after e.
func (m *mesh) onward(e int32) int32 {
	for e = next(e); m.twin[e] != none; e = next(m.twin[e]) {
	}
	return e
}

// unrim takes away the vertex between two edges of the rim, which are on one line, and
// returns the edge in their place. The triangles around it give way to the ears of what
// they cover.
func (s *Mesher) unrim(from, to int32) int32 {
	m := &s.m
	v := m.corner[to]
	slots, chain, beyond := s.fan[:0], s.chain[:0], s.beyond[:0]
	for e := to; ; e = m.twin[prev(e)] {
		slots, chain, beyond = append(slots, e/3), append(chain, m.corner[next(e)]), append(beyond, m.twin[next(e)])
		if e/3 == from/3 {
			break
		}
	}
	chain = append(chain, m.corner[from])
	s.fan, s.chain, s.beyond = slots, chain, beyond
	e := none
	for k := 0; len(chain) > 2; k++ {
		i := 1
		for i+2 < len(chain) && !m.turns(chain[i-1], chain[i], chain[i+1]) {
			i++
		}
		e = m.triangle(slots[k], chain[i-1], chain[i], chain[i+1], beyond[i-1], beyond[i], none) + 2
		beyond[i-1] = e
		chain, beyond = slices.Delete(chain, i, i+1), slices.Delete(beyond, i, i+1)
	}
	m.corner[3*slots[len(slots)-1]] = dead
	s.gone, s.lost = append(s.gone, slots[len(slots)-1]), append(s.lost, v)
	return e
}

// turns tells whether the way from a over b to c turns left.
func (m *mesh) turns(a, b, c uint32) bool {
	ax, ay := int64(m.x[a]), int64(m.y[a])
	return (int64(m.x[b])-ax)*(int64(m.y[c])-ay) > (int64(m.y[b])-ay)*(int64(m.x[c])-ax)
}

// compact moves the last triangles and vertices into the places of those that are gone.
func (s *Mesher) compact() {
	m := &s.m
	n := m.count() - int32(len(s.gone))
	last := m.count()
	slices.Sort(s.gone)
	for _, to := range s.gone {
		if to >= n {
			break
		}
		for last--; m.corner[3*last] == dead; last-- {
		}
		copy(m.corner[3*to:], m.corner[3*last:3*last+3])
		copy(m.twin[3*to:], m.twin[3*last:3*last+3])
		s.worst[to], s.node[to], m.dirty[to] = s.worst[last], s.node[last], m.dirty[last]
		for e := 3 * to; e < 3*to+3; e++ {
			if f := m.twin[e]; f != none {
				m.twin[f] = e
			}
		}
	}
	m.corner, m.twin, m.dirty = m.corner[:3*n], m.twin[:3*n], m.dirty[:n]
	s.worst, s.node = s.worst[:n], s.node[:n]

	k := uint32(len(m.x) - len(s.lost))
	moved := make([]uint32, len(s.lost)) // where vertices from k on go
	for _, v := range s.lost {
		if v >= k {
			moved[v-k] = dead
		}
	}
	from := k
	slices.Sort(s.lost)
	for _, to := range s.lost {
		if to >= k {
			break
		}
		for ; moved[from-k] == dead; from++ {
		}
		m.x[to], m.y[to], moved[from-k] = m.x[from], m.y[from], to
		s.numbers.put(uint32(m.y[to])*uint32(s.grid.W)+uint32(m.x[to]), to)
		from++
	}
	m.x, m.y = m.x[:k], m.y[:k]
	for i, v := range m.corner {
		if v >= k {
			m.corner[i] = moved[v-k]
		}
	}
}
