package generate

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/terrain"
)

// laid is what is known of what lies on the ground of a block: a list of entries of fixed
// size, the widest first, and the pieces themselves. It is held to the end, for every block.
type laid struct {
	name     digest
	source   *source
	columns  *columns // of its layer
	Count    int
	Box      orb.Bound // of all pieces
	at, size int64     // of entries and names in ground.index
	widest   float64   // width of the first entry
}

// laidHead is its kept form, beside the pieces.
type laidHead struct {
	laid
	layer  int // of those that are laid together
	Report geo.Summary
	Shapes []byte
	Flats  []terrain.Flat
	Hash   digest // of all of it
	// Names are those of the features of the pieces, one after another, where Named is the
	// digest of the block's features: they are no part of what is built, which has none.
	Names []byte
	Named digest
}

// plain tells whether nothing shapes the ground, nor lies on it but a town's colour.
func (l *ground) plain() bool {
	if len(l.flats)+len(l.finished) > 0 || slices.ContainsFunc(l.wide, func(w wide) bool { return w.Level != nil }) {
		return false
	}
	for _, block := range l.blocks {
		for _, l := range block {
			if l.Count > 0 {
				return false
			}
		}
	}
	return true
}

// entrySize is the bytes of an entry: box, width, place and size, hash, feature.
const entrySize = 4*8 + 8 + 8 + 4 + 16 + 4

// entry is what a tile knows of a piece before it reads it.
type entry struct {
	box    orb.Bound
	width  float64
	offset int64 // after the entries
	size   int
	hash   digest
	// feature is the number of the piece's in the block; -1 for none. It is no part of the
	// hash: one feature more changes the numbers of others.
	feature int
}

// encodeLaid gives the body, entries and then pieces, and enters it in the head.
func encodeLaid(l *laidHead, all []piece) (body []byte) {
	var entries, data spool.Writer
	l.Count, l.Box = len(all), orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for i := range all {
		p := &all[i]
		from := len(data.B)
		appendPiece(&data, p)
		sum := sha256.Sum256(data.B[from:])
		for _, v := range [4]float64{p.box.Min[0], p.box.Min[1], p.box.Max[0], p.box.Max[1]} {
			entries.Float(v)
		}
		entries.Float(p.width)
		entries.Float(float64(from))
		entries.Float32(math.Float32frombits(uint32(len(data.B) - from)))
		entries.B = append(entries.B, sum[:16]...)
		entries.B = binary.LittleEndian.AppendUint32(entries.B, uint32(p.feature+1))
		l.Box = l.Box.Union(p.box)
	}
	if len(all) == 0 {
		l.Box = orb.Bound{}
	}
	body = append(entries.B, data.B...)
	sum := sha256.Sum256(body)
	copy(l.Hash[:], sum[:])
	return body
}

func readEntry(b []byte) (e entry) {
	r := spool.Reader{B: b}
	e.box = orb.Bound{Min: orb.Point{r.Float(), r.Float()}, Max: orb.Point{r.Float(), r.Float()}}
	e.width = r.Float()
	e.offset = int64(r.Float())
	e.size = int(math.Float32bits(r.Float32()))
	copy(e.hash[:], r.Take(16))
	if b := r.Take(4); b != nil {
		e.feature = int(binary.LittleEndian.Uint32(b)) - 1
	}
	return e
}
