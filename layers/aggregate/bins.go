package aggregate

import (
	"cmp"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/paulmach/orb"
)

// Shape is the form of bins.
type Shape uint8

// The shapes. Size is the side of a square, and of hexagons the distance between two
// opposite sides.
const (
	Square Shape = iota
	Flat         // hexagons with a flat side in the north
	Pointy       // hexagons with a corner in the north
)

// Bins are the cells of a regular tiling of a plan that hold points, in the order of their
// rows and then columns.
type Bins struct {
	Groups
	Plan  Plan
	Size  float64 // metres
	Shape Shape
	Cells [][2]int32 // column and row of each bin's cell
}

// Bin sorts points into cells. It refuses a size that is not positive, or so small that the
// cells cannot be numbered.
func Bin(lng, lat []float64, plan Plan, size float64, shape Shape) (*Bins, error) {
	if !(size >= 1e-2) || math.IsInf(size, 0) {
		return nil, fmt.Errorf("cells of %g m: at least a centimetre is allowed", size)
	}
	if len(lng) != len(lat) {
		return nil, fmt.Errorf("%d longitudes and %d latitudes", len(lng), len(lat))
	}
	b := &Bins{Plan: plan, Size: size, Shape: shape}
	cells := make([][2]int32, len(lng))
	parallel(len(lng), func(from, to int) {
		xy := plan.forward()
		for i := from; i < to; i++ {
			if !placed(lng[i], lat[i]) {
				cells[i] = [2]int32{nowhere, nowhere}
				continue
			}
			x, y := xy(lng[i], lat[i])
			cells[i] = cellAt(x/size, y/size, shape)
		}
	})
	b.number(cells)
	return b, nil
}

// nowhere is the column of a row without a place.
const nowhere = math.MinInt32

// number gives the cells that occur numbers in their order.
func (b *Bins) number(cells [][2]int32) {
	lo, hi := [2]int32{math.MaxInt32, math.MaxInt32}, [2]int32{nowhere, nowhere}
	for _, c := range cells {
		if c[0] != nowhere {
			lo[0], lo[1], hi[0], hi[1] = min(lo[0], c[0]), min(lo[1], c[1]), max(hi[0], c[0]), max(hi[1], c[1])
		}
	}
	b.Of = make([]int32, len(cells))
	if hi[0] == nowhere {
		for i := range b.Of {
			b.Of[i] = -1
		}
		return
	}
	w, h := int64(hi[0])-int64(lo[0])+1, int64(hi[1])-int64(lo[1])+1
	if w <= 1<<24 && h <= 1<<24 && w*h <= int64(1<<20+4*len(cells)) {
		b.numberDense(cells, lo, int(w), int(h))
		return
	}
	b.numberSparse(cells)
}

// numberDense numbers by a table of all cells.
func (b *Bins) numberDense(cells [][2]int32, lo [2]int32, w, h int) {
	at := func(c [2]int32) int { return int(c[1]-lo[1])*w + int(c[0]-lo[0]) }
	table := make([]int32, w*h)
	for _, c := range cells {
		if c[0] != nowhere {
			table[at(c)] = 1
		}
	}
	for i, taken := range table {
		if taken != 0 {
			table[i] = int32(b.N)
			b.Cells = append(b.Cells, [2]int32{lo[0] + int32(i%w), lo[1] + int32(i/w)})
			b.N++
		}
	}
	for i, c := range cells {
		b.Of[i] = -1
		if c[0] != nowhere {
			b.Of[i] = table[at(c)]
		}
	}
}

// numberSparse numbers cells that are far between.
func (b *Bins) numberSparse(cells [][2]int32) {
	found := map[[2]int32]int32{}
	for _, c := range cells {
		if _, ok := found[c]; !ok && c[0] != nowhere {
			found[c] = 0
			b.Cells = append(b.Cells, c)
		}
	}
	slices.SortFunc(b.Cells, func(p, q [2]int32) int { return cmp.Or(cmp.Compare(p[1], q[1]), cmp.Compare(p[0], q[0])) })
	b.N = len(b.Cells)
	for i, c := range b.Cells {
		found[c] = int32(i)
	}
	for i, c := range cells {
		b.Of[i] = -1
		if c[0] != nowhere {
			b.Of[i] = found[c]
		}
	}
}

const (
	rowStep = 0.8660254037844386 // √3/2: rows of hexagons of width 1
	corner  = 0.5773502691896257 // 1/√3: from the middle of such a hexagon to a corner
)

// cellAt is the cell of a point in units of the size. Hexagons have columns along a skewed
// axis: the cell 0, 1 lies half a cell beside 0, 0.
func cellAt(x, y float64, shape Shape) [2]int32 {
	if shape == Square {
		return [2]int32{clampCell(math.Floor(x)), clampCell(math.Floor(y))}
	}
	if shape == Flat {
		x, y = y, x
	}
	// Rounding to the nearest lattice point by rounding three coordinates of sum 0 and mending
	// the one that was rounded most.
	r := y / rowStep
	q := x - r/2
	rq, rr, rs := math.Round(q), math.Round(r), math.Round(-q-r)
	dq, dr, ds := math.Abs(rq-q), math.Abs(rr-r), math.Abs(rs+q+r)
	switch {
	case dq > dr && dq > ds:
		rq = -rr - rs
	case dr > ds:
		rr = -rq - rs
	}
	if shape == Flat {
		rq, rr = rr, rq
	}
	return [2]int32{clampCell(rq), clampCell(rr)}
}

func clampCell(v float64) int32 { return int32(min(max(v, -1<<30), 1<<30)) }

// Middle is the middle of a bin in metres of the plan.
func (b *Bins) Middle(k int) (x, y float64) {
	c, r := float64(b.Cells[k][0]), float64(b.Cells[k][1])
	switch b.Shape {
	case Flat:
		return c * rowStep * b.Size, (r + c/2) * b.Size
	case Pointy:
		return (c + r/2) * b.Size, r * rowStep * b.Size
	}
	return (c + 0.5) * b.Size, (r + 0.5) * b.Size
}

// Center is the middle of a bin in degrees.
func (b *Bins) Center(k int) orb.Point {
	lng, lat := b.Plan.LngLat(b.Middle(k))
	return orb.Point{lng, lat}
}

// Outline is a bin's closed ring in degrees, counter-clockwise, shrunk to a share of its
// size.
func (b *Bins) Outline(k int, coverage float64) orb.Ring {
	x, y := b.Middle(k)
	out := make(orb.Ring, 0, 7)
	for _, c := range b.Shape.Corners() {
		lng, lat := b.Plan.LngLat(x+c[0]*b.Size*coverage, y+c[1]*b.Size*coverage)
		out = append(out, orb.Point{lng, lat})
	}
	return append(out, out[0])
}

// Corners are those of a cell of size 1 about its middle, counter-clockwise.
func (s Shape) Corners() [][2]float64 {
	switch s {
	case Flat:
		return [][2]float64{{corner, 0}, {corner / 2, 0.5}, {-corner / 2, 0.5}, {-corner, 0}, {-corner / 2, -0.5}, {corner / 2, -0.5}}
	case Pointy:
		return [][2]float64{{0.5, corner / 2}, {0, corner}, {-0.5, corner / 2}, {-0.5, -corner / 2}, {0, -corner}, {0.5, -corner / 2}}
	}
	return [][2]float64{{0.5, 0.5}, {-0.5, 0.5}, {-0.5, -0.5}, {0.5, -0.5}}
}

// parallel calls f for parts of 0…n rows on all processors.
func parallel(n int, f func(from, to int)) { inParts(n, n/20000, f) }

// parallelLines does so for lines of a grid.
func parallelLines(n int, f func(from, to int)) { inParts(n, n/16, f) }

func inParts(n, most int, f func(from, to int)) {
	parts := min(runtime.GOMAXPROCS(0), most)
	if parts < 2 {
		f(0, n)
		return
	}
	var all sync.WaitGroup
	for i := range parts {
		all.Go(func() { f(n*i/parts, n*(i+1)/parts) })
	}
	all.Wait()
}
