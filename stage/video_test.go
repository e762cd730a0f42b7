package stage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
)

// losingRender renders 32×18 on a surface that is lost when the test says so.
func losingRender(t *testing.T) (*render, *losing) {
	t.Helper()
	runtime.LockOSThread()
	t.Cleanup(runtime.UnlockOSThread)
	s, err := surface.NewOffscreen(surface.Options{})
	if err != nil {
		t.Skip("no OpenGL 4.5 here: ", err)
	}
	t.Cleanup(s.Release)
	r, err := newRender(dotPlayer(t), RenderOptions{Size: scene.Size{Width: 32, Height: 18}, Quality: "draft"})
	if err != nil {
		t.Fatal(err)
	}
	l := &losing{Surface: s}
	if r.renderer, err = pipeline.New(l, pipeline.Options{Width: 32, Height: 18, Quality: r.quality}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.renderer.Release)
	return r, l
}

// A reset of the GPU ends a still, frames, a film and a bench with an error that names it, and
// leaves no black picture.
func TestRendersEndWithAReset(t *testing.T) {
	r, l := losingRender(t)
	l.lost = true
	r.Output = filepath.Join(t.TempDir(), "still.png")
	err := r.still(t.Context())
	if !errors.Is(err, pipeline.ErrReset) || !strings.Contains(err.Error(), r.Output) {
		t.Errorf("a still: %v", err)
	}
	if _, err := os.Stat(r.Output); err == nil {
		t.Error("a still is written")
	}
	r.result = RenderResult{}
	draw := func(i int64) error {
		l.lost = i == 4
		return r.draw(t.Context(), scene.Time{})
	}
	if err := r.feed(t.Context(), passing(8), draw, 8); !errors.Is(err, pipeline.ErrReset) || !strings.Contains(err.Error(), "frame 3") {
		t.Errorf("a film: %v", err)
	}
	f := &flight{BenchOptions: BenchOptions{Size: r.Size, Frames: 1}, player: r.player, quality: r.quality, length: scene.Seconds(1)}
	if _, err := f.frames(t.Context(), l, false); !errors.Is(err, pipeline.ErrReset) {
		t.Errorf("a bench: %v", err)
	}
}

// passing is a feeder that keeps n frames to itself.
func passing(n int) *feeder {
	f := &feeder{full: make(chan []byte, n), empty: make(chan []byte, n), done: make(chan error, 1)}
	for range n {
		f.empty <- nil
	}
	return f
}

// A frame that does not arrive is an error, not waited for again and again.
func TestFilmLacksAFrame(t *testing.T) {
	r, _ := losingRender(t)
	err := r.feed(t.Context(), passing(2), func(i int64) error {
		if i == 1 {
			r.renderer.TakeCapture(true)
		}
		return r.draw(context.Background(), scene.Time{})
	}, 2)
	if err == nil || !strings.Contains(err.Error(), "frame 1") {
		t.Errorf("got %v", err)
	}
}
