// Package archive writes and reads 3D Tiles archives (.3tz): a zip file whose last entry
// is an index of the others by the MD5 of their names, so that one of a million tiles is
// found with a few reads.
//
// The format is "3D Tiles Archive Format 1.3" (Maxar, 3tz-specification). Entries are
// stored or deflated; Zstandard (method 93) is read too.
package archive

import (
	"crypto/md5"
	"encoding/binary"
	"strings"
)

// IndexName is the name of the index, the last entry.
const IndexName = "@3dtilesIndex1@"

// key is the place of a name in the index: its MD5 as two little-endian numbers.
type key struct{ high, low uint64 }

func keyOf(name string) key {
	h := md5.Sum([]byte(normal(name)))
	return key{binary.LittleEndian.Uint64(h[:]), binary.LittleEndian.Uint64(h[8:])}
}

func (a key) compare(b key) int {
	switch {
	case a == b:
		return 0
	case a.high < b.high, a.high == b.high && a.low < b.low:
		return -1
	}
	return 1
}

// normal is a name as the index counts it: forward slashes, none of them leading.
func normal(name string) string {
	return strings.TrimLeft(strings.ReplaceAll(name, "\\", "/"), "/")
}

// entrySize is the size of an index entry: a key and the offset of a local header.
const entrySize = 24
