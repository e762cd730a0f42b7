package generate

import (
	"context"
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/city"
)

// A division depends on nothing but where features lie and of which kind they are. So it is
// kept under the hash of that: where houses grow and streets are renamed, nothing moves.

// division takes the division of an earlier run or divides anew, and returns what lies in
// no block.
func (g *generation) division(ctx context.Context) ([]beside, error) {
	if g.Parts == "" {
		return g.divideAnew(ctx)
	}
	name, err := g.divisionName(ctx)
	if err != nil {
		return nil, err
	}
	if out, ok := g.keptDivision(name); ok {
		return out, nil
	}
	out, err := g.divideAnew(ctx)
	if err != nil {
		return nil, err
	}
	return out, g.keepDivision(name, out)
}

// divisionName names a division by all that it depends on.
func (g *generation) divisionName(ctx context.Context) (digest, error) {
	key := g.key("division")
	s := g.site
	key.floats(s.frame.Origin.Lng, s.frame.Origin.Lat, s.frame.Origin.Height, s.min[0], s.min[1], s.size, float64(g.solidWeight()))
	key.floats(s.core.Min[0], s.core.Min[1], s.core.Max[0], s.core.Max[1])
	for _, l := range g.builtLayers("trees") {
		key.floats(l.Props.(*city.Trees).Density)
	}
	for _, src := range g.order {
		if !g.cityData(src.id) {
			continue
		}
		key.floats(float64(src.number), float64(src.count))
		var record [40]byte
		err := src.each(ctx, func(_ int, h *head) error {
			for i, v := range [4]float64{h.box.Min[0], h.box.Min[1], h.box.Max[0], h.box.Max[1]} {
				binary.LittleEndian.PutUint64(record[8*i:], math.Float64bits(v))
			}
			binary.LittleEndian.PutUint32(record[32:], uint32(h.kind))
			size := uint32(0) // of city models it is weighed
			if h.kind&finished != 0 {
				size = h.size
			}
			binary.LittleEndian.PutUint32(record[36:], size)
			key.h.Write(record[:])
			return nil
		})
		if err != nil {
			return digest{}, err
		}
	}
	return key.sum(), nil
}

// keepDivision keeps the blocks and their index, unless that is large.
func (g *generation) keepDivision(name digest, out []beside) error {
	b := g.blocks
	if b.index.Size() > int64(g.budget.spill) {
		return nil
	}
	var w spool.Writer
	bound := func(b orb.Bound) {
		for _, v := range [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} {
			w.Float(v)
		}
	}
	w.Uint(uint64(len(b.all)))
	for i := range b.all {
		k := &b.all[i]
		for _, v := range [3]int{k.address.Level, k.address.X, k.address.Y} {
			w.Uint(uint64(v))
		}
		for _, want := range k.want {
			bound(want)
		}
		for _, l := range k.lists {
			w.Uint(uint64(l.from))
			w.Uint(uint64(l.count))
		}
	}
	w.Uint(uint64(len(out)))
	for _, o := range out {
		w.Uint(uint64(o.src.number))
		w.Uint(uint64(o.seq))
	}
	index, err := b.index.Slice(0, int(b.index.Size()))
	if err != nil {
		return err
	}
	w.Bytes(index)
	return g.store.put(name, w.B)
}

// keptDivision takes the division of an earlier run, and what lies in no block.
func (g *generation) keptDivision(name digest) (out []beside, ok bool) {
	data, ok := g.store.get(name)
	if !ok {
		return nil, false
	}
	r := spool.Reader{B: data}
	bound := func() orb.Bound {
		return orb.Bound{Min: orb.Point{r.Float(), r.Float()}, Max: orb.Point{r.Float(), r.Float()}}
	}
	b := newBlocks(g.site)
	n := r.Count(3 + reaches*4*8)
	kept := make(map[tiles.Address]block, n)
	for range n {
		k := block{address: tiles.Address{Level: int(r.Uint()), X: int(r.Uint()), Y: int(r.Uint())}, lists: make([]list, len(g.order))}
		for i := range k.want {
			k.want[i] = bound()
		}
		for i := range k.lists {
			k.lists[i].from, k.lists[i].count = int(r.Uint()), int(r.Uint())
		}
		kept[k.address] = k
	}
	out = make([]beside, r.Count(2))
	for i := range out {
		number := int(r.Uint())
		if number >= len(g.order) {
			return nil, false
		}
		out[i] = beside{g.order[number], int(r.Uint())}
	}
	index := r.Bytes()
	if r.Err != nil {
		return nil, false
	}
	b.root = b.split(tiles.Address{}, blockLevels, func(a tiles.Address) bool {
		_, leaf := kept[a]
		return !leaf
	})
	if len(b.all) != len(kept) {
		return nil, false
	}
	for i := range b.all {
		square := b.all[i].square
		b.all[i] = kept[b.all[i].address]
		b.all[i].square = square
	}
	b.spread()
	b.index = spool.NewFile(g.store.work, g.budget.spill)
	if _, err := b.index.Write(index); err != nil || b.index.Flush() != nil {
		return nil, false
	}
	g.blocks = b
	return out, true
}
