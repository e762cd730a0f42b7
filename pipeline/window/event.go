package window

import "github.com/longtake/longtake/pipeline/surface"

// Window is a surface on a screen.
type Window interface {
	surface.Surface
	// Poll returns what has happened since the last call. The slice is reused.
	Poll() []Event
	// SetTitle changes the text of the frame.
	SetTitle(string)
}

// Options of a window.
type Options struct {
	Title         string
	Width, Height int  // of the picture, when not full screen
	FullScreen    bool // on the primary monitor, at its resolution
	Debug         bool // a KHR_debug context
	NoSync        bool // do not wait for the screen's refresh
}

// Kind says what an Event is about.
type Kind uint8

// The kinds of event.
const (
	KeyDown    Kind = iota + 1 // Key, Mods; again while it is held
	KeyUp                      // Key, Mods
	MouseDown                  // Button, X, Y, Mods
	MouseUp                    // Button, X, Y, Mods
	MouseMove                  // X, Y
	Scroll                     // DX, DY: steps of the wheel, DY > 0 away from the user
	Resize                     // Width, Height of the framebuffer
	CloseAsked                 // the user wants the window gone
)

// Mods are the modifier keys held.
type Mods uint8

// The modifier keys.
const (
	Shift Mods = 1 << iota
	Control
	Alt
	Super
)

// Event is one thing that the user or the window system did. X and Y are pixels of the
// framebuffer from its upper left.
type Event struct {
	Kind          Kind
	Key           string // "escape", "space", "left", "f11", or the character: "a", "1"
	Button        int    // 0 left, 1 right, 2 middle
	Mods          Mods
	X, Y          float64
	DX, DY        float64
	Width, Height int
}
