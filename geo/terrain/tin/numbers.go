package tin

// numbers are the vertices at nodes of the grid: an open table with linear probing, as few
// nodes of a wide grid are vertices.
type numbers struct {
	slots []numbered
	count int
}

// numbered is a node and its vertex, both plus one; 0 is a free slot.
type numbered struct{ node, vertex uint32 }

// reset forgets all, and a table that the last grid had little use for.
func (n *numbers) reset() {
	if least := 1 << 10; len(n.slots) < least || len(n.slots) > max(least, 16*n.count) {
		n.slots = make([]numbered, max(least, len(n.slots)/2))
	} else {
		clear(n.slots)
	}
	n.count = 0
}

// slot is where a node is or would be.
func (n *numbers) slot(node uint32) *numbered {
	mask := uint32(len(n.slots) - 1)
	for at := (node + 1) * 0x9e3779b1 >> 7; ; at++ {
		if s := &n.slots[at&mask]; s.node == node+1 || s.node == 0 {
			return s
		}
	}
}

// put gives a node a vertex, which takes the place of another.
func (n *numbers) put(node, vertex uint32) {
	s := n.slot(node)
	if s.node == 0 {
		if n.count++; 2*n.count > len(n.slots) {
			n.grow()
			s = n.slot(node)
		}
	}
	*s = numbered{node + 1, vertex + 1}
}

func (n *numbers) grow() {
	old := n.slots
	n.slots = make([]numbered, 2*len(old))
	for _, s := range old {
		if s.node != 0 {
			*n.slot(s.node - 1) = s
		}
	}
}
