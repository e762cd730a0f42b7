package stage

import (
	"math"
	"time"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/pipeline/window/touch"
)

// finger is the button that one finger on a touch screen stands for: a drag pulls the ground along.
const finger = 3

// fingers are those that touch the screen. One is a pointer that drags; two hold the ground
// between them: it stays there as they move, part and turn, or tilt it by moving up and down side
// by side.
type fingers struct {
	ids     []int
	at      [2][2]float64 // pixels of the picture
	began   [2][2]float64
	when    time.Duration // of the last frame, of the device's clock
	what    gesture
	held    bool    // ground is held between them
	parting float64 // logarithm of the distance between them, a second
}

type gesture uint8

const (
	undecided gesture = iota
	pinching
	tilting
)

// pinchLeast is the movement, as a share of the picture's height, from which two fingers mean something.
const pinchLeast = 0.012

// touched does what the fingers of a frame ask for.
func (k *kiosk) touched(f touch.Frame) {
	w, h := k.window.Size()
	t := &k.fingers
	at := func(i int) (x, y float64) { return f.Fingers[i].X * float64(w), f.Fingers[i].Y * float64(h) }
	same := len(f.Fingers) == len(t.ids)
	for i := range min(len(f.Fingers), len(t.ids)) {
		same = same && f.Fingers[i].ID == t.ids[i]
	}
	switch {
	case same && len(t.ids) == 1:
		x, y := at(0)
		k.handle(window.Event{Kind: window.MouseMove, X: x, Y: y})
		t.at[0] = [2]float64{x, y}
	case same && len(t.ids) == 2:
		k.pinch(f)
	case !same:
		k.lift(len(f.Fingers) == 0)
		t.ids = t.ids[:0]
		for _, one := range f.Fingers {
			t.ids = append(t.ids, one.ID)
		}
		switch len(t.ids) {
		case 1:
			x, y := at(0)
			t.at[0] = [2]float64{x, y}
			k.handle(window.Event{Kind: window.MouseDown, Button: finger, X: x, Y: y})
		case 2:
			for i := range 2 {
				x, y := at(i)
				t.at[i] = k.picture(x, y)
			}
			t.began, t.what, t.held, t.parting = t.at, undecided, false, 0
		}
	}
	t.when = f.At
}

// lift ends what the fingers before did: all have gone, or others have come.
func (k *kiosk) lift(all bool) {
	t := &k.fingers
	switch len(t.ids) {
	case 1:
		e := window.Event{Kind: window.MouseUp, Button: finger, X: t.at[0][0], Y: t.at[0][1]}
		if !all { // a finger that another joins is no tap
			k.taken = true
		}
		k.handle(e)
		if !all {
			k.control.stop()
		}
	case 2:
		if t.held {
			c := &k.control
			c.focus, c.nearing = c.grabbed, mgl64.Clamp(t.parting*zoomGlide, -1, 1)
			c.stop()
		}
		t.held = false
	}
}

// pinch follows two fingers.
func (k *kiosk) pinch(f touch.Frame) {
	t, c := &k.fingers, &k.control
	before := t.at
	w, h := k.window.Size()
	for i := range 2 {
		t.at[i] = k.picture(f.Fingers[i].X*float64(w), f.Fingers[i].Y*float64(h))
	}
	if t.what == undecided && !k.decide() {
		t.at = before // what it comes to is done from where they were
		return
	}
	if !k.lead() {
		return
	}
	a, b := middleOf(before), middleOf(t.at)
	if t.what == tilting {
		c.pivot = c.pose.Eye
		if p, ok := c.under(float64(c.width)/2, float64(c.height)/2); ok && c.way != flying {
			c.pivot = p
		}
		c.circle(0, b[1]-a[1])
		c.lift()
		return
	}
	if !t.held {
		if c.pan(a[0], a[1]); c.motion != dragging {
			return // there is sky between them
		}
		t.held = true
		c.nearing = 0
	}
	c.drag(b[0]-a[0], b[1]-a[1])
	was, is := apart(before), apart(t.at)
	step := math.Log(math.Max(is[0], 1) / math.Max(was[0], 1))
	c.focus = c.grabbed
	c.nears(step)
	c.turn(mgl64.QuatRotate(math.Remainder(is[1]-was[1], 2*math.Pi), earth.FromECEF(c.grabbed).Up()), c.grabbed)
	c.lift()
	c.cursor = b
	if dt := (f.At - t.when).Seconds(); dt > 0 {
		keep := math.Exp(-dt / measure)
		t.parting = t.parting*keep + step/dt*(1-keep)
	}
}

// decide tells whether the fingers have moved far enough to mean something, and what.
func (k *kiosk) decide() bool {
	t := &k.fingers
	var moved [2][2]float64
	for i := range 2 {
		moved[i] = [2]float64{t.at[i][0] - t.began[i][0], t.at[i][1] - t.began[i][1]}
	}
	least := pinchLeast * float64(k.control.height)
	up := math.Min(math.Abs(moved[0][1]), math.Abs(moved[1][1]))
	if math.Max(math.Hypot(moved[0][0], moved[0][1]), math.Hypot(moved[1][0], moved[1][1])) < least {
		return false
	}
	t.what = pinching
	// Side by side, up or down together, and by like ways: everything else is a pinch.
	aside := math.Max(math.Abs(moved[0][0]), math.Abs(moved[1][0]))
	level := math.Abs(t.began[0][1]-t.began[1][1]) < math.Abs(t.began[0][0]-t.began[1][0])
	if moved[0][1]*moved[1][1] > 0 && up > 2*aside && up > 0.5*math.Max(math.Abs(moved[0][1]), math.Abs(moved[1][1])) && level {
		t.what = tilting
	}
	return true
}

func middleOf(p [2][2]float64) [2]float64 {
	return [2]float64{(p[0][0] + p[1][0]) / 2, (p[0][1] + p[1][1]) / 2}
}

// apart is the way from the first finger to the second: its length, and its direction
// clockwise.
func apart(p [2][2]float64) [2]float64 {
	dx, dy := p[1][0]-p[0][0], p[1][1]-p[0][1]
	return [2]float64{math.Hypot(dx, dy), math.Atan2(dy, dx)}
}
