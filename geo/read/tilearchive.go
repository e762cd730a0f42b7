package read

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/klauspost/compress/zstd"

	"github.com/longtake/longtake/geo"
)

// tileID is a tile of the web map's pyramid: x eastwards, y southwards.
type tileID struct{ z, x, y uint32 }

func compareTiles(a, b tileID) int {
	if c := cmp.Compare(a.y, b.y); c != 0 {
		return c
	}
	return cmp.Compare(a.x, b.x)
}

// tileEntry is a tile of an archive with where its bytes are.
type tileEntry struct {
	tileID
	at   uint64 // of the archive's own meaning
	size uint64
}

// tileArchive is a file of many tiles, or a folder.
type tileArchive interface {
	// list calls fn for every tile of the archive.
	list(fn func(tileEntry) error) error
	// read returns a tile's bytes, which may be packed.
	read(tileEntry) ([]byte, error)
}

// Limits of what an archive may ask for: tiles that are read in one go, and the size of
// one of them, unpacked.
const (
	maxVectorTiles = 1 << 20
	maxTileBytes   = 64 << 20
)

// finest lists the tiles of the archive's highest zoom that meet the box, row by row.
// Lower zooms show the same in less detail.
func finest(a tileArchive, bbox *geo.Bound) ([]tileEntry, error) {
	var out []tileEntry
	zoom := uint32(0)
	err := a.list(func(e tileEntry) error {
		if e.z < zoom || e.z > 30 || e.x >= 1<<e.z || e.y >= 1<<e.z {
			return nil
		}
		if e.z > zoom {
			zoom, out = e.z, out[:0]
		}
		if bbox != nil && !e.meets(*bbox) {
			return nil
		}
		if len(out) == maxVectorTiles {
			return fmt.Errorf("more than %d tiles of zoom %d: choose a part of it with --bbox west,south,east,north", maxVectorTiles, zoom)
		}
		out = append(out, e)
		return nil
	})
	slices.SortStableFunc(out, func(a, b tileEntry) int { return compareTiles(a.tileID, b.tileID) })
	return slices.CompactFunc(out, func(a, b tileEntry) bool { return a.tileID == b.tileID }), err
}

// meets tells whether the tile touches a box.
func (t tileID) meets(b geo.Bound) bool {
	west, north := t.degrees(0, 0)
	east, south := t.degrees(1, 1)
	if north < b.South || south > b.North {
		return false
	}
	if b.West <= b.East {
		return east >= b.West && west <= b.East
	}
	return east >= b.West || west <= b.East
}

// degrees are the longitude and latitude of a position in the tile, each 0 to 1 from its
// north-western corner (spherical Mercator, EPSG:3857).
func (t tileID) degrees(x, y float64) (lng, lat float64) {
	n := math.Exp2(float64(t.z))
	lng = (float64(t.x)+x)/n*360 - 180
	lat = math.Atan(math.Sinh(math.Pi*(1-2*(float64(t.y)+y)/n))) * 180 / math.Pi
	return lng, lat
}

// unpackTile undoes the compression around a tile, which its first bytes tell.
func unpackTile(data []byte) ([]byte, error) {
	var r io.Reader
	switch {
	case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		r = z
	case bytes.HasPrefix(data, []byte("\x28\xb5\x2f\xfd")):
		z, err := zstd.NewReader(bytes.NewReader(data), zstd.WithDecoderMaxMemory(maxTileBytes), zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, err
		}
		defer z.Close()
		r = z
	default:
		return data, nil
	}
	out, err := io.ReadAll(io.LimitReader(r, maxTileBytes+1))
	if err == nil && len(out) > maxTileBytes {
		err = fmt.Errorf("more than %d MiB unpacked", maxTileBytes>>20)
	}
	return out, err
}

// pictureOf names the picture format of a tile, "" where it is none.
func pictureOf(data []byte) string {
	for magic, name := range map[string]string{"\x89PNG": "PNG", "\xff\xd8\xff": "JPEG", "RIFF": "WebP"} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return name
		}
	}
	return ""
}
