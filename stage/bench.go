package stage

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
)

// BenchOptions say what BenchFrame and BenchVideo measure. The zero value of each field
// takes the document's output.
type BenchOptions struct {
	Size    scene.Size
	Quality string
	Orbit   *scene.Orbit // instead of the story
	FOV     float64
	Frames  int    // measured; 0 = 30
	GPU     string // auto, device or surfaceless
	Say     Reporter
}

// FrameBench is the cost of a frame in live mode.
type FrameBench struct {
	MedianMS  float64            `json:"median_ms"`  // from the pose to the finished picture
	CPUMS     float64            `json:"cpu_ms"`     // processor time a frame on all cores, drivers included; 0 where not told
	Passes    map[string]float64 `json:"passes"`     // medians in ms; "prepare" is tile selection on the CPU
	PassesCPU map[string]float64 `json:"passes_cpu"` // the same of processor time on all cores; empty on a GPU
	Triangles int                `json:"triangles"`  // of the last frame, with those of the shadow cascades
	Size      scene.Size         `json:"size"`
	PeakBytes *int64             `json:"peak_rss_bytes"` // of this process; nil where the system does not tell
	Quality   string             `json:"quality"`
	Renderer  string             `json:"renderer"`
}

// BenchFrame measures frames of live mode at places spread over the flight. At each place
// one frame is drawn unmeasured, so that the tiles and the history are there, then the
// camera moves on by 1/30 s and the next frame is measured until the GPU has finished it.
// Shadows are redrawn in each frame. The passes are measured in a run of their own, which
// finishes every pass. It must run on a locked OS thread.
func BenchFrame(ctx context.Context, p *Player, o BenchOptions) (*FrameBench, error) {
	f, err := newFlight(p, o)
	if err != nil {
		return nil, err
	}
	s, err := surface.NewOffscreen(surface.Options{Platform: o.GPU})
	if err != nil {
		return nil, err
	}
	defer s.Release()
	b := &FrameBench{Passes: map[string]float64{}, PassesCPU: map[string]float64{}, Size: f.Size, Quality: f.Quality}
	whole, err := f.frames(ctx, s, false)
	if err != nil {
		return nil, err
	}
	passes, err := f.frames(ctx, s, true)
	if err != nil {
		return nil, err
	}
	b.Renderer, b.PeakBytes = s.Describe().Renderer, peakMemory()
	b.MedianMS, b.CPUMS, b.Triangles = round(median(whole.total)), round(1000*whole.worked/float64(f.Frames)), whole.triangles
	for name, spans := range passes.passes {
		b.Passes[name] = round(median(spans))
	}
	for name, spans := range passes.work {
		b.PassesCPU[name] = round(median(spans))
	}
	return b, nil
}

// flight is the camera's path of a measurement.
type flight struct {
	BenchOptions
	player  *Player
	quality pipeline.Quality
	length  scene.Time // zero where the path is the orbit
}

// newFlight takes the orbit, else the story, else an orbit over the middle of the data.
func newFlight(p *Player, o BenchOptions) (*flight, error) {
	if (o.Size == scene.Size{}) {
		o.Size = p.Doc.Output.Size
	}
	if o.Quality == "" {
		o.Quality = p.Doc.Output.Quality
	}
	if o.Frames <= 0 {
		o.Frames = 30
	}
	f := &flight{BenchOptions: o, player: p}
	var ok bool
	if f.quality, ok = pipeline.Tier(o.Quality); !ok {
		return nil, fmt.Errorf("quality %q: draft, low, high and ultra are allowed", o.Quality)
	}
	if f.Orbit == nil {
		if f.length = p.Doc.Story.Length(); (f.length == scene.Time{}) {
			f.Orbit = p.aroundAll(float64(o.Size.Width) / float64(o.Size.Height))
		}
	}
	return f, nil
}

// aroundAll is an orbit at the distance and height of the automatic camera.
func (p *Player) aroundAll(aspect float64) *scene.Orbit {
	c := p.frameAll(aspect)
	if c.Target == nil { // a package without a region: above the globe
		return &scene.Orbit{Lng: c.Lng, Lat: c.Lat, Radius: 1e6, Height: 2.2e7, Turn: 360}
	}
	f := earth.FrameAt(earth.Place{Lng: c.Target.Lng, Lat: c.Target.Lat})
	x, y := f.Plan(c.Lng, c.Lat)
	return &scene.Orbit{Lng: c.Target.Lng, Lat: c.Target.Lat, Radius: math.Hypot(x, y), Height: c.Height - c.Target.Height, Turn: 360}
}

// step is the time between two frames of live mode, and the share of an orbit of 12 s.
const (
	step      = 1.0 / 30
	orbitTime = 12.0
)

// at is the story time and the camera of place i of n, moved on by some seconds.
func (f *flight) at(i, n int, later float64) (scene.Time, *scene.Camera) {
	share := float64(i) / float64(n)
	var t scene.Time
	var c scene.Camera
	if f.Orbit != nil {
		t = scene.Seconds(share*orbitTime + later)
		c = f.Orbit.Camera(share+later/orbitTime, f.player.Ground(f.Orbit.Lng, f.Orbit.Lat))
	} else {
		t = scene.Seconds(share*f.length.Seconds() + later)
		m := f.player.Doc.At(t)
		if c = m.Camera; !m.HasCamera {
			c = f.player.frameAll(float64(f.Size.Width) / float64(f.Size.Height))
		}
	}
	if f.FOV > 0 {
		c.FOV = f.FOV
	}
	return t, &c
}

// spans are the milliseconds of each measured frame.
type spans struct {
	total     []float64
	worked    float64 // processor seconds of all of them
	passes    map[string][]float64
	work      map[string][]float64
	triangles int
}

func (f *flight) frames(ctx context.Context, s surface.Surface, timings bool) (*spans, error) {
	r, err := pipeline.New(s, pipeline.Options{Width: f.Size.Width, Height: f.Size.Height, Quality: f.quality, Live: true, Timings: timings})
	if err != nil {
		return nil, err
	}
	defer r.Release()
	out := &spans{passes: map[string][]float64{}, work: map[string][]float64{}}
	shot := Shot{Width: f.Size.Width, Height: f.Size.Height, Quality: f.quality, Live: true}
	number := 2 * f.Frames
	for i := range number {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f.Say.Tell(map[bool]string{false: "frames", true: "passes"}[timings], i/2, f.Frames)
		measured := i%2 == 1
		if measured {
			r.Finish() // what is still under way is not this frame's
		}
		began, worked := time.Now(), processor()
		t, c := f.at(i/2, f.Frames, float64(i%2)*step)
		shot.Camera, shot.Seed = c, uint32(i)
		frame, err := f.player.Frame(ctx, t, shot)
		if err != nil {
			return nil, err
		}
		if measured {
			_, before := f.at(i/2, f.Frames, 0)
			pose := before.Pose(f.player.Ground)
			frame.Previous = &pipeline.View{Eye: pose.Eye, Right: pose.Right, Up: pose.Up, Forward: pose.Forward, FovY: pose.FovY}
		}
		prepared := time.Now()
		if err := r.Draw(frame); err != nil {
			return nil, err
		}
		r.Finish()
		if err := r.Standing(); err != nil {
			return nil, fmt.Errorf("frame %d: %w", i, err)
		}
		if !measured {
			continue
		}
		out.total = append(out.total, milliseconds(began))
		out.worked += processor() - worked
		stats := r.Stats()
		out.triangles = stats.Triangles
		if timings {
			out.passes["prepare"] = append(out.passes["prepare"], float64(prepared.Sub(began))/1e6)
			for _, pass := range stats.Passes {
				out.passes[pass.Name] = append(out.passes[pass.Name], pass.Milliseconds)
				if pass.Processor > 0 {
					out.work[pass.Name] = append(out.work[pass.Name], pass.Processor)
				}
			}
		}
	}
	f.Say.Tell("frames", f.Frames, f.Frames)
	return out, nil
}

func milliseconds(since time.Time) float64 { return float64(time.Since(since)) / 1e6 }

// median is the middle value, or the mean of the two middle values.
func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

// round keeps microseconds of milliseconds.
func round(ms float64) float64 { return math.Round(ms*1000) / 1000 }
