//go:build linux && !headless

package window_test

import (
	"os"
	"runtime"
	"testing"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/window"
)

// witness reads what is about to be shown.
type witness struct {
	window.Window
	pixels []byte
}

func (s *witness) Present() error {
	w, h := s.Size()
	s.pixels = make([]byte, w*h*4)
	gl.BindFramebuffer(gl.FRAMEBUFFER, 0)
	gl.ReadPixels(0, 0, int32(w), int32(h), gl.RGBA, gl.UNSIGNED_BYTE, unsafe.Pointer(&s.pixels[0]))
	return s.Window.Present()
}

// What the renderer presents is what the window shows.
func TestRendererPresents(t *testing.T) {
	if os.Getenv("DISPLAY") == "" {
		t.Skip("no DISPLAY here: run under xvfb-run")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const w, h = 160, 90
	win, err := window.Open(window.Options{Title: "test", Width: w, Height: h, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer win.Release()
	seen := &witness{Window: win}
	q, _ := pipeline.Tier("draft")
	r, err := pipeline.New(seen, pipeline.Options{Width: w, Height: h, Quality: q, Live: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	f := earth.FrameAt(earth.Place{Lng: 1.5, Lat: 42.5, Height: 1500})
	err = r.Draw(&pipeline.Frame{
		View: pipeline.View{Eye: f.Center, Right: f.East, Up: f.Up, Forward: f.North, FovY: 1},
		Env:  pipeline.Environment{Sun: f.DirFromLocal(mgl64.Vec3{0.6, 0, 0.8}), Haze: 1, AutoExposure: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := make([]byte, w*h*4)
	if err := r.ReadRGBA(want); err != nil {
		t.Fatal(err)
	}
	if err := r.Present(); err != nil {
		t.Fatal(err)
	}
	got := seen.pixels
	for y := range h {
		for x := range w {
			for k := range 3 {
				a, b := int(want[(y*w+x)*4+k]), int(got[((h-1-y)*w+x)*4+k])
				if a-b > 1 || b-a > 1 {
					t.Fatalf("pixel %d, %d: the window shows %d, the picture is %d", x, y, b, a)
				}
			}
		}
	}
}
