package stage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"time"

	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stream"
)

// StreamOptions say where a live stream is served and how it looks. The zero value of
// each field takes the document's output; HLS has to be given.
type StreamOptions struct {
	HLS     string // address to listen at, host:port
	Size    scene.Size
	Rate    scene.Rate
	Quality string
	Bitrate int              // kbit/s; 0 = by constant quality
	GPU     string           // auto, device or surfaceless
	Once    bool             // stays at the story's end instead of playing it in a loop
	Ready   func(url string) // called when the page can be opened

	wall *wall                           // nil = the system's
	open func() (surface.Surface, error) // nil = offscreen, on GPU
}

// Stream plays the story on wall time and serves it as HLS until ctx ends, which is no
// error. It locks its OS thread. Frames that take longer than real time are repeated in
// the stream; the story's time goes on with the clock.
func Stream(ctx context.Context, p *Player, o StreamOptions) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	q, err := o.fill(p.Doc.Output)
	if err != nil {
		return err
	}
	if err := stream.Available(); err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", o.HLS)
	if err != nil {
		return fmt.Errorf("cannot serve the stream at %s: %w", o.HLS, reason(err))
	}
	defer func() { _ = listener.Close() }()
	s, err := o.open()
	if err != nil {
		return err
	}
	l, err := newLive(p, s, o.Size, q, false)
	if err != nil {
		s.Release()
		return err
	}
	defer func() { l.surface.Release() }() // another one after a reset
	defer l.close()
	return serve(ctx, l, listener, o)
}

// fill puts the document's output where nothing was said.
func (o *StreamOptions) fill(out scene.Output) (pipeline.Quality, error) {
	if (o.Size == scene.Size{}) {
		o.Size = out.Size
	}
	if (o.Rate == scene.Rate{}) {
		o.Rate = out.FPS
	}
	if o.Quality == "" {
		o.Quality = out.Quality
	}
	if o.wall == nil {
		w := systemWall()
		o.wall = &w
	}
	if o.open == nil {
		o.open = func() (surface.Surface, error) { return surface.NewOffscreen(surface.Options{Platform: o.GPU}) }
	}
	return tier(o.Quality)
}

func tier(name string) (pipeline.Quality, error) {
	q, ok := pipeline.Tier(name)
	if !ok {
		return q, fmt.Errorf("quality %q: draft, low, high and ultra are allowed", name)
	}
	return q, nil
}

// reason leaves out of a network error what the sentence around it says already.
func reason(err error) error {
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		return op.Err
	}
	return err
}

// grace is how long the encoder and the viewers' connections have for their end.
const grace = 5 * time.Second

// serve runs the three that make a stream: the frame loop on this thread, the encoder at
// its own pace, and the server. Whichever fails first ends the others.
func serve(ctx context.Context, l *live, listener net.Listener, o StreamOptions) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	// The encoder outlives ctx by its last frames.
	encoding, kill := context.WithCancel(context.WithoutCancel(ctx))
	defer kill()
	v := stream.Video{Width: o.Size.Width, Height: o.Size.Height, Num: int(o.Rate.Num), Den: int(o.Rate.Den)}
	out, err := stream.NewLive(encoding, v, stream.LiveOptions{Bitrate: o.Bitrate})
	if err != nil {
		return err
	}
	server := &http.Server{Handler: out.Handler(), ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	encoded, served := make(chan error, 1), make(chan error, 1)
	go func() {
		err := out.Run(ctx, o.wall.now, o.wall.sleep)
		stop(err)
		encoded <- err
	}()
	go func() {
		err := server.Serve(listener)
		if errors.Is(err, http.ErrServerClosed) {
			err = nil
		}
		stop(err)
		served <- err
	}()
	if o.Ready != nil {
		o.Ready("http://" + reachable(listener.Addr()) + "/")
	}
	err = l.publish(ctx, out, o)
	stop(err)
	end := time.AfterFunc(grace, kill)
	errs := []error{err, <-encoded}
	end.Stop()
	last, done := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer done()
	if server.Shutdown(last) != nil {
		_ = server.Close()
	}
	return errors.Join(append(errs, <-served)...)
}

// reachable is the address of a listener as a browser on this machine takes it.
func reachable(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("localhost", port)
	}
	return a.String()
}

// publish draws the frame of each tick, or where drawing takes longer of the last one that
// is past, and offers it to the stream. While a frame comes back from the GPU the next is
// drawn.
func (l *live) publish(ctx context.Context, out *stream.Live, o StreamOptions) error {
	length := l.player.Doc.Story.Length()
	start := o.wall.now()
	var records []stream.Record // of the captures under way
	take := func() {
		if frame, ok := l.renderer.TakeCapture(true); ok {
			out.Publish(frame, records[0])
			records = records[:copy(records, records[1:])]
		}
	}
	for drawn := int64(-1); ctx.Err() == nil; {
		gone := scene.Fraction(int64(o.wall.now().Sub(start)), int64(time.Second))
		_, past := o.Rate.Frames(scene.Time{}, gone)
		tick := max(past-1, drawn+1)
		if wait := o.Rate.Time(tick).Sub(gone).Seconds(); wait > 0 && drawn >= 0 {
			if len(records) > 0 { // time enough to hand on what is ready
				take()
				continue
			}
			o.wall.sleep(ctx, time.Duration(wait*float64(time.Second)))
			if ctx.Err() != nil {
				break
			}
		}
		t := around(o.Rate.Time(tick), length, o.Once)
		f, err := l.draw(ctx, t, nil)
		if l.surface.Lost() {
			records = records[:0]
			err = l.renew(ctx, *o.wall, o.open)
			if err == nil {
				continue
			}
		}
		if err != nil {
			return unlessEnded(ctx, err)
		}
		record, err := l.record(f, t)
		if err != nil {
			return err
		}
		if err := l.renderer.BeginCapture(); err != nil {
			return err
		}
		records = append(records, record)
		if drawn = tick; len(records) > 1 {
			take()
		}
	}
	return nil
}

// unlessEnded is nil where the context was ended, and drawing with it.
func unlessEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// record tells how the frame that was drawn last was seen.
func (l *live) record(f *pipeline.Frame, t scene.Time) (stream.Record, error) {
	camera, err := json.Marshal(scene.FromPose(scene.Pose{Eye: f.View.Eye, Right: f.View.Right, Up: f.View.Up, Forward: f.View.Forward, FovY: f.View.FovY}))
	if err != nil {
		return stream.Record{}, fmt.Errorf("camera record: %w", err)
	}
	view, projection := l.renderer.Matrices()
	return stream.Record{Time: t.Seconds(), Camera: camera, Eye: f.View.Eye, View: view, Projection: projection}, nil
}
