package terrain

import (
	"fmt"
	"math"
	"math/bits"
	"runtime"
	"sync"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/terrain/tin"
)

// MaxCells is the largest grid side in cells: 4097² heights and kinds are 84 MB, the tile
// that holds all of them takes twice that while it is made.
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

	// Sampled is what an earlier terrain of the same square, cells and elevation has kept:
	// the elevation is not asked then, and the heights become the terrain's. Keep gets it
	// where the elevation was asked, and holds it no longer than the call.
	Sampled *Sampled
	Keep    func(*Sampled)

	Error     float64 // bound of the finest level, metres; 0 = a twentieth of a cell
	TileCells int     // cells a side of the finest tiles, a power of two; 0 = 64
	Kept      int     // bytes of finest tiles kept for heights; 0 = MaxKept. It changes no answer
}

// Sampled is the elevation at all nodes, before anything is laid onto it.
type Sampled struct {
	Heights []float32 // row-major from the south-west
	Known   float64   // share of the nodes that the elevation knew, 0 to 1
}

// Flat is a level surface that the ground keeps clear of: the sea, a lake.
type Flat struct {
	Polygon orb.Polygon // plan metres
	Height  float64     // of the surface, above the ellipsoid
	Depth   float64     // of the bed below it
	// Bathymetry keeps the elevation's own bed where it lies deeper than Depth.
	Bathymetry bool
}

// Terrain is the ground of one package. It implements geo.Elevation.
type Terrain struct {
	o         Options
	cell      float64
	n         int         // nodes a side
	heights   []float32   // row-major from the south-west
	natural   []float32   // heights; while shapes are laid, those before
	moved     float64     // what coarser levels miss of what shapes move, see shaped
	dry       [][]float32 // heights before the flat surfaces, by block; nil where they are the same
	kind      []uint8     // land, bed or shore, by node
	factor    int         // cells of detail to a cell
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
		if !(f.Depth >= 0) || math.IsNaN(f.Height) || math.IsInf(f.Height, 0) || math.IsInf(f.Depth, 0) {
			return nil, fmt.Errorf("terrain: flat surface %d: height %g and depth %g must be finite numbers, the depth not negative", i, f.Height, f.Depth)
		}
	}
	t := &Terrain{o: o, cell: o.Size / float64(o.Cells), n: o.Cells + 1}
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
	t.sampleAll(elev)
	t.layFlats()
	t.layShapes()
	return t, nil
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

// Size is how many bytes of memory the grid takes.
func (t *Terrain) Size() int64 {
	n := int64(len(t.heights))*4 + int64(len(t.kind))
	for _, d := range t.dry {
		n += int64(len(d)) * 4
	}
	return n
}

// Known is the share of nodes that the elevation knew, 0 to 1.
func (t *Terrain) Known() float64 { return t.known }

// block is the side in nodes of the squares in which flat surfaces are laid: what that
// takes of memory is a block's on each core.
const block = 128

// blocks is how many there are a side.
func (t *Terrain) blocks() int { return (t.n + block - 1) / block }

// layFlats lays the flat surfaces over the grid, block by block.
func (t *Terrain) layFlats() {
	t.kind = make([]uint8, t.n*t.n)
	n := t.blocks()
	if t.factor > 1 {
		t.dry = make([][]float32, n*n)
	}
	parallel(n*n, func(from, to int) {
		for k := from; k < to; k++ {
			t.layBlock(k)
		}
	})
}

func (t *Terrain) layBlock(k int) {
	x0, y0 := k%t.blocks()*block, k/t.blocks()*block
	w, h := min(block, t.n-x0), min(block, t.n-y0)
	const rim = shoreCells + 1 // whose nodes decide on those of the block
	l := &lattice{min: t.o.Min, step: t.cell, x0: max(x0-rim, 0), y0: max(y0-rim, 0)}
	l.w, l.h = min(x0+w+rim, t.n)-l.x0, min(y0+h+rim, t.n)-l.y0
	box := orb.Bound{Min: l.at(0, 0), Max: l.at(l.w-1, l.h-1)}
	var flats []Flat
	for _, f := range t.o.Flat {
		if f.Polygon.Bound().Intersects(box) {
			flats = append(flats, f)
		}
	}
	if len(flats) == 0 {
		return
	}
	// What is not the block's own is only asked whether it is water.
	z := make([]float32, l.w*l.h)
	for j := range h {
		copy(z[(y0-l.y0+j)*l.w+x0-l.x0:][:w], t.heights[(y0+j)*t.n+x0:])
	}
	if t.dry != nil {
		t.dry[k] = make([]float32, w*h)
	}
	kind, _ := l.flood(flats, shoreCells, z)
	for j := range h {
		at, own := (y0+j)*t.n+x0, (y0-l.y0+j)*l.w+x0-l.x0
		if t.dry != nil {
			copy(t.dry[k][j*w:(j+1)*w], t.heights[at:])
		}
		copy(t.heights[at:at+w], z[own:])
		copy(t.kind[at:at+w], kind[own:])
	}
}

// dryAt is a node's height before the flat surfaces were laid.
func (t *Terrain) dryAt(i, j int) float32 {
	if t.dry != nil {
		if d := t.dry[j/block*t.blocks()+i/block]; d != nil {
			return d[j%block*min(block, t.n-i/block*block)+i%block]
		}
	}
	return t.heights[j*t.n+i]
}

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
