//go:build linux && !headless

package window

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/go-gl/gl/v4.5-core/gl"
	"github.com/go-gl/glfw/v3.3/glfw"

	"github.com/longtake/longtake/pipeline/surface"
)

type window struct {
	w      *glfw.Window
	info   surface.Info
	events []Event
	out    []Event
	cursor *[2]float64 // where the last event of the pointer was; nil before one
}

// Open opens a window with an OpenGL 4.5 core context and makes it current.
func Open(o Options) (_ Window, err error) {
	// GLFW answers a missing display with a panic further on.
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return nil, errors.New("no window: neither DISPLAY nor WAYLAND_DISPLAY is set; run inside a desktop session or under xvfb-run, or render to a file")
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("no window on display %s: %v", os.Getenv("DISPLAY"), p)
		}
	}()
	if err := glfw.Init(); err != nil {
		return nil, fmt.Errorf("no window on display %s: %w", os.Getenv("DISPLAY"), err)
	}
	glfw.WindowHint(glfw.ContextVersionMajor, 4)
	glfw.WindowHint(glfw.ContextVersionMinor, 5)
	glfw.WindowHint(glfw.OpenGLProfile, glfw.OpenGLCoreProfile)
	glfw.WindowHint(glfw.OpenGLForwardCompatible, glfw.True)
	glfw.WindowHint(glfw.DepthBits, 0)
	glfw.WindowHint(glfw.ContextRobustness, glfw.LoseContextOnReset) // without effect where the driver has none
	if o.Debug {
		glfw.WindowHint(glfw.OpenGLDebugContext, glfw.True)
	}
	width, height := max(o.Width, 1), max(o.Height, 1)
	var monitor *glfw.Monitor
	if o.FullScreen {
		if monitor = glfw.GetPrimaryMonitor(); monitor != nil {
			mode := monitor.GetVideoMode()
			width, height = mode.Width, mode.Height
			glfw.WindowHint(glfw.RefreshRate, mode.RefreshRate)
		}
	}
	g, err := glfw.CreateWindow(width, height, o.Title, monitor, nil)
	if err != nil {
		glfw.Terminate()
		return nil, fmt.Errorf("no window with OpenGL 4.5: %w", err)
	}
	w := &window{w: g}
	w.listen()
	if err := w.MakeCurrent(); err != nil {
		w.Release()
		return nil, err
	}
	if o.NoSync {
		glfw.SwapInterval(0)
	} else {
		glfw.SwapInterval(1)
	}
	w.info = surface.ReadInfo()
	return w, nil
}

func (w *window) MakeCurrent() error {
	w.w.MakeContextCurrent()
	return gl.InitWithProcAddrFunc(glfw.GetProcAddress)
}

func (w *window) Size() (int, int)       { return w.w.GetFramebufferSize() }
func (w *window) Present() error         { w.w.SwapBuffers(); return nil }
func (w *window) Describe() surface.Info { return w.info }
func (w *window) Lost() bool             { return surface.ReadLost() }
func (w *window) SetTitle(s string)      { w.w.SetTitle(s) }

func (w *window) Release() {
	if w.w != nil {
		w.w.Destroy()
		w.w = nil
		glfw.Terminate()
	}
}

func (w *window) Poll() []Event {
	glfw.PollEvents()
	w.events, w.out = w.out[:0], w.events
	return w.out
}

func (w *window) add(e Event) { w.events = append(w.events, e) }

func (w *window) listen() {
	w.w.SetKeyCallback(func(_ *glfw.Window, k glfw.Key, scancode int, a glfw.Action, m glfw.ModifierKey) {
		e := Event{Kind: KeyDown, Key: keyName(k, scancode), Mods: mods(m)}
		if a == glfw.Release {
			e.Kind = KeyUp
		}
		w.add(e)
	})
	w.w.SetMouseButtonCallback(func(_ *glfw.Window, b glfw.MouseButton, a glfw.Action, m glfw.ModifierKey) {
		e := Event{Kind: MouseDown, Button: int(b), Mods: mods(m)}
		if a == glfw.Release {
			e.Kind = MouseUp
		}
		if w.cursor != nil {
			// Not where the pointer is by now: a drag may have ended before it is polled.
			e.X, e.Y = w.cursor[0], w.cursor[1]
		} else {
			e.X, e.Y = w.pixels(w.w.GetCursorPos())
		}
		w.add(e)
	})
	w.w.SetCursorPosCallback(func(_ *glfw.Window, x, y float64) {
		x, y = w.pixels(x, y)
		w.cursor = &[2]float64{x, y}
		w.add(Event{Kind: MouseMove, X: x, Y: y})
	})
	w.w.SetScrollCallback(func(_ *glfw.Window, x, y float64) { w.add(Event{Kind: Scroll, DX: x, DY: y}) })
	w.w.SetFramebufferSizeCallback(func(_ *glfw.Window, width, height int) {
		w.add(Event{Kind: Resize, Width: width, Height: height})
	})
	w.w.SetCloseCallback(func(*glfw.Window) { w.add(Event{Kind: CloseAsked}) })
}

// pixels turns screen coordinates into pixels of the framebuffer.
func (w *window) pixels(x, y float64) (float64, float64) {
	sw, sh := w.w.GetSize()
	fw, fh := w.w.GetFramebufferSize()
	if sw > 0 && sh > 0 {
		x, y = x*float64(fw)/float64(sw), y*float64(fh)/float64(sh)
	}
	return x, y
}

func mods(m glfw.ModifierKey) (out Mods) {
	for _, p := range []struct {
		from glfw.ModifierKey
		to   Mods
	}{{glfw.ModShift, Shift}, {glfw.ModControl, Control}, {glfw.ModAlt, Alt}, {glfw.ModSuper, Super}} {
		if m&p.from != 0 {
			out |= p.to
		}
	}
	return out
}

var names = map[glfw.Key]string{
	glfw.KeyEscape: "escape", glfw.KeySpace: "space", glfw.KeyEnter: "enter", glfw.KeyTab: "tab",
	glfw.KeyBackspace: "backspace", glfw.KeyDelete: "delete", glfw.KeyHome: "home", glfw.KeyEnd: "end",
	glfw.KeyPageUp: "pageup", glfw.KeyPageDown: "pagedown", glfw.KeyLeft: "left", glfw.KeyRight: "right",
	glfw.KeyUp: "up", glfw.KeyDown: "down", glfw.KeyLeftShift: "shift", glfw.KeyRightShift: "shift",
	glfw.KeyKPAdd: "+", glfw.KeyKPSubtract: "-",
}

// keyName is the layout's character in lower case, or the name of a key that has none.
func keyName(k glfw.Key, scancode int) string {
	if n, ok := names[k]; ok {
		return n
	}
	if k >= glfw.KeyF1 && k <= glfw.KeyF25 {
		return fmt.Sprintf("f%d", k-glfw.KeyF1+1)
	}
	return strings.ToLower(glfw.GetKeyName(k, scancode))
}
