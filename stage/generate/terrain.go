package generate

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/terrain"
	"github.com/longtake/longtake/layers"
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
		maxError = l.Props.(*layers.Terrain).MaxError
	}
	level, plain := g.elevation.(geo.FlatElevation)
	if plain = plain && g.laid.plain(); plain { // one tile, as near as the curve of the Earth asks for
		cell, maxError = 500, math.Min(maxError, 0.05)
	}
	cells := 64
	for cells < most && g.site.size/float64(cells) > cell {
		cells *= 2
	}
	key := g.key("sampled")
	key.digest(g.bare.name)
	key.floats(float64(cells))
	grid, err := g.sampled(key.sum())
	if err != nil {
		return err
	}
	defer grid.discard()
	o := terrain.Options{
		Frame: g.site.frame, Min: g.site.min, Size: g.site.size, Cells: cells,
		SeaLevel: g.sea, Flat: g.laid.flats, Error: maxError, TileCells: 64,
		Shapes: g.works.within, Detail: shapeDetail, Kept: min(g.budget.spill*4, terrain.MaxKept),
		Memory: g.budget.grid, Scratch: g.store.work,
	}
	if grid.kept != nil {
		o.Sampled = grid.kept
	} else {
		o.Keep = grid
	}
	t, err := terrain.New(g.elevation, o)
	if err == nil {
		g.terrain = t
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
	if plain {
		g.elevation = level
	}
	g.bare.once.Do(func() {})
	g.bare.elev = nil // the rasters are not needed any more
	return g.heights(cells)
}

// sampledGrid is the elevation at the nodes of the terrain: kept from an earlier run, or
// on its way to be.
type sampledGrid struct {
	*aside
	store *store
	name  digest
	kept  *os.File
}

// gridKind ends the name of a file of heights; its sum is the result.
const gridKind = ".heights"

// sampled finds the heights that an earlier run has kept, or begins to keep them.
func (g *generation) sampled(name digest) (s *sampledGrid, err error) {
	s = &sampledGrid{store: g.store, name: name}
	if sum, ok := g.store.get(name); ok {
		path := g.store.path(name) + gridKind
		if is, err := fileSum(path); err == nil && bytes.Equal(is[:], sum) {
			if s.kept, err = os.Open(path); err == nil {
				return s, nil
			}
		}
	}
	s.aside, err = newAside(g.store, gridKind)
	return s, err
}

// Write implements io.Writer.
func (s *sampledGrid) Write(p []byte) (int, error) { return len(p), s.write(p) }

func (s *sampledGrid) keep() error {
	if s.kept != nil {
		return nil
	}
	sum := s.sum()
	if err := s.aside.keep(s.store.path(s.name) + gridKind); err != nil {
		return err
	}
	return s.store.put(s.name, sum[:])
}

func (s *sampledGrid) discard() {
	if s.kept != nil {
		_ = s.kept.Close()
		return
	}
	s.aside.discard()
}
