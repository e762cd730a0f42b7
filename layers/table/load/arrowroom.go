package load

import (
	"errors"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/paulmach/orb"
)

var errRoom = errors.New("its columns take more memory than there is for rows: allow more with --max-memory")

var errOffsets = errors.New("its lists or texts hold offsets that go down, or beyond what they point into")

// bounded is the memory that is left for a file: for its buffers, and for the rows that are made
// of them. Little may stand for much there: a column without values has any length in no bytes.
type bounded struct {
	memory.Allocator
	left int64
}

func (b *bounded) Allocate(size int) []byte {
	b.take(int64(size), 1)
	return b.Allocator.Allocate(size)
}

func (b *bounded) Reallocate(size int, old []byte) []byte {
	if size < 0 {
		panic(errRoom)
	}
	b.take(max(0, int64(size-len(old))), 1)
	return b.Allocator.Reallocate(size, old)
}

// take takes room for n things of so many bytes each, before they are made. It panics with
// errRoom where there is none.
func (b *bounded) take(n, each int64) {
	if n < 0 || n > b.left/each {
		panic(errRoom)
	}
	b.left -= n * each
}

// grow adds the rows of a batch. The library lets columns have more.
func (a *arrowRows) grow(b arrow.RecordBatch) error {
	for _, c := range b.Columns() {
		if int64(c.Len()) != b.NumRows() {
			return errLengths
		}
		if !ordered(c.Data(), a.seen) {
			return errOffsets
		}
	}
	a.room.take(b.NumRows(), eachRow)
	a.rows += int(b.NumRows())
	return nil
}

// sizeOfShape is about what a geometry takes.
func sizeOfShape(g orb.Geometry) (n int64) {
	switch g := g.(type) {
	case orb.LineString:
		return 24 + 16*int64(len(g))
	case orb.MultiPoint:
		return 24 + 16*int64(len(g))
	case orb.Polygon:
		for _, r := range g {
			n += 24 + 16*int64(len(r))
		}
	case orb.MultiLineString:
		for _, l := range g {
			n += sizeOfShape(l)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			n += 24 + sizeOfShape(p)
		}
	case orb.Collection:
		for _, p := range g {
			n += 16 + sizeOfShape(p)
		}
	}
	return n + 16
}
