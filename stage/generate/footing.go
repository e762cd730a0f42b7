package generate

import (
	"fmt"
	"sync"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/terrain"
)

// What is built on the finished ground is named by what else it is made of, its base, and by
// the ground's digests in just those tiles that it has asked for heights. Which these are is
// known once it is built, and kept under the base: whoever builds the same on the same ground
// asks the same there, wherever else the ground has changed.

// footing is the finished ground for what is built in a block. It has a memory: of a block
// in which one house has moved the others and the streets ask the same again, and to make
// the ground there costs more than all else.
type footing struct {
	*terrain.Asked
	memory *memory
}

// memory is the heights that a block has asked for, of tiles whose ground is as it was.
type memory struct {
	name digest

	mu          sync.Mutex
	before, now map[orb.Point]float64
	fresh       bool
}

// foot is the ground for a layer with these properties in a block: on level ground, and
// where nothing is kept, as it is.
func (g *generation) foot(b *block, props digest) geo.Elevation {
	if _, level := g.elevation.(geo.FlatElevation); level || g.Parts == "" {
		return g.elevation
	}
	key := g.siteKey("heights of a block", b)
	key.digest(props)
	f := &footing{g.terrain.Asked(), &memory{name: key.sum(), before: map[orb.Point]float64{}, now: map[orb.Point]float64{}}}
	data, _ := g.store.get(f.memory.name)
	for r := (spool.Reader{B: data}); len(r.B) > 0 && r.Err == nil; {
		tile, was := int(r.Uint()), digest(r.Take(len(digest{})))
		same := r.Err == nil && g.groundIs(tile, was)
		for n := r.Count(24); n > 0; n-- {
			if p, h := (orb.Point{r.Float(), r.Float()}), r.Float(); same && r.Err == nil {
				f.memory.before[p] = h
			}
		}
	}
	return f
}

// HeightAt asks the ground where the block has not before.
func (f *footing) HeightAt(lng, lat float64) (float64, bool) {
	m := f.memory
	if f.Note(lng, lat) < 0 {
		return f.Asked.HeightAt(lng, lat)
	}
	p := orb.Point{lng, lat}
	m.mu.Lock()
	defer m.mu.Unlock()
	h, ok := m.now[p]
	if !ok {
		if h, ok = m.before[p]; !ok {
			m.fresh = true
			h, _ = f.Asked.HeightAt(lng, lat)
		}
		m.now[p] = h
	}
	return h, true
}

// stood is the name of what was last built on a base, if the ground is still the same; ok
// is false where nothing was.
func (g *generation) stood(base digest) (name digest, ok bool) {
	if _, level := g.elevation.(geo.FlatElevation); level {
		return base, true
	}
	if g.Parts == "" {
		return digest{}, false
	}
	data, ok := g.store.get(footOf(base))
	if !ok {
		return digest{}, false
	}
	r := spool.Reader{B: data}
	tiles := make([]int, r.Count(1))
	for i := range tiles {
		tiles[i] = int(r.Uint())
	}
	if r.Err != nil || len(tiles) > 0 && tiles[len(tiles)-1] >= g.digests.Len() {
		return digest{}, false
	}
	return g.standing(base, tiles), true
}

// stand names what was built on a base with some ground, and keeps where that was asked.
func (g *generation) stand(base digest, ground geo.Elevation) (name digest, err error) {
	f, ok := ground.(*footing)
	if !ok {
		return base, nil
	}
	tiles := f.Tiles()
	var w spool.Writer
	w.Uint(uint64(len(tiles)))
	for _, k := range tiles {
		w.Uint(uint64(k))
	}
	if err := g.store.put(footOf(base), w.B); err != nil {
		return digest{}, err
	}
	return g.standing(base, tiles), g.keepHeights(f)
}

func footOf(base digest) digest {
	d := newDigest("ground that was asked")
	d.digest(base)
	return d.sum()
}

func (g *generation) standing(base digest, tiles []int) digest {
	d := newDigest("standing")
	d.digest(base)
	d.text(fmt.Sprint(tiles))
	d.bytes(g.digests.Of(nil, tiles))
	return d.sum()
}

// groundIs tells whether the ground of a finest tile has the digest.
func (g *generation) groundIs(tile int, was digest) bool {
	return tile < g.digests.Len() && digest(g.digests.Of(nil, []int{tile})) == was
}

// keepHeights keeps what a block has asked of the ground, tile by tile.
func (g *generation) keepHeights(f *footing) error {
	if !f.memory.fresh {
		return nil
	}
	by := map[int][]orb.Point{}
	for p := range f.memory.now { // in any order: nothing is named by these bytes
		k := f.Note(p[0], p[1])
		by[k] = append(by[k], p)
	}
	var w spool.Writer
	for k, points := range by {
		w.Uint(uint64(k))
		w.B = g.digests.Of(w.B, []int{k})
		w.Uint(uint64(len(points)))
		for _, p := range points {
			w.Float(p[0])
			w.Float(p[1])
			w.Float(f.memory.now[p])
		}
	}
	return g.store.put(f.memory.name, w.B)
}
