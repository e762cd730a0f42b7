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
	"io/fs"
	"sort"

	"github.com/klauspost/compress/zstd"
)

// maxFile bounds what one entry may unpack to.
const maxFile = 1 << 30

// Reader reads the files of an archive. It is safe for concurrent use as far as its
// source is.
type Reader struct {
	src   io.ReaderAt
	size  int64
	index []byte               // entries of 24 bytes; nil where there is no index
	names map[string]*zip.File // then
}

// NewReader opens an archive of a size in bytes. An archive without an index is read by
// its zip directory.
func NewReader(src io.ReaderAt, size int64) (*Reader, error) {
	r := &Reader{src: src, size: size}
	if at, ok := r.findIndex(); ok {
		data, err := r.at(at, IndexName)
		if err == nil && len(data)%entrySize == 0 {
			r.index = data
			return r, nil
		}
	}
	z, err := zip.NewReader(src, size)
	if err != nil {
		return nil, fmt.Errorf("3tz: %w", err)
	}
	r.names = map[string]*zip.File{}
	for _, f := range z.File {
		r.names[normal(f.Name)] = f
	}
	return r, nil
}

// findIndex looks for the last entry of the zip's directory and returns the offset of its
// local header.
func (r *Reader) findIndex() (offset uint64, ok bool) {
	tail := make([]byte, min(r.size, 1024))
	if n, err := r.src.ReadAt(tail, r.size-int64(len(tail))); n != len(tail) && err != nil {
		return 0, false
	}
	const head = 46 // of a directory entry, before its name
	at := bytes.LastIndex(tail, []byte(IndexName)) - head
	if at < 0 || string(tail[at:at+4]) != "PK\x01\x02" {
		return 0, false
	}
	e := tail[at:]
	offset = uint64(binary.LittleEndian.Uint32(e[42:]))
	if offset != 0xffffffff {
		return offset, true
	}
	extra := e[head+len(IndexName):]
	extra = extra[:min(len(extra), int(binary.LittleEndian.Uint16(e[30:])))]
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			break
		}
		if id == 1 && n >= 8 { // zip64: the offset is its last 8-byte field
			return binary.LittleEndian.Uint64(extra[4+(n-8)&^7:]), true
		}
		extra = extra[4+n:]
	}
	return 0, false
}

// ReadFile returns the content of a file. An unknown name is fs.ErrNotExist.
func (r *Reader) ReadFile(name string) ([]byte, error) {
	name = normal(name)
	missing := &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	if r.index == nil {
		f, ok := r.names[name]
		if !ok {
			return nil, missing
		}
		return unpack(f)
	}
	k := keyOf(name)
	n := len(r.index) / entrySize
	keyAt := func(i int) key {
		e := r.index[i*entrySize:]
		return key{binary.LittleEndian.Uint64(e), binary.LittleEndian.Uint64(e[8:])}
	}
	for i := sort.Search(n, func(i int) bool { return keyAt(i).compare(k) >= 0 }); i < n && keyAt(i) == k; i++ {
		data, err := r.at(binary.LittleEndian.Uint64(r.index[i*entrySize+16:]), name)
		if !errors.Is(err, errOther) {
			return data, err
		}
	}
	return nil, missing
}

// errOther is returned where a local header is that of another file.
var errOther = errors.New("3tz: the header is of another file")

// at reads the file whose local header is at an offset.
func (r *Reader) at(offset uint64, name string) ([]byte, error) {
	var head [30]byte
	if offset > uint64(r.size) {
		return nil, fmt.Errorf("3tz: %s: the index points beyond the file", name)
	}
	if _, err := r.src.ReadAt(head[:], int64(offset)); err != nil {
		return nil, fmt.Errorf("3tz: %s: %w", name, err)
	}
	if string(head[:4]) != "PK\x03\x04" {
		return nil, fmt.Errorf("3tz: %s: there is no entry at %d", name, offset)
	}
	nameLength, extra := int64(binary.LittleEndian.Uint16(head[26:])), int64(binary.LittleEndian.Uint16(head[28:]))
	got := make([]byte, nameLength)
	if _, err := r.src.ReadAt(got, int64(offset)+30); err != nil {
		return nil, fmt.Errorf("3tz: %s: %w", name, err)
	}
	if normal(string(got)) != name {
		return nil, errOther
	}
	packed, size := int64(binary.LittleEndian.Uint32(head[18:])), int64(binary.LittleEndian.Uint32(head[22:]))
	begin := int64(offset) + 30 + nameLength + extra
	if size > maxFile || packed > r.size-begin {
		return nil, fmt.Errorf("3tz: %s: %d bytes in %d do not fit", name, size, packed)
	}
	body := io.NewSectionReader(r.src, begin, packed)
	data, err := inflate(binary.LittleEndian.Uint16(head[8:]), body, size)
	if err != nil {
		return nil, fmt.Errorf("3tz: %s: %w", name, err)
	}
	if sum := crc32.ChecksumIEEE(data); sum != binary.LittleEndian.Uint32(head[14:]) {
		return nil, fmt.Errorf("3tz: %s: the checksum is wrong", name)
	}
	return data, nil
}

func unpack(f *zip.File) ([]byte, error) {
	if f.UncompressedSize64 > maxFile {
		return nil, fmt.Errorf("3tz: %s: %d bytes are too many", f.Name, f.UncompressedSize64)
	}
	raw, err := f.OpenRaw()
	if err != nil {
		return nil, fmt.Errorf("3tz: %s: %w", f.Name, err)
	}
	data, err := inflate(f.Method, raw, int64(f.UncompressedSize64))
	if err != nil {
		return nil, fmt.Errorf("3tz: %s: %w", f.Name, err)
	}
	return data, nil
}

// zstandard is the zip method of RFC 8878.
const zstandard = 93

// inflate reads size bytes of a method; more or fewer are an error.
func inflate(method uint16, body io.Reader, size int64) ([]byte, error) {
	switch method {
	case zip.Store:
	case zip.Deflate:
		body = flate.NewReader(body)
	case zstandard:
		d, err := zstd.NewReader(body, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxFile))
		if err != nil {
			return nil, err
		}
		defer d.Close()
		body = d
	default:
		return nil, fmt.Errorf("compression method %d is not known", method)
	}
	data, err := io.ReadAll(io.LimitReader(body, size+1))
	if err == nil && int64(len(data)) != size {
		err = fmt.Errorf("it does not unpack to %d bytes", size)
	}
	return data, err
}
