package globe

import "github.com/longtake/longtake/geo"

// address is a tile's place in its level: columns from the antimeridian eastwards, rows from the
// south pole.
type address struct{ x, y int }

// levels lists the tiles of each level, row by row: all of the first, of others those whose
// parent wants to be refined, four at a time.
func (o *Options) levels() [][]address {
	out := [][]address{{{0, 0}, {1, 0}}}
	for level, total := 0, 2; level < o.MaxLevel; level++ {
		var next []address
		rows := map[int][]address{}
		for _, at := range out[level] {
			if o.Refine != nil && !o.Refine(level, at.bound(level)) {
				continue
			}
			for r := range 2 {
				y := 2*at.y + r
				rows[y] = append(rows[y], address{2 * at.x, y}, address{2*at.x + 1, y})
			}
		}
		for y := range 2 << level {
			next = append(next, rows[y]...)
		}
		if total += len(next); len(next) == 0 || total > MaxTiles {
			break
		}
		out = append(out, next)
	}
	return out
}

// Finest is the finest level that will be made.
func (o *Options) Finest() int { return len(o.levels()) - 1 }

// bound is the region of a tile and a cell or so around it, in which its edges are made.
func (at address) bound(level int) geo.Bound {
	size := 180 / float64(int(1)<<level)
	west, south, more := -180+size*float64(at.x), -90+size*float64(at.y), size/32
	return geo.Bound{West: west - more, South: south - more, East: west + size + more, North: south + size + more}
}
