package stage

import (
	"math"
	"testing"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/window"
)

// slidPlayer plays twelve shops, one opened a day, of which bars count the districts, beside a panel.
func slidPlayer(t *testing.T, panel, story string) *Player {
	t.Helper()
	text := "lng,lat,name,opened\n"
	for i := range 12 {
		text += "10.00" + string("0123456789"[i%10]) + ",10.01," + string("AB"[i%2]) + ",2026-01-" + []string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"}[i] + "T00:00:00Z\n"
	}
	return openPlayer(t, `longtake: 1
sources: { shops: { type: table, path: shops.csv } }
layers:
  - { id: shops, type: point, source: shops, size: 9, time: { field: opened, speed: 1d, fade: 0s } }
  - { id: still, type: point, source: shops, size: 7 }
  - { id: p, `+panel+` }
camera: { lng: 10.01, lat: 10, height: 4000, heading: 0, pitch: -90 }
environment: { time: 2026-06-21T12:00:00Z }
`+story, map[string]string{"shops.csv": text})
}

// holds is a place of the picture where a part acts as it should, in pixels of a window of 160 × 90.
func holds(t *testing.T, p *Player, is func(drawable.Act) bool) (x, y float64) {
	t.Helper()
	for _, one := range p.gallery.placed {
		for y := 1.0; y < one.box.H; y += 3 {
			for x := 1.0; x < one.box.W; x++ {
				at := [2]float64{x, y}
				if _, part := p.gallery.find(one.box.X+x, one.box.Y+y); part != nil && part.Acts != nil && is(part.Acts(at, at)) {
					return (one.box.X + x) / 12, (one.box.Y + y) / 12
				}
			}
		}
	}
	t.Fatal("nothing acts so")
	return 0, 0
}

const twelveSeconds = "story: { duration: 12s }"

// A drag over the line of time seeks in the story, which stands meanwhile: the rows of data follow.
// The button stops and goes on. The camera stays the story's.
func TestSliderScrubs(t *testing.T) {
	for _, panel := range []string{"type: time-slider, anchor: center, zoom: 1.8", "type: time-slider, show: data, for: shops, anchor: center, zoom: 1.8"} {
		p := slidPlayer(t, panel, twelveSeconds)
		seek := func(seconds float64) (x, y float64) {
			return holds(t, p, func(a drawable.Act) bool {
				return a.Kind == drawable.Seek && math.Abs(a.Time-seconds) < 0.03
			})
		}
		var x, y float64
		runScriptOf(t, p, func(k *kiosk, _ *script, frame int) []window.Event {
			switch frame {
			case 2:
				x, y = seek(3.5)
				return []window.Event{mouse(window.MouseDown, 0, x, y)}
			case 6:
				if at := k.live.at.Seconds(); math.Abs(at-3.5) > 0.1 || !k.clock.stopped {
					t.Errorf("pressed at 3.5 s: at %v s, stopped %v", at, k.clock.stopped)
				}
				if n := dots(frameAt(t, p, k.live.at.Seconds())); n[9] != 4 {
					t.Errorf("%d shops on the fourth day", n[9])
				}
				x, y = seek(8)
				return []window.Event{mouse(window.MouseMove, 0, x, y)}
			case 10:
				if at := k.live.at.Seconds(); math.Abs(at-8) > 0.2 {
					t.Errorf("dragged to 8 s: at %v s", at)
				}
				return []window.Event{mouse(window.MouseUp, 0, x, y)}
			case 12:
				if k.clock.stopped || k.led || k.live.at.Seconds() < 7.9 {
					t.Errorf("let go: stopped %v, led %v, at %v s", k.clock.stopped, k.led, k.live.at)
				}
				x, y = holds(t, p, func(a drawable.Act) bool { return a.Kind == drawable.Toggle })
				return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseMove, 0, x+1, y), mouse(window.MouseUp, 0, x+1, y)}
			case 14:
				if !k.clock.stopped {
					t.Error("the button does not stop the story")
				}
				return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseUp, 0, x, y)}
			case 16:
				if k.clock.stopped {
					t.Error("the button does not let it go on")
				}
				return []window.Event{escape}
			}
			return nil
		})
	}
}

const windowed = "type: time-slider, show: window, source: shops, field: opened, anchor: center, zoom: 1.8"

// A window of a field filters all layers that have it; it is dragged, taken away, and ended by Esc.
func TestSliderFilters(t *testing.T) {
	p := slidPlayer(t, windowed, "")
	at := func(day float64) (x, y float64) {
		first := 1767225600.0 // 2026-01-01
		px, py := holds(t, p, func(a drawable.Act) bool { return a.Kind == drawable.Window })
		_ = px
		for _, one := range p.gallery.placed {
			for x := 1.0; x < one.box.W; x++ {
				from := [2]float64{one.box.W * 0.4, py*12 - one.box.Y}
				_, part := p.gallery.find(one.box.X+from[0], py*12)
				if a := part.Acts(from, [2]float64{x, from[1]}); math.Abs(a.To-(first+86400*day)) < 4000 && x > from[0] || math.Abs(a.From-(first+86400*day)) < 4000 && x < from[0] {
					return (one.box.X + x) / 12, py
				}
			}
		}
		t.Fatalf("no day %v", day)
		return 0, 0
	}
	shops := func() int { return dots(frameAt(t, p, 0))[7] }
	var x, y, x2, y2 float64
	runScriptOf(t, p, func(k *kiosk, _ *script, frame int) []window.Event {
		switch frame {
		case 2:
			x, y = at(1.5)
			x2, y2 = at(7.5)
			return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseMove, 0, x2, y2), mouse(window.MouseUp, 0, x2, y2)}
		case 6:
			if n := shops(); n != 6 {
				t.Errorf("%d shops from the third to the eighth day", n)
			}
			// Pressed beside it, it goes.
			return []window.Event{mouse(window.MouseDown, 0, x2+8, y2), mouse(window.MouseUp, 0, x2+8, y2)}
		case 10:
			if n := shops(); n != 12 {
				t.Errorf("%d shops of all", n)
			}
			return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseMove, 0, x2, y2), mouse(window.MouseUp, 0, x2, y2)}
		case 14:
			if n := shops(); n != 6 {
				t.Errorf("%d shops again", n)
			}
			return []window.Event{escape}
		case 16:
			if n := shops(); n != 12 || k.over || k.led {
				t.Errorf("Esc left %d shops, over %v, led %v", n, k.over, k.led)
			}
			return []window.Event{escape}
		}
		return nil
	})
}

// A story sets the window, by its property or the selection, and moves it in between: the same at
// any time asked in any order.
func TestStorySetsTheWindow(t *testing.T) {
	p := slidPlayer(t, windowed+", window: [2026-01-01, 2026-01-02]", `story: { chapters: [
  { id: a, from: 1s, set: { p.window: [2026-01-05, 2026-01-10] }, transition: 4s },
  { id: b, from: 8s, set: { p.window: null } },
  { id: c, from: 9s, set: { selection: { filter: { opened: { min: 1767225600, max: 1767484800 } } } } } ] }`)
	for _, c := range []struct {
		at   float64
		want int
	}{{9.5, 4}, {0, 2}, {3, 4}, {6, 6}, {8.5, 12}, {0.5, 2}} {
		f := frameAt(t, p, c.at)
		if n := dots(f)[7]; n != c.want {
			t.Errorf("at %v s: %d shops, want %d", c.at, n, c.want)
		}
		_, _, ok := p.links.window("opened")
		if ok != (c.at < 8 || c.at > 9) {
			t.Errorf("at %v s the panel shows a window: %v", c.at, ok)
		}
	}
}

// A click on an entry hides its layers and shows them again, whatever the story says.
func TestLayersAreSwitched(t *testing.T) {
	p := slidPlayer(t, "type: layer-switcher, anchor: center, zoom: 1.8, layers: [still, { label: Both, layers: [shops, still] }]", "")
	if p.layers[2].base.Props == nil {
		t.Fatal("no switcher")
	}
	var x, y float64
	runScriptOf(t, p, func(k *kiosk, _ *script, frame int) []window.Event {
		switch frame {
		case 2:
			x, y = holds(t, p, func(a drawable.Act) bool { return a.Kind == drawable.Show && len(a.Layers) == 1 && !a.Visible })
			return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseUp, 0, x, y)}
		case 6:
			if n := dots(frameAt(t, p, 3)); n[7] != 0 || n[9] == 0 {
				t.Errorf("still is hidden, shops not: %v", n)
			}
			return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseUp, 0, x, y)}
		case 10:
			if n := dots(frameAt(t, p, 3)); n[7] != 12 {
				t.Errorf("still is shown: %v", n)
			}
			x, y = holds(t, p, func(a drawable.Act) bool { return a.Kind == drawable.Show && len(a.Layers) == 2 && !a.Visible })
			return []window.Event{mouse(window.MouseDown, 0, x, y), mouse(window.MouseUp, 0, x, y)}
		case 14:
			if n := dots(frameAt(t, p, 3)); n[7] != 0 || n[9] != 0 {
				t.Errorf("both are hidden: %v", n)
			}
			if k.led || p.links.click.Filter != nil {
				t.Error("a click on a switch is one on the picture")
			}
			return []window.Event{escape}
		}
		return nil
	})
}
