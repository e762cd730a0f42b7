package generate

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/read"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/scene"
)

// parts knows the parts of a source's files that the last run has read, by their content,
// and notes those that this run reads: what has not changed is copied, not parsed.
type parts struct {
	g     *generation
	name  digest // of the list, whatever the files hold
	known map[digest]*keptPart
	last  *source // whose records they are
	now   []*keptPart
}

// mostParts is how many parts of a source are known from run to run: beyond that the list
// would take memory that grows with the input, and the source is read as a whole again.
const mostParts = 1 << 15

// keptPart is what a part of a file has become: runs of the records of a source.
type keptPart struct {
	sum         digest
	first       int   // features of the file before it; it matters where Numbered
	at, size    int64 // of the features
	head, count int
	parsed      read.Parsed
	report      geo.Summary
	rejected    []byte
}

// openParts reads what is known of the parts of a source.
func (g *generation) openParts(s *source, src *scene.Source) *parts {
	key := g.key("parts")
	key.text(s.id)
	key.text(g.howRead(src))
	key.digest(g.replaced.key)
	p := &parts{g: g, name: key.sum(), known: map[digest]*keptPart{}}
	data, ok := g.store.get(p.name)
	if !ok {
		return p
	}
	from, all, ok := decodeParts(data)
	if !ok {
		return p
	}
	last := &source{id: s.id, name: from}
	if _, ok := g.keptSource(last); !ok {
		return p
	}
	base := g.store.path(last.name)
	var err error
	if last.features, err = spool.Open(base+".features", g.budget.spill); err != nil {
		return p
	}
	if last.heads, err = spool.Open(base+".heads", g.budget.spill); err != nil {
		_ = last.features.Close()
		return p
	}
	p.last = last
	for _, k := range all {
		p.known[k.sum] = k
	}
	return p
}

func (p *parts) close() {
	if p.last != nil {
		p.last.close()
	}
}

// batch is the batch of a part: taken from an earlier run, or to be parsed.
func (p *parts) batch(part *read.Part) *batch {
	b := &batch{part: part, sum: sumOf(part.Data), done: make(chan struct{})}
	if k := p.known[b.sum]; k != nil && (!k.parsed.Numbered || k.first == part.First) {
		b.kept, part.Data = k, nil
	}
	return b
}

// take copies what an earlier run has made of the batch's part.
func (b *batch) take(p *parts) (err error) {
	k := b.kept
	if b.data, err = p.last.features.Slice(k.at, int(k.size)); err != nil {
		return p.last.damaged(err)
	}
	heads, err := p.last.heads.Slice(int64(k.head)*headSize, k.count*headSize)
	if err != nil {
		return p.last.damaged(err)
	}
	b.heads = make([]head, k.count)
	for i := range b.heads {
		b.heads[i].read(heads[i*headSize:])
		b.heads[i].offset -= k.at
	}
	b.report, b.rejected, b.parsed = geo.NewReport(), newShapes(), k.parsed
	b.report.Merge(k.report)
	b.rejected.decode(k.rejected)
	return nil
}

// parse reads and cleans the features of the batch's part.
func (g *generation) parse(ctx context.Context, b *batch, src *scene.Source, tags *retagging) (err error) {
	b.report, b.rejected = geo.NewReport(), newShapes()
	b.parsed, err = b.part.Features(ctx, g.readOptions(src, b.report), func(f geo.Feature) error {
		if g.replaced.covers(&f) {
			b.report.Note(noteReplaced)
			return nil
		}
		b.features = append(b.features, f)
		return ctx.Err()
	})
	if err == nil {
		err = b.encode(tags)
	}
	return err
}

// add notes where the records of a batch of a part lie.
func (p *parts) add(b *batch, at int64, head int) {
	if len(p.now) > mostParts {
		return
	}
	report := b.report.Summary()
	if !told(report) {
		report = geo.Summary{} // without its empty maps
	}
	p.now = append(p.now, &keptPart{
		sum: b.sum, first: b.part.First, at: at, size: int64(len(b.data)), head: head, count: len(b.heads),
		parsed: b.parsed, report: report, rejected: b.rejected.encode(),
	})
}

// keep keeps the list for the next run.
func (p *parts) keep(source digest) error {
	if p == nil || len(p.now) == 0 || len(p.now) > mostParts {
		return nil
	}
	data, err := encodeParts(source, p.now)
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	return p.g.store.put(p.name, data)
}

// told tells whether a report holds anything.
func told(s geo.Summary) bool { return s.SkippedCount()+len(s.Notes)+len(s.Made) > 0 }

// encodeParts gives the list as bytes, and decodeParts reads it.
func encodeParts(source digest, all []*keptPart) ([]byte, error) {
	w := spool.Writer{B: append([]byte(nil), source[:]...)}
	w.Uint(uint64(len(all)))
	for _, k := range all {
		w.B = append(w.B, k.sum[:]...)
		numbered := byte(0)
		if k.parsed.Numbered {
			numbered = 1
		}
		w.Byte(numbered)
		for _, v := range [6]int64{int64(k.first), k.at, k.size, int64(k.head), int64(k.count), int64(k.parsed.Beyond)} {
			w.Uint(uint64(v))
		}
		var report []byte
		if told(k.report) {
			var err error
			if report, err = json.Marshal(k.report); err != nil {
				return nil, err
			}
		}
		w.Bytes(report)
		w.Bytes(k.rejected)
	}
	return w.B, nil
}

func decodeParts(data []byte) (source digest, all []*keptPart, ok bool) {
	r := spool.Reader{B: data}
	copy(source[:], r.Take(len(source)))
	all = make([]*keptPart, r.Count(len(digest{})+9))
	for i := range all {
		k := &keptPart{}
		copy(k.sum[:], r.Take(len(k.sum)))
		k.parsed.Numbered = r.Byte() == 1
		k.first, k.at, k.size = int(r.Uint()), int64(r.Uint()), int64(r.Uint())
		k.head, k.count, k.parsed.Beyond = int(r.Uint()), int(r.Uint()), int(r.Uint())
		if report := r.Bytes(); len(report) > 0 && json.Unmarshal(report, &k.report) != nil {
			return source, nil, false
		}
		k.rejected = r.Bytes()
		all[i] = k
	}
	return source, all, r.Err == nil
}
