package read

// spot is where a line ends: positions count, not node ids, for some editors put two
// nodes in one place.
type spot struct{ lng, lat int32 }

func (m memberLine) ends() (a, b spot) {
	first, last := m.places[0], m.places[len(m.places)-1]
	return spot{first.lng, first.lat}, spot{last.lng, last.lat}
}

// closing returns the lines that take part in closed rings: those at loose ends are
// dropped until none is left, and where a junction of odd degree remains, all that hang
// together with it.
func closing(lines []memberLine) []memberLine {
	at := map[spot][]int{} // lines by their ends; a closed line is there twice
	for i, l := range lines {
		a, b := l.ends()
		at[a] = append(at[a], i)
		at[b] = append(at[b], i)
	}
	degree := make(map[spot]int, len(at))
	for s, ls := range at {
		degree[s] = len(ls)
	}
	dropped := make([]bool, len(lines))
	var loose []spot
	drop := func(i int) {
		dropped[i] = true
		a, b := lines[i].ends()
		for _, s := range [2]spot{a, b} {
			if degree[s]--; degree[s] == 1 {
				loose = append(loose, s)
			}
		}
	}
	sweep := func() {
		for len(loose) > 0 {
			s := loose[len(loose)-1]
			loose = loose[:len(loose)-1]
			for _, i := range at[s] {
				if !dropped[i] {
					drop(i)
				}
			}
		}
	}
	for i, l := range lines {
		if a, b := l.ends(); !dropped[i] && (degree[a] == 1 || degree[b] == 1) {
			drop(i)
			sweep()
		}
	}
	odd := map[spot]bool{}
	var spread []spot
	reach := func(s spot) {
		if !odd[s] {
			odd[s] = true
			spread = append(spread, s)
		}
	}
	for i, l := range lines {
		a, b := l.ends()
		for _, s := range [2]spot{a, b} {
			if !dropped[i] && degree[s]%2 == 1 {
				reach(s)
			}
		}
	}
	for len(spread) > 0 {
		s := spread[len(spread)-1]
		spread = spread[:len(spread)-1]
		for _, i := range at[s] {
			if !dropped[i] {
				a, b := lines[i].ends()
				reach(a)
				reach(b)
			}
		}
	}
	kept := make([]memberLine, 0, len(lines))
	for i, l := range lines {
		if a, _ := l.ends(); !dropped[i] && !odd[a] {
			kept = append(kept, l)
		}
	}
	return kept
}

// sides takes lines apart into their sides. A side that is drawn several times is kept
// once, or by the even-odd rule.
func sides(lines []memberLine, once bool) []memberLine {
	type side struct{ a, b spot }
	count := map[side]int{}
	each := func(fn func(l memberLine, k int, s side)) {
		for _, l := range lines {
			for k := 0; k+1 < len(l.places); k++ {
				p, q := l.places[k], l.places[k+1]
				s := side{spot{p.lng, p.lat}, spot{q.lng, q.lat}}
				if s.b.lng < s.a.lng || s.b.lng == s.a.lng && s.b.lat < s.a.lat {
					s.a, s.b = s.b, s.a
				}
				if s.a != s.b {
					fn(l, k, s)
				}
			}
		}
	}
	each(func(_ memberLine, _ int, s side) { count[s]++ })
	var out []memberLine
	each(func(l memberLine, k int, s side) {
		if count[s]%2 == 1 || once && count[s] > 0 {
			count[s] = 0
			out = append(out, memberLine{l.inner, l.places[k : k+2]})
		}
	})
	return out
}

// twinSet finds lines that run along the same positions, either way round.
type twinSet map[twinKey][][]place

type twinKey struct {
	n    int
	a, b spot
}

// seen tells whether the line is a twin of one before, and remembers it.
func (t twinSet) seen(places []place) bool {
	a, b := memberLine{places: places}.ends()
	if b.lng < a.lng || b.lng == a.lng && b.lat < a.lat {
		a, b = b, a
	}
	key := twinKey{len(places), a, b}
	for _, other := range t[key] {
		if along(other, places, false) || along(other, places, true) {
			return true
		}
	}
	t[key] = append(t[key], places)
	return false
}

func along(a, b []place, backwards bool) bool {
	for i := range a {
		j := i
		if backwards {
			j = len(b) - 1 - i
		}
		if a[i].lng != b[j].lng || a[i].lat != b[j].lat {
			return false
		}
	}
	return true
}
