package generate

import (
	"fmt"
	"sync"

	"github.com/longtake/longtake/geo/spool"
)

// fragment is what a block adds to a coarser tile: bytes of the block's file.
type fragment struct {
	Error        float64
	Offset, Size int64
	Hash         digest
}

const fragmentSize = 8 + 8 + 8 + 16

// fragments are those of a layer: on disk, as every block has one for each level above it.
// Of a block 40 bytes are held.
type fragments struct {
	mu     sync.Mutex
	blocks []fragmented
	file   *spool.File
}

// fragmented is where the fragments of a block are: the nearest tile's first.
type fragmented struct {
	name         digest // of the block's file
	version      digest // of the features that they were made of
	first, count int32
}

// fragmentsInMemory is how many bytes of them stay there.
const fragmentsInMemory = 1 << 18

func newFragments(dir string, blocks int) *fragments {
	return &fragments{blocks: make([]fragmented, blocks), file: spool.NewFile(dir, fragmentsInMemory)}
}

// put keeps the fragments of a block. It may be called from many goroutines.
func (f *fragments) put(i int, name, version digest, all []fragment) error {
	var w spool.Writer
	for _, p := range all {
		w.Float(p.Error)
		w.Float(float64(p.Offset)) // whole and below 2⁵³
		w.Float(float64(p.Size))
		w.B = append(w.B, p.Hash[:]...)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.blocks[i] = fragmented{name, version, int32(f.file.Size() / fragmentSize), int32(len(all))}
	_, err := f.file.Write(w.B)
	return err
}

// get is what block i adds to the tile that is so many levels above it, 1 for its parent;
// ok is false where it has nothing at all. All must have been put, and the file flushed.
func (f *fragments) get(i, up int) (p fragment, ok bool, err error) {
	b := &f.blocks[i]
	if up < 1 || up > int(b.count) {
		return p, false, nil
	}
	data, err := f.file.Slice(int64(int(b.first)+up-1)*fragmentSize, fragmentSize)
	if err != nil {
		return p, false, fmt.Errorf("generate: %w", err)
	}
	r := spool.Reader{B: data}
	p = fragment{Error: r.Float(), Offset: int64(r.Float()), Size: int64(r.Float())}
	copy(p.Hash[:], r.Take(16))
	return p, true, r.Err
}
