package generate

import "sync"

// Progress tells how far a long task is.
type Progress struct {
	Task  string // "read city.osm", "ground", "frames", …
	Done  int
	Total int // 0 = not known
	// Share is the part of the whole run that is done, 0 to 1, as far as can be told; 0
	// where the task is all there is.
	Share float64
}

// Reporter receives progress; it may be nil.
type Reporter func(Progress)

// Tell reports a task by itself.
func (r Reporter) Tell(task string, done, total int) {
	if r != nil {
		r(Progress{Task: task, Done: done, Total: total})
	}
}

// meter sums up the phases of a run, each with the share of the time that it usually
// takes.
type meter struct {
	say   Reporter
	mu    sync.Mutex
	done  float64 // weights of the phases behind
	total float64
}

// wholeRun is the sum of the weights of the phases of a run, about, without those that each
// layer has: layerWeight of what is laid on the ground, objectWeight of what stands on it.
// readWeight is that of reading, which is behind when the first of them begins.
const (
	wholeRun     = 115
	layerWeight  = 4
	objectWeight = 10
	readWeight   = 10
)

func newMeter(say Reporter) *meter { return &meter{say: say, total: wholeRun} }

// expect tells how many layers lie on the ground and stand on it.
func (m *meter) expect(laid, objects int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.total = wholeRun + layerWeight*float64(laid) + objectWeight*float64(objects)
}

// count reports a task that has no share of its own.
func (m *meter) count(task string, done, total int) {
	if m.say == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.say(Progress{Task: task, Done: done, Total: total, Share: m.done / m.total})
}

// phase begins a phase of n jobs; what it returns is called with the number that is done.
// Where more phases come than were expected, each has a part of what is left.
func (m *meter) phase(task string, n int, weight float64) func(done int) {
	m.mu.Lock()
	m.done = max(m.done, readWeight)
	before := m.done
	weight = min(weight, 0.9*(m.total-before))
	m.mu.Unlock()
	return func(done int) {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.done = before + weight*float64(done)/float64(max(n, 1))
		if m.say != nil {
			m.say(Progress{Task: task, Done: done, Total: n, Share: m.done / m.total})
		}
	}
}

// end is when all is done.
func (m *meter) end() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done = m.total
}
