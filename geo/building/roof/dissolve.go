package roof

import "slices"

// dissolve joins neighbouring faces of one facet, and takes out points that are then in
// the middle of straight edges; the first corners are the outline's and stay. A facet
// whose border is not one ring a piece keeps the faces that it has.
func (f *field) dissolve(corners int) {
	type side struct{ facet, a, b int }
	have := map[side]bool{}
	var facets []int
	for _, c := range f.faces {
		if !slices.Contains(facets, c.facet) {
			facets = append(facets, c.facet)
		}
		for k, a := range c.ring {
			have[side{c.facet, a, c.ring[(k+1)%len(c.ring)]}] = true
		}
	}
	var out []face
	for _, facet := range facets {
		next := map[int]int{}
		var starts []int
		sound, many := true, 0
		for _, c := range f.faces {
			if c.facet != facet {
				continue
			}
			many++
			for k, a := range c.ring {
				b := c.ring[(k+1)%len(c.ring)]
				if have[side{facet, b, a}] {
					continue
				}
				if _, twice := next[a]; twice {
					sound = false
				}
				next[a] = b
				starts = append(starts, a)
			}
		}
		var joined []face
		for _, a := range starts {
			if _, open := next[a]; !open || !sound || many == 1 {
				continue
			}
			var ring []int
			for v := a; ; {
				w, ok := next[v]
				if !ok {
					sound = sound && v == a
					break
				}
				delete(next, v)
				ring = append(ring, v)
				v = w
			}
			if len(ring) < 3 || f.ring(ring).Area() <= 0 { // the border of a hole
				sound = false
				break
			}
			joined = append(joined, face{ring, facet})
		}
		if !sound || many == 1 {
			for _, c := range f.faces {
				if c.facet == facet {
					out = append(out, c)
				}
			}
			continue
		}
		out = append(out, joined...)
	}
	f.faces = out
	f.straighten(corners)
}

// straighten takes out the points that only two edges meet at.
func (f *field) straighten(corners int) {
	ends := make([][]int, len(f.points))
	for _, c := range f.faces {
		for k, a := range c.ring {
			b := c.ring[(k+1)%len(c.ring)]
			if !slices.Contains(ends[a], b) {
				ends[a] = append(ends[a], b)
			}
			if !slices.Contains(ends[b], a) {
				ends[b] = append(ends[b], a)
			}
		}
	}
	for i := range f.faces {
		c := &f.faces[i]
		kept := slices.DeleteFunc(slices.Clone(c.ring), func(v int) bool { return v >= corners && len(ends[v]) == 2 })
		if len(kept) >= 3 {
			c.ring = kept
		}
	}
}
