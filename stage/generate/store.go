package generate

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/internal/scratch"
)

// digest names a result by what it is made of: a SHA-256 cut to 128 bits.
type digest [16]byte

func (d digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText and UnmarshalText write digests in JSON as text.
func (d digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

func (d *digest) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(d)) {
		return errSum
	}
	_, err := hex.Decode(d[:], text)
	return err
}

// digester hashes the inputs of a result.
type digester struct{ h hash.Hash }

// newDigest begins the name of a kind of result. Everything else that it depends on is
// written next, each with its length.
func newDigest(kind string) digester {
	d := digester{sha256.New()}
	d.text(kind)
	return d
}

func (d digester) text(s string) { d.bytes([]byte(s)) }

func (d digester) bytes(b []byte) {
	w := spool.Writer{B: make([]byte, 0, 10)}
	w.Uint(uint64(len(b)))
	d.h.Write(w.B)
	d.h.Write(b)
}

func (d digester) digest(v digest) { d.h.Write(v[:]) }

func (d digester) floats(vs ...float64) {
	var w spool.Writer
	for _, v := range vs {
		w.Float(v)
	}
	d.h.Write(w.B)
}

func (d digester) sum() (out digest) {
	copy(out[:], d.h.Sum(nil))
	return out
}

// store keeps results under the names of their inputs: a folder of the cache, or of the
// run's own work where there is none. Files are written aside and renamed, so a name
// that is there is whole.
type store struct {
	dir     string
	work    string // folder of this run, removed at its end
	folder  *scratch.Folder
	created atomic.Uint64 // files in work
	pack    *pack         // of small results, where nothing is kept from run to run
	// failed is what makes all answers since unreliable; nothing is kept then. It may be nil.
	failed func() error
}

// partsFolder is the folder of a cache that holds the parts of packages.
const partsFolder = "parts"

// workPrefix begins the folders that runs work in.
const workPrefix = ".run-"

// openStore makes the folders. lasting: what is put is for later runs too.
func openStore(dir string, lasting bool) (*store, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	folder, err := scratch.NewIn(dir, workPrefix)
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	s := &store{dir: dir, work: folder.Path, folder: folder}
	if !lasting {
		f, err := s.create(".pack")
		if err != nil {
			s.close()
			return nil, err
		}
		s.pack = &pack{file: f, spans: map[packed]span{}}
	}
	return s, nil
}

// close removes what only this run needed.
func (s *store) close() {
	if s.pack != nil {
		_ = s.pack.file.Close()
	}
	s.folder.Remove()
}

func (s *store) path(d digest) string { return filepath.Join(s.dir, filepath.FromSlash(s.name(d))) }

// name is the path below the folder, with slashes.
func (s *store) name(d digest) string {
	name := d.String()
	return name[:2] + "/" + name[2:]
}

// get returns a result; ok is false where it is not there or is no longer what was put:
// it is then to be made again.
func (s *store) get(d digest) (data []byte, ok bool) { return s.getKind(d, "") }

func (s *store) getKind(d digest, kind string) (data []byte, ok bool) {
	if s.pack != nil {
		return s.pack.slice(d, kind, 0, -1)
	}
	data, err := os.ReadFile(s.path(d) + kind)
	n := len(data) - len(digest{})
	if err != nil || n < 0 || sumOf(data[:n]) != digest(data[n:]) {
		return nil, false
	}
	return data[:n], true
}

// put keeps a result, with its sum at its end.
func (s *store) put(d digest, data []byte) error { return s.putKind(d, "", data) }

func (s *store) putKind(d digest, kind string, data []byte) error {
	if s.pack != nil {
		return s.pack.put(d, kind, data)
	}
	sum := sumOf(data)
	return s.putAs(s.path(d)+kind, data, sum[:])
}

// putSlices keeps a result that is read by slice.
func (s *store) putSlices(d digest, kind string, data []byte) error {
	if s.pack != nil {
		return s.pack.put(d, kind, data)
	}
	return s.putAs(s.path(d)+kind, data)
}

// create makes a file in the run's folder. Its name is a number: to draw one by lot and to
// set the mode afterwards would take more calls, and there are hundreds of small files.
func (s *store) create(kind string) (*os.File, error) {
	name := filepath.Join(s.work, "part"+strconv.FormatUint(s.created.Add(1), 10)+kind)
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	return f, nil
}

// putAs keeps a file of several parts.
func (s *store) putAs(path string, parts ...[]byte) error {
	f, err := s.create("")
	if err != nil {
		return err
	}
	for _, p := range parts {
		if err == nil {
			_, err = f.Write(p)
		}
	}
	return s.keep(f, path, err)
}

// keep closes a file of the work folder and gives it its name.
func (s *store) keep(f *os.File, path string, err error) error {
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil && s.failed != nil {
		err = s.failed()
	}
	if err == nil {
		if err = os.Rename(f.Name(), path); errors.Is(err, fs.ErrNotExist) {
			if err = os.MkdirAll(filepath.Dir(path), 0o777); err == nil {
				err = os.Rename(f.Name(), path)
			}
		}
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("generate: %w", err)
	}
	return nil
}

// slice reads a part of a file that belongs to a result and has this sum.
func (s *store) slice(d digest, kind string, at, size int64, sum digest) ([]byte, error) {
	if s.pack != nil {
		b, ok := s.pack.slice(d, kind, at, size)
		if !ok {
			return nil, damaged(s.work, errSum)
		}
		return b, nil
	}
	f, err := os.Open(s.path(d) + kind)
	if err != nil {
		return nil, damaged(s.path(d)+kind, err)
	}
	defer func() { _ = f.Close() }()
	b := make([]byte, size)
	if _, err := f.ReadAt(b, at); err != nil {
		return nil, damaged(f.Name(), err)
	}
	if sumOf(b) != sum {
		return nil, damaged(f.Name(), errSum)
	}
	return b, nil
}

// damaged is the error of a file that this run relies on and that has changed since.
func damaged(path string, err error) error {
	return fmt.Errorf("generate: %s was kept and is damaged, longtake cache clear removes it: %w", path, err)
}

var errSum = errors.New("it is not what was written")

// fileSum is the sum of a file of the store.
func fileSum(path string) (d digest, err error) {
	f, err := os.Open(path)
	if err != nil {
		return d, err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	buf := sumBuffers.Get().(*[1 << 17]byte)
	defer sumBuffers.Put(buf)
	// A read that does not fill the buffer is the last: were it not, the sum would be another,
	// and what is kept be made anew.
	for n := len(buf); n == len(buf) && err == nil; {
		n, err = f.Read(buf[:])
		h.Write(buf[:n])
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return d, err
	}
	copy(d[:], h.Sum(nil))
	return d, nil
}

// sumBuffers hold most tiles at once: what is kept is summed up in every run.
var sumBuffers = sync.Pool{New: func() any { return new([1 << 17]byte) }}

func sumOf(b []byte) (d digest) {
	sum := sha256.Sum256(b)
	copy(d[:], sum[:])
	return d
}
