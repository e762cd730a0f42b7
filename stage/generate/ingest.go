package generate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/scene"
)

// ingest reads and cleans every vector source that a layer uses, each once.
func (g *generation) ingest(ctx context.Context) error {
	g.sources = map[string]*source{}
	for _, name := range usedSources(g.doc) {
		src := g.doc.Sources[name]
		if !slices.Contains([]string{"auto", "osm", "vector", "table"}, src.Type) {
			continue
		}
		paths, err := g.vectorFiles(&src)
		if err != nil {
			return err
		}
		s, err := g.open(ctx, name, &src, paths)
		if err != nil {
			return err
		}
		s.number = uint16(len(g.sources))
		g.sources[name] = s
		g.order = append(g.order, s)
		g.budget.hold(int64(s.features.InMemory() + s.heads.InMemory()))
	}
	return nil
}

func (g *generation) vectorFiles(src *scene.Source) (paths []string, err error) {
	for _, p := range src.Path {
		p = g.doc.Resolve(p)
		if src.Type == "auto" {
			f, err := read.Detect(p)
			if err != nil {
				return nil, err
			}
			if f.Kind == read.KindRaster || f.Kind == read.KindModel {
				continue
			}
		}
		paths = append(paths, p)
	}
	return paths, nil
}

// readOptions are how a source is read; its own region wins.
func (g *generation) readOptions(src *scene.Source, report *geo.Report) read.Options {
	o := read.Options{
		BBox: g.BBox, Report: report, CRS: src.CRS, LngColumn: src.Columns.Lng, LatColumn: src.Columns.Lat,
		MemoryNodes: g.budget.spill / 4, Coordinates: src.Coordinates, LoD: src.LoD,
	}
	if src.BBox != nil {
		o.BBox = (*geo.Bound)(src.BBox)
	}
	return o
}

// open reads a source, or takes what an earlier run has kept of the same files.
func (g *generation) open(ctx context.Context, name string, src *scene.Source, paths []string) (*source, error) {
	key := newDigest("source")
	o := g.readOptions(src, nil)
	key.text(fmt.Sprintf("%q %q %q %v %q %v", o.CRS, o.LngColumn, o.LatColumn, src.Type, o.Coordinates, o.LoD))
	if o.BBox != nil {
		key.text(fmt.Sprint(*o.BBox))
	}
	key.digest(g.replaced.key)
	for _, p := range paths {
		if err := hashFile(key.h, p); err != nil {
			return nil, err
		}
	}
	s := &source{id: name, version: key.sum()}
	here := g.key("source")
	here.digest(s.version)
	s.name = here.sum()
	base := g.store.path(s.name)
	about, ok := g.keptSource(s)
	if !ok {
		if err := g.read(ctx, s, src, paths); err != nil {
			return nil, err
		}
		if about, ok = g.keptSource(s); !ok {
			return nil, damaged(base, errSum)
		}
	}
	if n := about.Report.SkippedCount(); about.Count == 0 && n > 0 && o.BBox == nil {
		k := about.Report.Skipped[0]
		return nil, fmt.Errorf("%w: none of the %d of source %s can be used, the first for %q: %s", ErrSkipped, n, name, k.Reason, k.IDs[0])
	}
	s.count = about.Count
	g.report.Merge(about.Report)
	var err error
	if s.features, err = spool.Open(base+".features", g.budget.spill*4); err == nil {
		s.heads, err = spool.Open(base+".heads", g.budget.spill)
	}
	if err != nil {
		return nil, s.damaged(err)
	}
	g.shapes.load(base + ".rejected")
	return s, nil
}

// batch is some features on their way from the reader to the spool.
type batch struct {
	features []geo.Feature
	data     []byte
	heads    []head // their offsets count from the batch's beginning
	seen     []byte // scratch
	done     chan struct{}
}

const batchSize = 256

// read cleans the features of the files on all cores and keeps them in their order.
func (g *generation) read(ctx context.Context, s *source, src *scene.Source, paths []string) error {
	data, err := newAside(g.store, ".features")
	if err != nil {
		return err
	}
	defer data.discard()
	heads, err := newAside(g.store, ".heads")
	if err != nil {
		return err
	}
	defer heads.discard()
	report := geo.NewReport()
	rejected := newShapes()

	cores := runtime.GOMAXPROCS(0)
	queue, work := make(chan *batch, 2*cores), make(chan *batch, 2*cores)
	tasks, ctx := errgroup.WithContext(ctx)
	for range cores {
		tasks.Go(func() error {
			for b := range work {
				b.encode(report, rejected)
				close(b.done)
			}
			return nil
		})
	}
	count := 0
	tasks.Go(func() error {
		var buf []byte
		for b := range queue {
			<-b.done
			buf = buf[:0]
			for i := range b.heads {
				b.heads[i].offset += data.size
				buf = b.heads[i].append(buf)
			}
			count += len(b.heads)
			if err := errors.Join(data.write(b.data), heads.write(buf)); err != nil {
				return err
			}
		}
		return nil
	})
	tasks.Go(func() error {
		defer close(queue)
		defer close(work)
		return g.readFiles(ctx, src, paths, report, func(b *batch) error {
			for _, c := range []chan *batch{queue, work} {
				select {
				case c <- b:
				case <-ctx.Done():
					close(b.done)
					return context.Cause(ctx)
				}
			}
			return nil
		})
	})
	if err := tasks.Wait(); err != nil {
		return err
	}
	report.Made("feature read", count)
	base := g.store.path(s.name)
	about, err := json.Marshal(aboutSource{count, report.Summary(), data.sum(), heads.sum()})
	if err == nil {
		err = errors.Join(data.keep(base+".features"), heads.keep(base+".heads"), rejected.save(g.store, base+".rejected"))
	}
	if err != nil {
		return err
	}
	return g.store.put(s.name, about)
}

// readFiles passes what the files hold in batches.
func (g *generation) readFiles(ctx context.Context, src *scene.Source, paths []string, report *geo.Report, pass func(*batch) error) error {
	o := g.readOptions(src, report)
	for _, p := range paths {
		n := 0
		b := &batch{done: make(chan struct{})}
		err := read.Features(ctx, p, o, func(f geo.Feature) error {
			if g.replaced.covers(&f) {
				report.Note(noteReplaced)
				return nil
			}
			b.features = append(b.features, f)
			if n++; n%batchSize == 0 {
				full := b
				b = &batch{done: make(chan struct{}), features: make([]geo.Feature, 0, batchSize)}
				if err := pass(full); err != nil {
					return err
				}
				g.progress.count("read "+filepath.Base(p), n, 0)
			}
			return ctx.Err()
		})
		if err == nil {
			err = pass(b)
		}
		if err != nil {
			return err
		}
		g.progress.count("read "+filepath.Base(p), n, n)
	}
	return nil
}

// encode cleans the features of a batch.
func (b *batch) encode(report *geo.Report, rejected *shapes) {
	for i := range b.features {
		f, ok := clean.Feature(b.features[i], clean.Degrees, report)
		if !ok {
			rejected.add(&b.features[i])
			continue
		}
		from := len(b.data)
		b.data = spool.AppendFeature(b.data, &f)
		h := head{offset: int64(from), size: uint32(len(b.data) - from), kind: kindsOf(&f)}
		if f.Geometry != nil {
			h.box = f.Box()
		}
		h.hash = sumOf(b.data[from:])
		for i := range h.less {
			h.less[i] = h.seen(i) // the grade before, which shows more
			if see(&f, h.kind, i+1) {
				b.seen = spool.AppendRetagged(b.seen[:0], &f, b.data[from:])
				h.less[i] = sumOf(b.seen)
			}
		}
		b.heads = append(b.heads, h)
	}
	b.features = nil
}
