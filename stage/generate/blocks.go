package generate

import (
	"context"
	"math/bits"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/city"
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
	lists   []list             // by source
}

// list is a run of the index: the features of one source.
type list struct {
	from, count int
	bytes       int64
	digest      digest         // of the features, in order
	seen        [sights]digest // of what is seen of them
	related     bool           // some are members of building relations
}

// blocks is the division of a site, and the index of features by block.
type blocks struct {
	grid  tiles.Grid
	all   []block // leaves in the order of a walk: south-west, south-east, north-west, north-east
	tree  map[tiles.Address]*square
	root  *square
	index *spool.File // numbers of features with flags, 4 bytes each
}

// square is a node of the quadtree.
type square struct {
	first, last int // leaves below: all[first:last]
	leaf        bool
	below       [4]*square // in the order of tiles.Address.Children, where it is no leaf
	want        [reaches]orb.Bound
}

// divide makes the quadtree of a site from the places of all features, and sorts the
// features by block.
func (g *generation) divide(ctx context.Context) error {
	out, err := g.division(ctx)
	if err != nil {
		return err
	}
	for _, o := range out {
		if err := g.leftOut(o); err != nil {
			return err
		}
	}
	g.tileHeads = g.openHeads()
	return g.nameLists()
}

// divideAnew makes the quadtree and the index, and returns what lies in no block.
func (g *generation) divideAnew(ctx context.Context) ([]beside, error) {
	s := g.site
	depth := 0
	for depth < blockLevels && s.size/float64(int(2)<<depth) >= blockSide {
		depth++
	}
	b := newBlocks(s)
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
			return nil, err
		}
	}
	if len(g.builtLayers("trees")) > 0 {
		planted.weigh(counts)
	}
	weight, size := sums(counts, n), [][]uint32(nil)
	if models != nil {
		size = sums(models, n)
	}
	b.root = b.split(tiles.Address{}, depth, func(a tiles.Address) bool {
		at := func(sums [][]uint32) uint32 { return sums[depth-a.Level][a.Y<<a.Level+a.X] }
		return at(weight) > blockWeight || models != nil && b.grid.Side(a.Level) > modelSide && at(size) > modelSize
	})
	if err := g.reach(ctx); err != nil {
		return nil, err
	}
	return g.sort(ctx)
}

func newBlocks(s *site) *blocks {
	return &blocks{grid: tiles.Grid{Frame: s.frame, Min: s.min, Size: s.size, MaxLevel: 24}, tree: map[tiles.Address]*square{}}
}

// solidWeight is the weight of a building in this run.
func (g *generation) solidWeight() uint32 {
	for _, l := range g.builtLayers("buildings") {
		if !l.Props.(*city.Buildings).Flat {
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

func (b *blocks) split(a tiles.Address, depth int, heavy func(a tiles.Address) bool) *square {
	q := &square{first: len(b.all), leaf: a.Level == depth || !heavy(a)}
	if q.leaf {
		lo, hi := b.grid.Square(a)
		b.all = append(b.all, block{address: a, square: orb.Bound{Min: lo, Max: hi}})
	} else {
		for i, c := range a.Children() {
			q.below[i] = b.split(c, depth, heavy)
		}
	}
	q.last = len(b.all)
	b.tree[a] = q
	return q
}

// most is how many leaves lie in one of n × n squares of the site at the most.
func (b *blocks) most(n int) (leaves int) {
	level := bits.TrailingZeros(uint(n))
	for a, q := range b.tree {
		if a.Level == level {
			leaves = max(leaves, q.last-q.first)
		}
	}
	return leaves
}

// at returns the leaf that holds a place of the plan.
func (b *blocks) at(p orb.Point) int {
	a := b.grid.At(blockLevels, p[0], p[1])
	q := b.root
	for level := blockLevels - 1; !q.leaf; level-- {
		q = q.below[a.Y>>level&1<<1|a.X>>level&1]
	}
	return q.first
}

// each calls f for the leaves whose reach for a kind meets a box of the plan.
func (b *blocks) each(q *square, kind int, box orb.Bound, f func(leaf int)) {
	if !q.want[kind].Intersects(box) {
		return
	}
	if q.leaf {
		f(q.first)
		return
	}
	for _, c := range q.below {
		b.each(c, kind, box, f)
	}
}
