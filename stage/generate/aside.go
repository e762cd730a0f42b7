package generate

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"hash"
	"os"
)

// aside is a large file of the store on its way: it has no name there before it is whole.
type aside struct {
	store *store
	file  *os.File
	w     *bufio.Writer
	size  int64
	hash  hash.Hash
}

func newAside(s *store, kind string) (*aside, error) {
	f, err := s.create(kind)
	if err != nil {
		return nil, err
	}
	return &aside{store: s, file: f, w: bufio.NewWriterSize(f, 1<<18), hash: sha256.New()}, nil
}

func (a *aside) write(p []byte) error {
	n, err := a.w.Write(p)
	a.size += int64(n)
	a.hash.Write(p[:n])
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	return nil
}

// sum is that of all that was written.
func (a *aside) sum() (d digest) {
	copy(d[:], a.hash.Sum(nil))
	return d
}

// keep gives the file its name.
func (a *aside) keep(path string) error {
	err := a.w.Flush()
	f := a.file
	a.file = nil
	return a.store.keep(f, path, err)
}

// discard removes a file that was not kept.
func (a *aside) discard() {
	if a.file != nil {
		_ = a.file.Close()
		_ = os.Remove(a.file.Name())
	}
}
