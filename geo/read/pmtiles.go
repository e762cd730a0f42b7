package read

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// pmtiles is an archive of version 3
// (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md).
type pmtiles struct {
	r        io.ReaderAt
	size     uint64
	leaves   uint64 // where the leaf directories begin
	data     uint64 // where the tiles begin
	root     [2]uint64
	meta     [2]uint64 // where the metadata lie, and their bytes
	packed   byte      // compression of directories
	kind     byte      // of tiles, 1 = MVT
	maxZoom  byte
	visited  int
	maxLeafs int
	every    bool // tiles of all zooms are listed
}

const (
	pmtilesHeader = 127
	// maxDirectory bounds one directory unpacked; the specification keeps the root below
	// 16 KiB and leaves are as small.
	maxDirectory = 16 << 20
)

var errPMTiles = errors.New("damaged PMTiles")

func openPMTiles(r io.ReaderAt, size int64) (*pmtiles, error) {
	h := make([]byte, pmtilesHeader)
	if n, _ := r.ReadAt(h, 0); n < pmtilesHeader {
		return nil, fmt.Errorf("%w: the header is cut off: fetch it again", errPMTiles)
	}
	if h[7] != 3 {
		return nil, fmt.Errorf("PMTiles of version %d: only 3 is read: convert it with pmtiles convert", h[7])
	}
	at := func(i int) uint64 { return binary.LittleEndian.Uint64(h[i:]) }
	a := &pmtiles{r: r, size: uint64(size), root: [2]uint64{at(8), at(16)}, meta: [2]uint64{at(24), at(32)}, leaves: at(40), data: at(56), packed: h[97], kind: h[99], maxZoom: h[101], maxLeafs: 1 << 20}
	if a.packed != 1 && a.packed != 2 && a.packed != 4 {
		return nil, errors.New("PMTiles packed with Brotli: only gzip, zstd and none are read: convert it with pmtiles convert")
	}
	return a, nil
}

// picture names what the tiles are where they are no vectors.
func (a *pmtiles) picture() string {
	switch a.kind {
	case 2:
		return "PNG"
	case 3:
		return "JPEG"
	case 4:
		return "WebP"
	case 5:
		return "AVIF"
	}
	return ""
}

func (a *pmtiles) bytes(at, n uint64) ([]byte, error) {
	if n > maxTileBytes || at > a.size || n > a.size-at {
		return nil, fmt.Errorf("%w: %d bytes at byte %d of a file of %d: fetch it again", errPMTiles, n, at, a.size)
	}
	b := make([]byte, n)
	_, err := a.r.ReadAt(b, int64(at))
	if err == io.EOF {
		err = nil
	}
	return b, err
}

func (a *pmtiles) list(fn func(tileEntry) error) error {
	a.visited = 0
	return a.directory(a.root[0], a.root[1], 0, fn)
}

// directory reads a directory and the leaves below it.
func (a *pmtiles) directory(at, n uint64, depth int, fn func(tileEntry) error) error {
	if a.visited++; depth > 4 || a.visited > a.maxLeafs {
		return fmt.Errorf("%w: directories without end", errPMTiles)
	}
	data, err := a.bytes(at, n)
	if err == nil {
		data, err = unpackTile(data)
	}
	if err != nil {
		return fmt.Errorf("directory at byte %d: %w", at, err)
	}
	entries, err := pmtilesEntries(data)
	if err != nil {
		return fmt.Errorf("directory at byte %d: %w", at, err)
	}
	for _, e := range entries {
		if e.run == 0 {
			if err := a.directory(a.leaves+e.offset, e.length, depth+1, fn); err != nil {
				return err
			}
			continue
		}
		for id := e.id; id < e.id+e.run; id++ {
			t, ok := hilbertTile(id)
			if !ok || t.z > uint32(a.maxZoom) {
				return fmt.Errorf("%w: tile number %d beyond the highest zoom %d", errPMTiles, id, a.maxZoom)
			}
			if t.z < uint32(a.maxZoom) && !a.every {
				continue
			}
			if err := fn(tileEntry{tileID: t, at: a.data + e.offset, size: e.length}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *pmtiles) read(e tileEntry) ([]byte, error) { return a.bytes(e.at, e.size) }

type pmtilesEntry struct{ id, run, length, offset uint64 }

// pmtilesEntries reads the columns of a directory: tile numbers as differences, run
// lengths (0 = a leaf directory), lengths, offsets (0 = after the one before).
func pmtilesEntries(data []byte) ([]pmtilesEntry, error) {
	if len(data) > maxDirectory {
		return nil, fmt.Errorf("%w: a directory of %d bytes", errPMTiles, len(data))
	}
	w := wire{b: data}
	n := w.varint()
	if n > uint64(len(w.b))/4+1 { // four numbers each
		return nil, errPMTiles
	}
	out := make([]pmtilesEntry, n)
	id := uint64(0)
	for i := range out {
		id += w.varint()
		out[i].id = id
	}
	for i := range out {
		if out[i].run = w.varint(); out[i].run > 1<<32 {
			w.bad = true
		}
	}
	for i := range out {
		out[i].length = w.varint()
	}
	for i := range out {
		switch v := w.varint(); {
		case v > 0:
			out[i].offset = v - 1
		case i > 0:
			out[i].offset = out[i-1].offset + out[i-1].length
		default:
			w.bad = true
		}
	}
	if w.bad {
		return nil, errPMTiles
	}
	return out, nil
}

// hilbertTile turns a tile number into its place: numbers go zoom by zoom along the
// Hilbert curve.
func hilbertTile(id uint64) (tileID, bool) {
	z := uint32(0)
	for n := uint64(1); id >= n; n *= 4 {
		id -= n
		if z++; z > 30 {
			return tileID{}, false
		}
	}
	var x, y uint64
	for s, t := uint64(1), id; s < 1<<z; s, t = s*2, t/4 {
		rx := 1 & (t / 2)
		ry := 1 & (t ^ rx)
		if ry == 0 {
			if rx == 1 {
				x, y = s-1-x, s-1-y
			}
			x, y = y, x
		}
		x, y = x+s*rx, y+s*ry
	}
	return tileID{z, uint32(x), uint32(y)}, true
}
