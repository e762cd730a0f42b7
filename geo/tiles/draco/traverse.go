package draco

import "fmt"

// order is the sequence in which an attribute's values stand: one for each vertex of a
// table, as a walk over the faces meets them.
type order struct {
	*table
	corners []int32 // of each value
	value   []int32 // of each vertex
	seen    []bool  // faces
}

func newOrder(t *table) *order {
	o := &order{table: t, value: make([]int32, len(t.left)), seen: make([]bool, len(t.vertex)/3)}
	for i := range o.value {
		o.value[i] = none
	}
	return o
}

// visit numbers the vertex of a corner, unless it has a number.
func (o *order) visit(c int32) {
	if v := o.vertex[c]; o.value[v] == none {
		o.value[v] = int32(len(o.corners))
		o.corners = append(o.corners, c)
	}
}

func (o *order) visited(c int32) bool { return c == none || o.seen[c/3] }

// right and leftOf are the corners of the next faces behind a corner's two edges.
func (o *order) right(c int32) int32  { return o.opposite[next(c)] }
func (o *order) leftOf(c int32) int32 { return o.opposite[previous(c)] }

// deep walks to the right first, and comes back for what lies to the left.
func (o *order) deep(start int32) {
	if o.visited(start) {
		return
	}
	o.visit(next(start))
	o.visit(previous(start))
	for stack := []int32{start}; len(stack) > 0; {
		c := stack[len(stack)-1]
		if o.visited(c) {
			stack = stack[:len(stack)-1]
			continue
		}
		for {
			o.seen[c/3] = true
			if v := o.vertex[c]; o.value[v] == none {
				inside := !o.boundary(v)
				o.visit(c)
				if r := o.right(c); inside && r != none {
					c = r
					continue
				}
			}
			r, l := o.right(c), o.leftOf(c)
			if o.visited(r) && o.visited(l) {
				stack = stack[:len(stack)-1]
				break
			} else if o.visited(r) {
				c = l
			} else if o.visited(l) {
				c = r
			} else {
				stack[len(stack)-1] = l
				stack = append(stack, r)
				break
			}
		}
	}
}

// degrees walks to where the next vertex has the most neighbours that are known.
type degrees struct {
	*order
	known  []uint32
	stacks [3][]int32
	best   int
}

func (d *degrees) walk(start int32) {
	d.stacks[0] = append(d.stacks[0], start)
	d.best = 0
	d.visit(next(start))
	d.visit(previous(start))
	d.visit(start)
	for c := d.pop(); c != none; c = d.pop() {
		for !d.visited(c) {
			d.seen[c/3] = true
			d.visit(c)
			r, l := d.right(c), d.leftOf(c)
			to := none
			if !d.visited(l) {
				p := d.priority(l)
				if d.visited(r) && p <= d.best {
					c = l
					continue
				}
				d.push(l, p)
			}
			if !d.visited(r) {
				if p := d.priority(r); p <= d.best {
					to = r
				} else {
					d.push(r, p)
				}
			}
			if to == none {
				break
			}
			c = to
		}
	}
}

func (d *degrees) pop() int32 {
	for i := d.best; i < len(d.stacks); i++ {
		if s := d.stacks[i]; len(s) > 0 {
			d.stacks[i], d.best = s[:len(s)-1], i
			return s[len(s)-1]
		}
	}
	return none
}

func (d *degrees) push(c int32, priority int) {
	d.stacks[priority] = append(d.stacks[priority], c)
	d.best = min(d.best, priority)
}

func (d *degrees) priority(c int32) int {
	v := d.vertex[c]
	if d.value[v] != none {
		return 0
	}
	if d.known[v]++; d.known[v] > 1 {
		return 1
	}
	return 2
}

// tracedAttributes reads attributes whose values stand in the order of a walk.
func (d *decoder) tracedAttributes(base *table, cuts []*table) error {
	groups := make([]group, d.u8())
	for i := range groups {
		id, perCorner, method := int8(d.u8()), d.u8() != 0, d.u8()
		if d.err != nil {
			return d.err
		}
		t := base
		switch {
		case int(id) >= len(cuts) || perCorner && id < 0:
			return fmt.Errorf("attributes %d: no connectivity %d", i, id)
		case perCorner:
			t = cuts[id]
		}
		o := newOrder(t)
		if method > 1 || method == 1 && perCorner {
			return fmt.Errorf("attributes %d: traversal %d does not exist", i, method)
		}
		w := degrees{order: o, known: make([]uint32, len(t.left))}
		for c := int32(0); int(c) < len(t.vertex); c += 3 {
			if method == 1 {
				w.walk(c)
			} else {
				o.deep(c)
			}
		}
		g := &groups[i]
		g.order, g.entries, g.value = o, len(o.corners), make([]int32, d.mesh.Points)
		for c, p := range d.faces {
			g.value[p] = o.value[t.vertex[c]]
		}
	}
	return d.attributes(groups)
}
