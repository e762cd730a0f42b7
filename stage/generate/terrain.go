package generate

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/terrain"
	"github.com/longtake/longtake/layers/city"
)

// shape makes the terrain of the bare ground and of what lies on it.
func (g *generation) shape(context.Context) error {
	g.progress.count("terrain", 0, 0)
	cell, most, maxError := 24.0, 1024, 1.0 // of flat ground
	if r := g.bare.Resolution; r > 0 {
		most = 2048
		cell = math.Min(math.Max(r/3, 2), 15)
	}
	if l := g.layer("terrain"); l != nil {
		maxError = l.Props.(*city.Terrain).MaxError
	}
	level, plain := g.elevation.(geo.FlatElevation)
	if plain = plain && g.laid.plain(); plain { // one tile, as near as the curve of the Earth asks for
		cell, maxError = 500, math.Min(maxError, 0.05)
	}
	cells := 64
	for cells < most && g.site.size/float64(cells) > cell {
		cells *= 2
	}
	tile := tileCells
	if !plain {
		tile = g.tileCells(cells, cell)
	}
	key := g.key("sampled")
	key.digest(g.bare.name)
	key.floats(float64(cells))
	grid, err := g.sampled(key.sum())
	if err != nil {
		return err
	}
	defer grid.discard()
	key.floats(maxError, g.sea, float64(tile))
	key.digest(flatsOf(g.laid.flats))
	key.digest(g.works.name())
	name := key.sum()
	o := terrain.Options{
		Frame: g.site.frame, Min: g.site.min, Size: g.site.size, Cells: cells,
		SeaLevel: g.sea, Flat: g.laid.flats, Error: maxError, TileCells: tile,
		Shapes: g.works.within, Detail: shapeDetail, Kept: min(g.budget.spill*4, terrain.MaxKept),
		Memory: g.budget.grid, Scratch: g.store.work,
	}
	if grid.kept {
		o.Sampled, o.Digests = grid.open, g.keptDigests(name)
	} else {
		o.Keep = grid
	}
	t, err := terrain.New(g.elevation, o)
	if err == nil {
		g.terrain, g.store.failed = t, t.Err
		err = grid.keep()
	}
	if err == nil {
		err = g.works.failed()
	}
	if err == nil && g.bare.err != nil {
		err = g.bare.err
	}
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	g.laid.flats = nil
	g.budget.hold(t.Size())
	if known := t.Known(); known < 0.999 && g.bare.Resolution > 0 {
		g.report.Note(fmt.Sprintf("elevation known for %.0f %% of the region, carried on beyond", known*100))
	}
	g.elevation, g.digests = t, t.Digests()
	if o.Digests == nil {
		data, err := g.digests.MarshalBinary()
		if err == nil {
			err = g.store.put(name, data)
		}
		if err != nil {
			return err
		}
	}
	if plain {
		g.elevation = level
	}
	g.bare.once.Do(func() {})
	g.bare.elev = nil // the rasters are not needed any more
	return g.heights(cells)
}

const (
	// tileCells is the side in cells of the finest tiles of the ground.
	tileCells = 64
	// leastTileCells is that of tiles of a grid which is coarser than it should be.
	leastTileCells = 4
	// mostBlocks is how many blocks may lie on a tile that has more than leastTileCells.
	mostBlocks = 4
)

// tileCells are those of a grid with so many cells a side, which should be no larger than
// cell. Over a wide region they are: its finest tiles would be as much wider, and all that
// lies on one is held while it is made. So they have fewer cells, where it is much.
func (g *generation) tileCells(cells int, cell float64) int {
	n := tileCells
	for side := g.site.size / float64(cells); side > cell && n > leastTileCells && g.blocks.most(cells/n) > mostBlocks; side /= 2 {
		n /= 2
	}
	return n
}

// keptDigests are those of a terrain that an earlier run has made of the same: this run
// makes it only where it builds something. nil where there are none.
func (g *generation) keptDigests(name digest) *terrain.Digests {
	d := &terrain.Digests{}
	if data, ok := g.store.get(name); !ok || d.UnmarshalBinary(data) != nil {
		return nil
	}
	return d
}

// flatsOf names flat surfaces.
func flatsOf(flats []terrain.Flat) digest {
	d := newDigest("flats")
	for i := range flats {
		f := &flats[i]
		d.text(fmt.Sprint(f.Bathymetry, len(f.Beaches), len(f.Mouths)))
		d.floats(f.Height, f.Depth, f.Freeboard)
		all := slices.Concat([]orb.Polygon{f.Polygon}, f.Beaches)
		for _, m := range f.Mouths {
			d.text(fmt.Sprint(m.Flows))
			all = append(all, m.Area)
		}
		for _, poly := range all {
			d.text(fmt.Sprint(len(poly)))
			for _, r := range poly {
				w := spool.Writer{B: make([]byte, 0, 16*len(r))}
				for _, p := range r {
					w.Float(p[0])
					w.Float(p[1])
				}
				d.bytes(w.B)
			}
		}
	}
	return d.sum()
}

// sampledGrid is the elevation at the nodes of the terrain: kept from an earlier run, or
// on its way to be.
type sampledGrid struct {
	*aside
	store *store
	name  digest
	kept  bool
}

// gridKind ends the name of a file of heights; its sum is the result.
const gridKind = ".heights"

// sampled finds the heights that an earlier run has kept, or begins to keep them.
func (g *generation) sampled(name digest) (s *sampledGrid, err error) {
	s = &sampledGrid{store: g.store, name: name}
	if sum, ok := g.store.get(name); ok {
		is, err := fileSum(s.path())
		if s.kept = err == nil && bytes.Equal(is[:], sum); s.kept {
			return s, nil
		}
	}
	s.aside, err = newAside(g.store, gridKind)
	return s, err
}

func (s *sampledGrid) path() string { return s.store.path(s.name) + gridKind }

func (s *sampledGrid) open() (io.ReadCloser, error) { return os.Open(s.path()) }

// Write implements io.Writer.
func (s *sampledGrid) Write(p []byte) (int, error) { return len(p), s.write(p) }

func (s *sampledGrid) keep() error {
	if s.kept {
		return nil
	}
	sum := s.sum()
	if err := s.aside.keep(s.path()); err != nil {
		return err
	}
	return s.store.put(s.name, sum[:])
}

func (s *sampledGrid) discard() {
	if !s.kept {
		s.aside.discard()
	}
}
