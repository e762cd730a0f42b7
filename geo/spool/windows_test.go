package spool

import (
	"bytes"
	"math/rand/v2"
	"sync"
	"testing"
)

// What Slice gives of a file on disk is what was written, at any place and of any size,
// from several goroutines at once, and after the file has grown.
func TestSliceOfFile(t *testing.T) {
	f := NewFile(t.TempDir(), 100)
	defer func() { _ = f.Close() }()
	random := rand.New(rand.NewPCG(1, 2))
	var all []byte
	for range 5 {
		more := make([]byte, windowSize*windowsOf/2+random.IntN(3000))
		for i := range more {
			more[i] = byte(random.Uint32())
		}
		all = append(all, more...)
		if _, err := f.Write(more); err != nil {
			t.Fatal(err)
		}
		if err := f.Flush(); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for seed := range uint64(4) {
			wg.Go(func() {
				random := rand.New(rand.NewPCG(seed, 3))
				for range 3000 {
					at := random.IntN(len(all))
					size := min(1+random.IntN(300), len(all)-at)
					if random.IntN(50) == 0 {
						size = min(random.IntN(3*windowSize), len(all)-at)
					}
					if b, err := f.Slice(int64(at), size); err != nil || !bytes.Equal(b, all[at:at+size]) {
						t.Errorf("%d bytes at %d of %d differ: %v", size, at, len(all), err)
						return
					}
				}
			})
		}
		wg.Wait()
		if _, err := f.Slice(int64(len(all)-10), 11); err == nil {
			t.Error("what is beyond the end is no error")
		}
	}
}
