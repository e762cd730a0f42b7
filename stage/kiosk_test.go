package stage

import (
	"context"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/scene"
)

// script is a window without a screen, whose user does what a function says before each
// frame.
type script struct {
	surface.Surface
	width, height int
	frame         int
	play          func(frame int) []window.Event
}

func (s *script) Size() (int, int) { return s.width, s.height }
func (s *script) SetTitle(string)  {}
func (s *script) Poll() []window.Event {
	s.frame++
	return s.play(s.frame - 1)
}

// period is a scripted frame's time.
const period = 50 * time.Millisecond

// runScript runs a kiosk on a scripted window by a clock of its own.
func runScript(t *testing.T, play func(k *kiosk, w *script, frame int) []window.Event) *kiosk {
	t.Helper()
	return runScriptOf(t, dotPlayer(t), play)
}

func runScriptOf(t *testing.T, p *Player, play func(k *kiosk, w *script, frame int) []window.Event) *kiosk {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	s, err := surface.NewOffscreen(surface.Options{})
	if err != nil {
		t.Skip("no OpenGL 4.5 here: ", err)
	}
	defer s.Release()
	q, err := tier("draft")
	if err != nil {
		t.Fatal(err)
	}
	l, err := newLive(p, s, scene.Size{Width: 160, Height: 90}, q, false)
	if err != nil {
		t.Fatal(err)
	}
	defer l.close()
	if l.pointing, err = newPointing(p, l.renderer); err != nil {
		t.Fatal(err)
	}
	now := time.Unix(1000, 0)
	w := &script{Surface: s, width: 160, height: 90}
	k := &kiosk{live: l, window: w, follow: true, held: none, control: control{ground: p.Ground, way: orbiting}, clock: storyClock{length: p.Doc.Story.Length()}, steady: steady{period: period}}
	l.pointing.drill = k.drill
	k.wall = wall{now: func() time.Time { return now }, sleep: func(_ context.Context, d time.Duration) { now = now.Add(d) }}
	w.play = func(frame int) []window.Event {
		if frame > 200 {
			t.Error("the kiosk does not end")
			k.over = true
		}
		return play(k, w, frame)
	}
	if err := k.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return k
}

var (
	escape = window.Event{Kind: window.KeyDown, Key: "escape"}
	space  = window.Event{Kind: window.KeyDown, Key: "space"}
	letter = window.Event{Kind: window.KeyDown, Key: "r"}
)

func TestKioskPlaysStopsAndEnds(t *testing.T) {
	var at []float64
	k := runScript(t, func(k *kiosk, w *script, frame int) []window.Event {
		at = append(at, k.live.at.Seconds())
		switch frame {
		case 10, 20:
			return []window.Event{space}
		case 30:
			return []window.Event{escape}
		}
		return nil
	})
	// The story stands still between the two presses of the space bar.
	if at[10] < 0.4 || at[20] != at[11] || math.Abs(at[30]-at[20]-9*period.Seconds()) > 1e-6 {
		t.Errorf("the story was at %v", at)
	}
	if k.live.number != 30 {
		t.Errorf("%d frames", k.live.number)
	}
	runScript(t, func(_ *kiosk, _ *script, frame int) []window.Event {
		return []window.Event{{Kind: window.CloseAsked}}
	})
}

// Where each look at the clock costs more than a frame may take, the picture gets smaller
// until it cannot, and keeps filling the window; told to be fixed it stays.
func TestKioskKeepsItsBudget(t *testing.T) {
	for _, fixed := range []bool{false, true} {
		k := runScript(t, func(k *kiosk, w *script, frame int) []window.Event {
			if frame == 0 {
				k.fixed = fixed
				now := k.wall.now
				late := time.Duration(0)
				k.wall.now = func() time.Time { late += 3 * period; return now().Add(late) }
			}
			if frame == 60 {
				return []window.Event{escape}
			}
			return nil
		})
		want := scene.Size{Width: 80, Height: 45}
		if fixed {
			want = scene.Size{Width: 160, Height: 90}
		}
		if k.live.size != want {
			t.Errorf("fixed %t: late frames are %s, want %s", fixed, k.live.size, want)
		}
		if w, h := k.window.Size(); w != 160 || h != 90 {
			t.Errorf("the window became %d×%d", w, h)
		}
	}
}

// TestKioskIsLedByHand drags, zooms, pans and gives the camera back.
func TestKioskIsLedByHand(t *testing.T) {
	var orbit, zoom, pan scene.Pose
	k := runScript(t, func(k *kiosk, w *script, frame int) []window.Event {
		switch frame {
		case 5: // a click alone leaves the story's camera
			return []window.Event{mouse(window.MouseDown, 0, 80, 45), mouse(window.MouseUp, 0, 80, 45)}
		case 6:
			if k.led {
				t.Error("a click took the camera")
			}
			return []window.Event{mouse(window.MouseDown, 0, 80, 45), mouse(window.MouseMove, 0, 90, 45)}
		case 7:
			if !k.led || k.control.motion != circling {
				t.Error("a drag did not take the camera")
			}
			return []window.Event{mouse(window.MouseUp, 0, 90, 45)}
		case 60: // what was left of the movement has run out
			orbit = k.control.pose
			return []window.Event{{Kind: window.Scroll, DY: 3}}
		case 100:
			zoom = k.control.pose
			return []window.Event{mouse(window.MouseDown, 1, 80, 60), mouse(window.MouseMove, 0, 95, 60), mouse(window.MouseUp, 1, 95, 60)}
		case 140:
			pan = k.control.pose
			w.width, w.height = 200, 100
			return []window.Event{{Kind: window.Resize, Width: 200, Height: 100}}
		case 141:
			if k.live.size != (scene.Size{Width: 200, Height: 100}) {
				t.Errorf("the picture is %v", k.live.size)
			}
			w.width, w.height = 0, 0 // out of sight
		case 143:
			w.width, w.height = 200, 100
			return []window.Event{letter}
		case 146:
			return []window.Event{escape, escape} // the first ends what the click has selected
		}
		return nil
	})
	if k.led {
		t.Error("R did not give the camera back")
	}
	if a, b := orbit.Eye.Sub(dot.ECEF()).Len(), zoom.Eye.Sub(dot.ECEF()).Len(); !(b < 0.8*a) {
		t.Errorf("the wheel went from %v m to %v m", a, b)
	}
	if d := pan.Eye.Sub(zoom.Eye).Len(); d < 1 {
		t.Errorf("panned by %v m", d)
	}
	if now := k.live.player.Doc.At(k.live.at).Camera.Pose(nil).Eye; now.Sub(k.control.pose.Eye).Len() > 1e-3 {
		t.Error("the camera is not the story's")
	}
}

func TestKioskWithoutDisplay(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	err := Kiosk(t.Context(), dotPlayer(t), KioskOptions{Windowed: true})
	if err == nil || !strings.Contains(err.Error(), "DISPLAY") && !strings.Contains(err.Error(), "headless") {
		t.Errorf("got %v", err)
	}
}
