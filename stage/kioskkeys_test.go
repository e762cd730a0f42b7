package stage

import (
	"slices"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/scene"
)

func pressed(key string) window.Event  { return window.Event{Kind: window.KeyDown, Key: key} }
func released(key string) window.Event { return window.Event{Kind: window.KeyUp, Key: key} }

// Keys take the camera, move it while they are held and softly end; C changes how, Home gives
// the camera back.
func TestKioskIsLedByKeys(t *testing.T) {
	var start, held, turned scene.Pose
	runScript(t, func(k *kiosk, _ *script, frame int) []window.Event {
		switch frame {
		case 4:
			start = k.control.pose
			return []window.Event{pressed("w"), pressed("w")} // the second is the keyboard's repetition
		case 14:
			if held = k.control.pose; !k.led || held.Eye.Sub(start.Eye).Len() < 1 {
				t.Errorf("led: %v, moved %v m", k.led, held.Eye.Sub(start.Eye).Len())
			}
			return []window.Event{released("w")}
		case 60:
			if k.control.keys.steered() {
				t.Error("it does not come to rest")
			}
			start = k.control.pose
			return []window.Event{pressed("shift"), pressed("left")}
		case 70:
			if turned = k.control.pose; turned.Forward.Sub(start.Forward).Len() < 0.05 {
				t.Error("Shift does not turn")
			}
			return []window.Event{released("left"), released("shift"), pressed("c"), pressed("c")}
		case 74:
			if k.control.way != flying {
				t.Errorf("C chose %s", k.control.way)
			}
			return []window.Event{pressed("home")}
		case 78:
			if k.led {
				t.Error("Home did not give the camera back")
			}
			k.control.way = unled
			return []window.Event{pressed("w"), {Kind: window.Scroll, DY: 1}, mouse(window.MouseDown, 0, 80, 45), mouse(window.MouseMove, 0, 110, 45), mouse(window.MouseUp, 0, 110, 45), pressed("c")}
		case 82:
			if k.led || k.control.way != unled {
				t.Error("a camera that is nobody's was taken")
			}
			return []window.Event{escape, escape}
		}
		return nil
	})
}

// Keys seek in the story: seconds and chapters, never out of it, stopped or playing.
func TestKioskSeeks(t *testing.T) {
	p := dotPlayer(t)
	p.Doc.Story.Duration = scene.Seconds(30)
	p.Doc.Story.Chapters = []scene.Chapter{{ID: "a", From: scene.Seconds(0)}, {ID: "b", From: scene.Seconds(10)}, {ID: "c", From: scene.Seconds(20)}}
	near := func(k *kiosk, want float64, what string) {
		t.Helper()
		if got := k.live.at.Seconds(); got < want-1e-6 || got > want+4*period.Seconds() {
			t.Errorf("%s: at %v s, want %v s", what, got, want)
		}
	}
	runScriptOf(t, p, func(k *kiosk, _ *script, frame int) []window.Event {
		switch frame {
		case 2:
			return []window.Event{pressed("]")}
		case 4:
			near(k, 10, "the next chapter")
			return []window.Event{pressed("]")}
		case 6:
			near(k, 20, "the one after")
			return []window.Event{pressed("[")} // just behind its begin
		case 8:
			near(k, 10, "the chapter before")
			return []window.Event{space, pressed(".")}
		case 10:
			near(k, 11, "a second on")
			return []window.Event{pressed(","), space}
		case 11:
			return []window.Event{pressed("["), pressed("[")}
		case 13:
			near(k, 0, "the begin")
			return []window.Event{pressed(",")}
		case 15:
			near(k, 0, "before the begin")
			k.clock.seek(scene.Seconds(99), k.wall.now())
		case 16:
			if got := k.live.at.Seconds(); got < 29.9 && got > 0.2 {
				t.Errorf("beyond the end: at %v s", got)
			}
			return []window.Event{escape}
		}
		return nil
	})
}

// F1 lists the keys over the picture, until it is pressed again; a control that is chosen is
// named for a moment.
func TestKioskTellsItsKeys(t *testing.T) {
	runScript(t, func(k *kiosk, _ *script, frame int) []window.Event {
		pane := func() *drawable.Image {
			if len(k.live.above) == 0 {
				return nil
			}
			return k.live.above[0].What.(*drawable.Sheet).Image
		}
		switch frame {
		case 2:
			if pane() != nil {
				t.Error("a pane from the begin on")
			}
			return []window.Event{pressed("f1")}
		case 4:
			if i := pane(); i == nil || i.Height < 40 {
				t.Fatal("no list of keys")
			}
			return []window.Event{pressed("f1"), pressed("c")}
		case 6:
			if i := pane(); i == nil || i.Height > 20 {
				t.Error("the control is not named")
			}
		case 60:
			if pane() != nil {
				t.Error("the name stays")
			}
			return []window.Event{escape}
		}
		return nil
	})
}

// The list of keys has none that do nothing: without a control nobody leads the camera.
func TestHelpIsOfTheKeysThatThereAre(t *testing.T) {
	for way, want := range map[handling]bool{orbiting: true, flying: true, unled: false} {
		for _, key := range []string{"C", "R, Home"} {
			if got := slices.ContainsFunc(helpOf(way), func(l [2]string) bool { return l[0] == key }); got != want {
				t.Errorf("%s: %s is listed: %v", way, key, got)
			}
		}
	}
}
