package read

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"sort"
)

// place is a node's position: 16 bytes in memory and on disk.
type place struct {
	id       int64
	lng, lat int32
}

const placeSize = 16

// spillFile is a temporary file, unlinked at once so that nothing is left behind
// whatever happens.
type spillFile struct {
	f    *os.File
	size int64
}

// append writes places at the end and returns their offset.
func (s *spillFile) append(ps []place) (int64, error) {
	if s.f == nil {
		f, err := os.CreateTemp("", "longtake-osm-")
		if err != nil {
			return 0, fmt.Errorf("a temporary file for node positions: %w", err)
		}
		os.Remove(f.Name())
		s.f = f
	}
	at := s.size
	buf := make([]byte, 0, 1<<16)
	for i, p := range ps {
		buf = binary.LittleEndian.AppendUint64(buf, uint64(p.id))
		buf = binary.LittleEndian.AppendUint32(buf, uint32(p.lng))
		buf = binary.LittleEndian.AppendUint32(buf, uint32(p.lat))
		if len(buf) == cap(buf) || i == len(ps)-1 {
			if _, err := s.f.WriteAt(buf, s.size); err != nil {
				return 0, fmt.Errorf("node positions in %s: %w: set TMPDIR to a disk with room", os.TempDir(), err)
			}
			s.size += int64(len(buf))
			buf = buf[:0]
		}
	}
	return at, nil
}

// read reads n places at an offset.
func (s *spillFile) read(at int64, n int) ([]place, error) {
	buf := make([]byte, n*placeSize)
	if _, err := s.f.ReadAt(buf, at); err != nil {
		return nil, fmt.Errorf("node positions in a temporary file: %w", err)
	}
	out := make([]place, n)
	for i := range out {
		b := buf[i*placeSize:]
		out[i] = place{int64(binary.LittleEndian.Uint64(b)), int32(binary.LittleEndian.Uint32(b[8:])), int32(binary.LittleEndian.Uint32(b[12:]))}
	}
	return out, nil
}

func (s *spillFile) close() {
	if s.f != nil {
		s.f.Close()
	}
}

const (
	runLength  = 1 << 20 // places in a run: 16 MiB
	pageLength = 256     // places read from disk at once: 4 KiB
	cachePages = 4096    // 16 MiB
)

// nodeRun is sorted places, in memory or spilled.
type nodeRun struct {
	first, last int64
	places      []place
	at          int64   // offset of a spilled run
	n           int     // its length
	pages       []int64 // the first id of each of its pages
}

// nodeStore keeps node positions: runs sorted by id in memory up to a limit, after that
// in a temporary file of which only an index stays. Files sorted by id, as nearly all
// are, make runs that don't overlap; others cost one look-up a run. Where an id comes
// twice the last counts.
type nodeStore struct {
	limit int // places kept in memory
	kept  int
	open  []place
	runs  []nodeRun
	file  spillFile
	cache map[int64][]place
	apart bool // no run overlaps the one before
	found int  // where the last position was in its run
	in    int  // that run
}

func (s *nodeStore) add(p place) error {
	if s.open = append(s.open, p); len(s.open) == runLength {
		return s.closeRun()
	}
	return nil
}

func (s *nodeStore) closeRun() error {
	ps := s.open
	if len(ps) == 0 {
		return nil
	}
	byID := func(a, b place) int { return cmp.Compare(a.id, b.id) }
	if !slices.IsSortedFunc(ps, byID) {
		slices.SortStableFunc(ps, byID)
	}
	s.apart = len(s.runs) == 0 || s.apart && s.runs[len(s.runs)-1].last < ps[0].id
	run := nodeRun{first: ps[0].id, last: ps[len(ps)-1].id, n: len(ps)}
	if s.kept+len(ps) <= s.limit {
		run.places = slices.Clip(ps)
		s.kept += len(ps)
		if s.open = nil; len(ps) == runLength { // the next will be as long: it need not grow
			s.open = make([]place, 0, min(runLength, s.limit-s.kept))
		}
	} else {
		var err error
		if run.at, err = s.file.append(ps); err != nil {
			return err
		}
		for i := 0; i < len(ps); i += pageLength {
			run.pages = append(run.pages, ps[i].id)
		}
		s.open = ps[:0]
	}
	s.runs = append(s.runs, run)
	return nil
}

// get looks a position up; all runs must be closed.
func (s *nodeStore) get(id int64) (p place, ok bool, err error) {
	if s.apart { // the nodes of a way often follow each other
		if next := s.runs[s.in].places; s.found+2 < len(next) && next[s.found+1].id == id && next[s.found+2].id != id {
			s.found++
			return next[s.found], true, nil
		}
	}
	for i := len(s.runs) - 1; i >= 0; i-- {
		r := &s.runs[i]
		if id < r.first || id > r.last {
			continue
		}
		places := r.places
		if places == nil {
			if places, err = s.page(r, id); err != nil {
				return p, false, err
			}
		}
		// The last of equal ids.
		k := sort.Search(len(places), func(k int) bool { return places[k].id > id }) - 1
		if k >= 0 && places[k].id == id {
			if s.apart && r.places != nil {
				s.in, s.found = i, k
			}
			return places[k], true, nil
		}
	}
	return p, false, nil
}

// page reads the page of a spilled run that would hold the id.
func (s *nodeStore) page(r *nodeRun, id int64) ([]place, error) {
	k := sort.Search(len(r.pages), func(k int) bool { return r.pages[k] > id }) - 1
	at := r.at + int64(k)*pageLength*placeSize
	if ps, ok := s.cache[at]; ok {
		return ps, nil
	}
	ps, err := s.file.read(at, min(pageLength, r.n-k*pageLength))
	if err != nil {
		return nil, err
	}
	if s.cache == nil || len(s.cache) >= cachePages {
		s.cache = make(map[int64][]place, cachePages)
	}
	s.cache[at] = ps
	return ps, nil
}

// wayStore keeps the nodes of the ways that relations are made of, spilling likewise.
type wayStore struct {
	limit int // places kept in memory
	open  []place
	base  int64 // places spilled before open
	spans []waySpan
	file  spillFile
}

type waySpan struct {
	id, at int64 // in places
	n      int
}

func (s *wayStore) add(id int64, ps []place) error {
	s.spans = append(s.spans, waySpan{id, s.base + int64(len(s.open)), len(ps)})
	if s.open = append(s.open, ps...); len(s.open) < s.limit {
		return nil
	}
	if _, err := s.file.append(s.open); err != nil {
		return err
	}
	s.base += int64(len(s.open))
	s.open = s.open[:0]
	return nil
}

// sort makes the ways searchable; call it when all are added.
func (s *wayStore) sort() {
	slices.SortStableFunc(s.spans, func(a, b waySpan) int { return cmp.Compare(a.id, b.id) })
}

func (s *wayStore) get(id int64) ([]place, bool, error) {
	k := sort.Search(len(s.spans), func(k int) bool { return s.spans[k].id > id }) - 1
	if k < 0 || s.spans[k].id != id {
		return nil, false, nil
	}
	w := s.spans[k]
	if w.at >= s.base {
		at := w.at - s.base
		return s.open[at : at+int64(w.n)], true, nil
	}
	ps, err := s.file.read(w.at*placeSize, w.n)
	return ps, err == nil, err
}

// idSet is a set of ids that lie in clusters.
type idSet struct{ pages map[int64]*[64]uint64 }

func (s *idSet) add(id int64) {
	if s.pages == nil {
		s.pages = map[int64]*[64]uint64{}
	}
	p := s.pages[id>>12]
	if p == nil {
		p = new([64]uint64)
		s.pages[id>>12] = p
	}
	p[id>>6&63] |= 1 << (id & 63)
}

func (s *idSet) has(id int64) bool {
	p := s.pages[id>>12]
	return p != nil && p[id>>6&63]&(1<<(id&63)) != 0
}
