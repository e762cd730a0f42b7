package read

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/longtake/longtake/internal/scratch"
)

// tempPrefix begins the names of temporary folders.
const tempPrefix = "longtake-read-"

// headSize is how much of a file is looked at to tell what it is.
const headSize = 64 << 10

// input is a file, seen through the compression around it.
type input struct {
	path    string // on disk, as given
	name    string // for messages: the path, and what lies inside it
	inner   string // the name of the innermost file
	wrapped bool   // path is an archive around the content
	size    int64  // of the file on disk
	head    []byte // the beginning of the content
	whole   bool   // head is all there is
	members []string
	open    func() (io.ReadCloser, error) // the content from its beginning
	temp    *scratch.Folder               // of an unpacked copy
}

func (in *input) close() {
	in.temp.Remove()
}

// open looks through .gz and .zip of one file, two deep. A zip of several files is kept as it
// is, with members set.
func open(path string) (*input, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	in := &input{path: path, name: path, inner: filepath.Base(path), size: info.Size()}
	in.open = func() (io.ReadCloser, error) { return os.Open(path) }
	if info.IsDir() {
		return in, nil // some formats are folders
	}
	for range 3 {
		if err := in.peek(); err != nil {
			return nil, err
		}
		switch {
		case bytes.HasPrefix(in.head, []byte{0x1f, 0x8b}):
			in.throughGzip()
		case bytes.HasPrefix(in.head, []byte("PK\x03\x04")) && !in.wrapped:
			single, err := in.throughZip()
			if err != nil {
				return nil, err
			}
			if !single {
				return in, nil
			}
		default:
			return in, nil
		}
	}
	return nil, fmt.Errorf("%s: archives inside archives: unpack it first", path)
}

func (in *input) peek() error {
	r, err := in.open()
	if err != nil {
		return err
	}
	defer r.Close()
	in.head = make([]byte, headSize)
	n := 0
	for err == nil && n < headSize {
		var k int
		k, err = r.Read(in.head[n:])
		n += k
	}
	in.head = in.head[:n]
	in.whole = err == io.EOF
	if err != nil && err != io.EOF {
		return fmt.Errorf("%s: cannot unpack: %w", in.name, err)
	}
	if n == 0 {
		return fmt.Errorf("%s: the file is empty", in.name)
	}
	return nil
}

// both closes two things.
type both struct {
	io.Reader
	a, b io.Closer
}

func (c both) Close() error { return errors.Join(c.a.Close(), c.b.Close()) }

func (in *input) throughGzip() {
	packed := in.open
	in.wrapped = true
	in.inner = strings.TrimSuffix(in.inner, ".gz")
	in.open = func() (io.ReadCloser, error) {
		f, err := packed()
		if err != nil {
			return nil, err
		}
		z, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<16))
		if err != nil {
			f.Close()
			return nil, fmt.Errorf("%s: damaged gzip: %w", in.name, err)
		}
		return both{z, z, f}, nil
	}
}

func (in *input) throughZip() (single bool, err error) {
	z, err := zip.OpenReader(in.path)
	if err != nil {
		return false, fmt.Errorf("%s: damaged zip: %w", in.path, err)
	}
	defer z.Close()
	at := -1
	for i, f := range z.File {
		base := filepath.Base(f.Name)
		if f.FileInfo().IsDir() || strings.HasPrefix(base, ".") || strings.HasPrefix(f.Name, "__MACOSX/") {
			continue
		}
		in.members = append(in.members, f.Name)
		at = i
	}
	if len(in.members) == 0 {
		return false, fmt.Errorf("%s: the zip holds no file", in.path)
	}
	if len(in.members) > 1 {
		return false, nil
	}
	in.inner = filepath.Base(in.members[0])
	in.name += " (" + in.members[0] + ")"
	in.wrapped, in.members = true, nil
	path := in.path
	in.open = func() (io.ReadCloser, error) {
		z, err := zip.OpenReader(path)
		if err != nil {
			return nil, err
		}
		f, err := z.File[at].Open()
		if err != nil {
			z.Close()
			return nil, fmt.Errorf("%s: damaged zip: %w", path, err)
		}
		return both{f, f, z}, nil
	}
	return true, nil
}

// onDisk returns a path at which the content lies plain, unpacking it if need be.
func (in *input) onDisk() (string, error) {
	if !in.wrapped {
		return filepath.Abs(in.path)
	}
	if in.temp == nil {
		dir, err := scratch.New(tempPrefix)
		if err != nil {
			return "", err
		}
		in.temp = dir
	}
	to := filepath.Join(in.temp.Path, filepath.Base(in.inner))
	if _, err := os.Stat(to); err == nil {
		return to, nil
	}
	r, err := in.open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	f, err := os.Create(to)
	if err != nil {
		return "", err
	}
	if _, err = io.Copy(f, r); err == nil {
		err = f.Close()
	} else {
		f.Close()
	}
	if err != nil {
		return "", fmt.Errorf("%s: unpacking into %s: %w", in.name, in.temp.Path, err)
	}
	return to, nil
}

// file opens the content as it lies plain, and tells its size in bytes.
func (in *input) file() (*os.File, int64, error) {
	path, err := in.onDisk()
	if err != nil {
		return nil, 0, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}
