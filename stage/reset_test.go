package stage

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/scene"
)

// losing is a surface whose driver says that it has reset the GPU.
type losing struct {
	surface.Surface
	lost     bool
	released int
}

func (s *losing) Lost() bool { return s.lost }
func (s *losing) Release()   { s.released++; s.Surface.Release() }

// unready is a surface that opens and does not draw yet.
type unready struct{ surface.Surface }

func (*unready) MakeCurrent() error { return errors.New("not yet") }

// After a reset the kiosk goes on in a new window from the story's time, with the camera and what
// is selected as they were: of a story that stands, the picture is the same to the byte.
func TestKioskGoesOnAfterAReset(t *testing.T) {
	var before, after []byte
	var was *losing
	opened := 0
	picture := func(k *kiosk) []byte {
		out := make([]byte, 4*k.live.size.Width*k.live.size.Height)
		if err := k.live.renderer.ReadRGBA(out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	p := dotPlayer(t)
	var at scene.Time
	var last *losing
	k := runScriptOf(t, p, func(k *kiosk, w *script, frame int) []window.Event {
		switch frame {
		case 3:
			return []window.Event{space, mouse(window.MouseDown, 1, 80, 60), mouse(window.MouseMove, 0, 95, 60), mouse(window.MouseUp, 1, 95, 60)}
		case 50: // at rest
			before, at = picture(k), k.live.at
			was = &losing{Surface: w.Surface, lost: true}
			w.Surface, k.live.surface = was, was // the window of before stays the one that is played
			k.down = []string{"w"}
			k.open = func() (window.Window, error) {
				if opened++; opened < 3 { // the driver needs a while
					return nil, errors.New("not yet")
				}
				s, err := surface.NewOffscreen(surface.Options{})
				if err != nil {
					return nil, err
				}
				last = &losing{Surface: s}
				w.Surface = last
				return &script{Surface: last, width: w.width, height: w.height, frame: w.frame, play: w.play}, nil
			}
		case 53:
			if was.released != 1 || opened != 3 {
				t.Errorf("the lost surface was released %d times, another opened %d times", was.released, opened)
			}
			if after = picture(k); !bytes.Equal(before, after) {
				t.Error("the picture is another one after the reset")
			}
			if k.live.at != at || !k.led || len(k.down) != 0 {
				t.Errorf("at %v, was %v; led %v, keys %v", k.live.at, at, k.led, k.down)
			}
			return []window.Event{space}
		case 60:
			if !at.Before(k.live.at) {
				t.Error("the story does not go on")
			}
			k.over = true
		}
		return nil
	})
	if w, ok := k.live.surface.(*script); !ok || w.Surface != last {
		t.Error("another surface than the one that was opened last")
	}
	last.Release()
}

// A GPU that does not come back, or is reset over and over, is an error.
func TestResetsThatDoNotEnd(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	p := dotPlayer(t)
	s, err := surface.NewOffscreen(surface.Options{})
	if err != nil {
		t.Skip("no OpenGL 4.5 here: ", err)
	}
	q, _ := tier("draft")
	l, err := newLive(p, s, scene.Size{Width: 32, Height: 18}, q, false)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Unix(1000, 0)
	w := wall{now: func() time.Time { return now }, sleep: func(_ context.Context, d time.Duration) { now = now.Add(d) }}
	anew := func() (surface.Surface, error) { return surface.NewOffscreen(surface.Options{}) }
	for i := range resetsMost {
		if err := l.renew(t.Context(), w, anew); err != nil {
			t.Fatalf("reset %d: %v", i, err)
		}
		if _, err := l.draw(t.Context(), scene.Time{}, nil); err != nil {
			t.Fatalf("reset %d: %v", i, err)
		}
	}
	if err := l.renew(t.Context(), w, anew); !errors.Is(err, errResets) {
		t.Errorf("one more: %v", err)
	}
	now = now.Add(2 * time.Minute)
	tries := 0
	if err := l.renew(t.Context(), w, func() (surface.Surface, error) { // it opens before it draws
		s, err := anew()
		if tries++; tries < 3 && err == nil {
			return &unready{s}, nil
		}
		return s, err
	}); err != nil || tries != 3 {
		t.Errorf("a driver that takes its time: %v, after %d attempts", err, tries)
	}
	now = now.Add(2 * time.Minute)
	gone := errors.New("gone")
	if err := l.renew(t.Context(), w, func() (surface.Surface, error) { return nil, gone }); !errors.Is(err, gone) {
		t.Errorf("a GPU that is gone: %v", err)
	}
	l.close()
	l.surface.Release()
}
