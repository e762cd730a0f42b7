package generate

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/tiles"
)

const (
	// mostLaid is how many bytes of pieces a tile above the finest level shows at most:
	// however wide the region, a tile of all of it is neither to make nor to load at the cost
	// of all that is on it.
	mostLaid = 4 << 20
	// pieceBytes are those of a piece beside its shape: what is known of it, its row, its name.
	pieceBytes = 256
	// laidGrows is how much of memory a byte of a piece takes while the tile is made: draped,
	// as meshes, and encoded.
	laidGrows = 12
)

// found is a piece in a block's file.
type found struct {
	laid *laid
	entry
	from int64  // where its bytes lie
	name string // of its feature
}

func (f *found) bytes() int { return f.size + pieceBytes }

// weighGround finds what lies on a tile, and gives what it is likely to hold with that while
// it is made.
func (g *generation) weighGround(grid tiles.Grid, jobs *groundJobs) func(i int) int64 {
	return func(i int) int64 {
		j := jobs.begin(i)
		j.fail = g.find(grid, j)
		n := 4<<20 + g.terrain.TileBytes(j.address.Level)
		for k := range j.all {
			n += laidGrows * int64(j.all[k].bytes())
		}
		return n
	}
}

// find finds the pieces of a tile, in the order of the blocks. Where a tile above the finest
// level has more than mostLaid of them, it shows the widest, and its geometric error says
// what it leaves out.
func (g *generation) find(grid tiles.Grid, j *groundTile) error {
	box := squareOf(grid, j.address)
	s := search{box: box, width: j.width, most: math.MaxInt}
	if !j.finest {
		s.most = mostLaid
	}
	for i := range g.laid.blocks {
		for _, l := range g.laid.blocks[i] {
			if l.Count == 0 || l.widest < s.width || !l.Box.Intersects(box) {
				continue
			}
			if err := g.laid.within(l, &s); err != nil {
				return err
			}
			if s.bytes/2 > s.most {
				s.thin()
			}
		}
	}
	s.thin()
	j.all = s.out
	j.error = math.Max(j.error, 3*s.width)
	return nil
}

// search is for pieces in a box that are not narrower than width, the widest of at most so
// many bytes.
type search struct {
	box   orb.Bound
	width float64
	most  int
	out   []found
	bytes int // of out
}

// within finds the pieces of one layer in one block.
func (g *ground) within(l *laid, s *search) error {
	data, err := g.index.Slice(l.at, int(l.size))
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	names := spool.Reader{B: data[l.Count*entrySize:]}
	for k := range l.Count {
		e := readEntry(data[k*entrySize:])
		if e.width < s.width {
			return nil
		}
		name := names.Bytes()
		if e.box.Intersects(s.box) {
			s.out = append(s.out, found{l, e, int64(l.Count)*entrySize + e.offset, string(name)})
			s.bytes += s.out[len(s.out)-1].bytes()
		}
	}
	return names.Err
}

// thin leaves out the narrowest where there is too much, those of one width together: so
// that it is of no matter when it is called.
func (s *search) thin() {
	if s.bytes <= s.most {
		return
	}
	by := make([]int, len(s.out))
	for i := range by {
		by[i] = i
	}
	slices.SortFunc(by, func(a, b int) int { return cmp.Compare(s.out[b].width, s.out[a].width) })
	sum, first := 0, 0
	for first < len(by) {
		width, same, end := s.out[by[first]].width, 0, first
		for ; end < len(by) && s.out[by[end]].width == width; end++ {
			same += s.out[by[end]].bytes()
		}
		if sum+same > s.most {
			s.width = math.Nextafter(width, math.Inf(1))
			break
		}
		sum, first = sum+same, end
	}
	s.bytes = sum
	s.out = slices.DeleteFunc(s.out, func(f found) bool { return f.width < s.width })
}
