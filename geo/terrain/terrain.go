package terrain

import (
	"fmt"
	"io"
	"math"
	"math/bits"
	"runtime"
	"sync"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain/tin"
)

// MaxCells is the largest grid side in cells. The tile that holds all of them takes 5 bytes
// a node while it is made, 84 MB; the grid itself what Options say.
const MaxCells = 4096

// Options describe the ground to build.
type Options struct {
	Frame earth.Frame // whose plan the grid lies in
	Min   [2]float64  // plan position of the south-west corner
	Size  float64     // side of the square, plan metres
	Cells int         // a side; a power of two, at most MaxCells

	SeaLevel float64 // ellipsoidal height of the mean sea: the ground where nothing is known, and 0 of the colours
	Flat     []Flat  // water surfaces, in the order in which they are laid; a later one wins
	// Shapes returns the shapes that touch a square of plan, always the same ones in the
	// same order; nil = none. It is asked for one finest tile at a time, from several
	// goroutines at once, when the terrain is made and again when tiles are.
	Shapes func(square orb.Bound) Shapes
	// Detail is the side in plan metres of the cells that the finest tiles have where shapes
	// touch them; 0, or more than half a cell, leaves them the grid's. It is not kept: each
	// such tile makes it anew, to an error of a tenth of the detail. At most 16 to a cell.
	// Levels above then show the ground without the shapes, and their errors say so.
	Detail float64

	// Sampled opens what an earlier terrain of the same square, cells and elevation has
	// written to Keep: the elevation is not asked then. Both may be nil.
	Sampled func() (io.ReadCloser, error)
	Keep    io.Writer
	// Digests are those of an earlier terrain for which all of this was the same. With them
	// and Sampled the grid is made when it is first asked for, and Err tells of its failure;
	// nil makes it at once.
	Digests *Digests

	Error     float64 // bound of the finest level, metres; 0 = a twentieth of a cell
	TileCells int     // cells a side of the finest tiles, a power of two; 0 = 64
	Kept      int     // bytes of finest tiles kept for heights; 0 = MaxKept. It changes no answer

	// Memory is how many bytes of the grid are held; 0 = all of it. The rest lies in a file
	// of the folder Scratch that needs no removal. It changes no answer either.
	Memory  int
	Scratch string
}

// Flat is a level surface that the ground keeps clear of: the sea, a lake.
type Flat struct {
	Polygon orb.Polygon // plan metres
	Height  float64     // of the surface, above the ellipsoid
	Depth   float64     // of the bed below it
	// Bathymetry keeps the elevation's own bed where it lies deeper than Depth.
	Bathymetry bool
	// Freeboard is how far above the surface its shore stands at least, metres, but where one of
	// Beaches lies at it: there the ground slopes into the water.
	Freeboard float64
	Beaches   []orb.Polygon // plan metres
	Mouths    []Mouth
}

// Mouth is water that may meet a flat surface: there is no freeboard in it, nor within a cell
// of what flows or is too narrow to have nodes inside.
type Mouth struct {
	Area  orb.Polygon // plan metres
	Flows bool
}

// Terrain is the ground of one package. It implements geo.Elevation.
type Terrain struct {
	o         Options
	cell      float64
	n         int // nodes a side
	flats     []*outline
	nodes     *pages // row-major from the south-west
	made      sync.Once
	digests   *Digests
	moved     float64 // what coarser levels miss of what shapes move, see shaped
	factor    int     // cells of detail to a cell
	levels    []Level
	known     float64
	ellipsoid ellipsoid // over the plan
	leaves    leaves
}

var _ geo.Elevation = (*Terrain)(nil)

// Level is one level of detail: 2^Depth × 2^Depth tiles.
type Level struct {
	Depth int
	Tiles int     // a side
	Cells int     // of the grid, a tile's side
	Size  float64 // a tile's side, plan metres
	// Error is the bound of |mesh − ground| at the grid's nodes anywhere in the level, metres;
	// the mesh's geometric error. Above the finest level it leaves out the few nodes that
	// Shapes move by more than a metre.
	Error float64
}

// New samples the elevation at the grid's nodes and prepares all levels. The elevation
// is asked from several goroutines at once. Where it knows nothing the nearest heights
// are carried on smoothly (harmonic.Fill), so there is no cliff at the data's edge.
func New(elev geo.Elevation, o Options) (*Terrain, error) {
	if o.TileCells == 0 {
		o.TileCells = min(64, o.Cells)
	}
	switch far := max(math.Abs(o.Min[0]), math.Abs(o.Min[1]), math.Abs(o.Min[0]+o.Size), math.Abs(o.Min[1]+o.Size)); {
	case o.Cells < 2 || o.Cells > MaxCells || bits.OnesCount(uint(o.Cells)) != 1:
		return nil, fmt.Errorf("terrain: %d cells a side: it must be a power of two from 2 to %d", o.Cells, MaxCells)
	case o.TileCells < 1 || o.TileCells > o.Cells || bits.OnesCount(uint(o.TileCells)) != 1:
		return nil, fmt.Errorf("terrain: %d cells a tile: it must be a power of two up to the grid's %d", o.TileCells, o.Cells)
	case !(o.Size > 0):
		return nil, fmt.Errorf("terrain: the side of %g m must be positive", o.Size)
	case !(far <= 4e6):
		return nil, fmt.Errorf("terrain: the square reaches %.0f km from its frame's origin, and a plan serves up to 4000 km", far/1000)
	case !(o.Detail >= 0):
		return nil, fmt.Errorf("terrain: the detail of %g m must not be negative", o.Detail)
	case !(o.Error >= 0) || math.IsInf(o.Error, 0) || math.IsNaN(o.SeaLevel) || math.IsInf(o.SeaLevel, 0):
		return nil, fmt.Errorf("terrain: error %g and sea level %g must be finite numbers, the error not negative", o.Error, o.SeaLevel)
	}
	for i, f := range o.Flat {
		if !(f.Depth >= 0) || !(f.Freeboard >= 0) || math.IsNaN(f.Height) || math.IsInf(f.Height, 0) || math.IsInf(f.Depth, 0) || math.IsInf(f.Freeboard, 0) {
			return nil, fmt.Errorf("terrain: flat surface %d: height %g, depth %g and freeboard %g must be finite numbers, the latter two not negative", i, f.Height, f.Depth, f.Freeboard)
		}
	}
	t := &Terrain{o: o, cell: o.Size / float64(o.Cells), n: o.Cells + 1, flats: outlinesOf(o.Flat)}
	if o.Kept == 0 {
		t.o.Kept = MaxKept
	}
	if o.Error == 0 {
		t.o.Error = t.cell / 20
	}
	t.factor = 1
	for o.Shapes != nil && o.Detail > 0 && t.factor < maxFactor && 2*t.factor*o.TileCells < tin.MaxSide && t.cell/float64(t.factor) >= 2*o.Detail {
		t.factor *= 2
	}
	t.ellipsoid = ellipsoidOf(o.Frame, [2]float64{})
	t.levels = t.makeLevels()
	if o.Shapes != nil && t.factor > 1 {
		t.moved = shaped
		for d := range t.levels[:len(t.levels)-1] {
			t.levels[d].Error += t.moved
		}
	}
	t.nodes = newPages(t.n, o.Memory, o.Scratch)
	if d := o.Digests; d != nil && o.Sampled != nil && d.levels() == len(t.levels) {
		t.known, t.digests = d.known, d
		return t, nil
	}
	t.make(elev)
	if err := t.Err(); err != nil {
		_ = t.Close()
		return nil, err
	}
	return t, nil
}

// make makes the grid, at most once. What it meets is told by Err.
func (t *Terrain) make(elev geo.Elevation) {
	t.made.Do(func() {
		if err := t.sampleAll(elev); err != nil {
			t.nodes.fail(err)
			return
		}
		t.layFlats()
		t.layShapes()
	})
}

// maxFactor is the most cells of detail to a cell.
const maxFactor = 16

// makeLevels doubles the error with each coarser level, as the tiles' sides double: seen
// from a distance at which a tile is due, its error spans the same angle at all levels.
func (t *Terrain) makeLevels() []Level {
	deepest := bits.TrailingZeros(uint(t.o.Cells)) - bits.TrailingZeros(uint(t.o.TileCells))
	levels := make([]Level, deepest+1)
	for d := range levels {
		levels[d] = Level{Depth: d, Tiles: 1 << d, Cells: t.o.Cells >> d,
			Size: t.o.Size / float64(int(1)<<d), Error: t.o.Error * float64(int(1)<<(deepest-d))}
	}
	return levels
}

// Levels returns the levels of detail, coarsest (one tile) first.
func (t *Terrain) Levels() []Level { return append([]Level(nil), t.levels...) }

// Frame is the frame whose plan the terrain lies in.
func (t *Terrain) Frame() earth.Frame { return t.o.Frame }

// Cell is the side of a grid cell in plan metres.
func (t *Terrain) Cell() float64 { return t.cell }

// Square returns the plan's south-west corner and side.
func (t *Terrain) Square() (corner [2]float64, size float64) { return t.o.Min, t.o.Size }

// Size is how many bytes of memory the grid takes at most.
func (t *Terrain) Size() int64 { return t.nodes.bytes() }

// Err is what reading or writing the part of the grid that is on disk has met: answers
// since are not to be relied on.
func (t *Terrain) Err() error {
	if err := t.nodes.failed(); err != nil {
		return fmt.Errorf("terrain: %w", err)
	}
	return nil
}

// Close lets go of what is on disk; a terrain that is all in memory needs none.
func (t *Terrain) Close() error { return t.nodes.close() }

// Known is the share of nodes that the elevation knew, 0 to 1.
func (t *Terrain) Known() float64 { return t.known }

// parallel runs f over the range in chunks; f must not depend on the chunking.
func parallel(n int, f func(from, to int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers < 2 {
		f(0, n)
		return
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { f(n*w/workers, n*(w+1)/workers) })
	}
	wg.Wait()
}
