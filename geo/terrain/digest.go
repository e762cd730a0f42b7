package terrain

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
	"math/bits"

	"github.com/paulmach/orb"
)

// Digests name the ground: two terrains of the same square and options for which they say
// the same of a tile give the same Tile there, and the same heights in it.
type Digests struct {
	known float64
	nodes [][16]byte // of the grid in each finest tile, row-major from the south-west
	fine  [][16]byte // of all that the finest tile itself is made of
}

// Digests hashes heights and kinds of the nodes of the finest tiles, and where these have
// detail the shapes that touch them; or they are those of Options.
func (t *Terrain) Digests() *Digests {
	if t.digests != nil {
		return t.digests
	}
	deepest := len(t.levels) - 1
	n, c := 1<<deepest, t.levels[deepest].Cells
	d := &Digests{known: t.known, nodes: make([][16]byte, n*n), fine: make([][16]byte, n*n)}
	flats := t.flatDigests()
	parallel(n, func(from, to int) {
		for y := from; y < to; y++ {
			for x := range n {
				d.nodes[y*n+x], d.fine[y*n+x] = t.digest(x, y, c, flats)
			}
		}
	})
	return d
}

// MarshalBinary implements encoding.BinaryMarshaler: what Terrain.Known says, and the
// digests.
func (d *Digests) MarshalBinary() ([]byte, error) {
	b := floats(nil, d.known)
	for _, all := range [2][][16]byte{d.nodes, d.fine} {
		for i := range all {
			b = append(b, all[i][:]...)
		}
	}
	return b, nil
}

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (d *Digests) UnmarshalBinary(b []byte) error {
	n := (len(b) - 8) / 32
	if n <= 0 || len(b) != 8+32*n || n&(n-1) != 0 || bits.TrailingZeros(uint(n))%2 != 0 {
		return errDigests
	}
	*d = Digests{known: math.Float64frombits(binary.LittleEndian.Uint64(b)), nodes: make([][16]byte, n), fine: make([][16]byte, n)}
	b = b[8:]
	for i := range n {
		copy(d.nodes[i][:], b[16*i:])
		copy(d.fine[i][:], b[16*(n+i):])
	}
	return nil
}

// levels is how many there are.
func (d *Digests) levels() int { return 1 + bits.TrailingZeros(uint(len(d.fine)))/2 }

var errDigests = errors.New("terrain: these are no digests")

// flatDigests hash the flat surfaces, where detail lays them anew.
func (t *Terrain) flatDigests() [][16]byte {
	if t.factor == 1 {
		return nil
	}
	out := make([][16]byte, len(t.o.Flat))
	for i, f := range t.o.Flat {
		h := sha256.New()
		buf := floats(nil, f.Height, f.Depth, f.Freeboard)
		if f.Bathymetry {
			buf = append(buf, 1)
		}
		buf = binary.LittleEndian.AppendUint32(buf, uint32(len(f.Polygon)))
		for _, r := range f.Polygon {
			buf = binary.LittleEndian.AppendUint32(buf, uint32(len(r)))
			for _, q := range r {
				buf = floats(buf, q[0], q[1])
			}
		}
		mouths := make([]orb.Polygon, len(f.Mouths))
		for k, m := range f.Mouths {
			if mouths[k] = m.Area; m.Flows {
				buf = binary.LittleEndian.AppendUint32(buf, uint32(k))
			}
		}
		for _, list := range [...][]orb.Polygon{f.Beaches, mouths} {
			buf = binary.LittleEndian.AppendUint32(buf, uint32(len(list)))
			for _, b := range list {
				buf = binary.LittleEndian.AppendUint32(buf, uint32(len(b)))
				for _, r := range b {
					buf = binary.LittleEndian.AppendUint32(buf, uint32(len(r)))
					for _, q := range r {
						buf = floats(buf, q[0], q[1])
					}
				}
			}
		}
		h.Write(buf)
		copy(out[i][:], h.Sum(nil))
	}
	return out
}

// rim is how many nodes around a finest tile its detail is made of: shores reach
// shoreCells into it and look one further, and what lies between nodes is interpolated.
const rim = shoreCells + 2

// digest hashes the nodes of a finest tile, and all that its mesh is made of: without
// detail that is one node more on each side, for the slopes.
func (t *Terrain) digest(ix, iy, c int, flats [][16]byte) (nodes, fine [16]byte) {
	var s Shapes
	if t.factor > 1 { // else they lie in the grid
		s = t.shapes(ix, iy)
	}
	detailed, around := !s.empty(), 1
	if detailed {
		around = rim
	}
	grid, all := sha256.New(), sha256.New()
	grid.Write(floats(nil, t.moved))
	all.Write(floats(nil, t.moved, t.o.Error, t.o.Detail)) // heights are those of the mesh
	x0, x1 := max(ix*c-around, 0), min(ix*c+c+around, t.o.Cells)
	buf := make([]byte, 0, 5*(x1-x0+1))
	for y := max(iy*c-around, 0); y <= min(iy*c+c+around, t.o.Cells); y++ {
		buf = buf[:0]
		for x := x0; x <= x1; x++ {
			buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(t.nodes.height(x, y)))
			buf = append(buf, t.nodes.kind(x, y))
		}
		all.Write(buf)
		if y >= iy*c && y <= iy*c+c {
			grid.Write(buf[5*(ix*c-x0) : 5*(ix*c+c+1-x0)])
		}
		if detailed {
			buf = buf[:0]
			for x := x0; x <= x1; x++ {
				buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(t.nodes.natural(x, y)))
			}
			all.Write(buf)
		}
	}
	if detailed {
		near := orb.Bound{Min: t.planOf(ix*c, iy*c), Max: t.planOf(ix*c+c, iy*c+c)}.Pad(rim * t.cell)
		for i, f := range t.flats {
			if f.box.Intersects(near) {
				all.Write(flats[i][:])
			}
		}
		all.Write(s.bytes())
	}
	copy(nodes[:], grid.Sum(nil))
	copy(fine[:], all.Sum(nil))
	return nodes, fine
}

// bytes tell all of the shapes.
func (s *Shapes) bytes() (b []byte) {
	for i := range s.Pads {
		p := &s.Pads[i]
		b = floats(append(b, 'p'), p.Height, p.Slope, p.Reach, p.Verge, float64(len(p.Outline)))
		for _, r := range p.Outline {
			b = floats(b, float64(len(r)))
			for _, q := range r {
				b = floats(b, q[0], q[1])
			}
		}
	}
	for i := range s.Corridors {
		c := &s.Corridors[i]
		kind := byte('b')
		if c.Cut {
			kind = 'c'
		}
		b = floats(append(b, kind), c.Half, c.Slope, c.Reach, c.Verge, float64(len(c.Line)))
		for k, q := range c.Line {
			b = floats(b, q[0], q[1], c.Heights[k])
		}
	}
	return b
}

func floats(b []byte, vs ...float64) []byte {
	for _, v := range vs {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return b
}

// Tile appends what names a tile: a finest one's digest, and of others those of the grid
// in and around them, as far as slopes are taken.
func (d *Digests) Tile(b []byte, t *Terrain, depth, ix, iy int) []byte {
	fine := t.levels[len(t.levels)-1]
	if depth == fine.Depth {
		return append(b, d.fine[iy*fine.Tiles+ix][:]...)
	}
	k := 1 << (fine.Depth - depth)
	around := (t.step(t.levels[depth].Cells) + fine.Cells - 1) / fine.Cells
	for y := max(iy*k-around, 0); y < min(iy*k+k+around, fine.Tiles); y++ {
		for x := max(ix*k-around, 0); x < min(ix*k+k+around, fine.Tiles); x++ {
			b = append(b, d.nodes[y*fine.Tiles+x][:]...)
		}
	}
	return b
}

// Len is how many finest tiles there are.
func (d *Digests) Len() int { return len(d.fine) }

// All appends the digests of all finest tiles.
func (d *Digests) All(b []byte) []byte {
	for i := range d.fine {
		b = append(b, d.fine[i][:]...)
	}
	return b
}

// Of appends the digests of finest tiles by their numbers, see Asked.
func (d *Digests) Of(b []byte, tiles []int) []byte {
	for _, k := range tiles {
		b = append(b, d.fine[k][:]...)
	}
	return b
}
