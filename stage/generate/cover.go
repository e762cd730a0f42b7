package generate

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"sync"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/terrain"
	"github.com/longtake/longtake/scene"
)

// Depths of water beds: deep enough that no noise of the elevation comes through.
const (
	seaDepth  = 12.0
	lakeDepth = 4.0
)

// seaShare is the part of the square that is sea from which the globe beyond it is too.
const seaShare = 0.25

// minSea is the least area of a sea that is guessed from elevation, in square metres.
const minSea = 1e6

// ground is what lies on the ground, while it is built.
type ground struct {
	id     string // of the layer of the bare ground
	wide   []wide
	flats  []terrain.Flat
	blocks [][]*laid // by block: of every covering layer that has something there
	// index is the entries of their pieces with names: on disk, as there may be many.
	index *spool.File
	mu    sync.Mutex // of writing to it
	// finished are the layers that are laid on the finished ground.
	finished []coverLayer
}

// coverLayer is a layer that lies on the ground.
type coverLayer struct {
	*scene.Layer
	Coverer
	source  *source
	props   digest
	columns *columns
}

// cover makes what lies on the bare ground, block by block, and finds what is done to it;
// seas and towns at once.
func (g *generation) cover(ctx context.Context) error {
	g.laid = &ground{id: g.freeID("ground"), index: spool.NewFile(g.store.work, g.budget.spill)}
	if t := g.layer("terrain"); t != nil {
		g.laid.id = t.ID
	}
	if err := g.towns(ctx); err != nil {
		return err
	}
	if err := g.seas(ctx); err != nil {
		return err
	}
	var all []coverLayer
	for _, kind := range []string{"areas", "water", "roads", "railways"} {
		for _, l := range g.builtLayers(kind) {
			if s := g.sources[l.Source]; s != nil {
				all = append(all, coverLayer{l, coverers[kind](g.told(l)), s, g.propsOf(l), g.columnsOf(l)})
			}
		}
	}
	for i := range all {
		s := all[i].Survey
		if err := g.survey(ctx, all[i].source, s); err != nil {
			return err
		}
		if s != nil && s.End != nil {
			report := g.report
			if all[i].Finished {
				report = geo.NewReport()
			}
			if err := g.end(ctx, s, all[i].props, report); err != nil {
				return fmt.Errorf("generate: layer %s: %w", all[i].ID, err)
			}
		}
	}
	if err := g.dig(ctx, all); err != nil {
		return err
	}
	g.laid.blocks = make([][]*laid, len(g.blocks.all))
	g.laid.finished = slices.DeleteFunc(slices.Clone(all), func(l coverLayer) bool { return !l.Finished })
	all = slices.DeleteFunc(all, func(l coverLayer) bool { return l.Finished })
	return g.lay(ctx, all, g.progress.phase("areas and water", len(g.blocks.all), 5))
}

// streets makes what is laid on the finished ground.
func (g *generation) streets(ctx context.Context) error {
	for _, l := range g.laid.finished {
		if l.Survey != nil && l.End != nil {
			if err := g.end(ctx, l.Survey, l.props, g.report); err != nil {
				return fmt.Errorf("generate: layer %s: %w", l.ID, err)
			}
		}
	}
	return g.lay(ctx, g.laid.finished, g.progress.phase("streets", len(g.blocks.all), 10))
}

// lay makes what layers lay on the ground of every block.
func (g *generation) lay(ctx context.Context, all []coverLayer, done func(int)) error {
	made := make([][]*laidHead, len(g.blocks.all))
	err := g.budget.jobs(ctx, len(made), g.weigh, func(i int) (err error) {
		made[i], err = g.coverBlock(i, all)
		return err
	}, done)
	if err != nil {
		return err
	}
	found := make([]bool, len(all))
	for i := range made {
		for _, l := range made[i] {
			found[l.layer] = found[l.layer] || l.Count > 0
			g.report.Merge(l.Report)
			g.shapes.decode(l.Shapes)
			g.laid.flats = append(g.laid.flats, l.Flats...)
			if held := l.laid; l.Count > 0 {
				g.laid.blocks[i] = append(g.laid.blocks[i], &held)
			}
		}
		made[i] = nil
	}
	for k := range all {
		if !found[k] && !(all[k].Type == "water" && g.wet > 0) {
			g.report.Note("layer " + all[k].ID + ": nothing for it in source " + all[k].source.id)
		}
	}
	return g.laid.index.Flush()
}

// weigh is what a block's job is likely to hold: its features and what they become.
func (g *generation) weigh(i int) int64 {
	n := int64(0)
	for _, l := range g.blocks.all[i].lists {
		n += 40*l.bytes + 2000*int64(l.count)
	}
	return n + 1<<20
}

// told is what the builder of a layer is told.
func (g *generation) told(l *scene.Layer) *Layer {
	return &Layer{Layer: l, Frame: g.site.frame, Square: g.site.square(), Sea: g.sea, Wet: g.wet > 0, Scratch: g.store.work, Spill: g.budget.spill, Attributes: g.columnsOf(l).tags(), Unbuilt: g.unbuilt(l)}
}

// propsOf names what a layer says of itself.
func propsOf(l *scene.Layer) digest {
	d := newDigest("layer")
	d.text(l.ID)
	d.text(l.Type)
	data, err := json.Marshal(l.Props)
	if err != nil {
		data = fmt.Append(nil, l.Props)
	}
	d.bytes(data)
	return d.sum()
}

// blockOf is a block as builders see it.
func (g *generation) blockOf(b *block, features []geo.Feature, ground geo.Elevation) *geo.Block {
	return &geo.Block{Frame: g.site.frame, Square: b.square, Site: g.site.square(), Features: features, Elevation: ground, Report: geo.NewReport()}
}

// siteKey begins the name of what is built in a square of the plan.
func (g *generation) siteKey(kind string, b *block) digester {
	key := g.key(kind)
	s := g.site
	key.floats(s.frame.Origin.Lng, s.frame.Origin.Lat, s.frame.Origin.Height, s.min[0], s.min[1], s.size, g.sea)
	key.text(fmt.Sprint(g.wet > 0))
	key.floats(b.square.Min[0], b.square.Min[1], b.square.Max[0], b.square.Max[1])
	return key
}

func (g *generation) coverBlock(i int, all []coverLayer) (out []*laidHead, err error) {
	b := &g.blocks.all[i]
	view := view{g: g, block: b}
	for k := range all {
		l := &all[k]
		in := b.lists[l.source.number]
		if in.count == 0 {
			continue
		}
		key := g.siteKey("covering", b)
		key.digest(l.props)
		key.digest(in.seen[l.sight])
		key.digest(g.bare.name)
		if err := g.nearKey(key, b, l.source, l.Survey); err != nil {
			return nil, err
		}
		base := key.sum()
		name, ok := base, true
		if l.Finished {
			name, ok = g.stood(base)
		}
		kept := &laidHead{laid: laid{name: name, source: l.source, columns: l.columns}, layer: k}
		var body []byte
		if ok {
			body, ok = g.keptLaid(kept)
		}
		if !ok {
			features, err := view.of(l.source, l.sight)
			if err != nil {
				return nil, err
			}
			if body, err = g.layBlock(kept, base, b, l, features); err != nil {
				return nil, err
			}
		}
		if err := g.nameLaid(kept, b, l.sight, body, !ok); err != nil {
			return nil, err
		}
		out = append(out, kept)
	}
	return out, nil
}

// keptLaid reads what is kept of the name, and the file of its pieces; false where that is
// nothing, or damaged.
func (g *generation) keptLaid(kept *laidHead) (body []byte, ok bool) {
	head, ok := g.store.get(kept.name)
	if !ok || json.Unmarshal(head, kept) != nil {
		return nil, false
	}
	body, err := os.ReadFile(g.store.path(kept.name) + ".ground")
	return body, err == nil && sumOf(body) == kept.Hash && len(body) >= kept.Count*entrySize
}

// layBlock builds what a layer lays on the ground of a block, which is named by what else it
// is made of and, if that is the finished one, the ground, and keeps its pieces. Its head is
// kept with its names.
func (g *generation) layBlock(kept *laidHead, base digest, b *block, l *coverLayer, features []geo.Feature) (body []byte, err error) {
	ground := g.elevation
	if l.Finished {
		ground = g.foot(b, l.props)
	}
	bl := g.blockOf(b, features, ground)
	made := l.Make(bl)
	if err := l.Survey.failed(); err != nil {
		return nil, err
	}
	name, err := g.stand(base, ground)
	if err != nil {
		return nil, err
	}
	rejected := newShapes()
	rejected.find(bl)
	*kept = laidHead{laid: laid{name: name, source: kept.source, columns: kept.columns}, layer: kept.layer, Report: bl.Report.Summary(), Shapes: rejected.encode(), Flats: made.Flats}
	body = encodeLaid(kept, pieces(&made, features))
	return body, g.store.putAs(g.store.path(kept.name)+".ground", body)
}

// nearKey adds what a block reads of a survey.
func (g *generation) nearKey(key digester, b *block, s *source, survey *Survey) error {
	if survey == nil || survey.Near == nil {
		return nil
	}
	var members []geo.Feature
	if b.lists[s.number].related {
		var err error
		if members, err = g.load(b, s, related); err != nil {
			return err
		}
	}
	key.bytes(survey.Near(g.blockOf(b, members, nil)))
	return survey.failed()
}

// openLaid opens the pieces of a layer in a block.
func (g *generation) openLaid(name digest) (*os.File, error) {
	f, err := os.Open(g.store.path(name) + ".ground")
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	return f, nil
}
