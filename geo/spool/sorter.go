package spool

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// Sorter sorts records of one size by their bytes. Up to a limit they stay in memory;
// beyond it sorted runs are written to files and merged at the end.
type Sorter struct {
	dir   string
	size  int
	limit int
	buf   []byte
	runs  []*os.File
}

// NewSorter sorts records of size bytes; limit bytes of them are held in memory, the rest
// in files of dir, which need no removal.
func NewSorter(dir string, size, limit int) *Sorter {
	return &Sorter{dir: dir, size: size, limit: max(limit, 64*size)}
}

// Add takes one record.
func (s *Sorter) Add(record []byte) error {
	if len(s.buf)+s.size > s.limit {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.buf = append(s.buf, record[:s.size]...)
	return nil
}

func (s *Sorter) sort() {
	n := len(s.buf) / s.size
	if s.size <= len(words{})*8 {
		s.sortWords(n)
		return
	}
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	at := func(i int32) []byte { return s.buf[int(i)*s.size : (int(i)+1)*s.size] }
	slices.SortFunc(order, func(a, b int32) int { return bytes.Compare(at(a), at(b)) })
	out := make([]byte, 0, len(s.buf))
	for _, i := range order {
		out = append(out, at(i)...)
	}
	s.buf = out
}

// words are a short record as numbers that sort as its bytes do.
type words [2]uint64

func (s *Sorter) sortWords(n int) {
	all := make([]words, n)
	var record [len(words{}) * 8]byte
	for i := range all {
		copy(record[:], s.buf[i*s.size:(i+1)*s.size])
		all[i] = words{binary.BigEndian.Uint64(record[:]), binary.BigEndian.Uint64(record[8:])}
	}
	slices.SortFunc(all, func(a, b words) int {
		if a[0] == b[0] {
			return cmp.Compare(a[1], b[1])
		}
		return cmp.Compare(a[0], b[0])
	})
	for i, v := range all {
		binary.BigEndian.PutUint64(record[:], v[0])
		binary.BigEndian.PutUint64(record[8:], v[1])
		copy(s.buf[i*s.size:], record[:s.size])
	}
}

func (s *Sorter) spill() error {
	s.sort()
	f, err := Unnamed(s.dir)
	if err != nil {
		return err
	}
	if _, err := f.Write(s.buf); err != nil {
		return errors.Join(fmt.Errorf("spool: %w", err), f.Close())
	}
	s.runs = append(s.runs, f)
	s.buf = s.buf[:0]
	return nil
}

// Spilled tells whether a file was needed.
func (s *Sorter) Spilled() bool { return len(s.runs) > 0 }

// Each calls f with every record in order and lets go of all of them. The record is only
// good during the call.
func (s *Sorter) Each(f func(record []byte) error) error {
	defer s.close()
	s.sort()
	q := &runs{}
	add := func(r io.Reader) error {
		next := &run{r: r, head: make([]byte, s.size), order: len(q.all)}
		ok, err := next.next()
		if ok {
			q.all = append(q.all, next)
		}
		return err
	}
	// All runs are read at once, together within the limit.
	buffer := min(max(s.limit/(len(s.runs)+1), 1<<12), 1<<16)
	for _, file := range s.runs {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("spool: %w", err)
		}
		if err := add(bufio.NewReaderSize(file, buffer)); err != nil {
			return err
		}
	}
	if err := add(bytes.NewReader(s.buf)); err != nil {
		return err
	}
	heap.Init(q)
	for len(q.all) > 0 {
		if err := f(q.all[0].head); err != nil {
			return err
		}
		ok, err := q.all[0].next()
		if err != nil {
			return err
		}
		if ok {
			heap.Fix(q, 0)
		} else {
			heap.Pop(q)
		}
	}
	return nil
}

func (s *Sorter) close() {
	for _, f := range s.runs {
		_ = f.Close() // it has no name
	}
	s.runs, s.buf = nil, nil
}

// run is a sorted run being merged.
type run struct {
	r     io.Reader
	head  []byte
	order int
}

func (r *run) next() (bool, error) {
	_, err := io.ReadFull(r.r, r.head)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("spool: %w", err)
	}
	return true, nil
}

// runs is a heap of them.
type runs struct{ all []*run }

func (q *runs) Len() int { return len(q.all) }

func (q *runs) Less(i, j int) bool {
	c := bytes.Compare(q.all[i].head, q.all[j].head)
	return c < 0 || c == 0 && q.all[i].order < q.all[j].order
}

func (q *runs) Swap(i, j int) { q.all[i], q.all[j] = q.all[j], q.all[i] }

// Push implements heap.Interface.
func (q *runs) Push(x any) { q.all = append(q.all, x.(*run)) }

// Pop implements heap.Interface.
func (q *runs) Pop() any {
	r := q.all[len(q.all)-1]
	q.all = q.all[:len(q.all)-1]
	return r
}

// Unnamed makes a file that is gone when it is closed, or the process killed.
func Unnamed(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, ".spool*")
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(fmt.Errorf("spool: %w", err), f.Close())
	}
	return f, nil
}
