package generate

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/scene"
)

// objectLayer is a layer that stands on the ground.
type objectLayer struct {
	*scene.Layer
	Builder
	source *source
	props  digest
	writer *tiles.Writer
	blocks []*built // by block
}

// built is the kept form of a layer's objects in a block.
type built struct {
	name   digest
	Report geo.Summary
	Shapes []byte
	Parts  []fragment // for the tiles above, the nearest first; none from the first empty one on
}

// fragment is what a block adds to a coarser tile: bytes of the block's file.
type fragment struct {
	Error        float64
	Offset, Size int64
	Hash         digest
}

// detail is the error in metres that a tile above the leaves may have. Over blocks of a
// dense city it is just enough for what stands out of walls and roofs to go, so that only
// near tiles have ornaments, and from level to level it grows a little faster than the
// tile's side: fewer levels have content. It does not depend on where leaves are, so that
// a block more or less changes nothing elsewhere.
func (g *generation) detail(a tiles.Address) float64 {
	const side, ornaments, growth = 600, 1.3, 1.15
	return ornaments * math.Max(math.Pow(g.blocks.grid.Side(a.Level)/side, growth), 1)
}

// objects builds every layer that stands on the ground into a tileset of its own.
func (g *generation) objects(ctx context.Context) error {
	var all []*objectLayer
	for i := range g.out.Layers {
		l := &g.out.Layers[i]
		make, ok := builders[kindOf(l)]
		if !ok || l.Template || l.Tiles != "" {
			continue
		}
		s := g.sources[l.Source]
		if s == nil {
			continue
		}
		o := &objectLayer{Layer: l, Builder: make(g.told(l)), source: s, props: propsOf(l), blocks: nil}
		if err := g.survey(ctx, s, o.Survey); err != nil {
			return err
		}
		w, err := g.writer("tiles/"+l.ID, g.blocks.grid, tiles.WriterOptions{Models: o.Models, Quantize: o.Quantize, Compress: !g.Plain, Version: g.Version})
		if err != nil {
			return err
		}
		o.writer = w
		all = append(all, o)
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b *objectLayer) int { return int(a.source.number) - int(b.source.number) })
	b := g.blocks
	for _, o := range all {
		o.blocks = make([]*built, len(b.all))
	}
	err := g.budget.jobs(ctx, len(b.all), g.weigh, func(i int) error {
		return g.objectBlock(i, all)
	}, g.progress.phase("buildings and trees", len(b.all), 50))
	if err != nil {
		return err
	}
	for _, o := range all {
		if err := g.above(ctx, o); err != nil {
			return fmt.Errorf("generate: layer %s: %w", o.ID, err)
		}
		for _, k := range o.blocks {
			if k != nil {
				g.report.Merge(k.Report)
				g.shapes.decode(k.Shapes)
			}
		}
		if o.writer.Len() == 0 {
			g.report.Note("layer " + o.ID + ": nothing for it in source " + o.source.id)
		}
		g.tiles += o.writer.Len()
		if err := o.writer.Close(); err != nil {
			return err
		}
		o.Tiles, o.Layer.Source = "tiles/"+o.ID+"/tileset.json", ""
	}
	return nil
}

func (g *generation) objectBlock(i int, all []*objectLayer) error {
	b := &g.blocks.all[i]
	view := view{g: g, block: b}
	ground := g.digests.Within(nil, g.terrain, b.within().Min, b.within().Max)
	for _, o := range all {
		in := b.lists[o.source.number]
		if in.count == 0 {
			continue
		}
		key := g.siteKey("objects", b)
		key.text(fmt.Sprint(b.address))
		key.digest(o.props)
		key.digest(in.seen[o.sight])
		key.bytes(ground)
		if err := g.nearKey(key, b, o.source, o.Survey); err != nil {
			return err
		}
		name := key.sum()
		e, ok := g.keptTile(name, b.address)
		k := &built{}
		if ok {
			var data []byte
			data, ok = g.store.getKind(name, ".parts.json")
			ok = ok && json.Unmarshal(data, k) == nil
		}
		if !ok {
			features, err := view.of(o.source, o.sight)
			if err != nil {
				return err
			}
			if e, k, err = g.buildBlock(name, b, o, features); err != nil {
				return fmt.Errorf("generate: layer %s: %w", o.ID, err)
			}
		}
		k.name = name
		o.blocks[i] = k
		if err := g.putTile(o.writer, name, e); err != nil {
			return err
		}
	}
	return nil
}

// within is the plan that a block's objects stand in, with what a span of wire or a
// footprint reaches beyond.
func (b *block) within() orb.Bound { return b.want[reachSolids].Pad(600) }

// buildBlock builds and keeps a layer's objects of a block: its tile, and what it adds to
// the tiles above.
func (g *generation) buildBlock(name digest, b *block, o *objectLayer, features []geo.Feature) (*tiles.Encoded, *built, error) {
	bl := g.blockOf(b, features, g.elevation)
	maker := o.Make(bl)
	k := &built{}
	e := &tiles.Encoded{Address: b.address}
	var parts []byte
	if maker != nil {
		c := geo.Content{Frame: g.blocks.grid.TileFrame(b.address), Sources: o.source.sources(b.lists[o.source.number].seen[o.sight])}
		worst := maker.Make(0, &c)
		n := 0
		for i := range c.Meshes {
			n += len(c.Meshes[i].Indices) / 3
		}
		if n > 0 {
			bl.Report.Made(kindOf(o.Layer)+" triangle", n)
		}
		var err error
		if e, err = o.writer.Encode(b.address, c, worst); err != nil {
			return nil, nil, err
		}
		off := worst
		for a := b.address; a.Level > 0 && !o.Leaves; {
			a = a.Parent()
			detail := g.detail(a)
			c := geo.Content{Frame: g.blocks.grid.TileFrame(a)}
			off = math.Max(off, maker.Make(detail, &c))
			p := fragment{Error: off, Offset: int64(len(parts))}
			if len(c.Meshes)+len(c.Instances) > 0 {
				parts = spool.AppendContent(slices.Grow(parts, spool.ContentSize(&c)), &c)
			}
			p.Size = int64(len(parts)) - p.Offset
			p.Hash = sumOf(parts[p.Offset:])
			k.Parts = append(k.Parts, p)
		}
	}
	rejected := newShapes()
	rejected.find(bl)
	k.Report, k.Shapes = bl.Report.Summary(), rejected.encode()
	head, err := json.Marshal(k)
	if err != nil {
		return nil, nil, err
	}
	if len(parts) > 0 {
		if err := g.store.putAs(g.store.path(name)+".parts", parts); err != nil {
			return nil, nil, err
		}
	}
	if err := g.store.putKind(name, ".parts.json", head); err != nil {
		return nil, nil, err
	}
	return e, k, g.keepTile(name, e)
}

// above builds the tiles above the blocks from what these add to them.
func (g *generation) above(ctx context.Context, o *objectLayer) error {
	type job struct {
		address tiles.Address
		square  *square
		bytes   int64
	}
	var jobs []job
	for a, q := range g.blocks.tree {
		if q.leaf {
			continue
		}
		j := job{address: a, square: q}
		some := false
		for i := q.first; i < q.last; i++ {
			if p := o.part(g.blocks, i, a); p != nil {
				j.bytes += p.Size
				some = true
			}
		}
		if some {
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
			if p := o.part(g.blocks, i, j.address); p != nil {
				worst = math.Max(worst, p.Error)
				if p.Size > 0 {
					key.digest(p.Hash)
					from.digest(g.blocks.all[i].lists[o.source.number].seen[o.sight])
				}
			}
		}
		key.floats(worst)
		version := from.sum()
		key.digest(version)
		return g.tile(o.writer, key.sum(), j.address, func() (*tiles.Encoded, error) {
			c := geo.Content{Frame: g.blocks.grid.TileFrame(j.address), Sources: o.source.sources(version)}
			for i := j.square.first; i < j.square.last; i++ {
				p := o.part(g.blocks, i, j.address)
				if p == nil || p.Size == 0 {
					continue
				}
				data, err := g.store.slice(o.blocks[i].name, ".parts", p.Offset, p.Size, p.Hash)
				if err != nil {
					return nil, err
				}
				some, err := spool.ReadContent(data)
				if err != nil {
					return nil, err
				}
				join(&c, some)
			}
			return o.writer.Encode(j.address, c, worst)
		})
	}, g.progress.phase("tiles above", len(jobs), 8))
}

// part is what a block adds to a tile above it; nil where it has nothing at all.
func (o *objectLayer) part(b *blocks, i int, a tiles.Address) *fragment {
	k := o.blocks[i]
	up := b.all[i].address.Level - a.Level - 1
	if k == nil || up < 0 || up >= len(k.Parts) {
		return nil
	}
	return &k.Parts[up]
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
