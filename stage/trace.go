package stage

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/pipeline"
)

// Trace writes what frames spend their time on in the Trace Event Format, which
// chrome://tracing and Perfetto open: choosing and reading tiles, drawing, and each pass.
// A trace that was not closed can be opened too. A nil Trace writes nothing.
type Trace struct {
	mu    sync.Mutex
	out   io.Writer
	now   func() time.Time
	began time.Time
	reads int // tiles that were read
	err   error
}

// The tracks of a trace.
const (
	trackFrame = iota + 1
	trackPasses
)

type traceEvent struct {
	Name  string         `json:"name"`
	Phase string         `json:"ph"`
	At    float64        `json:"ts"` // µs
	Long  float64        `json:"dur,omitempty"`
	Proc  int            `json:"pid"`
	Track int            `json:"tid"`
	Kind  string         `json:"cat,omitempty"`
	ID    int            `json:"id,omitempty"` // of what goes on beside others
	Args  map[string]any `json:"args,omitempty"`
}

// NewTrace begins a trace.
func NewTrace(out io.Writer) *Trace {
	t := &Trace{out: out, now: time.Now}
	t.began = t.now()
	_, t.err = io.WriteString(out, "[\n")
	for track, name := range []string{"frames", "passes"} {
		t.write(traceEvent{Name: "thread_name", Phase: "M", Proc: 1, Track: track + 1, Args: map[string]any{"name": name}})
	}
	return t
}

func (t *Trace) write(e traceEvent) {
	data, err := json.Marshal(e)
	if err == nil && t.err == nil {
		_, err = t.out.Write(append(data, ",\n"...))
	}
	t.err = errors.Join(t.err, err)
}

// span writes what has begun at a time and ends now.
func (t *Trace) span(track int, name string, began time.Time, args map[string]any) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.write(traceEvent{Name: name, Phase: "X", At: float64(began.Sub(t.began)) / 1e3, Long: float64(t.now().Sub(began)) / 1e3, Proc: 1, Track: track, Args: args})
}

// start is the time at which something begins; the zero time without a trace.
func (t *Trace) start() time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.now()
}

// load reads a tile, beside others.
func (t *Trace) load(w want) ([]geo.Content, error) {
	began := t.start()
	contents, err := w.set.Load(w.tile)
	if t == nil {
		return contents, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reads++
	e := traceEvent{Name: "read tile", Phase: "b", At: float64(began.Sub(t.began)) / 1e3, Proc: 1, Track: trackFrame, Kind: "tiles", ID: t.reads, Args: map[string]any{"set": w.set.Path, "tile": w.tile.Index}}
	t.write(e)
	e.Phase, e.At, e.Args = "e", float64(t.now().Sub(t.began))/1e3, nil
	t.write(e)
	return contents, err
}

// draw draws a frame.
func (t *Trace) draw(r *pipeline.Renderer, f *pipeline.Frame) error {
	began := t.start()
	if err := r.Draw(f); err != nil || t == nil {
		return err
	}
	t.span(trackFrame, "draw", began, nil)
	t.passes(began, r.Stats())
	return nil
}

// passes writes the passes of a frame end to end from when its drawing began. On a GPU
// they are those of three frames ago.
func (t *Trace) passes(began time.Time, s pipeline.Stats) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := float64(began.Sub(t.began)) / 1e3
	for _, p := range s.Passes {
		t.write(traceEvent{Name: p.Name, Phase: "X", At: at, Long: 1e3 * p.Milliseconds, Proc: 1, Track: trackPasses})
		at += 1e3 * p.Milliseconds
	}
	t.write(traceEvent{Name: "resident", Phase: "C", At: at, Proc: 1, Args: map[string]any{"GPU bytes": s.Bytes}})
	t.write(traceEvent{Name: "submitted", Phase: "C", At: at, Proc: 1, Args: map[string]any{"triangles": s.Triangles}})
}

// Close ends the trace and tells what went wrong with its file.
func (t *Trace) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.out, `{"name":"end","ph":"i","ts":%f,"pid":1,"tid":%d,"s":"g"}`+"\n]\n", float64(t.now().Sub(t.began))/1e3, trackFrame)
	}
	return t.err
}
