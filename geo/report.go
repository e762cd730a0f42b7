package geo

import (
	"maps"
	"math"
	"slices"
	"sort"
	"sync"
)

// Report counts what a run made and what it left out. One bad object never stops a run:
// it is skipped here, with its reason and its own id. Safe for concurrent use; the
// result does not depend on the order of calls.
type Report struct {
	mu      sync.Mutex
	made    map[string]int
	skipped map[string]*left
	notes   map[string]int
	noted   map[string]*left
	by      map[string]map[string]float64
}

// NewReport returns an empty report.
func NewReport() *Report {
	return &Report{made: map[string]int{}, skipped: map[string]*left{}, notes: map[string]int{}, noted: map[string]*left{}, by: map[string]map[string]float64{}}
}

// Made counts n things of a kind ("building", "triangle", …).
func (r *Report) Made(kind string, n int) { r.mu.Lock(); r.made[kind] += n; r.mu.Unlock() }

// Merge adds what another report has counted.
func (r *Report) Merge(s Summary) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for k, n := range s.Made {
		r.made[k] += n
	}
	for k, n := range s.Notes {
		r.notes[k] += n
	}
	for what, ids := range s.Noted {
		for _, id := range ids {
			r.noteID(id, what)
		}
		for id, v := range s.By[what] {
			r.noteBy(id, what, v)
		}
	}
	for _, k := range s.Skipped {
		g := r.skipped[k.Reason]
		if g == nil {
			g = &left{}
			r.skipped[k.Reason] = g
		}
		g.count += k.Count - len(k.IDs)
		for _, id := range k.IDs {
			g.add(id)
		}
	}
}

// Skip records an object that was left out. Reasons are short, stable phrases
// ("self-crossing ring", "missing nodes"); details belong in the id's source.
func (r *Report) Skip(id, reason string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	g := r.skipped[reason]
	if g == nil {
		g = &left{}
		r.skipped[reason] = g
	}
	g.add(id)
}

// MaxIDs is the most ids that are kept for a reason: the least ones, so that they do not
// depend on the order of calls.
const MaxIDs = 10000

// left is what was left out for one reason.
type left struct {
	count int
	ids   []string
}

func (l *left) add(id string) {
	l.count++
	l.ids = append(l.ids, id)
	if len(l.ids) >= 2*MaxIDs {
		l.trim()
	}
}

func (l *left) trim() {
	sort.Strings(l.ids)
	l.ids = l.ids[:min(len(l.ids), MaxIDs)]
}

// Note counts a repair or an assumption that changed an object without dropping it
// ("height from default table", "ring repaired").
func (r *Report) Note(what string) { r.mu.Lock(); r.notes[what]++; r.mu.Unlock() }

// NoteOf is Note of an object whose id is told with it.
func (r *Report) NoteOf(id, what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notes[what]++
	r.noteID(id, what)
}

func (r *Report) noteID(id, what string) {
	g := r.noted[what]
	if g == nil {
		g = &left{}
		r.noted[what] = g
	}
	g.add(id)
}

// NoteBy is NoteOf with how much it is, of several the most.
func (r *Report) NoteBy(id, what string, much float64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notes[what]++
	r.noteID(id, what)
	r.noteBy(id, what, much)
}

func (r *Report) noteBy(id, what string, much float64) {
	m := r.by[what]
	if m == nil {
		m = map[string]float64{}
		r.by[what] = m
	}
	if before, ok := m[id]; !ok || much > before {
		m[id] = much
	}
	if len(m) >= 2*MaxIDs { // the least ids stay, as in noted
		ids := slices.Sorted(maps.Keys(m))
		for _, id := range ids[MaxIDs:] {
			delete(m, id)
		}
	}
}

// Skipped is one reason with the objects left out for it.
type Skipped struct {
	Reason string   `json:"reason"`
	Count  int      `json:"count"`
	IDs    []string `json:"ids"` // at most MaxIDs
}

// Summary is the report in the form that is written to report.json.
type Summary struct {
	Made    map[string]int `json:"made"`
	Notes   map[string]int `json:"notes"`
	Skipped []Skipped      `json:"skipped"`
	// Noted are the objects of notes that tell them, at most MaxIDs each.
	Noted map[string][]string `json:"noted,omitempty"`
	// By is how much it is of those that notes tell with a number, rounded to hundredths.
	By map[string]map[string]float64 `json:"by,omitempty"`
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
	for what, g := range r.noted {
		g.trim()
		if s.Noted == nil {
			s.Noted = map[string][]string{}
		}
		s.Noted[what] = slices.Compact(slices.Clone(g.ids)) // a bridge is low over each way below
		for _, id := range s.Noted[what] {
			v, ok := r.by[what][id]
			if !ok {
				continue
			}
			if s.By == nil {
				s.By = map[string]map[string]float64{}
			}
			if s.By[what] == nil {
				s.By[what] = map[string]float64{}
			}
			s.By[what][id] = math.Round(v*100) / 100
		}
	}
	for reason, g := range r.skipped {
		g.trim()
		s.Skipped = append(s.Skipped, Skipped{reason, g.count, append([]string(nil), g.ids...)})
	}
	sort.Slice(s.Skipped, func(i, j int) bool { return s.Skipped[i].Reason < s.Skipped[j].Reason })
	return s
}

// SkippedCount is the number of objects left out.
func (r *Report) SkippedCount() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, g := range r.skipped {
		n += g.count
	}
	return n
}

// SkippedCount is the number of objects left out.
func (s *Summary) SkippedCount() int {
	n := 0
	for _, k := range s.Skipped {
		n += k.Count
	}
	return n
}
