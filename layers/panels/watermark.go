package panels

import (
	"fmt"
	"image"
	"math"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "watermark", Group: "panels", Doc: "whose picture it is: words or a logo over all of it, in stills, videos, streams and on walls",
	New: func() any {
		return &Watermark{Layout: "tiled", Anchor: "bottom-right", Size: 30, Gap: 150, Angle: -24, Color: scene.Color{255, 255, 255, 70}, Strength: 0.3, Margin: 40}
	},
	Examples: []scene.Example{
		{Layer: `text: Porto Largo · draft, size: 54, color: "#ffffff90"`},
		{Name: "corner", Doc: "a logo in a corner, in part of its strength", Layer: `file: globe.png, layout: single, anchor: top-right, size: 190, angle: 0, strength: 0.6`},
	},
})

// Watermark lies over everything else, labels and panels among it, and takes no room from them.
type Watermark struct {
	Text     string      `json:"text" doc:"the words, in one line"`
	File     string      `json:"file" format:"path" doc:"in place of words: PNG or JPEG"`
	Layout   string      `json:"layout" enum:"tiled,single" doc:"tiled: over all of the picture, rows shifted against each other; single: once, at its anchor"`
	Anchor   string      `json:"anchor" enum:"top-left,top,top-right,left,center,right,bottom-left,bottom,bottom-right" doc:"single: part of the picture where it is"`
	Size     float64     `json:"size" min:"6" max:"1080" unit:"px" doc:"em of the words, or height of the logo, of a 1080-line picture"`
	Gap      float64     `json:"gap" min:"0" max:"2000" unit:"px" doc:"tiled: room between one and the next, and between rows"`
	Margin   float64     `json:"margin" min:"0" max:"500" unit:"px" doc:"single: room to the picture's edge"`
	Angle    float64     `json:"angle" min:"-180" max:"180" unit:"°" doc:"turned clockwise"`
	Color    scene.Color `json:"color" doc:"of words, with how much they cover; a dark rim keeps them legible over what is bright"`
	Strength float64     `json:"strength" min:"0" max:"1" doc:"share of a logo's own cover"`
}

// CheckScene wants one thing to show.
func (w *Watermark) CheckScene(fail func(field, found, allowed string)) {
	switch {
	case w.Text == "" && w.File == "":
		fail("text", "neither", "a text or a file is needed")
	case w.Text != "" && w.File != "":
		fail("file", "both a text and a file", "a text or a file is needed")
	}
}

// Files are those that a package takes along.
func (w *Watermark) Files() []*string { return mark.Given(&w.File) }

// Draw makes one sheet over the picture.
func (w *Watermark) Draw(c *layer.Context) ([]drawable.Draw, error) {
	var logo image.Image
	if w.File != "" {
		data, err := c.Open(w.File)
		if err != nil {
			return nil, err
		}
		if logo, err = decode(data); err != nil {
			return nil, fmt.Errorf("%s: %w", w.File, err)
		}
	}
	fonts, name := Fonts(c), c.Layer.ID
	return []drawable.Draw{{What: &drawable.Panel{
		Place: drawable.PanelPlace{Layout: drawable.Cover, Order: c.Layer.Order},
		State: func(*drawable.PanelView) any { return nil },
		Paint: func(v *drawable.PanelView, width, height float64) *drawable.Image {
			k := canvas.New(width, height, v.Scale, fonts)
			wide := w.Size
			if logo == nil {
				wide = fonts.Width(w.Text, w.style())
			} else if b := logo.Bounds(); b.Dy() > 0 {
				wide = w.Size * float64(b.Dx()) / float64(b.Dy())
			}
			for _, at := range w.places(wide, width, height) {
				if logo == nil {
					w.write(k, at)
				} else {
					k.Faded(w.Strength, func() { k.Turned(logo, at[0], at[1], wide, w.Size, w.Angle) })
				}
			}
			return k.Picture(name)
		},
	}}}, nil
}

func (w *Watermark) style() canvas.Style {
	return canvas.Style{Size: w.Size, Weight: text.Medium, Ink: canvas.Plain(w.Color), Align: 0.5, Turn: w.Angle}
}

// write sets the words about a middle: their rim, and them upon it.
func (w *Watermark) write(k *canvas.Canvas, at [2]float64) {
	s, rim := w.style(), w.style()
	rim.Ink = canvas.Plain{0, 0, 0, w.Color[3] / 3}
	sin, cos := math.Sincos(w.Angle * math.Pi / 180)
	base := canvas.CapHeight / 2 * w.Size // the baseline below the middle
	x, y, off := at[0]-base*sin, at[1]+base*cos, max(w.Size/18, 1)
	for _, d := range [4][2]float64{{-off, 0}, {off, 0}, {0, -off}, {0, off}} {
		k.Text(w.Text, x+d[0], y+d[1], rim)
	}
	k.Text(w.Text, x, y, s)
}

// places are the middles of one of a width in a picture, in pixels of 1080 lines.
func (w *Watermark) places(wide, width, height float64) (out [][2]float64) {
	sin, cos := math.Sincos(w.Angle * math.Pi / 180)
	if w.Layout == "single" {
		boxW, boxH := math.Abs(wide*cos)+math.Abs(w.Size*sin), math.Abs(wide*sin)+math.Abs(w.Size*cos)
		a := anchors[w.Anchor]
		along := func(a, box, all float64) float64 { return w.Margin + box/2 + a*(all-2*w.Margin-box) }
		return [][2]float64{{along(a[0], boxW, width), along(a[1], boxH, height)}}
	}
	const most = 60 // in a row, and rows, to each side: of the smallest, without gaps
	stepX, stepY := wide+w.Gap, w.Size+w.Gap
	reach := math.Hypot(width, height)/2 + wide
	n, rows := min(int(reach/stepX)+1, most), min(int(reach/stepY)+1, most)
	for j := -rows; j <= rows; j++ {
		for i := -n; i <= n; i++ {
			u, v := (float64(i)+0.5*float64(j&1))*stepX, float64(j)*stepY
			x, y := width/2+u*cos-v*sin, height/2+u*sin+v*cos
			if x > -wide && y > -wide && x < width+wide && y < height+wide {
				out = append(out, [2]float64{x, y})
			}
		}
	}
	return out
}
