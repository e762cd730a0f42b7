package drawable

import (
	"time"

	"github.com/go-gl/mathgl/mgl64"
)

func (*Panel) drawable() {}
func (*Sheet) drawable() {}

// Panel is a picture beside the data: a title, a legend, a chart. It is painted anew only
// where what it shows has changed, at the scale of the output. The stage gives it its place
// and replaces it by a Sheet, or in the world by a Mesh.
type Panel struct {
	Place PanelPlace
	Size  [2]float64 // width and height in pixels of a 1080-line picture
	// State is what its picture depends on at a view, besides size and scale: comparable.
	State func(v *PanelView) any
	// Paint paints it at v.Scale times the given size: RGBA, premultiplied, sRGB; nil
	// shows nothing.
	Paint   func(v *PanelView, width, height float64) *Image
	Credits bool // it writes the credits: the picture needs no other line of them
}

// Layout is how a panel finds its place in the picture.
type Layout uint8

// The layouts.
const (
	Free   Layout = iota // at its anchor, whatever else is there
	Flow                 // behind the panels before it at the same anchor
	Tile                 // in cells of a grid over the picture
	Facing               // at a point of the world, at its size in pixels
	Board                // a sheet of its own in the world, in metres
	Cover                // all of the picture, over everything else: nothing gives way to it
)

// PanelPlace is where a panel is shown.
type PanelPlace struct {
	Layout Layout
	Anchor [2]float64 // share of the picture from its upper left; the same point of the panel lies there
	Offset [2]float64 // pixels of a 1080-line picture, right and down
	Grid   [2]int     // Tile: rows and columns of the picture
	Cell   [4]int     // Tile: row and column from 0, rows and columns taken
	Order  int        // lower ones are placed and drawn first

	World mgl64.Vec3    // Facing, Board: ECEF of the point where Anchor lies
	Axes  [2]mgl64.Vec3 // Board: unit vectors to the right and up of the sheet
	Width float64       // Board: metres
	Lit   bool          // Board: lit as paper is; else its colours are exact
	Over  bool          // Facing: hidden by nothing
}

// PanelView is what a panel's picture may depend on besides its data.
type PanelView struct {
	Time    float64   // story seconds
	Length  float64   // of the story; 0 = it has no end
	Clock   time.Time // the scene's date
	Playing bool      // the story's time goes on
	Chapter string
	Caption string
	Credits []string
	// Chapters are the story seconds at which chapters begin.
	Chapters []float64
	// Window is from when to when the selection lets a field lie; nil, or ok false, is all of it.
	Window func(field string) (from, to float64, ok bool)
	// Shown tells whether a layer is shown; nil says that all are.
	Shown   func(layer string) bool
	Heading float64 // degrees clockwise from north
	Pitch   float64 // degrees up from the horizon
	// Ground is how many metres of ground a pixel of a 1080-line picture spans across, in
	// the middle of the picture; 0 where that shows none.
	Ground   float64
	Lng, Lat float64 // of that place, or below the eye
	Height   float64 // of the eye above the ground, metres
	// Eye is the longitude and latitude of the eye, Corners where the picture's corners are seen
	// from it: east, north and up, from the upper left one clockwise, all in one plane.
	Eye     [2]float64
	Corners [4][3]float64
	Scale   float64 // output pixels a pixel of a 1080-line picture
	Browse  Browse
	// Footage is the frame of a video at the view's time, the same image as long as that is the
	// same frame; nil where it cannot be read.
	Footage func(v *Video) *Image
	// Marks are rows of the panel's layer to be outlined; nil = none. Parts, where somebody
	// asks, is told the parts of what is painted, the lower ones first.
	Marks *Marks
	Parts func(Part)
}

// Browse draws a page of the web at a scale times a size, as it is at the view's time:
// premultiplied. It is nil where there is no browser; later tells that there will be a picture.
type Browse func(p *Page, width, height, scale float64) (picture *Image, later bool)

// Page is a page of the web.
type Page struct {
	URL  string
	HTML string // instead of a URL
	Data []byte // JSON that the page finds as window.longtake.data
	Of   string // layer that shows it: its pages of one address are one, whatever data they have
}

// Sheet is a picture laid over the finished frame pixel by pixel: its colours are exact.
type Sheet struct {
	Image *Image // premultiplied RGBA, sRGB values
	X, Y  int    // output pixels of its upper left corner, from the picture's
	Under bool   // labels lie over it, where they would without it
	Cover bool   // it lies over labels, which stay where they would be without it
}

// Name is how errors call the page.
func (p *Page) Name() string {
	if p.URL != "" {
		return p.URL
	}
	return "of html"
}
