//go:build linux && !headless

package window

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/go-gl/glfw/v3.3/glfw"
)

func TestNoDisplayIsAClearError(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if _, err := Open(Options{Width: 64, Height: 64}); err == nil || !strings.Contains(err.Error(), "DISPLAY") {
		t.Errorf("got %v", err)
	}
	t.Setenv("DISPLAY", ":987")
	if _, err := Open(Options{Width: 64, Height: 64}); err == nil || !strings.Contains(err.Error(), ":987") {
		t.Errorf("a display that is not there: got %v", err)
	}
}

func TestWindow(t *testing.T) {
	if os.Getenv("DISPLAY") == "" {
		t.Skip("no DISPLAY here: run under xvfb-run")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	w, err := Open(Options{Title: "test", Width: 320, Height: 200})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Release()
	if x, y := w.Size(); x != 320 || y != 200 {
		t.Errorf("size %d×%d", x, y)
	}
	if !strings.HasPrefix(w.Describe().Version, "4.") {
		t.Errorf("version %q", w.Describe().Version)
	}
	w.(*window).w.SetSize(400, 300)
	for range 50 {
		for _, e := range w.Poll() {
			if e.Kind == Resize && e.Width == 400 && e.Height == 300 {
				return
			}
		}
		if err := w.Present(); err != nil {
			t.Fatal(err)
		}
		glfw.WaitEventsTimeout(0.02)
	}
	t.Error("no resize event")
}
