//go:build linux && !headless

package stage

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/scene"
)

// startX starts an X server for the test, points DISPLAY at it and returns the file that
// its screen is mapped to.
func startX(t *testing.T) (screen string) {
	t.Helper()
	path, err := exec.LookPath("Xvfb")
	if err != nil {
		t.Skip("Xvfb is missing here (Debian package xvfb)")
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	server := exec.Command(path, "-displayfd", "3", "-fbdir", dir, "-screen", "0", "320x240x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{w}
	if err := server.Start(); err != nil {
		t.Skip("Xvfb does not start: ", err)
	}
	_ = w.Close()
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	number, err := bufio.NewReader(r).ReadString('\n')
	_ = r.Close()
	if err != nil {
		t.Skip("Xvfb names no display: ", err)
	}
	t.Setenv("DISPLAY", ":"+number[:len(number)-1])
	t.Setenv("WAYLAND_DISPLAY", "")
	return filepath.Join(dir, "Xvfb_screen0")
}

// needsGL skips a test where there is no OpenGL. The context does not stay with the thread, which
// a window may get next.
func needsGL(t *testing.T) {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	s, err := surface.NewOffscreen(surface.Options{})
	if err != nil {
		t.Skip("no OpenGL 4.5 here: ", err)
	}
	s.Release()
}

// TestKioskOnScreen runs in a window and on the whole screen of an X server: there is a
// picture on the screen, and Escape ends it.
func TestKioskOnScreen(t *testing.T) {
	needsGL(t)
	screen := startX(t)
	_, noKeys := exec.LookPath("xdotool")
	for _, windowed := range []bool{true, false} {
		for black := false; !black; {
			black = brightestByte(t, screen) == 0
		}
		p := dotPlayer(t)
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
		done := make(chan error, 1)
		go func() {
			done <- Kiosk(ctx, p, KioskOptions{Windowed: windowed, Size: scene.Size{Width: 160, Height: 90}, Quality: "draft"})
		}()
		for bright := false; !bright && ctx.Err() == nil; {
			select {
			case err := <-done:
				cancel()
				t.Fatalf("windowed %v: ended with %v", windowed, err)
			case <-time.After(100 * time.Millisecond):
			}
			bright = brightestByte(t, screen) > 100
		}
		if ctx.Err() != nil {
			t.Errorf("windowed %v: the screen stays black", windowed)
		}
		if noKeys != nil {
			t.Log("xdotool is missing here (Debian package xdotool): no key is pressed")
			cancel()
		} else if out, err := exec.CommandContext(ctx, "xdotool", "mousemove", "60", "40", "key", "Escape").CombinedOutput(); err != nil {
			t.Errorf("xdotool: %v: %s", err, out)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
		if noKeys == nil && ctx.Err() != nil {
			t.Errorf("windowed %v: Escape did not end it", windowed)
		}
		cancel()
	}
}

// brightestByte is the brightest colour in a screen of 320x240 pixels in XWD form, whose
// pixels are the last bytes of the file.
func brightestByte(t *testing.T, screen string) (most byte) {
	data, err := os.ReadFile(screen)
	if err != nil || len(data) < 320*240*4 {
		t.Fatalf("the screen is %d bytes: %v", len(data), err)
	}
	for i, v := range data[len(data)-320*240*4:] {
		if i%4 != 3 {
			most = max(most, v)
		}
	}
	return most
}

// In a window of a display, too: the second one goes on.
func TestKioskOpensAnotherWindow(t *testing.T) {
	needsGL(t)
	startX(t)
	opened := 0
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	p := dotPlayer(t)
	done := make(chan error, 1)
	go func() {
		done <- Kiosk(ctx, p, KioskOptions{Windowed: true, Size: scene.Size{Width: 160, Height: 90}, Quality: "draft", open: func(o window.Options) (window.Window, error) {
			w, err := window.Open(o)
			if opened++; opened == 3 {
				cancel()
			}
			return &failing{Window: w}, err
		}})
	}()
	if err := <-done; err != nil || opened < 3 {
		t.Errorf("%d windows, %v", opened, err)
	}
}

// failing is a window that is lost at its fourth frame.
type failing struct {
	window.Window
	frames int
}

func (f *failing) Lost() bool { f.frames++; return f.frames > 3 }
