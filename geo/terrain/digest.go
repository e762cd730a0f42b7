package terrain

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"

	"github.com/paulmach/orb"
)

// Digests name the ground of every tile: two terrains of the same square whose tile and
// its neighbours have the same digests give the same Tile there, and the same heights.
type Digests struct {
	known  float64
	levels [][][16]byte // by depth, row-major from the south-west
}

// Digests hashes heights and kinds of the nodes of the finest tiles and the shapes that
// touch them, and these upwards; or they are those of Options.
func (t *Terrain) Digests() *Digests {
	if t.digests != nil {
		return t.digests
	}
	deepest := len(t.levels) - 1
	d := &Digests{known: t.known, levels: make([][][16]byte, deepest+1)}
	flats := t.flatDigests()
	for depth := deepest; depth >= 0; depth-- {
		n, c := 1<<depth, t.levels[depth].Cells
		d.levels[depth] = make([][16]byte, n*n)
		parallel(n, func(from, to int) {
			for y := from; y < to; y++ {
				for x := range n {
					if depth == deepest {
						d.levels[depth][y*n+x] = t.digest(x, y, c, flats)
						continue
					}
					h := sha256.New()
					for _, k := range [4]int{2*y*2*n + 2*x, 2*y*2*n + 2*x + 1, (2*y+1)*2*n + 2*x, (2*y+1)*2*n + 2*x + 1} {
						h.Write(d.levels[depth+1][k][:])
					}
					copy(d.levels[depth][y*n+x][:], h.Sum(nil))
				}
			}
		})
	}
	return d
}

// MarshalBinary implements encoding.BinaryMarshaler: what Terrain.Known says, and from the
// coarsest level on the digests.
func (d *Digests) MarshalBinary() ([]byte, error) {
	b := floats(nil, d.known)
	for _, level := range d.levels {
		for i := range level {
			b = append(b, level[i][:]...)
		}
	}
	return b, nil
}

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (d *Digests) UnmarshalBinary(b []byte) error {
	if len(b) < 8 {
		return errDigests
	}
	*d = Digests{known: math.Float64frombits(binary.LittleEndian.Uint64(b))}
	b = b[8:]
	for n := 1; len(b) > 0; n *= 4 {
		if len(b) < 16*n {
			return errDigests
		}
		level := make([][16]byte, n)
		for i := range level {
			copy(level[i][:], b[16*i:])
		}
		d.levels, b = append(d.levels, level), b[16*n:]
	}
	return nil
}

var errDigests = errors.New("terrain: these are no digests")

// flatDigests hash the flat surfaces, where detail lays them anew.
func (t *Terrain) flatDigests() [][16]byte {
	if t.factor == 1 {
		return nil
	}
	out := make([][16]byte, len(t.o.Flat))
	for i, f := range t.o.Flat {
		h := sha256.New()
		buf := floats(nil, f.Height, f.Depth)
		if f.Bathymetry {
			buf = append(buf, 1)
		}
		for _, r := range f.Polygon {
			buf = binary.LittleEndian.AppendUint32(buf, uint32(len(r)))
			for _, q := range r {
				buf = floats(buf, q[0], q[1])
			}
		}
		h.Write(buf)
		copy(out[i][:], h.Sum(nil))
	}
	return out
}

func (t *Terrain) digest(ix, iy, c int, flats [][16]byte) (out [16]byte) {
	h := sha256.New()
	h.Write(floats(nil, t.moved))
	s := t.shapes(ix, iy)
	detailed := t.factor > 1 && !s.empty()
	if detailed {
		lo, hi := t.planOf(ix*c, iy*c), t.planOf(ix*c+c, iy*c+c)
		near := orb.Bound{Min: lo, Max: hi}.Pad(float64(shoreCells+2) * t.cell)
		for i, f := range t.o.Flat {
			if f.Polygon.Bound().Intersects(near) {
				h.Write(flats[i][:])
			}
		}
	}
	buf := make([]byte, 0, (c+1)*9)
	for y := iy * c; y <= iy*c+c; y++ {
		buf = buf[:0]
		for x := ix * c; x <= ix*c+c; x++ {
			buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(t.nodes.height(x, y)))
			if detailed {
				buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(t.nodes.natural(x, y)))
			}
			buf = append(buf, t.nodes.kind(x, y))
		}
		h.Write(buf)
	}
	for i := range s.Pads {
		p := &s.Pads[i]
		buf = floats(buf[:0], p.Height, p.Slope, p.Reach, p.Verge)
		for _, r := range p.Outline {
			buf = binary.LittleEndian.AppendUint32(buf, uint32(len(r)))
			for _, q := range r {
				buf = floats(buf, q[0], q[1])
			}
		}
		h.Write(buf)
	}
	for i := range s.Corridors {
		c := &s.Corridors[i]
		buf = floats(buf[:0], c.Half, c.Slope, c.Reach, c.Verge)
		if c.Cut {
			buf = append(buf, 1)
		}
		for k, q := range c.Line {
			buf = floats(buf, q[0], q[1], c.Heights[k])
		}
		h.Write(buf)
	}
	copy(out[:], h.Sum(nil))
	return out
}

func floats(b []byte, vs ...float64) []byte {
	for _, v := range vs {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return b
}

// Around appends the digests of a tile and its eight neighbours.
func (d *Digests) Around(b []byte, depth, ix, iy int) []byte {
	n := 1 << depth
	for y := max(iy-1, 0); y <= min(iy+1, n-1); y++ {
		for x := max(ix-1, 0); x <= min(ix+1, n-1); x++ {
			k := d.levels[depth][y*n+x]
			b = append(b, k[:]...)
		}
	}
	return b
}

// Within appends the digests of the finest tiles that meet a box of the plan.
func (d *Digests) Within(b []byte, t *Terrain, lo, hi [2]float64) []byte {
	deepest := len(d.levels) - 1
	n, side := 1<<deepest, t.levels[deepest].Size
	at := func(v float64, k int) int { return int(min(max(math.Floor((v-t.o.Min[k])/side), 0), float64(n-1))) }
	for y := at(lo[1], 1); y <= at(hi[1], 1); y++ {
		for x := at(lo[0], 0); x <= at(hi[0], 0); x++ {
			k := d.levels[deepest][y*n+x]
			b = append(b, k[:]...)
		}
	}
	return b
}
