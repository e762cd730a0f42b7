package feed

import (
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"time"
)

// File is a local file that is read again and again. It is used from one goroutine at a time.
type File struct {
	Path    string
	size    int64
	written time.Time
	sum     []byte
}

// settled is the age from which a file's time tells whether it was written since: file systems
// keep times by ticks of up to two seconds.
const settled = 2 * time.Second

// Changed tells whether the file holds something else than when it was asked last; at first it
// does. Where its size and time are as they were, and that is no matter of the last moments, its
// content is not looked at. now is the time of the file system's clock.
func (f *File) Changed(now time.Time) (bool, error) {
	info, err := os.Stat(f.Path)
	if err != nil {
		return false, err
	}
	if f.sum != nil && info.Size() == f.size && info.ModTime().Equal(f.written) && now.Sub(f.written) > settled {
		return false, nil
	}
	if info.IsDir() {
		changed := f.sum == nil || !info.ModTime().Equal(f.written)
		f.sum, f.written = []byte{0}, info.ModTime()
		return changed, nil
	}
	in, err := os.Open(f.Path)
	if err != nil {
		return false, err
	}
	defer func() { _ = in.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, in); err != nil {
		return false, err
	}
	sum := h.Sum(nil)
	changed := !bytes.Equal(sum, f.sum)
	f.size, f.written, f.sum = info.Size(), info.ModTime(), sum
	return changed, nil
}

// Forget has the file counted as changed when it is asked next.
func (f *File) Forget() { f.sum = nil }
