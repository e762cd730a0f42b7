package tiles

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles/glb"
)

// Grid is a quadtree of squares over the plan (east and north metres, see
// earth.Frame.Plan) of a frame. Level 0 is one square; level n has 2ⁿ×2ⁿ.
type Grid struct {
	Frame    earth.Frame
	Min      [2]float64 // south-western corner of level 0
	Size     float64    // side of level 0
	MaxLevel int
}

// Address names a square: X counts eastwards, Y northwards.
type Address struct{ Level, X, Y int }

// String is "level/x/y", the path of the tile's content without its ending.
func (a Address) String() string { return fmt.Sprintf("%d/%d/%d", a.Level, a.X, a.Y) }

// Parent is the square of the level above that holds a. The root is its own parent.
func (a Address) Parent() Address {
	if a.Level == 0 {
		return a
	}
	return Address{a.Level - 1, a.X / 2, a.Y / 2}
}

// Children are the four squares of the level below: south-west, south-east, north-west,
// north-east.
func (a Address) Children() [4]Address {
	l, x, y := a.Level+1, 2*a.X, 2*a.Y
	return [4]Address{{l, x, y}, {l, x + 1, y}, {l, x, y + 1}, {l, x + 1, y + 1}}
}

// key numbers the squares of all levels up to 30.
func (a Address) key() uint64 { return 1<<(2*a.Level) | uint64(a.Y)<<a.Level | uint64(a.X) }

// keyed is the square that has a key.
func keyed(key uint64) Address {
	level := (bits.Len64(key) - 1) / 2
	mask := uint64(1)<<level - 1
	return Address{level, int(key & mask), int(key >> level & mask)}
}

// Less orders addresses by level, then y, then x.
func (a Address) Less(b Address) bool {
	switch {
	case a.Level != b.Level:
		return a.Level < b.Level
	case a.Y != b.Y:
		return a.Y < b.Y
	}
	return a.X < b.X
}

// Valid tells whether the grid has the square.
func (g Grid) Valid(a Address) bool {
	return a.Level >= 0 && a.Level <= g.MaxLevel && a.Level < 31 &&
		a.X >= 0 && a.Y >= 0 && a.X < 1<<a.Level && a.Y < 1<<a.Level
}

// Side is the length of a square's side at a level.
func (g Grid) Side(level int) float64 { return math.Ldexp(g.Size, -level) }

// Square returns the corners of a square in the plan. Neighbours give the same numbers
// for the edge that they share.
func (g Grid) Square(a Address) (lo, hi [2]float64) {
	s := g.Side(a.Level)
	at := func(i int, k int) float64 { return g.Min[k] + float64(float64(i)*s) }
	return [2]float64{at(a.X, 0), at(a.Y, 1)}, [2]float64{at(a.X+1, 0), at(a.Y+1, 1)}
}

// At returns the square of a level that holds a plan position; positions outside the
// grid are brought to its edge. A position on an edge belongs to the east or north.
func (g Grid) At(level int, x, y float64) Address {
	s, n := g.Side(level), 1<<level
	index := func(v, lo float64) int {
		f := math.Floor((v - lo) / s)
		if !(f > 0) {
			return 0
		}
		return int(math.Min(f, float64(n-1)))
	}
	return Address{level, index(x, g.Min[0]), index(y, g.Min[1])}
}

// latticeBits is how finely a lattice divides the side of a square. float32 holds 2²⁴
// steps, so that a tile may reach eight times its side; surfaces that lie on others stay
// on them within what their order in depth (geo.Mesh.Bias) forgives.
const latticeBits = 21

// Lattice is the lattice of a level's vertices: the axes of the grid's frame, and a power
// of two of a metre between a two-millionth of a square's side and half of that.
func (g Grid) Lattice(level int) glb.Lattice {
	return glb.Lattice{Frame: g.Frame, Step: math.Exp2(math.Floor(math.Log2(g.Side(level))) - latticeBits)}
}

// TileFrame is the tangent frame on the ellipsoid at the middle of a square: the frame
// for the content of that tile.
func (g Grid) TileFrame(a Address) earth.Frame {
	lo, hi := g.Square(a)
	lng, lat := g.Frame.Unplan((lo[0]+hi[0])/2, (lo[1]+hi[1])/2)
	return earth.FrameAt(earth.Place{Lng: lng, Lat: lat})
}
