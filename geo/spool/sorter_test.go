package spool

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// Records of any size come in the order of their bytes: those that are sorted as two words,
// and longer ones.
func TestSorterSizes(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, size := range []int{1, 7, 8, 11, 15, 16, 17, 40} {
		var want [][]byte
		s := NewSorter(t.TempDir(), size, 1<<20)
		for range 3000 {
			r := make([]byte, size)
			for k := range r {
				r[k] = byte(random.IntN(3)) * 127 // often the same far into the record
			}
			want = append(want, r)
			if err := s.Add(r); err != nil {
				t.Fatal(err)
			}
		}
		slices.SortFunc(want, bytes.Compare)
		var got []byte
		if err := s.Each(func(r []byte) error { got = append(got, r...); return nil }); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, bytes.Join(want, nil)) {
			t.Errorf("records of %d bytes are out of order", size)
		}
	}
}
