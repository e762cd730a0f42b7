package generate

import (
	"context"
	"fmt"
	"math"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/slab"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/scene"
)

const (
	slabCells  = 5       // a tile of a slab has 2^5 lattice cells along a side
	slabLevels = 9       // at most
	slabTile   = 4 << 20 // bytes that building one takes, about
)

// slabSet is the tileset of the slabs of one face.
type slabSet struct {
	g          *generation
	layer      *scene.Layer
	maxError   float64
	rasters    digest
	resolution float64 // of the relief in metres; 0 = none
	frame      earth.Frame
	slabs      []*slab.Slab
	keys       []digest
}

func (t *slabSet) add(s *slab.Slab, f *geo.Feature) {
	key := newDigest("slab")
	key.text(fmt.Sprint(s.Row))
	key.text(fmt.Sprint(f.Geometry))
	t.slabs, t.keys = append(t.slabs, s), append(t.keys, key.sum())
}

// grid is a square around all slabs, with as many levels as the relief and the round
// Earth ask for.
func (t *slabSet) grid() tiles.Grid {
	b := t.slabs[0].Bound()
	for _, s := range t.slabs[1:] {
		b = b.Union(s.Bound())
	}
	size := math.Max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]) * 1.0001
	mid := b.Center()
	g := tiles.Grid{Frame: t.frame, Min: [2]float64{mid[0] - size/2, mid[1] - size/2}, Size: size}
	cell := func() float64 { return g.Side(g.MaxLevel) / (1 << slabCells) }
	for g.MaxLevel < slabLevels && (slab.Sag(cell()) > t.maxError || t.resolution > 0 && cell() > 1.5*t.resolution) {
		g.MaxLevel++
	}
	return g
}

// write builds the tiles of all levels, the finest first: a tile's error is what it
// leaves of the relief and the curve beneath its lattice, and what finer tiles leave.
func (t *slabSet) write(ctx context.Context, dir string) error {
	grid := t.grid()
	w, err := tiles.NewWriter(dir, grid, tiles.WriterOptions{Lattice: true, Compress: !t.g.Plain, Version: t.g.Version})
	if err != nil {
		return err
	}
	below := 0.0
	for level := grid.MaxLevel; level >= 0; level-- {
		wanted := t.wanted(grid, level)
		errs := make([]float64, len(wanted))
		sag := slab.Sag(grid.Side(level) / (1 << slabCells))
		err := t.g.budget.jobs(ctx, len(wanted), func(int) int64 { return slabTile }, func(i int) error {
			if level < grid.MaxLevel {
				errs[i] = below + sag
				if t.resolution > 0 {
					errs[i] += slab.Error(t.slabs[0].Raise, squareOf(grid, wanted[i]), slabCells)
				}
			}
			return t.tile(w, grid, wanted[i], errs[i])
		}, t.g.progress.phase("slabs", len(wanted), 1))
		if err != nil {
			return err
		}
		for _, e := range errs {
			below = math.Max(below, e)
		}
	}
	t.g.tiles += w.Len()
	return w.Close()
}

// wanted lists the squares of a level that a slab touches.
func (t *slabSet) wanted(grid tiles.Grid, level int) (out []tiles.Address) {
	for y := range 1 << level {
		for x := range 1 << level {
			a := tiles.Address{Level: level, X: x, Y: y}
			square := squareOf(grid, a)
			for _, s := range t.slabs {
				if s.Bound().Intersects(square) {
					out = append(out, a)
					break
				}
			}
		}
	}
	return out
}

func (t *slabSet) tile(w *tiles.Writer, grid tiles.Grid, a tiles.Address, geometric float64) error {
	square := squareOf(grid, a)
	key := t.g.key("slab tile")
	key.digest(propsOf(t.layer))
	key.digest(t.rasters)
	key.text(fmt.Sprint(t.layer.ID, grid, a))
	key.floats(geometric)
	for i, s := range t.slabs {
		if s.Bound().Intersects(square) {
			key.digest(t.keys[i])
		}
	}
	return t.g.tile(w, key.sum(), a, func() (*tiles.Encoded, error) {
		c := geo.Content{Frame: grid.TileFrame(a)}
		for _, s := range t.slabs {
			part := geo.Content{Frame: c.Frame}
			s.Tile(square, slabCells, &part)
			join(&c, &part)
		}
		return w.Encode(a, c, geometric)
	})
}
