package generate

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/terrain"
	"github.com/longtake/longtake/layers/city"
)

// shapeDetail is the side in metres of the cells in which the finest ground shows roads
// and pads.
const shapeDetail = 1.5

// works are the earthworks of all blocks: their names in the store, and their boxes.
type works struct {
	store  *store
	blocks []dug

	mu    sync.Mutex
	err   error // the first that reading met
	most  int   // bytes of shapes that are held
	bytes int   // of those
	held  map[int]*shaping
	order []int // of held, as they were read
}

// shaping is the shapes of a block that were asked for of late: many tiles of the ground
// touch a block.
type shaping struct {
	terrain.Shapes
	pads, corridors []orb.Bound
	bytes           int
}

// dug is one block's.
type dug struct {
	name digest
	sum  digest    // of the shapes
	box  orb.Bound // of the shapes with their banks
	some bool
}

// dig finds what layers do to the ground of every block, from its features, the bare
// ground, and what the layers know around it.
func (g *generation) dig(ctx context.Context, all []coverLayer) error {
	for _, l := range g.builtLayers("buildings") {
		if s := g.sources[l.Source]; s != nil && g.bare.Resolution > 0 { // level ground needs no pads
			every := l.Props.(*city.Buildings).All
			all = append(all, coverLayer{l, Coverer{sight: sightShapes, Shapes: func(b *geo.Block) terrain.Shapes {
				return terrain.Shapes{Pads: cover.Pads(coverInput(b), every)}
			}}, s, propsOf(l), nil})
		}
	}
	all = slices.DeleteFunc(slices.Clone(all), func(l coverLayer) bool { return l.Shapes == nil })
	g.works = &works{store: g.store, blocks: make([]dug, len(g.blocks.all)), most: g.budget.spill, held: map[int]*shaping{}}
	return g.budget.jobs(ctx, len(g.blocks.all), g.weigh, func(i int) error {
		return g.digBlock(i, all)
	}, g.progress.phase("earthworks", len(g.blocks.all), 4))
}

func (g *generation) digBlock(i int, all []coverLayer) error {
	b := &g.blocks.all[i]
	key := g.siteKey("earthworks", b)
	key.digest(g.bare.name)
	some := false
	for k := range all {
		l := &all[k]
		in := b.lists[l.source.number]
		some = some || in.count > 0
		key.digest(l.props)
		key.digest(in.seen[l.sight])
		if err := g.nearKey(key, b, l.source, l.Survey); err != nil {
			return err
		}
	}
	if !some {
		return nil
	}
	d := dug{name: key.sum()}
	data, ok := g.store.get(d.name)
	if !ok {
		var shapes terrain.Shapes
		view := view{g: g, block: b}
		for k := range all {
			l := &all[k]
			features, err := view.of(l.source, l.sight)
			if err != nil {
				return err
			}
			s := l.Shapes(g.blockOf(b, features, g.elevation))
			if err := l.Survey.failed(); err != nil {
				return err
			}
			shapes.Pads, shapes.Corridors = append(shapes.Pads, s.Pads...), append(shapes.Corridors, s.Corridors...)
		}
		data = encodeWorks(shapes)
		if err := g.store.put(d.name, data); err != nil {
			return err
		}
	}
	s, box, err := decodeWorks(data)
	if err != nil {
		return fmt.Errorf("generate: earthworks: %w", err)
	}
	d.sum, d.box, d.some = sumOf(data), box, len(s.Pads)+len(s.Corridors) > 0
	g.works.blocks[i] = d
	return nil
}

// name names all of them, in the blocks' order.
func (w *works) name() digest {
	d := newDigest("works")
	for i := range w.blocks {
		if w.blocks[i].some {
			d.digest(w.blocks[i].sum)
		}
	}
	return d.sum()
}

// within are the shapes of the blocks that touch a square, in the blocks' order.
func (w *works) within(square orb.Bound) (out terrain.Shapes) {
	for i := range w.blocks {
		d := &w.blocks[i]
		if !d.some || !d.box.Intersects(square) {
			continue
		}
		s, err := w.of(i)
		if err != nil {
			w.fail(err)
			return terrain.Shapes{}
		}
		for k, p := range s.Pads {
			if s.pads[k].Intersects(square) {
				out.Pads = append(out.Pads, p)
			}
		}
		for k, c := range s.Corridors {
			if s.corridors[k].Intersects(square) {
				out.Corridors = append(out.Corridors, c)
			}
		}
	}
	return out
}

// of are the shapes of a block: held, or read.
func (w *works) of(i int) (*shaping, error) {
	w.mu.Lock()
	s := w.held[i]
	w.mu.Unlock()
	if s != nil {
		return s, nil
	}
	data, ok := w.store.get(w.blocks[i].name)
	if !ok {
		return nil, fmt.Errorf("generate: earthworks of a block are gone")
	}
	all, _, err := decodeWorks(data)
	if err != nil {
		return nil, fmt.Errorf("generate: earthworks: %w", err)
	}
	s = &shaping{Shapes: all, bytes: 3 * len(data)} // about what it takes decoded
	for k := range all.Pads {
		s.pads = append(s.pads, all.Pads[k].Bound())
	}
	for k := range all.Corridors {
		s.corridors = append(s.corridors, all.Corridors[k].Bound())
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.held[i] == nil {
		w.held[i], w.order = s, append(w.order, i)
		w.bytes += s.bytes
	}
	for w.bytes > w.most && len(w.order) > 1 {
		w.bytes -= w.held[w.order[0]].bytes
		delete(w.held, w.order[0])
		w.order = w.order[1:]
	}
	return s, nil
}

func (w *works) fail(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil {
		w.err = err
	}
}

// failed is what reading met.
func (w *works) failed() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// encodeWorks gives the box of shapes, with their banks, and the shapes. Those with broken
// numbers are left out.
func encodeWorks(s terrain.Shapes) []byte {
	s.Pads = slices.DeleteFunc(s.Pads, func(p terrain.Pad) bool { return !p.Valid() })
	s.Corridors = slices.DeleteFunc(s.Corridors, func(c terrain.Corridor) bool { return !c.Valid() })
	box := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for i := range s.Pads {
		box = box.Union(s.Pads[i].Bound())
	}
	for i := range s.Corridors {
		box = box.Union(s.Corridors[i].Bound())
	}
	var w spool.Writer
	floats := func(vs ...float64) {
		for _, v := range vs {
			w.Float(v)
		}
	}
	floats(box.Min[0], box.Min[1], box.Max[0], box.Max[1])
	w.Uint(uint64(len(s.Pads)))
	for _, p := range s.Pads {
		floats(p.Height, p.Slope, p.Reach, p.Verge)
		w.Uint(uint64(len(p.Outline)))
		for _, r := range p.Outline {
			w.Uint(uint64(len(r)))
			for _, q := range r {
				floats(q[0], q[1])
			}
		}
	}
	w.Uint(uint64(len(s.Corridors)))
	for _, c := range s.Corridors {
		floats(c.Half, c.Slope, c.Reach, c.Verge)
		cut := byte(0)
		if c.Cut {
			cut = 1
		}
		w.Byte(cut)
		w.Uint(uint64(len(c.Line)))
		for k, q := range c.Line {
			floats(q[0], q[1], c.Heights[k])
		}
	}
	return w.B
}

func decodeWorks(data []byte) (s terrain.Shapes, box orb.Bound, err error) {
	r := spool.Reader{B: data}
	box = orb.Bound{Min: orb.Point{r.Float(), r.Float()}, Max: orb.Point{r.Float(), r.Float()}}
	s.Pads = make([]terrain.Pad, r.Count(4*8))
	for i := range s.Pads {
		p := &s.Pads[i]
		p.Height, p.Slope, p.Reach, p.Verge = r.Float(), r.Float(), r.Float(), r.Float()
		p.Outline = make(orb.Polygon, r.Count(1))
		for k := range p.Outline {
			ring := make(orb.Ring, r.Count(16))
			for j := range ring {
				ring[j] = orb.Point{r.Float(), r.Float()}
			}
			p.Outline[k] = ring
		}
	}
	s.Corridors = make([]terrain.Corridor, r.Count(4*8))
	for i := range s.Corridors {
		c := &s.Corridors[i]
		c.Half, c.Slope, c.Reach, c.Verge, c.Cut = r.Float(), r.Float(), r.Float(), r.Float(), r.Byte() == 1
		n := r.Count(24)
		c.Line, c.Heights = make(orb.LineString, n), make([]float64, n)
		for k := range n {
			c.Line[k], c.Heights[k] = orb.Point{r.Float(), r.Float()}, r.Float()
		}
	}
	return s, box, r.Err
}
