package generate

import (
	"bytes"
	"maps"
	"slices"
	"sync"

	"github.com/longtake/longtake/geo/spool"
)

// tileHeads are the heads of all tiles of the last run on the same site, in one file: to
// open one for each of a thousand tiles takes longer than the rest of a run that builds
// few. Each tile that is built has its head in a file of its own, too, so nothing is lost
// where this one is not there, or is another scene's.
type tileHeads struct {
	name digest // of the file
	old  map[digest][]byte
	mu   sync.Mutex
	now  map[digest][]byte // of this run's tiles
	size int               // of these in bytes
	most int               // more are not kept in one file
	news bool              // one of these is not in the file
}

// openHeads reads the heads of the last run.
func (g *generation) openHeads() *tileHeads {
	if g.Parts == "" {
		return nil
	}
	key := g.key("heads of tiles")
	s := g.site
	key.floats(s.frame.Origin.Lng, s.frame.Origin.Lat, s.min[0], s.min[1], s.size)
	for i := range g.doc.Layers {
		key.text(g.doc.Layers[i].ID)
	}
	if g.Plain {
		key.text("plain")
	}
	h := &tileHeads{name: key.sum(), old: map[digest][]byte{}, now: map[digest][]byte{}, most: g.budget.spill}
	data, _ := g.store.get(h.name)
	for r := (spool.Reader{B: data}); len(r.B) > 0 && r.Err == nil; {
		var name digest
		copy(name[:], r.Take(len(name)))
		h.old[name] = r.Bytes()
	}
	return h
}

// get returns the head of a tile of the last run.
func (h *tileHeads) get(name digest) (data []byte, ok bool) {
	if h == nil {
		return nil, false
	}
	data, ok = h.old[name]
	return data, ok
}

// put notes the head of a tile of this run.
func (h *tileHeads) put(name digest, data []byte) {
	if h == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, twice := h.now[name]; twice || h.size > h.most {
		return
	}
	_, ok := h.old[name]
	h.news = h.news || !ok
	h.now[name] = data
	h.size += len(name) + len(data)
}

// keepHeads writes the heads of this run, unless they are those of the last one.
func (g *generation) keepHeads() error {
	h := g.tileHeads
	if h == nil || !h.news || h.size > h.most {
		return nil
	}
	w := spool.Writer{B: make([]byte, 0, h.size+4*len(h.now))}
	for _, name := range slices.SortedFunc(maps.Keys(h.now), func(a, b digest) int { return bytes.Compare(a[:], b[:]) }) {
		w.B = append(w.B, name[:]...)
		w.Bytes(h.now[name])
	}
	return g.store.put(h.name, w.B)
}
