package pipeline

import "slices"

// span is a range of elements.
type span struct{ first, count int }

// spans hands out ranges of a fixed capacity: first fit over a sorted free list.
type spans struct {
	capacity int
	free     []span
}

func newSpans(capacity int) *spans { return &spans{capacity, []span{{0, capacity}}} }

// take returns a range of n elements, or false where no gap is large enough.
func (s *spans) take(n int) (span, bool) {
	if n == 0 {
		return span{}, true
	}
	for i := range s.free {
		f := &s.free[i]
		if f.count < n {
			continue
		}
		out := span{f.first, n}
		f.first += n
		f.count -= n
		if f.count == 0 {
			s.free = slices.Delete(s.free, i, i+1)
		}
		return out, true
	}
	return span{}, false
}

// put returns a range and joins it with its neighbours.
func (s *spans) put(r span) {
	if r.count == 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(s.free, r.first, func(f span, first int) int { return f.first - first })
	s.free = slices.Insert(s.free, i, r)
	if i+1 < len(s.free) && s.free[i].first+s.free[i].count == s.free[i+1].first {
		s.free[i].count += s.free[i+1].count
		s.free = slices.Delete(s.free, i+1, i+2)
	}
	if i > 0 && s.free[i-1].first+s.free[i-1].count == s.free[i].first {
		s.free[i-1].count += s.free[i].count
		s.free = slices.Delete(s.free, i, i+1)
	}
}

// empty reports whether nothing is handed out.
func (s *spans) empty() bool { return len(s.free) == 1 && s.free[0].count == s.capacity }
