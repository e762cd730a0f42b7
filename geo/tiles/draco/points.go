package draco

// cuts reads where attributes have seams.
func (b *breaker) cuts(seams []*coin) []*table {
	edges := make([][]int32, len(seams))
	for c := range int32(len(b.opposite)) {
		// A face's own corner first, then counter-clockwise; each edge once.
		if o := b.opposite[c]; o == none || o/3 < c/3 {
			continue
		}
		for i, s := range seams {
			if s.next() {
				edges[i] = append(edges[i], c)
			}
		}
	}
	out := make([]*table, len(seams))
	for i := range out {
		out[i] = b.cut(edges[i])
	}
	return out
}

// points numbers what is different in any attribute.
func (b *breaker) points(cuts []*table) {
	d := b.decoder
	if len(cuts) == 0 {
		d.faces, d.mesh.Points = b.vertex, len(b.left)
	} else {
		d.faces = make([]int32, len(b.vertex))
		same := func(a, c int32) bool {
			for _, t := range cuts {
				if t.vertex[a] != t.vertex[c] {
					return false
				}
			}
			return true
		}
		for v, start := range b.left {
			if start == none {
				continue
			}
			first := start
			if !b.boundary(int32(v)) {
				first = b.seam(start, cuts)
			}
			d.faces[first] = int32(d.mesh.Points)
			d.mesh.Points++
			last := first
			for c := b.swingRight(first); c != none && c != first; last, c = c, b.swingRight(c) {
				if same(c, last) {
					d.faces[c] = d.faces[last]
					continue
				}
				d.faces[c] = int32(d.mesh.Points)
				d.mesh.Points++
			}
		}
	}
	d.mesh.Indices = make([]uint32, len(d.faces))
	for i, p := range d.faces {
		d.mesh.Indices[i] = uint32(p)
	}
}

// seam returns the first corner to the right that has another value of the first
// attribute that has one.
func (b *breaker) seam(start int32, cuts []*table) int32 {
	for _, t := range cuts {
		for c := b.swingRight(start); c != start && c != none; c = b.swingRight(c) {
			if t.vertex[c] != t.vertex[start] {
				return c
			}
		}
	}
	return start
}
