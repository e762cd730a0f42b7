package stage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/longtake/longtake/geo"
	temporary "github.com/longtake/longtake/internal/scratch"
	"github.com/longtake/longtake/internal/whole"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/layers/table/feed"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage/generate"
)

// feeds read the sources again that a document refreshes, while its player is watched live. The
// frame loop tells the time and takes what has come; reading and building happen beside it.
type feeds struct {
	now    func() time.Time
	doc    *scene.Document   // with files in place of addresses
	folder *temporary.Folder // of these files; nil where there are none
	list   []*liveSource

	ctx    context.Context
	cancel context.CancelFunc
	aside  sync.WaitGroup
	mu     sync.Mutex
	come   []func(*Player) // what has been read and built, to be taken by the frame loop
}

// liveSource is a source that is read again and again.
type liveSource struct {
	name, key string
	every     time.Duration
	layers    []*playedLayer
	files     []*feed.File
	addresses []*feed.Address
	database  bool // nobody tells whether it has changed

	due      time.Time
	busy     bool
	failures int          // in a row
	last     *table.Table // what was read
}

const (
	// mostFeedRest bounds for how long a source that cannot be read is left alone, unless it is
	// read more rarely anyway.
	mostFeedRest = 5 * time.Minute
	// feedMemory bounds what a query of a live source may hold.
	feedMemory = 1 << 30
)

// newFeeds are those of a player; nil where nothing is to be read again.
func newFeeds(p *Player) (*feeds, error) {
	f := &feeds{now: p.options.now, list: nil}
	if f.now == nil {
		f.now = time.Now
	}
	doc := *p.Doc
	doc.Snapshots = map[string]string{}
	f.doc = &doc
	by := map[string]*liveSource{}
	for _, pl := range p.layers {
		name := pl.base.Source
		if pl.table == nil || name == "" {
			continue
		}
		every := p.Doc.Refresh(name)
		if (every == scene.Time{}) {
			continue
		}
		s := by[name]
		if s == nil {
			s = &liveSource{name: name, key: p.Doc.Sources[name].Key, every: time.Duration(every.Seconds() * float64(time.Second)), last: pl.table}
			if err := f.find(s); err != nil {
				f.folder.Remove()
				return nil, err
			}
			by[name] = s
			f.list = append(f.list, s)
		}
		pl.refreshed = true
		s.layers = append(s.layers, pl)
	}
	if f.list == nil {
		return nil, nil
	}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	return f, nil
}

// find lists what a source is read from, with what it is made of.
func (f *feeds) find(s *liveSource) error {
	for _, name := range f.doc.Using([]string{s.name}) {
		src := f.doc.Sources[name]
		s.database = s.database || src.Database != ""
		for _, p := range src.Path {
			if !feed.IsAddress(p) {
				s.files = append(s.files, &feed.File{Path: f.doc.Resolve(p)})
				continue
			}
			s.addresses = append(s.addresses, &feed.Address{URL: p})
			if f.doc.Snapshots[p] != "" {
				continue
			}
			if f.folder == nil {
				var err error
				if f.folder, err = temporary.New("longtake-feeds-"); err != nil {
					return fmt.Errorf("live sources: %w", err)
				}
			}
			file := filepath.Join(f.folder.Path, fmt.Sprint(len(f.doc.Snapshots)), feed.Name(p))
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				return fmt.Errorf("live sources: %w", err)
			}
			f.doc.Snapshots[p] = file
		}
	}
	return nil
}

// close ends what is read and built, and waits for it.
func (f *feeds) close() {
	if f == nil {
		return
	}
	f.cancel()
	f.aside.Wait()
	f.folder.Remove()
}

// refreshes tells whether a layer's rows are read again.
func (f *feeds) refreshes(pl *playedLayer) bool {
	return f != nil && pl.refreshed
}

// turn takes what has come since the frame before, and has read what is due.
func (f *feeds) turn(p *Player) {
	if f == nil {
		return
	}
	f.mu.Lock()
	come := f.come
	f.come = nil
	f.mu.Unlock()
	for _, take := range come {
		take(p)
	}
	now := f.now()
	for _, s := range f.list {
		if s.busy || now.Before(s.due) {
			continue
		}
		s.busy, s.due = true, now.Add(s.every)
		f.beside(func() func(*Player) {
			t, left, err := f.read(s)
			return func(p *Player) { f.taken(p, s, t, left, err) }
		})
	}
}

// beside runs something beside the frame loop, which then takes what it makes.
func (f *feeds) beside(work func() func(*Player)) {
	f.aside.Go(func() {
		take := work()
		f.mu.Lock()
		f.come = append(f.come, take)
		f.mu.Unlock()
	})
}

// read reads a source; nil is that it holds what it held before.
func (f *feeds) read(s *liveSource) (*table.Table, geo.Summary, error) {
	changed := s.database
	forget := func() { // what could not be used is read again
		for _, a := range s.addresses {
			a.Forget()
		}
		for _, file := range s.files {
			file.Forget()
		}
	}
	for _, a := range s.addresses {
		body, new, err := a.Read(f.ctx)
		if err == nil && new {
			changed = true
			err = whole.Bytes(f.doc.Snapshots[a.URL], body)
		}
		if err != nil {
			forget()
			return nil, geo.Summary{}, err
		}
	}
	for _, file := range s.files {
		new, err := file.Changed(time.Now())
		if err != nil {
			forget()
			return nil, geo.Summary{}, err
		}
		changed = changed || new
	}
	if !changed {
		return nil, geo.Summary{}, nil
	}
	t, left, err := generate.Rows(f.ctx, f.doc, s.name, feedMemory)
	if err != nil {
		forget()
		return nil, left, err
	}
	if table.Same(t, s.last) {
		t = nil
	}
	return t, left, nil
}

// taken takes in what was read. What failed is told, and tried again after a while, longer each
// time; what was there stays.
func (f *feeds) taken(p *Player, s *liveSource, t *table.Table, left geo.Summary, err error) {
	for _, k := range left.Skipped {
		for _, id := range k.IDs {
			p.out.add("refreshed", k.Reason, id) // which names the source
		}
	}
	switch {
	case f.ctx.Err() != nil:
	case err != nil:
		f.failed(p, s, "source "+s.name, err)
	case t == nil:
		s.failures, s.busy = 0, false
	default:
		f.build(p, s, t)
	}
}

// failed notes that a source could not be read, or not be drawn.
func (f *feeds) failed(p *Player, s *liveSource, of string, err error) {
	most := max(mostFeedRest, s.every)
	rest := s.every
	for range s.failures {
		if rest = min(2*rest, most); rest == most {
			break
		}
	}
	var busy *feed.BusyError
	if errors.As(err, &busy) {
		rest = max(rest, busy.Wait)
	}
	s.failures, s.busy = s.failures+1, false
	now := f.now()
	s.due = now.Add(rest)
	p.out.add(of, "not refreshed, its last rows stay: "+err.Error(), now.UTC().Format(time.RFC3339))
}
