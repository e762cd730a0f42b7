package panels

import (
	"fmt"
	"math"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Panel is what all panels share; types embed it.
type Panel struct {
	Heading    string      `json:"heading" doc:"line above the content"`
	Layout     string      `json:"layout" enum:"flow,free,tile" doc:"flow: behind the panels before it at the same anchor; free: at its anchor whatever is there; tile: in cells of the grid"`
	Anchor     string      `json:"anchor" enum:"top-left,top,top-right,left,center,right,bottom-left,bottom,bottom-right" doc:"part of the picture where it is"`
	Offset     [2]float64  `json:"offset" unit:"px" doc:"moved right and down, in pixels of a 1080-line picture"`
	Grid       [2]int      `json:"grid" min:"1" max:"24" doc:"tile: rows and columns into which the picture is divided"`
	Cell       [4]int      `json:"cell" min:"0" max:"24" doc:"tile: row and column from 1 on, then how many rows and columns it takes"`
	Width      float64     `json:"width" min:"0" max:"1920" unit:"px" doc:"width; 0 is as wide as the content likes"`
	Height     float64     `json:"height" min:"0" max:"1080" unit:"px" doc:"height; 0 is as high as the content likes"`
	Zoom       float64     `json:"zoom" min:"0.2" max:"10" doc:"how large all of it is, text too: 2 is twice as large"`
	At         []float64   `json:"at" doc:"longitude, latitude and metres above the ground: it stands in the world there, not on the picture"`
	Leader     float64     `json:"leader" min:"0" max:"400" unit:"px" doc:"in the world: length of the line down to its place"`
	Board      float64     `json:"board" min:"0" max:"100000" unit:"m" doc:"in the world: width of a board that stands there; 0 faces the viewer at its size in pixels"`
	Facing     float64     `json:"facing" unit:"°" doc:"board: direction that its face looks to, clockwise from north"`
	Tilt       float64     `json:"tilt" min:"0" max:"90" unit:"°" doc:"board: 90 is upright, 0 lies on the ground"`
	Lit        bool        `json:"lit" doc:"board: lit by the scene as paper is, rather than in its own colors"`
	Glass      bool        `json:"glass" doc:"whether it has a background"`
	Background scene.Color `json:"background" theme:"background" doc:"color of the background"`
	Ink        scene.Color `json:"ink" theme:"ink" doc:"color of text"`
	Accent     scene.Color `json:"accent" theme:"accent" doc:"color of what matters"`
	Enter      *scene.Time `json:"enter" min:"0" max:"60" unit:"s" doc:"how long it takes to appear, counted from the layer's from; without it 1.2 s where from is later than the story's begin, else at once"`
}

// New returns the defaults of a panel at an anchor.
func New(anchor string) Panel {
	return Panel{Layout: "flow", Anchor: anchor, Grid: [2]int{3, 4}, Cell: [4]int{1, 1, 1, 1}, Zoom: 1, Leader: 70, Facing: 180, Tilt: 90, Glass: true,
		Background: scene.Color{12, 17, 25, 212}, Ink: scene.Color{240, 244, 248, 255}, Accent: scene.Color{84, 190, 255, 255}}
}

// Content is what a panel shows.
type Content interface {
	// Measure is the size that it likes, where a width of 0 leaves it the choice.
	Measure(f *canvas.Fonts, width float64) (w, h float64)
	// State is what it depends on at a view, besides its data: comparable.
	State(v *drawable.PanelView) any
	Paint(p *Painter)
}

// Painter is what content is painted with.
type Painter struct {
	*canvas.Canvas
	Theme
	Fonts *canvas.Fonts
	Box   canvas.Box // for the content
	View  *drawable.PanelView
	// Grown rises from 0 to 1 while a panel appears.
	Grown float64
	parts *parts       // nil where nobody asks
	clips []canvas.Box // outside of which nothing is painted, and nothing can be pointed at
}

var fonts = map[bool]*canvas.Fonts{false: canvas.NewFonts(false), true: canvas.NewFonts(true)}

// Fonts are those that panels of a scene are written with.
func Fonts(c *layer.Context) *canvas.Fonts { return fonts[c.SystemFonts] }

// Theme is the panel's colours.
func (p *Panel) Theme() Theme { return Theme{Ink: p.Ink, Accent: p.Accent, Background: p.Background} }

var anchors = map[string][2]float64{
	"top-left": {0, 0}, "top": {0.5, 0}, "top-right": {1, 0}, "left": {0, 0.5}, "center": {0.5, 0.5}, "right": {1, 0.5},
	"bottom-left": {0, 1}, "bottom": {0.5, 1}, "bottom-right": {1, 1},
}

// CheckScene refuses places that are none.
func (p *Panel) CheckScene(fail func(field, found, allowed string)) {
	if n := len(p.At); n == 1 || n > 3 {
		fail("at", fmt.Sprintf("%d numbers", n), "longitude, latitude and metres above the ground are allowed")
	}
	if p.Layout == "tile" {
		for k, most := range [2]int{p.Grid[0], p.Grid[1]} {
			if p.Cell[k] < 1 || p.Cell[k+2] < 1 || p.Cell[k]+p.Cell[k+2]-1 > most {
				fail("cell", fmt.Sprint(p.Cell), fmt.Sprintf("cells within a grid of %d rows and %d columns are allowed", p.Grid[0], p.Grid[1]))
				return
			}
		}
	}
}

// Draw makes the panel of a content.
func (p *Panel) Draw(c *layer.Context, content Content) ([]drawable.Draw, error) {
	if len(p.At) < 2 {
		return []drawable.Draw{{What: p.drawable(c, content, p.Heading, p.place(c))}}, nil
	}
	height := 0.0
	if len(p.At) == 3 {
		height = p.At[2]
	}
	return []drawable.Draw{p.Standing(c, content, p.Heading, orb.Point{p.At[0], p.At[1]}, height)}, nil
}

// Standing makes a panel at a place of the world, metres above the ground there.
func (p *Panel) Standing(c *layer.Context, content Content, heading string, at orb.Point, height float64) drawable.Draw {
	if c.Layer.Clamp != "ground" && c.Ground != nil {
		height += c.Ground(at[0], at[1])
	}
	place := p.place(c)
	place.Layout, place.Anchor, place.Over = drawable.Facing, [2]float64{0.5, 1}, !c.Layer.DepthTest
	where := c.Place(at, height)
	place.World = where.ECEF()
	if p.Board > 0 {
		f := earth.FrameAt(where)
		s, co := math.Sincos(earth.Radians(p.Facing))
		ts, tc := math.Sincos(earth.Radians(p.Tilt))
		place.Layout, place.Width, place.Lit = drawable.Board, p.Board, p.Lit
		place.Axes = [2]mgl64.Vec3{f.DirFromLocal(mgl64.Vec3{-co, s, 0}), f.DirFromLocal(mgl64.Vec3{-s * tc, -co * tc, ts})}
	}
	return drawable.Draw{What: p.drawable(c, content, heading, place)}
}

func (p *Panel) place(c *layer.Context) drawable.PanelPlace {
	out := drawable.PanelPlace{Anchor: anchors[p.Anchor], Offset: p.Offset, Grid: p.Grid, Order: c.Layer.Order,
		Cell: [4]int{p.Cell[0] - 1, p.Cell[1] - 1, p.Cell[2], p.Cell[3]}}
	out.Layout = map[string]drawable.Layout{"flow": drawable.Flow, "free": drawable.Free, "tile": drawable.Tile}[p.Layout]
	return out
}

// state is what a panel's picture depends on.
type state struct {
	grown   float64
	marks   *drawable.Marks
	content any
}

func (p *Panel) drawable(c *layer.Context, content Content, heading string, place drawable.PanelPlace) *drawable.Panel {
	f := &frame{Panel: *p, heading: heading, fonts: Fonts(c), content: content, name: c.Layer.ID, from: c.Layer.From.Seconds()}
	if place.Layout == drawable.Facing {
		f.leader = p.Leader
	}
	f.enter = 1.2
	if p.Enter != nil {
		f.enter = p.Enter.Seconds()
	} else if f.from == 0 {
		f.enter = 0
	}
	return &drawable.Panel{Place: place, Size: f.size(), State: func(v *drawable.PanelView) any { return state{f.grown(v), v.Marks, content.State(v)} }, Paint: f.paint}
}
