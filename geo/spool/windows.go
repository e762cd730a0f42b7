package spool

import (
	"errors"
	"io"
	"os"
	"sync"
)

const (
	windowSize = 1 << 13
	windowsOf  = 16
)

// windows are the parts of a file that were read last. Records of one block are some
// hundred bytes, a few thousand bytes apart and asked for in their order: most of them lie in
// a part that is at hand, and a call of the system for each would take as long as all else.
type windows [windowsOf]window

type window struct {
	mu   sync.Mutex
	at   int64 // of its first byte
	data []byte
}

// read fills b from a place of a file that only grows.
func (w *windows) read(file *os.File, b []byte, at int64) error {
	if len(b) > windowSize || at < 0 {
		_, err := file.ReadAt(b, at)
		return err
	}
	for len(b) > 0 {
		from := at &^ (windowSize - 1)
		n, err := w[at/windowSize%windowsOf].copy(file, b, from, int(at-from))
		if err != nil {
			return err
		}
		b, at = b[n:], at+int64(n)
	}
	return nil
}

// copy fills b, as far as the part of the file that begins at from holds it, from an offset
// in that part on.
func (w *window) copy(file *os.File, b []byte, from int64, offset int) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	want := min(offset+len(b), windowSize)
	if w.at != from || len(w.data) < want { // another part, or what was its end
		if w.data == nil {
			w.data = make([]byte, windowSize)
		}
		n, err := file.ReadAt(w.data[:windowSize], from)
		if err != nil && !errors.Is(err, io.EOF) {
			n = 0
		}
		w.at, w.data = from, w.data[:n]
		if n < want {
			return 0, errors.Join(io.ErrUnexpectedEOF, err)
		}
	}
	return copy(b, w.data[offset:]), nil
}
