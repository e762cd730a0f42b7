package generate

import (
	"context"
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
)

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

// ownPlace is where a feature is owned in the plan: its foot, brought to the site's
// square where it lies beyond and the feature reaches in. ok is false for what the
// package has nothing of.
func (g *generation) ownPlace(h *head) (orb.Point, bool) {
	p, ok := h.foot()
	if !ok || !g.site.near(p) {
		return orb.Point{}, false
	}
	x, y := g.site.frame.Plan(p[0], p[1])
	if core := g.site.core; h.kind&solids != 0 && !core.Contains(orb.Point{x, y}) {
		if !g.planBox(h).Intersects(core) {
			return orb.Point{}, false
		}
		// It stands on the core's edge: a region keeps what touches it. Its owner is as blocks tell.
		return geo.Into(g.site.square(), x, y), true
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
	b.spread()
	return nil
}

// spread tells the squares of the tree what the blocks below want.
func (b *blocks) spread() {
	for _, q := range b.tree {
		q.want = b.all[q.first].want
		for i := q.first + 1; i < q.last; i++ {
			for k := range reaches {
				q.want[k] = q.want[k].Union(b.all[i].want[k])
			}
		}
	}
}
