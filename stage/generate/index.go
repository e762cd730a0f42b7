package generate

import (
	"context"
	"encoding/binary"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
)

// beside is a feature that lies in no block.
type beside struct {
	src *source
	seq int
}

// sort builds the index: the numbers of the features of every block by source.
func (g *generation) sort(ctx context.Context) (out []beside, err error) {
	b := g.blocks
	for i := range b.all {
		b.all[i].lists = make([]list, len(g.order))
	}
	b.index = spool.NewFile(g.store.work, g.budget.spill)
	var record [11]byte // block, source, number, flags
	sorter := spool.NewSorter(g.store.work, len(record), g.budget.spill)
	for _, src := range g.order {
		if !g.cityData(src.id) {
			continue
		}
		err := src.each(ctx, func(seq int, h *head) error {
			at, ok := g.ownPlace(h)
			if !ok {
				if h.kind&solids != 0 {
					out = append(out, beside{src, seq})
				}
				return nil
			}
			binary.BigEndian.PutUint16(record[4:], src.number)
			binary.BigEndian.PutUint32(record[6:], uint32(seq))
			var err error
			owner, added, box := b.at(at), false, g.planBox(h)
			add := func(leaf int) {
				record[10] = 0
				if leaf == owner {
					added, record[10] = true, ownedFlag>>24
				}
				binary.BigEndian.PutUint32(record[:], uint32(leaf))
				if err == nil {
					err = sorter.Add(record[:])
				}
			}
			b.each(b.root, reachOf(h.kind), box, add)
			if !added { // its box lies beside the square
				add(owner)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, g.gather(sorter)
}

// gather writes the sorted index.
func (g *generation) gather(sorter *spool.Sorter) error {
	b := g.blocks
	count := 0
	err := sorter.Each(func(r []byte) error {
		l := &b.all[binary.BigEndian.Uint32(r)].lists[binary.BigEndian.Uint16(r[4:])]
		if l.count == 0 {
			l.from = count
		}
		l.count++
		count++
		flags := uint32(r[10]) << 24
		binary.BigEndian.PutUint32(r[6:], flags|binary.BigEndian.Uint32(r[6:]))
		_, err := b.index.Write(r[6:10])
		return err
	})
	if err != nil {
		return err
	}
	return b.index.Flush()
}

// nameLists names what every block is made of.
func (g *generation) nameLists() error {
	for i := range g.blocks.all {
		b := &g.blocks.all[i]
		for _, src := range g.order {
			l := &b.lists[src.number]
			if l.count == 0 {
				continue
			}
			var sums [sights][]byte
			for s := range sums {
				sums[s] = make([]byte, 0, l.count*len(digest{}))
			}
			l.bytes = 0
			next, err := g.nextDoor(b, src)
			if err != nil {
				return err
			}
			err = g.heads(b, src, func(h *head) error {
				l.bytes += int64(h.size)
				l.related = l.related || h.kind&related != 0
				for s := range sums {
					if !sight(s).shows(h.kind) || sight(s) == sightBuildings && !next.asks(h) {
						continue
					}
					v := h.seen(sight(s).grade(h.kind, h.flags))
					sums[s] = append(sums[s], v[:]...)
				}
				return nil
			})
			if err != nil {
				return err
			}
			for s := range sums {
				l.seen[s] = sumOf(sums[s])
			}
			l.digest = l.seen[sightAll]
		}
	}
	return nil
}

// leftOut reports a building that lies beside the data. That a region was asked for is no fault
// of what lies beyond it, and was read as a part of something else.
func (g *generation) leftOut(b beside) error {
	if !g.hasBuildings(b.src.id) {
		return nil
	}
	var h head
	if err := b.src.head(b.seq, &h); err != nil {
		return err
	}
	f, err := b.src.feature(&h)
	switch {
	case err != nil:
	case g.BBox != nil || g.doc.Sources[b.src.id].BBox != nil:
		g.report.Note("building beyond the region that was asked for")
	default:
		g.report.Skip(f.ID, "building far outside the data")
	}
	return err
}

// heads calls f with the heads of a block's features and how they lie to it, in the order
// of their source. A head is f's only until it returns.
func (g *generation) heads(b *block, src *source, f func(h *head) error) error {
	l := b.lists[src.number]
	if l.count == 0 {
		return nil
	}
	numbers, err := g.blocks.index.Slice(4*int64(l.from), 4*l.count)
	if err != nil {
		return src.damaged(err)
	}
	var h head
	for i := range l.count {
		n := binary.BigEndian.Uint32(numbers[4*i:])
		if err := src.head(int(n&numberOf), &h); err != nil {
			return err
		}
		h.flags = n &^ numberOf
		if err := f(&h); err != nil {
			return err
		}
	}
	return nil
}

// load reads the features of a block, or those of some kinds, in the order of their source.
func (g *generation) load(b *block, src *source, want kinds) ([]geo.Feature, error) {
	var out []geo.Feature
	if want == 0 {
		out = make([]geo.Feature, 0, b.lists[src.number].count)
	}
	err := g.heads(b, src, func(h *head) error {
		if want != 0 && h.kind&want == 0 {
			return nil
		}
		f, err := src.feature(h)
		out = append(out, f)
		return err
	})
	return out, err
}
