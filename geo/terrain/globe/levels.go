package globe

import (
	"cmp"
	"maps"
	"slices"

	"github.com/longtake/longtake/geo"
)

// address is a tile's place in its level: columns from the antimeridian eastwards, rows from the
// south pole.
type address struct{ x, y int }

// End is where data end coarser than they are, as their tiles would be too many.
type End struct {
	Cell  float64 // metres, as Refine says
	Level int     // the last
}

// levels lists the tiles of each level, row by row: all of the first, of others those whose
// parent wants to be refined, four at a time; and what ends before its data do, the finest first.
func (o *Options) levels() (out [][]address, ends []End) {
	out = [][]address{{{0, 0}, {1, 0}}}
	total, made := 2, map[float64]int{} // by cells
	ended := map[float64]bool{}
	for level := 0; level < o.MaxLevel; level++ {
		wants := map[float64][]address{}
		for _, at := range out[level] {
			cell := 1.0
			if o.Refine != nil {
				cell = o.Refine(level, at.bound(level))
			}
			if cell > 0 && !ended[cell] {
				wants[cell] = append(wants[cell], at)
			}
		}
		rows := map[int][]address{}
		n := 0
		for _, cell := range slices.Sorted(maps.Keys(wants)) {
			more := 4 * len(wants[cell])
			if made[cell]+more > MaxTiles-2 || total+more > 2*MaxTiles {
				ended[cell], ends = true, append(ends, End{cell, level})
				continue
			}
			made[cell], total, n = made[cell]+more, total+more, n+more
			for _, at := range wants[cell] {
				for y := 2 * at.y; y < 2*at.y+2; y++ {
					rows[y] = append(rows[y], address{2 * at.x, y}, address{2*at.x + 1, y})
				}
			}
		}
		if n == 0 {
			break
		}
		next := make([]address, 0, n)
		for _, y := range slices.Sorted(maps.Keys(rows)) {
			slices.SortFunc(rows[y], func(a, b address) int { return a.x - b.x })
			next = append(next, rows[y]...)
		}
		out = append(out, next)
	}
	slices.SortFunc(ends, func(a, b End) int { return cmp.Compare(a.Cell, b.Cell) })
	return out, ends
}

// Finest is the finest level that will be made.
func (o *Options) Finest() int {
	levels, _ := o.levels()
	return len(levels) - 1
}

// Ends are where data will end coarser than they are, the finest first.
func (o *Options) Ends() []End {
	_, ends := o.levels()
	return ends
}

// bound is the region of a tile and a cell or so around it, in which its edges are made.
func (at address) bound(level int) geo.Bound {
	size := 180 / float64(int(1)<<level)
	west, south, more := -180+size*float64(at.x), -90+size*float64(at.y), size/32
	return geo.Bound{West: west - more, South: south - more, East: west + size + more, North: south + size + more}
}
