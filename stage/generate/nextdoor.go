package generate

import "github.com/paulmach/orb"

// nextDoor tells which solids of other blocks a block's buildings are compared with. Most
// buildings stand for themselves: only parts, areas of several pieces and what lies below the
// ground are, with what touches them. All others are out of sight, so that a house that grows
// builds nothing in the next block. It is what building.Of looks at, or a little more.
type nextDoor struct {
	reach, special box // around what the block owns, and around what of all is compared
}

// box is a box around some things; without any there is none.
type box struct {
	orb.Bound
	some bool
}

func (b *box) add(o orb.Bound) {
	if b.some {
		o = b.Union(o)
	}
	*b = box{o, true}
}

func (b *box) meets(o orb.Bound) bool { return b.some && b.Intersects(o) }

// nextDoor looks at the heads of a block's solids.
func (g *generation) nextDoor(b *block, src *source) (n nextDoor, err error) {
	var others []orb.Bound
	err = g.heads(b, src, func(h *head) error {
		switch {
		case h.kind&solids == 0 || h.box.IsEmpty():
		case h.flags&ownedFlag != 0:
			n.reach.add(h.box)
			if h.kind&apart != 0 {
				n.special.add(h.box)
			}
		case h.kind&apart != 0:
			others = append(others, h.box)
		}
		return nil
	})
	for _, o := range others { // a part that touches may belong to a smaller outline than the block's own
		if n.reach.meets(o) {
			n.special.add(o)
		}
	}
	return n, err
}

// asks tells whether a feature is the block's own, no solid, or one that it is compared with.
func (n *nextDoor) asks(h *head) bool {
	return h.flags&ownedFlag != 0 || h.kind&solids == 0 || n.special.meets(h.box)
}
