package spool

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

// File is bytes that are appended to and then read at random: in memory up to a limit,
// beyond it in a file without a name.
type File struct {
	dir   string
	limit int
	mem   []byte
	file  *os.File
	w     *bufio.Writer
	size  int64
	seen  windows // what Slice has read last
}

// NewFile returns an empty file; limit bytes of it stay in memory.
func NewFile(dir string, limit int) *File { return &File{dir: dir, limit: limit} }

// Size is the number of bytes.
func (f *File) Size() int64 { return f.size }

// InMemory is the number of bytes that are held in memory.
func (f *File) InMemory() int { return cap(f.mem) }

// Write appends. It is not safe for concurrent use, nor together with ReadAt.
func (f *File) Write(p []byte) (int, error) {
	if f.file == nil && len(f.mem)+len(p) <= f.limit {
		f.mem = append(f.mem, p...)
		f.size += int64(len(p))
		return len(p), nil
	}
	if f.file == nil {
		file, err := Unnamed(f.dir)
		if err != nil {
			return 0, err
		}
		f.file, f.w = file, bufio.NewWriterSize(file, 1<<16)
		if _, err := f.w.Write(f.mem); err != nil {
			return 0, fmt.Errorf("spool: %w", err)
		}
		f.mem = nil
	}
	if f.w == nil { // it was flushed
		f.w = bufio.NewWriterSize(f.file, 1<<16)
	}
	n, err := f.w.Write(p)
	f.size += int64(n)
	if err != nil {
		return n, fmt.Errorf("spool: %w", err)
	}
	return n, nil
}

// Flush lets ReadAt see everything that was written.
func (f *File) Flush() error {
	if f.w == nil {
		return nil
	}
	if err := f.w.Flush(); err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	f.w = nil
	return nil
}

// ReadAt reads bytes of a flushed file; it is safe for concurrent use.
func (f *File) ReadAt(p []byte, at int64) (int, error) {
	if f.file != nil {
		return f.file.ReadAt(p, at)
	}
	if at < 0 || at > int64(len(f.mem)) {
		return 0, io.EOF
	}
	n := copy(p, f.mem[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// Slice returns size bytes at a place: the memory itself where they lie there. Places near
// each other are read at once. It is safe for concurrent use.
func (f *File) Slice(at int64, size int) ([]byte, error) {
	if f.file == nil {
		if at < 0 || size < 0 || at+int64(size) > int64(len(f.mem)) {
			return nil, ErrDamaged
		}
		return f.mem[at : at+int64(size) : at+int64(size)], nil
	}
	b := make([]byte, size)
	if err := f.seen.read(f.file, b, at); err != nil {
		return nil, errors.Join(ErrDamaged, err)
	}
	return b, nil
}

// Reader reads everything from the beginning.
func (f *File) Reader() *bufio.Reader {
	return bufio.NewReaderSize(io.NewSectionReader(f, 0, f.size), 1<<17)
}

// Close lets go of it.
func (f *File) Close() error {
	f.mem = nil
	if f.file == nil {
		return nil
	}
	return f.file.Close()
}

// Open opens a file that was written before, by name: in memory up to limit bytes.
func Open(path string, limit int) (*File, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := in.Stat()
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	f := &File{size: info.Size()}
	if f.size > int64(limit) {
		f.file = in
		return f, nil
	}
	f.mem = make([]byte, f.size)
	if _, err := io.ReadFull(in, f.mem); err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return f, in.Close()
}
