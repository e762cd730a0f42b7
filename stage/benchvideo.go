package stage

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/stream"
)

// VideoBench is the cost of a video in file mode, and of its two halves alone. The whole
// overlaps them, so wall / max(render, encode) is 1 at best.
type VideoBench struct {
	Frames  int     `json:"frames"`
	WallS   float64 `json:"wall_s"`
	RenderS float64 `json:"render_s"` // rendered and brought back, not encoded
	EncodeS float64 `json:"encode_s"` // the same frames encoded, from a file of raw frames

	PeakBytes *int64 `json:"peak_rss_bytes"` // of this process; nil where the system does not tell
}

// BenchVideo renders frames of the flight, encodes those, then does both at once as Render
// does. What it writes goes to a temporary folder. It must run on a locked OS thread.
func BenchVideo(ctx context.Context, p *Player, o BenchOptions) (*VideoBench, error) {
	if err := stream.Available(); err != nil {
		return nil, err
	}
	if o.Frames <= 0 {
		o.Frames = 120
	}
	f, err := newFlight(p, o)
	if err != nil {
		return nil, err
	}
	if f.Size.Width%2 != 0 || f.Size.Height%2 != 0 {
		return nil, fmt.Errorf("size %s: a video needs an even width and height", f.Size)
	}
	s, err := surface.NewOffscreen(surface.Options{Platform: o.GPU})
	if err != nil {
		return nil, err
	}
	defer s.Release()
	dir, err := os.MkdirTemp("", "longtake-bench-")
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	m := &videoMeter{flight: f, raw: filepath.Join(dir, "frames.nv12"), path: filepath.Join(dir, "bench.mp4"),
		video: stream.Video{Width: f.Size.Width, Height: f.Size.Height, Num: 30, Den: 1}}
	m.renderer, err = pipeline.New(s, pipeline.Options{Width: f.Size.Width, Height: f.Size.Height, Quality: f.quality})
	if err != nil {
		return nil, err
	}
	defer m.renderer.Release()
	b := &VideoBench{Frames: f.Frames}
	for _, part := range []struct {
		run  func(context.Context) (float64, error)
		into *float64
	}{{m.warm, new(float64)}, {m.renderAlone, &b.RenderS}, {m.encodeAlone, &b.EncodeS}, {m.together, &b.WallS}} {
		seconds, err := part.run(ctx)
		if err != nil {
			return nil, err
		}
		*part.into = round(seconds)
	}
	b.PeakBytes = peakMemory()
	return b, nil
}

// videoMeter measures the parts of a video on one renderer.
type videoMeter struct {
	*flight
	renderer  *pipeline.Renderer
	video     stream.Video
	raw, path string
}

// draw renders frame i of the flight, which lasts as many frames as are measured.
func (m *videoMeter) draw(ctx context.Context, i int64) error {
	t, c := m.at(0, 1, float64(i)*step)
	f, err := m.player.Frame(ctx, t, Shot{Width: m.Size.Width, Height: m.Size.Height, Quality: m.quality, Camera: c})
	if err != nil {
		return err
	}
	return m.renderer.Draw(f)
}

// warm draws the first frame, so that programs are compiled and tiles are read.
func (m *videoMeter) warm(ctx context.Context) (float64, error) {
	if err := m.draw(ctx, 0); err != nil {
		return 0, err
	}
	m.renderer.Finish()
	return 0, nil
}

// renderAlone renders all frames and keeps them in a file; writing it is not counted.
func (m *videoMeter) renderAlone(ctx context.Context) (seconds float64, err error) {
	file, err := os.Create(m.raw)
	if err != nil {
		return 0, err
	}
	defer func() { err = firstOf(err, file.Close()) }()
	r := &render{renderer: m.renderer}
	for i := range m.Frames {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		began := time.Now()
		if err := m.draw(ctx, int64(i)); err != nil {
			return 0, err
		}
		if err := m.renderer.BeginCapture(); err != nil {
			return 0, err
		}
		frame, err := r.taken()
		if err != nil {
			return 0, err
		}
		r.result.Frames++
		seconds += time.Since(began).Seconds()
		if _, err := file.Write(frame); err != nil {
			return 0, err
		}
		m.Say.Tell("render", i+1, m.Frames)
	}
	return seconds, nil
}

func (m *videoMeter) encodeAlone(ctx context.Context) (seconds float64, err error) {
	raw, err := os.Open(m.raw)
	if err != nil {
		return 0, err
	}
	defer func() { _ = raw.Close() }()
	began := time.Now()
	out, err := stream.CreateFile(ctx, m.path, m.video, stream.FileOptions{})
	if err != nil {
		return 0, err
	}
	frame := make([]byte, m.video.FrameSize())
	for i := range m.Frames {
		if _, err = io.ReadFull(raw, frame); err == nil {
			err = out.Write(frame)
		}
		if err != nil {
			out.Abort()
			return 0, err
		}
		m.Say.Tell("encode", i+1, m.Frames)
	}
	err = out.Close()
	return time.Since(began).Seconds(), err
}

// together is what Render does: drawing, bringing back and encoding overlap.
func (m *videoMeter) together(ctx context.Context) (float64, error) {
	began := time.Now()
	r := &render{RenderOptions: RenderOptions{Say: m.Say}, player: m.player, renderer: m.renderer, quality: m.quality, clock: time.Now}
	out, err := stream.CreateFile(ctx, m.path, m.video, stream.FileOptions{})
	if err != nil {
		return 0, err
	}
	feed := newFeeder(out)
	err = r.feed(ctx, feed, func(i int64) error { return m.draw(ctx, i) }, int64(m.Frames))
	if err = firstOf(err, feed.stop()); err != nil {
		out.Abort()
		return 0, err
	}
	err = out.Close()
	return time.Since(began).Seconds(), err
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
