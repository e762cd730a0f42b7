package stage

import (
	"slices"

	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/scene"
)

// push is an axis that a key moves, and which way.
type push struct {
	axis axis
	by   float64
}

// pushes are the keys that move the camera while they are held.
var pushes = map[string]push{
	"w": {along, 1}, "s": {along, -1}, "a": {aside, -1}, "d": {aside, 1},
	"up": {along, 1}, "down": {along, -1}, "left": {aside, -1}, "right": {aside, 1},
	"e": {rise, 1}, "q": {rise, -1}, "pageup": {rise, 1}, "pagedown": {rise, -1},
	"+": {near, 1}, "=": {near, 1}, "-": {near, -1},
}

// turned are the axes of keys that look round instead: with Shift, and flying the arrows.
var turned = map[axis]axis{along: tilt, aside: turn}

// keyUp lets a key go.
func (k *kiosk) keyUp(name string) {
	if i := slices.Index(k.down, name); i >= 0 {
		k.down = slices.Delete(k.down, i, i+1)
		k.steer()
	}
}

// steer moves the camera by the keys that are held; the first of them takes it from the story.
func (k *kiosk) steer() {
	shift := slices.Contains(k.down, "shift")
	var want [axes]float64
	for _, name := range k.down {
		p, ok := pushes[name]
		if !ok {
			continue
		}
		arrow := len(name) > 1
		if to, ok := turned[p.axis]; ok && (k.control.way == flying && arrow || k.control.way != flying && shift) {
			p.axis = to
		}
		want[p.axis] += p.by
	}
	for a := range want {
		want[a] = min(max(want[a], -1), 1)
	}
	if want != [axes]float64{} && !k.lead() {
		return
	}
	k.control.steer(want, shift)
}

// key does what a key asks for.
func (k *kiosk) key(e window.Event) {
	if _, moves := pushes[e.Key]; moves || e.Key == "shift" {
		if !slices.Contains(k.down, e.Key) {
			k.down = append(k.down, e.Key)
			k.steer()
		}
		return
	}
	switch e.Key {
	case "escape":
		selected, windows := k.live.pointing.clear(), k.live.player.links.clearWindows()
		k.over = !selected && !windows && !k.ascend()
	case "backspace":
		k.ascend()
	case "space":
		k.clock.toggle(k.wall.now())
	case "r", "home":
		k.led, k.held, k.flight = false, none, nil
		k.let()
		k.control.take(k.control.pose)
	case "c":
		if k.control.way != unled {
			k.control.way = k.control.way.after()
			k.control.stop()
			k.steer()
			k.help.notice(k.control.way, k.wall.now())
		}
	case "f1", "?":
		k.help.toggle()
	case "/":
		if e.Mods&window.Shift != 0 {
			k.help.toggle()
		}
	case ",":
		k.seek(k.live.at.Sub(seekStep))
	case ".":
		k.seek(k.live.at.Add(seekStep))
	case "[":
		k.seek(markBefore(k.live.player.Doc.Story, k.live.at))
	case "]":
		k.seek(markAfter(k.live.player.Doc.Story, k.live.at))
	}
}

var (
	seekStep = scene.Seconds(1)
	// seekBack is how long after a mark one step back goes to the mark before it: playing goes on
	// from the mark meanwhile.
	seekBack = scene.Fraction(1, 2)
)

// seek goes to a story time, within the story.
func (k *kiosk) seek(t scene.Time) {
	k.clock.seek(t, k.wall.now())
}

// marks are the times of a story that seeking stops at: its chapters, or without any its keyframes.
func marks(s scene.Story) []scene.Time {
	out := []scene.Time{{}}
	for _, c := range s.Chapters {
		out = append(out, c.From)
	}
	if len(s.Chapters) == 0 {
		for _, f := range s.Keyframes {
			out = append(out, f.At)
		}
	}
	slices.SortFunc(out, scene.Time.Cmp)
	return out
}

// markBefore is the last mark before a time, or where that is just behind one, the one before it.
func markBefore(s scene.Story, t scene.Time) (out scene.Time) {
	for _, m := range marks(s) {
		if m.Add(seekBack).Before(t) {
			out = m
		}
	}
	return out
}

// markAfter is the first mark after a time; after the last one the time stays.
func markAfter(s scene.Story, t scene.Time) scene.Time {
	for _, m := range marks(s) {
		if t.Before(m) {
			return m
		}
	}
	return t
}
