package draco

import "fmt"

// none stands for a corner, vertex or entry that does not exist.
const none = int32(-1)

// table is the connectivity of a mesh by its corners (Rossignac, Safonova and Szymczak
// 2001): corner c is one of face c/3, in counter-clockwise order.
type table struct {
	opposite []int32 // the corner on the other side of the edge that faces a corner
	vertex   []int32 // of each corner
	left     []int32 // of each vertex: its corner furthest clockwise, none where it has none
}

func next(c int32) int32 {
	if c%3 == 2 {
		return c - 2
	}
	return c + 1
}

func previous(c int32) int32 {
	if c%3 == 0 {
		return c + 2
	}
	return c - 1
}

// swingLeft and swingRight turn round a corner's vertex to the next face.
func (t *table) swingLeft(c int32) int32 {
	if c = t.opposite[next(c)]; c == none {
		return none
	}
	return next(c)
}

func (t *table) swingRight(c int32) int32 {
	if c = t.opposite[previous(c)]; c == none {
		return none
	}
	return previous(c)
}

// around calls f for each corner of the vertex of c, from c to the left, and from c to
// the right where the fan is open.
func (t *table) around(c int32, f func(int32) bool) {
	for at := c; ; {
		if !f(at) {
			return
		}
		if at = t.swingLeft(at); at == c {
			return
		} else if at == none {
			break
		}
	}
	for at := t.swingRight(c); at != none; at = t.swingRight(at) {
		if !f(at) {
			return
		}
	}
}

func (t *table) boundary(vertex int32) bool { return t.swingLeft(t.left[vertex]) == none }

func (t *table) join(a, b int32) { t.opposite[a], t.opposite[b] = b, a }

// cut returns the table of an attribute that has other values on either side of seams:
// vertices on them are divided. A seam is named by the corner that faces it.
func (t *table) cut(seams []int32) *table {
	c := &table{opposite: make([]int32, len(t.opposite)), vertex: make([]int32, len(t.vertex))}
	copy(c.opposite, t.opposite)
	for _, s := range seams {
		if o := c.opposite[s]; o != none {
			c.opposite[s], c.opposite[o] = none, none
		}
	}
	for i := range c.vertex {
		c.vertex[i] = none
	}
	for _, start := range t.left {
		if start == none {
			continue
		}
		first := start
		for at := c.swingLeft(start); at != none; at = c.swingLeft(at) {
			if at == start { // no seam ends here
				first = start
				break
			}
			first = at
		}
		c.left = append(c.left, first)
		c.vertex[first] = int32(len(c.left) - 1)
		for at := t.swingRight(first); at != none && at != first; at = t.swingRight(at) {
			if c.opposite[next(at)] == none {
				c.left = append(c.left, at)
			}
			c.vertex[at] = int32(len(c.left) - 1)
		}
	}
	return c
}

// check tells whether every corner has a vertex, and the vertex a corner.
func (t *table) check() error {
	for c, v := range t.vertex {
		if v == none || t.left[v] == none {
			return fmt.Errorf("face %d has no vertex at corner %d", c/3, c%3)
		}
	}
	return nil
}
