package generate

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/scene"
)

// batch is some features on their way from the reader to the spool.
type batch struct {
	features []geo.Feature
	part     *read.Part // in place of features: lines that are not parsed yet
	kept     *keptPart  // of an earlier run
	sum      digest     // of the part
	data     []byte
	heads    []head // their offsets count from the batch's beginning
	seen     []byte // scratch
	report   *geo.Report
	rejected *shapes
	parsed   read.Parsed
	err      error
	done     chan struct{}
}

const batchSize = 256

// read cleans the features of the files on all cores and keeps them in their order.
func (g *generation) read(ctx context.Context, s *source, src *scene.Source, paths []string) (aboutSource, error) {
	known := g.openParts(s, src)
	defer known.close()
	about, err := g.readWith(ctx, s, src, paths, known)
	if errors.Is(err, read.ErrNoLines) {
		about, err = g.readWith(ctx, s, src, paths, nil)
	}
	return about, err
}

// readWith reads the files part by part, where known is not nil and they can be cut so.
func (g *generation) readWith(ctx context.Context, s *source, src *scene.Source, paths []string, known *parts) (about aboutSource, err error) {
	tags, err := newRetagging(src.Tags)
	if err != nil {
		return about, err
	}
	data, err := newAside(g.store, ".features")
	if err != nil {
		return about, err
	}
	defer data.discard()
	heads, err := newAside(g.store, ".heads")
	if err != nil {
		return about, err
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
				switch {
				case b.kept != nil:
					b.err = b.take(known)
				case b.part != nil:
					b.err = g.parse(ctx, b, src, tags)
				default:
					b.report, b.rejected = report, rejected
					b.err = b.encode(tags)
				}
				close(b.done)
			}
			return nil
		})
	}
	count, beyond, reused := 0, 0, 0
	tasks.Go(func() error {
		var buf []byte
		for b := range queue {
			<-b.done
			if b.err != nil {
				return b.err
			}
			if b.kept != nil {
				reused++
			}
			if b.part != nil {
				known.add(b, data.size, count)
				report.Merge(b.report.Summary())
				rejected.decode(b.rejected.encode())
				beyond += b.parsed.Beyond
			}
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
		return g.readFiles(ctx, src, paths, report, rejected, known, func(b *batch) error {
			for _, c := range []chan *batch{queue, work} {
				select {
				case c <- b:
				case <-ctx.Done():
					b.err = context.Cause(ctx)
					close(b.done)
					return b.err
				}
			}
			return nil
		})
	})
	if err := tasks.Wait(); err != nil {
		return about, err
	}
	if reused == 0 { // of the parts of an earlier run it is not known; that run told
		switch err := tags.missing(); {
		case err != nil && (g.BBox != nil || src.BBox != nil): // a part of the data may have no value of a column
			report.Note(err.Error())
		case err != nil:
			return about, err
		}
	}
	if beyond > 0 && count == 0 {
		return about, read.ErrNoLines // the whole is told what that may be
	}
	report.Made("feature read", count)
	base := g.store.path(s.name)
	about = aboutSource{count, report.Summary(), data.sum(), heads.sum()}
	told, err := json.Marshal(about)
	if err == nil {
		err = errors.Join(data.keep(base+".features"), heads.keep(base+".heads"), rejected.save(g.store, base+".rejected"))
	}
	if err == nil {
		err = g.store.put(s.name, told)
	}
	if err != nil {
		return about, err
	}
	return about, known.keep(s.name)
}

// readFiles passes what the files hold in batches.
func (g *generation) readFiles(ctx context.Context, src *scene.Source, paths []string, report *geo.Report, rejected *shapes, known *parts, pass func(*batch) error) error {
	o := g.readOptions(src, report)
	o.Rejected = func(f geo.Feature) { rejected.add(&f) }
	for _, p := range paths {
		if known != nil {
			n := 0
			ok, err := read.Parts(ctx, p, o, func(part read.Part) error {
				n = part.First
				g.progress.count("read "+filepath.Base(p), n, 0)
				return pass(known.batch(&part))
			})
			if err != nil {
				return err
			}
			if ok {
				g.progress.count("read "+filepath.Base(p), n, n)
				continue
			}
		}
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

// encode cleans the features of a batch, with the tags that their source gives them.
func (b *batch) encode(tags *retagging) error {
	if err := tags.apply(b.features); err != nil {
		return err
	}
	for i := range b.features {
		f, ok := clean.Feature(b.features[i], clean.Degrees, b.report)
		if !ok {
			b.rejected.add(&b.features[i])
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
	return nil
}
