package stage

import (
	"image"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/scene"
)

// painter draws the pictures of many players with one renderer, on a thread of its own: to make
// a renderer takes longer than a small picture, and a file's frame is the same whatever came
// before it.
type painter struct {
	size    scene.Size
	quality string
	work    chan func(*pipeline.Renderer)
}

// newPainter makes the renderer, which goes with the test.
func newPainter(t *testing.T, size scene.Size, quality string) *painter {
	t.Helper()
	p := &painter{size, quality, make(chan func(*pipeline.Renderer))}
	q, _ := pipeline.Tier(quality)
	made, gone := make(chan error), make(chan struct{})
	go func() {
		defer close(gone)
		runtime.LockOSThread() // until it ends
		s, err := surface.NewOffscreen(surface.Options{})
		if err != nil {
			made <- err
			return
		}
		defer s.Release()
		r, err := pipeline.New(s, pipeline.Options{Width: size.Width, Height: size.Height, Quality: q})
		made <- err
		if err != nil {
			return
		}
		defer r.Release()
		for do := range p.work {
			do(r)
		}
	}()
	if err := <-made; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		close(p.work)
		<-gone
	})
	return p
}

// picture is what render writes of a player at a time, from a camera or from the story's.
func (p *painter) picture(t *testing.T, of *Player, at scene.Time, camera *scene.Camera) *image.NRGBA {
	t.Helper()
	r, err := newRender(of, RenderOptions{Size: p.size, Quality: p.quality, Camera: camera})
	if err != nil {
		t.Fatal(err)
	}
	path, drawn := filepath.Join(t.TempDir(), "picture.png"), make(chan error)
	p.work <- func(shared *pipeline.Renderer) {
		r.renderer = shared
		if err := r.draw(t.Context(), at); err != nil {
			drawn <- err
			return
		}
		drawn <- r.write(path)
	}
	if err := <-drawn; err != nil {
		t.Fatal(err)
	}
	return readPNG(t, path)
}
