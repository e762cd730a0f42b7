package generate

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/scene"
)

// objectLayer is a layer that stands on the ground.
type objectLayer struct {
	*scene.Layer
	Builder
	source  *source
	props   digest
	columns *columns
	writer  *tiles.Writer
	parts   *fragments // of its blocks
}

// built is the kept form of a layer's objects in a block.
type built struct {
	name   digest
	Report geo.Summary
	Shapes []byte
	Parts  []fragment // for the tiles above, the nearest first; none from the first empty one on
	// Rows are the numbers of the features that the rows of its tile are named by, -1 for
	// none; Names the names, where Named is the digest of the block's features; Tile the tile
	// that was made last.
	Rows  []int
	Names []byte
	Named digest
	Tile  digest
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
		o := &objectLayer{Layer: l, source: s, props: g.propsOf(l), columns: g.columnsOf(l)}
		if ready, ok := g.housed[l.ID]; ok {
			o.Builder = ready
		} else {
			o.Builder = make(g.told(l))
			if err := g.survey(ctx, s, o.Survey); err != nil {
				return err
			}
		}
		w, err := g.writer(g.tilesOf(l), g.blocks.grid, tiles.WriterOptions{Models: o.Models, Quantize: o.Quantize, Compress: !g.Plain, Version: g.Version})
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
		o.Tiles, o.Layer.Source = g.tilesOf(o.Layer)+"/tileset.json", ""
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
		if err := o.parts.put(i, k.name, k.version(b.lists[o.source.number].seen[o.sight]), k.Parts); err != nil {
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
	var k *built
	var base digest
	if asked.known {
		if base, err = o.answered(key, asked); err != nil {
			return nil, err
		}
		if name, ok := g.stood(base); ok {
			k = g.keptBuilt(name)
		}
		if k != nil {
			e, ok, err := g.keptObjects(k, b, o)
			if err != nil {
				return nil, err
			}
			if ok {
				return k, g.putTile(o.writer, k.tile(), e)
			}
		}
	}
	k, e, err := g.buildBlock(key, base, b, o, asked, k, view)
	if err != nil {
		return nil, err
	}
	return k, g.putTile(o.writer, k.tile(), e)
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

// buildBlock builds and keeps a layer's objects of a block: its tile, and what it adds to
// the tiles above unless that is kept from a run that has packed its tiles otherwise. base
// names it but for the ground where the questions are known, else key begins that.
func (g *generation) buildBlock(key digester, base digest, b *block, o *objectLayer, asked questions, kept *built, view *view) (*built, *tiles.Encoded, error) {
	features, err := view.of(o.source, o.sight)
	if err != nil {
		return nil, nil, err
	}
	ground := g.foot(b, o.props)
	bl := g.blockOf(b, features, ground)
	maker := o.Make(bl)
	if !asked.known {
		asked.asks = o.Asks(maker)
		if err := g.store.put(asked.name, asked.asks); err != nil {
			return nil, nil, err
		}
		if base, err = o.answered(key, asked); err != nil {
			return nil, nil, err
		}
	}
	e, worst := &tiles.Encoded{Address: b.address}, 0.0
	named := &built{}
	if maker != nil {
		c := geo.Content{Frame: g.blocks.grid.TileFrame(b.address), Attributes: o.columns.own()}
		worst = maker.Make(0, &c)
		named.Rows = unname(c.Features)
		if _, err := named.rename(g, b, o); err != nil {
			return nil, nil, err
		}
		o.columns.settle(c.Features)
		o.columns.enname(c.Features, named.Rows, named.Names)
		c.Sources = o.source.sources(named.version(b.lists[o.source.number].seen[o.sight]))
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
		release(maker, &c)
	}
	if kept == nil {
		kept = named
		parts := g.coarser(kept, b, o, maker, worst)
		if kept.name, err = g.stand(base, ground); err != nil {
			return nil, nil, err
		}
		kept.Tile = kept.tile()
		rejected := newShapes()
		rejected.find(bl)
		kept.Report, kept.Shapes = bl.Report.Summary(), rejected.encode()
		if err := g.keepBuilt(kept, parts); err != nil {
			return nil, nil, err
		}
	}
	return kept, e, g.keepTile(kept.tile(), e)
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
		release(maker, &c)
		p.Size = int64(len(parts)) - p.Offset
		p.Hash = sumOf(parts[p.Offset:])
		k.Parts = append(k.Parts, p)
	}
	return parts
}

// release gives the memory of a content that has been written back to its maker.
func release(maker geo.Maker, c *geo.Content) {
	if m, ok := maker.(interface{ Release(c *geo.Content) }); ok {
		m.Release(c)
	}
}

func (g *generation) keepBuilt(k *built, parts []byte) error {
	if len(parts) > 0 {
		if err := g.store.putSlices(k.name, ".parts", parts); err != nil {
			return err
		}
	}
	return g.keepHead(k)
}

// keepHead keeps all of what is built but the tile and what lies in the tiles above.
func (g *generation) keepHead(k *built) error {
	if g.Parts == "" {
		return nil
	}
	head, err := json.Marshal(k)
	if err != nil {
		return err
	}
	return g.store.putKind(k.name, ".parts.json", head)
}
