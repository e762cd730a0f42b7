package gpu

import "github.com/go-gl/gl/v4.5-core/gl"

// Timers measures passes with timestamp queries, read two frames later so that nothing
// waits.
type Timers struct {
	sets [3]timerSet
	at   int
	last []float64
}

type timerSet struct {
	queries []uint32
	used    int
}

// BeginFrame starts a new set and collects the oldest one.
func (t *Timers) BeginFrame() {
	t.at = (t.at + 1) % len(t.sets)
	s := &t.sets[t.at]
	if s.used > 0 {
		t.collect(s)
	}
	s.used = 0
}

// Mark records the time at which the GPU comes to here.
func (t *Timers) Mark() {
	s := &t.sets[t.at]
	if s.used == len(s.queries) {
		n := len(s.queries) + 32
		more := make([]uint32, n-len(s.queries))
		gl.CreateQueries(gl.TIMESTAMP, int32(len(more)), &more[0])
		s.queries = append(s.queries, more...)
	}
	gl.QueryCounter(s.queries[s.used], gl.TIMESTAMP)
	s.used++
}

func (t *Timers) collect(s *timerSet) {
	t.last = t.last[:0]
	var before uint64
	for i := range s.used {
		var now uint64
		gl.GetQueryObjectui64v(s.queries[i], gl.QUERY_RESULT, &now)
		if i > 0 {
			t.last = append(t.last, float64(now-before)/1e6)
		}
		before = now
	}
}

// Flush waits for the current set and collects it.
func (t *Timers) Flush() {
	s := &t.sets[t.at]
	if s.used > 0 {
		t.collect(s)
		s.used = 0
	}
}

// Milliseconds returns the spans between the marks of the last collected frame. The
// slice is reused.
func (t *Timers) Milliseconds() []float64 { return t.last }

// Release destroys the queries.
func (t *Timers) Release() {
	for i := range t.sets {
		if s := &t.sets[i]; len(s.queries) > 0 {
			gl.DeleteQueries(int32(len(s.queries)), &s.queries[0])
			*s = timerSet{}
		}
	}
}
