package generate

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/tiles"
)

// detail is the error in metres that a tile above the leaves may have. Over blocks of a
// dense city it is just enough for what stands out of walls and roofs to go, so that only
// near tiles have ornaments, and from level to level it grows a little faster than the
// tile's side: fewer levels have content. It does not depend on where leaves are, so that
// a block more or less changes nothing elsewhere.
func (g *generation) detail(a tiles.Address) float64 {
	const side, ornaments, growth = 600, 1.3, 1.15
	return ornaments * math.Max(math.Pow(g.blocks.grid.Side(a.Level)/side, growth), 1)
}

// above builds the tiles above the blocks from what these add to them.
func (g *generation) above(ctx context.Context, o *objectLayer) error {
	type job struct {
		address tiles.Address
		square  *square
		bytes   int64
	}
	if err := o.parts.file.Flush(); err != nil {
		return err
	}
	var jobs []job
	for a, q := range g.blocks.tree {
		if q.leaf {
			continue
		}
		j := job{address: a, square: q}
		added := false
		for i := q.first; i < q.last; i++ {
			p, some, err := o.part(g.blocks, i, a)
			if err != nil {
				return err
			}
			j.bytes += p.Size
			added = added || some
		}
		if added {
			jobs = append(jobs, j)
		}
	}
	slices.SortFunc(jobs, func(a, b job) int {
		if a.address.Less(b.address) {
			return -1
		}
		return 1
	})
	return g.budget.jobs(ctx, len(jobs), func(i int) int64 { return 8*jobs[i].bytes + 1<<20 }, func(i int) error {
		j := &jobs[i]
		key := g.key("above")
		key.text(fmt.Sprint(j.address))
		s := g.site
		key.floats(s.frame.Origin.Lng, s.frame.Origin.Lat, s.min[0], s.min[1], s.size)
		key.digest(o.props)
		worst := 0.0
		from := newDigest("sources")
		for i := j.square.first; i < j.square.last; i++ {
			p, _, err := o.part(g.blocks, i, j.address)
			if err != nil {
				return err
			}
			worst = math.Max(worst, p.Error)
			if p.Size > 0 {
				key.digest(p.Hash)
				from.digest(o.parts.blocks[i].version)
			}
		}
		key.floats(worst)
		version := from.sum()
		key.digest(version)
		return g.tile(o.writer, key.sum(), j.address, func() (*tiles.Encoded, error) {
			c := geo.Content{Frame: g.blocks.grid.TileFrame(j.address), Sources: o.source.sources(version), Attributes: o.columns.own()}
			for i := j.square.first; i < j.square.last; i++ {
				p, _, err := o.part(g.blocks, i, j.address)
				if err != nil {
					return nil, err
				}
				if p.Size == 0 {
					continue
				}
				data, err := g.store.slice(o.parts.blocks[i].name, ".parts", p.Offset, p.Size, p.Hash)
				if err != nil {
					return nil, err
				}
				some, err := spool.ReadContent(data)
				if err != nil {
					return nil, err
				}
				o.columns.settle(some.Features)
				if numbers := unname(some.Features); numbers != nil {
					names, err := g.namesOf(o.source, &g.blocks.all[i].lists[o.source.number], numbers, o.columns)
					if err != nil {
						return nil, err
					}
					o.columns.enname(some.Features, numbers, names)
				}
				join(&c, some)
			}
			return o.writer.Encode(j.address, c, worst)
		})
	}, g.progress.phase("tiles above", len(jobs), 8))
}

// part is what a block adds to a tile above it; nothing at all where some is false.
func (o *objectLayer) part(b *blocks, i int, a tiles.Address) (p fragment, some bool, err error) {
	return o.parts.get(i, b.all[i].address.Level-a.Level)
}

// join adds content in the same frame: meshes that look alike become one.
func join(c *geo.Content, o *geo.Content) {
	row := uint32(len(c.Features))
	c.Features = append(c.Features, o.Features...)
	for i := range o.Meshes {
		m := &o.Meshes[i]
		at := slices.IndexFunc(c.Meshes, func(x geo.Mesh) bool {
			return x.Layer == m.Layer && x.Material == m.Material && x.Bias == m.Bias &&
				(x.UVs == nil) == (m.UVs == nil) && (x.Features == nil) == (m.Features == nil) && (x.Colors == nil) == (m.Colors == nil) && (x.Normals == nil) == (m.Normals == nil)
		})
		for k := range m.Features {
			m.Features[k] += row
		}
		if at < 0 {
			c.Meshes = append(c.Meshes, *m)
			continue
		}
		x := &c.Meshes[at]
		first := uint32(len(x.Positions))
		x.Positions, x.Normals = append(x.Positions, m.Positions...), append(x.Normals, m.Normals...)
		x.Colors, x.UVs = append(x.Colors, m.Colors...), append(x.UVs, m.UVs...)
		x.Features = append(x.Features, m.Features...)
		for _, v := range m.Indices {
			x.Indices = append(x.Indices, first+v)
		}
	}
	for i := range o.Instances {
		in := &o.Instances[i]
		for k := range in.Items {
			in.Items[k].Feature += row
		}
		at := slices.IndexFunc(c.Instances, func(x geo.Instances) bool { return x.Layer == in.Layer && x.Model == in.Model })
		if at < 0 {
			c.Instances = append(c.Instances, *in)
			continue
		}
		c.Instances[at].Items = append(c.Instances[at].Items, in.Items...)
	}
}
