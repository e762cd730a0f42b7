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
	parts  *fragments // of its blocks
}

// built is the kept form of a layer's objects in a block.
type built struct {
	name   digest
	Report geo.Summary
	Shapes []byte
	Parts  []fragment // for the tiles above, the nearest first; none from the first empty one on
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
		o := &objectLayer{Layer: l, Builder: make(g.told(l)), source: s, props: propsOf(l)}
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
		o.parts = newFragments(g.store.work, len(b.all))
	}
	defer func() {
		for _, o := range all {
			_ = o.parts.file.Close()
		}
	}()
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
		if o.writer.Len() == 0 {
			g.report.Note("layer " + o.ID + ": nothing for it in source " + o.source.id)
		}
		g.tiles += o.writer.Len()
		if err := o.writer.Close(); err != nil {
			return err
		}
		o.writer = nil
		o.Tiles, o.Layer.Source = "tiles/"+o.ID+"/tileset.json", ""
	}
	return nil
}

func (g *generation) objectBlock(i int, all []*objectLayer) error {
	b := &g.blocks.all[i]
	view := view{g: g, block: b}
	for _, o := range all {
		if b.lists[o.source.number].count == 0 {
			continue
		}
		k, err := g.putBlock(b, o, &view)
		if err != nil {
			return fmt.Errorf("generate: layer %s: %w", o.ID, err)
		}
		g.report.Merge(k.Report)
		g.shapes.decode(k.Shapes)
		if err := o.parts.put(i, k.name, k.Parts); err != nil {
			return err
		}
	}
	return nil
}

// putBlock puts a layer's objects of a block into its tileset: what is kept, or what it
// builds.
func (g *generation) putBlock(b *block, o *objectLayer, view *view) (*built, error) {
	key, asked, err := g.objectKey(b, o)
	if err != nil {
		return nil, err
	}
	box := g.groundOf(b, o.sight)
	key.bytes(g.digests.Within(nil, g.terrain, box.Min, box.Max))
	var k *built
	if asked.known {
		name, err := o.answered(key, asked)
		if err != nil {
			return nil, err
		}
		if k = g.keptBuilt(name); k != nil {
			if e, ok := g.keptTile(name, b.address); ok {
				return k, g.putTile(o.writer, name, e)
			}
		}
	}
	k, e, err := g.buildBlock(key, b, o, asked, k, view)
	if err != nil {
		return nil, err
	}
	return k, g.putTile(o.writer, k.name, e)
}

// questions are what a block asks of its survey: they are kept apart from the result, under
// the name of what they depend on, so that the result can be named by the answers.
type questions struct {
	name  digest
	asks  []byte
	known bool
}

// objectKey begins the name of a layer's objects in a block: all but the ground and what
// the survey answers.
func (g *generation) objectKey(b *block, o *objectLayer) (key digester, asked questions, err error) {
	key = g.siteKey("objects", b)
	key.text(fmt.Sprint(b.address))
	key.digest(o.props)
	key.digest(b.lists[o.source.number].seen[o.sight])
	if err := g.nearKey(key, b, o.source, o.Survey); err != nil {
		return key, asked, err
	}
	if asked.known = o.Survey == nil || o.Asks == nil; !asked.known {
		name := newDigest("asks")
		name.digest(key.sum())
		asked.name = name.sum()
		asked.asks, asked.known = g.store.get(asked.name)
	}
	return key, asked, nil
}

// answered names a result by what the survey says to a block's questions, too.
func (o *objectLayer) answered(key digester, asked questions) (digest, error) {
	if o.Survey == nil || o.Asks == nil {
		return key.sum(), nil
	}
	answers, err := o.Answers(asked.asks)
	key.bytes(answers)
	return key.sum(), err
}

// keptBuilt is what an earlier run has kept under a name; nil where that is nothing.
func (g *generation) keptBuilt(name digest) *built {
	k := &built{name: name}
	data, ok := g.store.getKind(name, ".parts.json")
	if !ok || json.Unmarshal(data, k) != nil {
		return nil
	}
	return k
}

// groundOf is the plan whose ground a block's objects stand on: of buildings that of their
// outlines and as far as a tile's heights depend on its neighbours, of others what a span
// of wire reaches beyond, too.
func (g *generation) groundOf(b *block, s sight) orb.Bound {
	if s != sightBuildings {
		return b.want[reachSolids].Pad(600)
	}
	levels := g.terrain.Levels()
	return b.stands.Pad(levels[len(levels)-1].Size)
}

// buildBlock builds and keeps a layer's objects of a block: its tile, and what it adds to
// the tiles above unless that is kept from a run that has packed its tiles otherwise.
func (g *generation) buildBlock(key digester, b *block, o *objectLayer, asked questions, kept *built, view *view) (*built, *tiles.Encoded, error) {
	features, err := view.of(o.source, o.sight)
	if err != nil {
		return nil, nil, err
	}
	bl := g.blockOf(b, features, g.elevation)
	maker := o.Make(bl)
	if !asked.known {
		asked.asks = o.Asks(maker)
		if err := g.store.put(asked.name, asked.asks); err != nil {
			return nil, nil, err
		}
	}
	name, err := o.answered(key, asked)
	if err != nil {
		return nil, nil, err
	}
	e, worst := &tiles.Encoded{Address: b.address}, 0.0
	if maker != nil {
		c := geo.Content{Frame: g.blocks.grid.TileFrame(b.address), Sources: o.source.sources(b.lists[o.source.number].seen[o.sight])}
		worst = maker.Make(0, &c)
		n := 0
		for i := range c.Meshes {
			n += len(c.Meshes[i].Indices) / 3
		}
		if n > 0 {
			bl.Report.Made(kindOf(o.Layer)+" triangle", n)
		}
		if e, err = o.writer.Encode(b.address, c, worst); err != nil {
			return nil, nil, err
		}
	}
	if kept == nil {
		kept = &built{name: name}
		parts := g.coarser(kept, b, o, maker, worst)
		rejected := newShapes()
		rejected.find(bl)
		kept.Report, kept.Shapes = bl.Report.Summary(), rejected.encode()
		if err := g.keepBuilt(kept, parts); err != nil {
			return nil, nil, err
		}
	}
	return kept, e, g.keepTile(name, e)
}

// coarser makes what a block adds to each of the tiles above it, one after another.
func (g *generation) coarser(k *built, b *block, o *objectLayer, maker geo.Maker, off float64) (parts []byte) {
	if maker == nil || o.Leaves {
		return nil
	}
	for a := b.address; a.Level > 0; {
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
	return parts
}

func (g *generation) keepBuilt(k *built, parts []byte) error {
	head, err := json.Marshal(k)
	if err != nil {
		return err
	}
	if len(parts) > 0 {
		if err := g.store.putAs(g.store.path(k.name)+".parts", parts); err != nil {
			return err
		}
	}
	return g.store.putKind(k.name, ".parts.json", head)
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
				from.digest(g.blocks.all[i].lists[o.source.number].seen[o.sight])
			}
		}
		key.floats(worst)
		version := from.sum()
		key.digest(version)
		return g.tile(o.writer, key.sum(), j.address, func() (*tiles.Encoded, error) {
			c := geo.Content{Frame: g.blocks.grid.TileFrame(j.address), Sources: o.source.sources(version)}
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
