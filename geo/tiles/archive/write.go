package archive

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"strings"
)

// Writer writes an archive entry by entry. It is not for several goroutines at once.
type Writer struct {
	out     *counter
	zip     *zip.Writer
	deflate *flate.Writer
	packed  bytes.Buffer
	index   []indexed
	names   map[string]bool
	tileset bool
}

type indexed struct {
	key    key
	offset uint64
}

// counter counts what is written.
type counter struct {
	w io.Writer
	n uint64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += uint64(n)
	return n, err
}

// NewWriter begins an archive. Close ends it.
func NewWriter(w io.Writer) *Writer {
	c := &counter{w: w}
	f, _ := flate.NewWriter(io.Discard, flate.DefaultCompression)
	return &Writer{out: c, zip: zip.NewWriter(c), deflate: f, names: map[string]bool{}}
}

// Add writes a file. It is deflated where that saves a tenth or more. The same calls give
// the same bytes.
func (w *Writer) Add(name string, data []byte) error {
	name = normal(name)
	switch {
	case name == "" || strings.HasSuffix(name, "/") || strings.Contains(name, ".3tz"):
		return fmt.Errorf("3tz: the name %q is not allowed", name)
	case name == IndexName || w.names[name]:
		return fmt.Errorf("3tz: %s is in the archive already", name)
	case uint64(len(data)) >= math.MaxUint32:
		return fmt.Errorf("3tz: %s has %d bytes, more than an archive's file may have", name, len(data))
	}
	w.names[name] = true
	w.tileset = w.tileset || name == "tileset.json"
	method, body := zip.Store, data
	w.packed.Reset()
	w.deflate.Reset(&w.packed)
	if _, err := w.deflate.Write(data); err != nil {
		return err
	}
	if err := w.deflate.Close(); err != nil {
		return err
	}
	if w.packed.Len() < len(data)-len(data)/10 {
		method, body = zip.Deflate, w.packed.Bytes()
	}
	offset, err := w.entry(name, data, body, method)
	w.index = append(w.index, indexed{keyOf(name), offset})
	return err
}

// entry writes a local header that says everything (a zip.Writer's own entries say the
// sizes after the data) and the data.
func (w *Writer) entry(name string, data, body []byte, method uint16) (offset uint64, err error) {
	if err := w.zip.Flush(); err != nil {
		return 0, err
	}
	offset = w.out.n
	f, err := w.zip.CreateRaw(&zip.FileHeader{Name: name, Method: method, CRC32: crc32.ChecksumIEEE(data),
		CompressedSize64: uint64(len(body)), UncompressedSize64: uint64(len(data))})
	if err != nil {
		return 0, err
	}
	_, err = f.Write(body)
	return offset, err
}

// Close writes the index and the zip's directory. It does not close the underlying file.
func (w *Writer) Close() error {
	if !w.tileset {
		return errors.New("3tz: there is no tileset.json")
	}
	slices.SortFunc(w.index, func(a, b indexed) int { return a.key.compare(b.key) })
	data := make([]byte, 0, len(w.index)*entrySize)
	for _, e := range w.index {
		data = binary.LittleEndian.AppendUint64(data, e.key.high)
		data = binary.LittleEndian.AppendUint64(data, e.key.low)
		data = binary.LittleEndian.AppendUint64(data, e.offset)
	}
	if _, err := w.entry(IndexName, data, data, zip.Store); err != nil {
		return err
	}
	return w.zip.Close()
}
