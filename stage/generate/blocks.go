package generate

import (
	"context"
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers"
)

const (
	// A block is divided while its features weigh more than blockWeight and its halves are
	// no smaller than blockSide.
	blockWeight = 3000
	solidWeight = 9 // of a building
	prismWeight = 1 // of one where all are plain prisms
	plainWeight = 3 // of anything else
	blockSide   = 180.0
	blockLevels = 11 // at most: the counts of all squares take 4^11 words

	// So is one wider than modelSide with more than modelSize KiB of city models, however
	// few they are: such sets are often sparse, and a wide leaf would have no simplified
	// levels above it but those that are too coarse for any of its buildings.
	modelSide = 600.0
	modelSize = 16
)

// block is a leaf of the quadtree over the site with the features that it is built from.
type block struct {
	address tiles.Address
	square  orb.Bound
	want    [reaches]orb.Bound // where features of a kind are taken from
	stands  orb.Bound          // of the square and the solids that the block owns
	lists   []list             // by source
}

// list is a run of the index: the features of one source.
type list struct {
	from, count int
	bytes       int64
	digest      digest         // of the features, in order
	seen        [sights]digest // of what is seen of them
}

// The kinds of reach: features of a kind are taken from the square and from around those
// that the block owns.
const (
	reachSolids = iota
	reachLines
	reachAreas
	reachPoints
	reaches
)

// reachBeyond is how far around its square and what it owns a block sees everything.
const reachBeyond = 100.0

// Larger boxes than these, in metres, are not reached into: what they touch has its
// block elsewhere, and a coast or a border would draw in everything.
const (
	solidReach = 1500.0
	lineReach  = 3000.0
	areaReach  = 3000.0
)

func reachOf(k kinds) int {
	switch {
	case k&solids != 0:
		return reachSolids
	case k&lines != 0:
		return reachLines
	case k&areas != 0:
		return reachAreas
	}
	return reachPoints
}

// blocks is the division of a site, and the index of features by block.
type blocks struct {
	grid  tiles.Grid
	all   []block // leaves in the order of a walk: south-west, south-east, north-west, north-east
	tree  map[tiles.Address]*square
	index *spool.File // numbers of features with flags, 4 bytes each
}

// square is a node of the quadtree.
type square struct {
	first, last int // leaves below: all[first:last]
	leaf        bool
	want        [reaches]orb.Bound
}

// divide makes the quadtree of a site from the places of all features, and sorts the
// features by block.
func (g *generation) divide(ctx context.Context) error {
	s := g.site
	depth := 0
	for depth < blockLevels && s.size/float64(int(2)<<depth) >= blockSide {
		depth++
	}
	b := &blocks{grid: tiles.Grid{Frame: s.frame, Min: s.min, Size: s.size, MaxLevel: 24}, tree: map[tiles.Address]*square{}}
	g.blocks = b
	counts := make([]uint32, 1<<(2*depth))
	var models []uint32 // KiB of city models up to modelSize + 1, where there are any
	n := 1 << depth
	solid := g.solidWeight()
	planted := newWoods(b.grid, depth)
	for _, src := range g.order {
		if !g.cityData(src.id) {
			continue
		}
		err := src.each(ctx, func(_ int, h *head) error {
			if at, ok := g.ownPlace(h); ok {
				if h.kind&wooded != 0 {
					planted.add(g.planBox(h))
				}
				a := b.grid.At(depth, at[0], at[1])
				w := uint32(plainWeight)
				if h.kind&solids != 0 {
					w = solid
				}
				counts[a.Y*n+a.X] += w
				if h.kind&finished != 0 {
					if models == nil {
						models = make([]uint32, len(counts))
					}
					models[a.Y*n+a.X] = min(models[a.Y*n+a.X]+h.size>>10+1, modelSize+1)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if len(g.builtLayers("trees")) > 0 {
		planted.weigh(counts)
	}
	weight, size := sums(counts, n), [][]uint32(nil)
	if models != nil {
		size = sums(models, n)
	}
	b.split(tiles.Address{}, depth, func(a tiles.Address) bool {
		at := func(sums [][]uint32) uint32 { return sums[depth-a.Level][a.Y<<a.Level+a.X] }
		return at(weight) > blockWeight || models != nil && b.grid.Side(a.Level) > modelSide && at(size) > modelSize
	})
	if err := g.reach(ctx); err != nil {
		return err
	}
	return g.sort(ctx)
}

// solidWeight is the weight of a building in this run.
func (g *generation) solidWeight() uint32 {
	for _, l := range g.builtLayers("buildings") {
		if !l.Props.(*layers.Buildings).Flat {
			return solidWeight
		}
	}
	return prismWeight
}

// sums are the counts of the squares of every level, the finest first.
func sums(counts []uint32, n int) [][]uint32 {
	out := [][]uint32{counts}
	for n > 1 {
		below, m := out[len(out)-1], n/2
		up := make([]uint32, m*m)
		for y := range n {
			for x := range n {
				up[(y/2)*m+x/2] += below[y*n+x]
			}
		}
		out, n = append(out, up), m
	}
	return out
}

func (b *blocks) split(a tiles.Address, depth int, heavy func(a tiles.Address) bool) {
	first := len(b.all)
	leaf := a.Level == depth || !heavy(a)
	if leaf {
		lo, hi := b.grid.Square(a)
		b.all = append(b.all, block{address: a, square: orb.Bound{Min: lo, Max: hi}})
	} else {
		for _, c := range a.Children() {
			b.split(c, depth, heavy)
		}
	}
	b.tree[a] = &square{first: first, last: len(b.all), leaf: leaf}
}

// at returns the leaf that holds a place of the plan.
func (b *blocks) at(p orb.Point) int {
	for a := (tiles.Address{}); ; a = b.grid.At(a.Level+1, p[0], p[1]) {
		if q := b.tree[a]; q.leaf {
			return q.first
		}
	}
}

// each calls f for the leaves whose reach for a kind meets a box of the plan.
func (b *blocks) each(a tiles.Address, kind int, box orb.Bound, f func(leaf int)) {
	q := b.tree[a]
	if !q.want[kind].Intersects(box) {
		return
	}
	if q.leaf {
		f(q.first)
		return
	}
	for _, c := range a.Children() {
		b.each(c, kind, box, f)
	}
}

// ownPlace is where a feature is owned in the plan: its foot, brought to the site's
// square where it lies beyond and the feature reaches in. ok is false for what the
// package has nothing of.
func (g *generation) ownPlace(h *head) (orb.Point, bool) {
	p, ok := h.foot()
	if !ok || !g.site.near(p) {
		return orb.Point{}, false
	}
	x, y := g.site.frame.Plan(p[0], p[1])
	if h.kind&solids != 0 && !g.site.core.Contains(orb.Point{x, y}) {
		return orb.Point{}, false
	}
	at := geo.Into(g.site.square(), x, y)
	if at != (orb.Point{x, y}) && !g.planBox(h).Intersects(g.site.square()) {
		return at, false
	}
	return at, true
}

// planBox is the box of a feature in the plan: that of its box's rim, which may bulge.
func (g *generation) planBox(h *head) orb.Bound {
	b := h.box
	if b.Min == b.Max {
		x, y := g.site.frame.Plan(b.Min[0], b.Min[1])
		return orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x, y}}
	}
	out := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	steps := 1 + int(min(8*max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]), 64))
	lng := func(i int) float64 { return b.Min[0] + (b.Max[0]-b.Min[0])*float64(i)/float64(steps) }
	lat := func(i int) float64 { return b.Min[1] + (b.Max[1]-b.Min[1])*float64(i)/float64(steps) }
	for i := range steps {
		for _, p := range [4]orb.Point{{lng(i), b.Min[1]}, {lng(i + 1), b.Max[1]}, {b.Min[0], lat(i + 1)}, {b.Max[0], lat(i)}} {
			x, y := g.site.frame.Plan(p[0], p[1])
			out = out.Extend(orb.Point{x, y})
		}
	}
	// Between the points the rim is at most the sagitta of its part further out.
	const earthRadius = 6.37e6
	part := math.Hypot(out.Max[0]-out.Min[0], out.Max[1]-out.Min[1]) / float64(steps)
	return out.Pad(part*part/(8*earthRadius) + 0.01)
}

// reach finds from where every block takes features.
func (g *generation) reach(ctx context.Context) error {
	b := g.blocks
	for i := range b.all {
		for k := range reaches {
			b.all[i].want[k] = b.all[i].square.Pad(reachBeyond)
		}
		b.all[i].stands = b.all[i].square
	}
	most := [reaches]float64{solidReach, lineReach, areaReach, 0}
	// What the owned ones of a kind draw in.
	draws := [reaches][]int{{reachSolids, reachLines, reachAreas, reachPoints}, {reachLines, reachAreas, reachPoints}, {reachAreas}, nil}
	for _, src := range g.order {
		if !g.cityData(src.id) {
			continue
		}
		err := src.each(ctx, func(_ int, h *head) error {
			at, ok := g.ownPlace(h)
			kind := reachOf(h.kind)
			if !ok || draws[kind] == nil {
				return nil
			}
			box := g.planBox(h)
			leaf := &b.all[b.at(at)]
			if kind == reachSolids {
				leaf.stands = leaf.stands.Union(box)
			}
			box = box.Pad(reachBeyond)
			if max(box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]) > most[kind] {
				return nil
			}
			for _, k := range draws[kind] {
				leaf.want[k] = leaf.want[k].Union(box)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, q := range b.tree {
		q.want = b.all[q.first].want
		for i := q.first + 1; i < q.last; i++ {
			for k := range reaches {
				q.want[k] = q.want[k].Union(b.all[i].want[k])
			}
		}
	}
	return nil
}

// sort builds the index: the numbers of the features of every block by source.
func (g *generation) sort(ctx context.Context) error {
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
				return g.leftOut(src, h)
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
				if b.all[leaf].square.Pad(reachBeyond).Intersects(box) {
					record[10] |= nearFlag >> 24
				}
				binary.BigEndian.PutUint32(record[:], uint32(leaf))
				if err == nil {
					err = sorter.Add(record[:])
				}
			}
			b.each(tiles.Address{}, reachOf(h.kind), box, add)
			if !added { // its box lies beside the square
				add(owner)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return g.gather(sorter)
}

// gather writes the sorted index and names what every block is made of.
func (g *generation) gather(sorter *spool.Sorter) error {
	b := g.blocks
	var at *list
	var sums [sights]digester
	flush := func() {
		if at == nil {
			return
		}
		for i := range sums {
			at.seen[i] = sums[i].sum()
		}
		at.digest = at.seen[sightAll]
	}
	count := 0
	err := sorter.Each(func(r []byte) error {
		src := g.order[binary.BigEndian.Uint16(r[4:])]
		l := &b.all[binary.BigEndian.Uint32(r)].lists[src.number]
		if l != at {
			flush()
			at = l
			for i := range sums {
				sums[i] = newDigest("features")
			}
			l.from = count
		}
		h, err := src.head(int(binary.BigEndian.Uint32(r[6:])))
		if err != nil {
			return err
		}
		flags := uint32(r[10]) << 24
		for i := range sums {
			sums[i].digest(h.seen(sight(i).grade(h.kind, flags)))
		}
		l.count++
		l.bytes += int64(h.size)
		count++
		binary.BigEndian.PutUint32(r[6:], flags|binary.BigEndian.Uint32(r[6:]))
		_, err = b.index.Write(r[6:10])
		return err
	})
	flush()
	if err != nil {
		return err
	}
	return b.index.Flush()
}

// leftOut reports a building that lies beside the data.
func (g *generation) leftOut(src *source, h *head) error {
	if h.kind&solids == 0 {
		return nil
	}
	f, err := src.feature(h)
	if err != nil {
		return err
	}
	if g.hasBuildings(src.id) {
		g.report.Skip(f.ID, "building far outside the data")
	}
	return nil
}

// heads calls f with the heads of a block's features and how they lie to it, in the order
// of their source.
func (g *generation) heads(b *block, src *source, f func(h *head) error) error {
	l := b.lists[src.number]
	if l.count == 0 {
		return nil
	}
	numbers, err := g.blocks.index.Slice(4*int64(l.from), 4*l.count)
	if err != nil {
		return src.damaged(err)
	}
	for i := range l.count {
		n := binary.BigEndian.Uint32(numbers[4*i:])
		h, err := src.head(int(n & numberOf))
		if err == nil {
			h.flags = n &^ numberOf
			err = f(&h)
		}
		if err != nil {
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
