package geo

import (
	"sort"
	"sync"
)

// Report counts what a run made and what it left out. One bad object never stops a run:
// it is skipped here, with its reason and its own id. Safe for concurrent use; the
// result does not depend on the order of calls.
type Report struct {
	mu      sync.Mutex
	made    map[string]int
	skipped map[string][]string
	notes   map[string]int
}

// NewReport returns an empty report.
func NewReport() *Report {
	return &Report{made: map[string]int{}, skipped: map[string][]string{}, notes: map[string]int{}}
}

// Made counts n things of a kind ("building", "triangle", …).
func (r *Report) Made(kind string, n int) { r.mu.Lock(); r.made[kind] += n; r.mu.Unlock() }

// Skip records an object that was left out. Reasons are short, stable phrases
// ("self-crossing ring", "missing nodes"); details belong in the id's source.
func (r *Report) Skip(id, reason string) {
	r.mu.Lock()
	r.skipped[reason] = append(r.skipped[reason], id)
	r.mu.Unlock()
}

// Note counts a repair or an assumption that changed an object without dropping it
// ("height from default table", "ring repaired").
func (r *Report) Note(what string) { r.mu.Lock(); r.notes[what]++; r.mu.Unlock() }

// Skipped is one reason with the objects left out for it.
type Skipped struct {
	Reason string   `json:"reason"`
	Count  int      `json:"count"`
	IDs    []string `json:"ids"`
}

// Summary is the report in the form that is written to report.json.
type Summary struct {
	Made    map[string]int `json:"made"`
	Notes   map[string]int `json:"notes"`
	Skipped []Skipped      `json:"skipped"`
}

// Summary returns a sorted snapshot.
func (r *Report) Summary() Summary {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := Summary{Made: map[string]int{}, Notes: map[string]int{}, Skipped: []Skipped{}}
	for k, v := range r.made {
		s.Made[k] = v
	}
	for k, v := range r.notes {
		s.Notes[k] = v
	}
	for reason, ids := range r.skipped {
		ids = append([]string(nil), ids...)
		sort.Strings(ids)
		s.Skipped = append(s.Skipped, Skipped{reason, len(ids), ids})
	}
	sort.Slice(s.Skipped, func(i, j int) bool { return s.Skipped[i].Reason < s.Skipped[j].Reason })
	return s
}

// SkippedCount is the number of objects left out.
func (r *Report) SkippedCount() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, ids := range r.skipped {
		n += len(ids)
	}
	return n
}
