package pyramid

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"io"
	"math"
	"slices"
)

// Picture is a tile with the bytes of its picture, PNG, JPEG or WebP.
type Picture struct {
	Tile
	Data []byte
}

// rootEntries is how many entries the root directory holds at most, so that it ends within
// the first 16 KiB of the file.
const rootEntries = 512

// Write writes the pictures as a PMTiles archive of version 3
// (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md). Equal pictures are
// written once. The same pictures give the same bytes, whatever their order.
func Write(w io.Writer, pictures []Picture, attribution string) error {
	pictures = slices.Clone(pictures)
	slices.SortFunc(pictures, func(a, b Picture) int { return cmp.Compare(hilbert(a.Tile), hilbert(b.Tile)) })
	pictures = slices.CompactFunc(pictures, func(a, b Picture) bool { return a.Tile == b.Tile })
	var entries []entry
	var data [][]byte
	where := map[string]uint64{}
	size, contents := uint64(0), 0
	for _, p := range pictures {
		at, known := where[string(p.Data)]
		if !known {
			at, contents = size, contents+1
			where[string(p.Data)] = at
			data = append(data, p.Data)
			size += uint64(len(p.Data))
		}
		entries = append(entries, entry{hilbert(p.Tile), 1, uint64(len(p.Data)), at})
	}
	root, leaves, err := directories(entries)
	if err != nil {
		return err
	}
	text, err := json.Marshal(map[string]string{"attribution": attribution})
	if err != nil {
		return err
	}
	meta, err := packed(text)
	if err != nil {
		return err
	}
	h := make([]byte, 127)
	copy(h, "PMTiles\x03")
	at := uint64(len(h))
	for i, n := range [...]uint64{uint64(len(root)), uint64(len(meta)), uint64(len(leaves)), size} {
		binary.LittleEndian.PutUint64(h[8+16*i:], at)
		binary.LittleEndian.PutUint64(h[16+16*i:], n)
		at += n
	}
	for i, n := range [...]int{len(entries), len(entries), contents} {
		binary.LittleEndian.PutUint64(h[72+8*i:], uint64(n))
	}
	h[97], h[98], h[99] = 2, 1, kindOf(pictures) // directories by gzip, tiles as they are
	low, high := zooms(pictures)
	h[100], h[101], h[118] = byte(low), byte(high), byte(low)
	for i, v := range [...]int32{-1800000000, -850511287, 1800000000, 850511287} { // 10⁻⁷ degrees
		binary.LittleEndian.PutUint32(h[102+4*i:], uint32(v))
	}
	for _, part := range append([][]byte{h, root, meta, leaves}, data...) {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

type entry struct{ id, run, length, offset uint64 }

// directories packs entries into a root and, where they are too many for it, leaves.
func directories(entries []entry) (root, leaves []byte, err error) {
	if len(entries) <= rootEntries {
		root, err = directory(entries)
		return root, nil, err
	}
	size := max(4096, (len(entries)+rootEntries-1)/rootEntries)
	var top []entry
	for part := range slices.Chunk(entries, size) {
		leaf, err := directory(part)
		if err != nil {
			return nil, nil, err
		}
		top = append(top, entry{part[0].id, 0, uint64(len(leaf)), uint64(len(leaves))})
		leaves = append(leaves, leaf...)
	}
	root, err = directory(top)
	return root, leaves, err
}

// directory writes the columns of a directory.
func directory(entries []entry) ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(len(entries)))
	last := uint64(0)
	for _, e := range entries {
		b, last = binary.AppendUvarint(b, e.id-last), e.id
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, e.run)
	}
	for _, e := range entries {
		b = binary.AppendUvarint(b, e.length)
	}
	for i, e := range entries {
		if i > 0 && e.offset == entries[i-1].offset+entries[i-1].length {
			b = append(b, 0)
			continue
		}
		b = binary.AppendUvarint(b, e.offset+1)
	}
	return packed(b)
}

func packed(b []byte) ([]byte, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		return nil, err
	}
	err := z.Close()
	return out.Bytes(), err
}

// kindOf is the archive's number of the pictures' format.
func kindOf(pictures []Picture) byte {
	for _, p := range pictures {
		switch {
		case bytes.HasPrefix(p.Data, []byte("\x89PNG")):
			return 2
		case bytes.HasPrefix(p.Data, []byte("\xff\xd8\xff")):
			return 3
		case bytes.HasPrefix(p.Data, []byte("RIFF")):
			return 4
		}
	}
	return 0
}

func zooms(pictures []Picture) (low, high uint32) {
	low = math.MaxUint32
	for _, p := range pictures {
		low, high = min(low, p.Z), max(high, p.Z)
	}
	return min(low, high), high
}

// hilbert numbers tiles zoom by zoom along the Hilbert curve.
func hilbert(t Tile) uint64 {
	id := (uint64(1)<<(2*t.Z) - 1) / 3
	x, y := uint64(t.X), uint64(t.Y)
	for s := uint64(1) << t.Z >> 1; s > 0; s >>= 1 {
		rx, ry := uint64(0), uint64(0)
		if x&s > 0 {
			rx = 1
		}
		if y&s > 0 {
			ry = 1
		}
		id += s * s * ((3 * rx) ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = s-1-(x&(s-1)), s-1-(y&(s-1))
			}
			x, y = y, x
		}
	}
	return id
}
