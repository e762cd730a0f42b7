package stage

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"time"

	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/pipeline/window/touch"
	"github.com/longtake/longtake/scene"
)

// KioskOptions say how a story is shown on a screen. The zero value is the whole primary
// screen at its resolution, at quality low.
type KioskOptions struct {
	Windowed bool       // a window instead of the whole screen
	Size     scene.Size // of the window (zero: the document's), or of the picture that is stretched to the screen (zero: the screen's)
	Rate     scene.Rate // frames a second at most; zero = 60
	Quality  string     // "" = low
	Once     bool       // stays at the story's end instead of playing it in a loop
	Stats    bool       // the picture tells frames a second, sizes and passes
	Controls string     // orbit, globe, fly or none: how the camera is led; "" = the document's
	Touch    string     // device of a touch screen that shows the picture, such as /dev/input/event5; "" = none
	Fixed    bool       // keeps size and rate whatever a frame costs; see steady
	// Told is told what the document hands to the host (events.*.data, events.loaded); nil = nobody.
	Told func(Happening)

	wall *wall                                       // nil = the system's
	open func(window.Options) (window.Window, error) // nil = window.Open
}

// Kiosk plays the story on a screen on wall time until ctx ends or the user ends it,
// which is no error. Windows belong to the main OS thread: it must be called from there,
// locked. See docs/live.md for keys and mouse.
func Kiosk(ctx context.Context, p *Player, o KioskOptions) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if o.Quality == "" {
		o.Quality = "low"
	}
	q, err := tier(o.Quality)
	if err != nil {
		return err
	}
	if o.Controls == "" {
		o.Controls = p.Doc.Output.Controls
	}
	if _, known := helpLines[handling(o.Controls)]; !known {
		return fmt.Errorf("controls %q: orbit, globe, fly and none are allowed", o.Controls)
	}
	if (o.Rate == scene.Rate{}) {
		o.Rate = scene.Rate{Num: 60, Den: 1}
	}
	if o.wall == nil {
		w := systemWall()
		o.wall = &w
	}
	if o.open == nil {
		o.open = window.Open
	}
	follow := o.Windowed || o.Size == scene.Size{}
	if o.Windowed && (o.Size == scene.Size{}) {
		o.Size = p.Doc.Output.Size
	}
	title := "longtake"
	if p.Doc.Name != "" {
		title = p.Doc.Name + " · longtake"
	}
	open := func() (window.Window, error) {
		return o.open(window.Options{Title: title, Width: o.Size.Width, Height: o.Size.Height, FullScreen: !o.Windowed})
	}
	win, err := open()
	if err != nil {
		return err
	}
	size := o.Size
	if follow {
		size.Width, size.Height = win.Size()
	}
	l, err := newLive(p, win, scene.Size{Width: max(size.Width, 1), Height: max(size.Height, 1)}, q, o.Stats)
	if err != nil {
		win.Release()
		return err
	}
	defer func() { l.surface.Release() }() // another window after a reset
	defer l.close()
	if l.pointing, err = newPointing(p, l.renderer); err != nil {
		return err
	}
	l.pointing.tells = o.Told
	k := &kiosk{live: l, window: win, open: open, wall: *o.wall, follow: follow, held: none, control: control{ground: p.Ground, way: handling(o.Controls)}}
	if o.Touch != "" {
		if o.Windowed {
			return errors.New("a touch screen leads the whole screen only, not a window")
		}
		screen, err := touch.Open(o.Touch)
		if err != nil {
			return err
		}
		defer func() { _ = screen.Close() }()
		k.touches = func() []touch.Frame {
			if screen.Gone() {
				p.out.add("touch screen "+o.Touch, "unplugged; it is read again when it is back", "")
			}
			return screen.Poll()
		}
	}
	l.pointing.drill = k.drill
	k.clock = storyClock{length: p.Doc.Story.Length(), once: o.Once}
	k.steady.period = time.Duration(o.Rate.Time(1).Seconds() * float64(time.Second))
	k.size, k.fixed = l.size, o.Fixed
	return k.run(ctx)
}

// kiosk is one run of Kiosk.
type kiosk struct {
	live    *live
	window  window.Window
	open    func() (window.Window, error) // the same again
	wall    wall
	clock   storyClock
	control control
	steady  steady
	fixed   bool
	size    scene.Size // of the whole picture, where it does not follow the window's
	follow  bool       // the picture has the window's size
	led     bool       // the camera is led by hand
	flight  *passage   // into a feature or out of it; nil = none
	over    bool       // the user has ended it

	held    int        // button that is down
	taken   bool       // it has taken hold of something
	pointer [2]float64 // pixels of the picture
	pressed [2]float64 // pixels of the window, where the button went down
	down    []string   // keys that are held and move the camera
	help    keyHelp
	touches func() []touch.Frame // nil = no touch screen
	fingers fingers
	grasp   *grasp // of a panel's part; nil = none is held
}

// dragLeast is the movement, in pixels of the window, from which a click is a drag.
const dragLeast = 4.0

// none is no mouse button.
const none = -1

// run shows frames, at most one a period, until the end.
func (k *kiosk) run(ctx context.Context) error {
	last := k.wall.now()
	due := last
	k.clock.start(last)
	for ctx.Err() == nil {
		for _, e := range k.window.Poll() {
			k.handle(e)
		}
		if k.touches != nil {
			for _, f := range k.touches() {
				k.touched(f)
			}
		}
		if k.over {
			return nil
		}
		now := k.wall.now()
		if k.led {
			k.control.update(now.Sub(last).Seconds())
		}
		last = now
		err := k.show(ctx, now)
		if k.window.Lost() {
			err = k.reopen(ctx)
		}
		if err != nil {
			return unlessEnded(ctx, err)
		}
		// A frame that came late moves the ones after it, rather than have them hurry.
		now = k.wall.now()
		if due = due.Add(k.steady.budget()); due.Before(now) {
			due = now
		} else if wait := due.Sub(now); wait > 0 {
			k.wall.sleep(ctx, wait)
		}
	}
	return nil
}

// reopen goes on in a new window after the GPU was reset. Keys and buttons that were held are not
// let go in it.
func (k *kiosk) reopen(ctx context.Context) error {
	k.held, k.down = none, k.down[:0]
	k.let()
	k.control.stop()
	k.control.steer([axes]float64{}, false)
	return k.live.renew(ctx, k.wall, func() (surface.Surface, error) {
		w, err := k.open()
		if err == nil {
			k.window = w
		}
		return w, err
	})
}

// show draws and presents the frame of a wall time.
func (k *kiosk) show(ctx context.Context, now time.Time) error {
	width, height := k.window.Size()
	if width < 1 || height < 1 {
		return nil // out of sight
	}
	if k.follow {
		k.size = scene.Size{Width: width, Height: height}
	}
	if err := k.live.resize(scaled(k.size, k.steady.scale())); err != nil {
		return err
	}
	k.control.width, k.control.height = k.live.size.Width, k.live.size.Height
	var camera *scene.Camera
	if camera = k.flown(now); k.led {
		c := scene.FromPose(k.control.pose)
		camera = &c
	}
	k.live.pointing.rest(now)
	k.live.player.stopped = k.clock.stopped
	k.live.above = k.help.draws(k.live.player.screen.fonts, k.control.way, now, Shot{Width: k.live.size.Width, Height: k.live.size.Height})
	began := k.wall.now()
	f, err := k.live.draw(ctx, k.clock.at(now), camera)
	if err != nil {
		return err
	}
	if err := k.live.pointing.begin(k.live.size); err != nil {
		return err
	}
	if tell := k.live.pointing.tells; tell != nil {
		k.live.player.loaded(tell)
	}
	k.live.renderer.Finish() // what follows waits for the screen
	if k.live.number > 1 {   // the first frame waits for its tiles
		span := k.wall.now().Sub(began)
		k.live.took(span)
		if !k.fixed {
			k.steady.took(span)
		}
	}
	if !k.led {
		k.control.pose = scene.Pose{Eye: f.View.Eye, Right: f.View.Right, Up: f.View.Up, Forward: f.View.Forward, FovY: f.View.FovY}
	}
	if err := k.live.renderer.Present(); err != nil {
		return fmt.Errorf("show the picture: %w", err)
	}
	return nil
}

// handle does what an event asks for.
func (k *kiosk) handle(e window.Event) {
	switch e.Kind {
	case window.CloseAsked:
		k.over = true
	case window.KeyDown:
		k.key(e)
	case window.KeyUp:
		k.keyUp(e.Key)
	case window.MouseDown:
		if k.held == none {
			k.held, k.taken, k.pressed = e.Button, false, [2]float64{e.X, e.Y}
			k.pointer = k.picture(e.X, e.Y)
			k.control.stop()
			k.taken = (e.Button == 0 || e.Button == finger) && k.grip(k.share(e.X, e.Y))
		}
	case window.MouseUp:
		if e.Button == k.held {
			k.held = none
			k.control.release()
			k.let()
			if at := k.share(e.X, e.Y); (e.Button == 0 || e.Button == finger) && !k.taken {
				k.live.pointing.choose(at[0], at[1], k.wall.now())
			}
		}
	case window.MouseMove:
		if k.held != none && !k.taken && math.Hypot(e.X-k.pressed[0], e.Y-k.pressed[1]) < dragLeast {
			return
		}
		at := k.picture(e.X, e.Y)
		if k.grasp != nil {
			k.slide(k.share(e.X, e.Y))
		} else if k.held != none {
			k.hold()
			k.control.move(at[0]-k.pointer[0], at[1]-k.pointer[1])
			k.live.pointing.leave()
		} else {
			at := k.share(e.X, e.Y)
			k.live.pointing.move(at[0], at[1], k.wall.now())
		}
		k.pointer = at
	case window.Scroll:
		switch {
		case !k.lead():
		case k.control.way == flying:
			k.control.hasten(e.DY)
		default:
			k.control.zoom(k.pointer[0], k.pointer[1], e.DY)
		}
	}
}

// hold takes hold of what is under the pointer, once for each drag.
func (k *kiosk) hold() {
	if k.taken {
		return
	}
	k.taken = true
	if !k.lead() {
		return
	}
	if way := k.control.way; way == flying || k.held != finger && (k.held == 0) == (way == orbiting) {
		k.control.orbit(k.pointer[0], k.pointer[1])
	} else {
		k.control.pan(k.pointer[0], k.pointer[1])
	}
}

// lead takes the camera from the story, where it may be.
func (k *kiosk) lead() bool {
	if !k.led && k.control.way != unled {
		k.led, k.flight = true, nil
		k.control.take(k.control.pose)
	}
	return k.led
}

// picture turns pixels of the window into pixels of the picture.
func (k *kiosk) picture(x, y float64) [2]float64 {
	at := k.share(x, y)
	return [2]float64{at[0] * float64(k.live.size.Width), at[1] * float64(k.live.size.Height)}
}

// share turns pixels of the window into shares of it.
func (k *kiosk) share(x, y float64) [2]float64 {
	w, h := k.window.Size()
	return [2]float64{x / float64(max(w, 1)), y / float64(max(h, 1))}
}
