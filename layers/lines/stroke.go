package lines

import (
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

// Stroke is what all lines share.
type Stroke struct {
	layer.Rows
	Width    scale.NumberBy `json:"width" doc:"width, or by a field that has a number or a list with one for each vertex"`
	Unit     string         `json:"unit" enum:"px,m" doc:"of width, offset and casing: pixels of a 1080-line picture, or metres"`
	Offset   scale.NumberBy `json:"offset" doc:"how far to the right of its way, seen along it, a line is drawn"`
	Flat     bool           `json:"flat" doc:"lies level, as paint on the ground, rather than facing the viewer"`
	Join     string         `json:"join" enum:"round,mitre,bevel" doc:"shape of corners"`
	Cap      string         `json:"cap" enum:"round,butt,square,arrow,half-arrow" doc:"shape of ends; arrows have a head within their last segment, half ones lack the left half"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness; above 1 glows"`
	Casing   *Casing        `json:"casing" doc:"a rim around the line"`
	Dash     *Dash          `json:"dash" doc:"only dashes of the line are drawn"`
	Arrows   *Arrows        `json:"arrows" doc:"chevrons upon the line that point ahead; not together with dash"`
	Flicker  float64        `json:"flicker" min:"0" max:"1" doc:"share of the brightness that flickers, each row by itself"`
}

// Casing is a rim around a line.
type Casing struct {
	Width float64     `json:"width" above:"0" max:"1e5" doc:"on each side, in the unit of the line's width"`
	Color scene.Color `json:"color" doc:"colour of the rim"`
}

// SetDefaults fills the defaults.
func (c *Casing) SetDefaults() { *c = Casing{Width: 2, Color: scene.Color{10, 16, 26, 255}} }

// Dash is the rhythm of a line.
type Dash struct {
	On    float64 `json:"on" above:"0" max:"1e7" doc:"length of a dash; round ends lie within it"`
	Off   float64 `json:"off" min:"0" max:"1e7" doc:"gap after it"`
	Unit  string  `json:"unit" enum:"px,m" doc:"of these lengths; pixels are held to metres of the way by powers of two, so that dashes stay where they are"`
	Speed float64 `json:"speed" doc:"lengths a second by which they move ahead"`
}

// SetDefaults fills the defaults.
func (d *Dash) SetDefaults() { *d = Dash{On: 16, Off: 12, Unit: "px"} }

// Arrows are chevrons along a line.
type Arrows struct {
	Length float64     `json:"length" above:"0" max:"1e7" doc:"thickness of a chevron along the line"`
	Gap    float64     `json:"gap" min:"0" max:"1e7" doc:"gap after it"`
	Unit   string      `json:"unit" enum:"px,m" doc:"of these lengths"`
	Speed  float64     `json:"speed" doc:"lengths a second by which they move ahead"`
	Color  scene.Color `json:"color" doc:"colour of the chevrons"`
}

// SetDefaults fills the defaults.
func (a *Arrows) SetDefaults() {
	*a = Arrows{Length: 5, Gap: 21, Unit: "px", Color: scene.Color{255, 255, 255, 255}}
}

// CheckScene refuses two patterns in one line.
func (s *Stroke) CheckScene(fail func(field, found, allowed string)) {
	if s.Dash != nil && s.Arrows != nil {
		fail("arrows", "arrows and dash", "one of them is allowed")
	}
}

// NewStroke is a stroke of so many pixels.
func NewStroke(width, emission float64) Stroke {
	return Stroke{Width: scale.NumberBy{Constant: width}, Unit: "px", Join: "round", Cap: "round", Emission: emission}
}

var (
	joins = map[string]drawable.Join{"round": drawable.JoinRound, "mitre": drawable.JoinMitre, "bevel": drawable.JoinBevel}
	caps  = map[string]drawable.Cap{"round": drawable.CapRound, "butt": drawable.CapButt, "square": drawable.CapSquare, "arrow": drawable.CapArrow, "half-arrow": drawable.CapHalfArrow}
)

// Lines are empty lines of this look.
func (s *Stroke) Lines(c *layer.Context) *drawable.Lines {
	l := &drawable.Lines{Metres: s.Unit == "m", Flat: s.Flat, Join: joins[s.Join], Cap: caps[s.Cap], Blend: c.Blend(drawable.Alpha),
		Grounded: c.Layer.Clamp == "ground", Emission: float32(s.Emission), Flicker: float32(s.Flicker)}
	if s.Casing != nil {
		l.Casing = drawable.Casing{Width: float32(s.Casing.Width), Color: s.Casing.Color}
	}
	switch {
	case s.Dash != nil:
		l.Rhythm = drawable.Rhythm{Kind: drawable.Dashes, On: float32(s.Dash.On), Off: float32(s.Dash.Off), Speed: float32(s.Dash.Speed), Metres: s.Dash.Unit == "m"}
	case s.Arrows != nil:
		l.Rhythm = drawable.Rhythm{Kind: drawable.Arrowheads, On: float32(s.Arrows.Length), Off: float32(s.Arrows.Gap), Speed: float32(s.Arrows.Speed), Metres: s.Arrows.Unit == "m", Color: s.Arrows.Color}
	}
	return l
}
