package skeleton

// chain joins the arcs of each edge's face into a ring that begins with the edge.
func (s *Skeleton) chain(w *wavefront) bool {
	n := len(w.edges)
	type half struct{ a, b int }
	sides := make([][]half, n)
	for _, r := range w.arcs {
		if r.from != r.to {
			sides[r.left] = append(sides[r.left], half{r.from, r.to})
			sides[r.right] = append(sides[r.right], half{r.from, r.to})
		}
	}
	s.Faces = make([][]int, n)
	for i := range n {
		start := i
		goal := w.ends[i]
		face := []int{start, goal}
		at := goal
		left := sides[i]
		for at != start {
			found := -1
			for k, h := range left {
				if h.a == at || h.b == at {
					found = k
					break
				}
			}
			if found < 0 {
				return false
			}
			h := left[found]
			left[found] = left[len(left)-1]
			left = left[:len(left)-1]
			if at = h.a + h.b - at; at != start {
				face = append(face, at)
			}
		}
		if len(left) != 0 {
			return false
		}
		s.Faces[i] = face
	}
	return true
}

// contract merges skeleton nodes nearer than d, so that events that nearly coincide do
// not leave slivers. Corners of the outline stay where they are.
func (s *Skeleton) contract(d float64) bool {
	n := len(s.Faces)
	to := make([]int, len(s.Nodes))
	for i := range to {
		to[i] = i
	}
	root := func(i int) int {
		for to[i] != i {
			i = to[i]
		}
		return i
	}
	for _, f := range s.Faces {
		for k := range f {
			a, b := root(f[k]), root(f[(k+1)%len(f)])
			if a == b || a < n && b < n || s.Nodes[a].Sub(s.Nodes[b].Vec2).Len() > d {
				continue
			}
			if b < a { // the lower index wins: an outline corner, or the earlier node
				a, b = b, a
			}
			to[b] = a
		}
	}
	for i, f := range s.Faces {
		var g []int
		for _, v := range f {
			if v = root(v); len(g) == 0 || g[len(g)-1] != v {
				g = append(g, v)
			}
		}
		for len(g) > 1 && g[0] == g[len(g)-1] {
			g = g[:len(g)-1]
		}
		if len(g) < 3 {
			return false
		}
		s.Faces[i] = g
	}
	s.compact(n)
	return true
}

// compact drops nodes that no face uses; the first n stay.
func (s *Skeleton) compact(n int) {
	at := make([]int, len(s.Nodes))
	for i := range at {
		at[i] = -1
	}
	nodes := append([]Node(nil), s.Nodes[:n]...)
	for i := range n {
		at[i] = i
	}
	for _, f := range s.Faces {
		for k, v := range f {
			if at[v] < 0 {
				at[v] = len(nodes)
				nodes = append(nodes, s.Nodes[v])
			}
			f[k] = at[v]
		}
	}
	s.Nodes = nodes
}
