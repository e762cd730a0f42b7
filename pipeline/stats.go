package pipeline

import (
	"syscall"
	"time"

	"github.com/longtake/longtake/pipeline/framegraph"
	"github.com/longtake/longtake/pipeline/gpu"
)

// PassTime is how long a pass took, over all sub-frames of a frame.
type PassTime struct {
	Name         string
	Milliseconds float64
	Processor    float64 // milliseconds that all cores worked for this process meanwhile; 0 on a GPU
}

// Stats describes the last frame.
type Stats struct {
	Passes    []PassTime // with Options.Timings, in order
	Triangles int        // submitted, with those of the shadow cascades
	Draws     int        // commands
	Bytes     int        // of resident drawables
	Programs  int        // compiled so far
}

// passClock times passes. On a software rasteriser it finishes each pass and reads the
// wall clock: the driver's own timestamps leave out the vertex work there. On a GPU it
// uses timestamp queries, read later.
type passClock struct {
	software bool
	timers   gpu.Timers
	names    []string
	spans    []float64
	worked   []float64
	at       time.Time
	spent    float64 // processor milliseconds up to then
	queued   [3][]string
	frame    int
}

func (p *passClock) begin() {
	p.frame++
	if p.software {
		p.names, p.spans, p.worked = p.names[:0], p.spans[:0], p.worked[:0]
		gpu.Finish()
		p.at, p.spent = time.Now(), processorTime()
		return
	}
	p.timers.BeginFrame()
	p.names = append(p.names[:0], p.queued[p.frame%3]...) // of the frame that was collected
	p.queued[p.frame%3] = p.queued[p.frame%3][:0]
	p.timers.Mark()
}

// BeginPass implements framegraph.Hooks.
func (p *passClock) BeginPass(int, string) {}

// EndPass implements framegraph.Hooks.
func (p *passClock) EndPass(_ int, name string) {
	if p.software {
		gpu.Finish()
		now, spent := time.Now(), processorTime()
		p.names = append(p.names, name)
		p.spans = append(p.spans, float64(now.Sub(p.at))/1e6)
		p.worked = append(p.worked, spent-p.spent)
		p.at, p.spent = now, spent
		return
	}
	p.queued[p.frame%3] = append(p.queued[p.frame%3], name)
	p.timers.Mark()
}

// processorTime is how many milliseconds all cores have worked for this process, drivers
// included; unlike the clock it hardly depends on what else runs.
func processorTime() float64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e6
}

func (p *passClock) times() []PassTime {
	spans := p.spans
	if !p.software {
		spans = p.timers.Milliseconds()
	}
	var out []PassTime
	index := map[string]int{}
	for i := range min(len(p.names), len(spans)) {
		k, ok := index[p.names[i]]
		if !ok {
			k = len(out)
			index[p.names[i]] = k
			out = append(out, PassTime{Name: p.names[i]})
		}
		out[k].Milliseconds += spans[i]
		if p.software {
			out[k].Processor += p.worked[i]
		}
	}
	return out
}

func (r *Renderer) hooks() framegraph.Hooks {
	if r.options.Timings {
		return &r.clock
	}
	return nil
}

// Stats describes the last frame; on a GPU the passes are those of three frames ago.
func (r *Renderer) Stats() Stats {
	s := Stats{Triangles: r.submit.triangles, Draws: r.submit.draws, Bytes: r.res.bytes(), Programs: len(r.programs)}
	if r.options.Timings {
		s.Passes = r.clock.times()
	}
	return s
}
