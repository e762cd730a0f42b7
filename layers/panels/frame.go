package panels

import (
	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/scene"
)

// frame is a panel's glass and heading about its content.
type frame struct {
	Panel
	heading string
	fonts   *canvas.Fonts
	content Content
	name    string
	from    float64
	enter   float64
	leader  float64
}

// grown is how far it has appeared at a story time: 0 to 1.
func (f *frame) grown(v *drawable.PanelView) float64 {
	if f.enter <= 0 {
		return 1
	}
	return min(max((v.Time-f.from)/f.enter, 0), 1)
}

// margins are what lies about the content: left and right, top, bottom.
func (f *frame) margins() (side, top, bottom float64) {
	if f.Glass {
		side, top, bottom = padding, padding, padding
	}
	if f.heading != "" {
		top += Heading + 14
	}
	return side, top, bottom + f.leader
}

// size is the panel's with everything about it.
func (f *frame) size() [2]float64 {
	side, top, bottom := f.margins()
	inner := 0.0
	if f.Width > 0 {
		inner = max(f.Width-2*side, 1)
	}
	w, h := f.content.Measure(f.fonts, inner)
	if f.heading != "" && inner == 0 {
		w = max(w, f.fonts.Width(f.heading, f.Theme().heading()))
	}
	out := [2]float64{w + 2*side, h + top + bottom}
	if f.Width > 0 {
		out[0] = f.Width
	}
	if f.Height > 0 {
		out[1] = f.Height + f.leader
	}
	return [2]float64{out[0] * f.Zoom, out[1] * f.Zoom}
}

func (f *frame) paint(v *drawable.PanelView, width, height float64) *drawable.Image {
	grown, share := f.grown(v), 1.0
	if t, ok := f.content.(interface {
		Share(*drawable.PanelView) float64
	}); ok {
		share = t.Share(v)
	}
	if grown <= 0 || share <= 0 {
		return nil
	}
	width, height = width/f.Zoom, height/f.Zoom
	c := canvas.New(width, height, v.Scale*f.Zoom, f.fonts)
	t := f.Theme()
	c.Faded(share*Ease(min(3*grown, 1)), func() {
		glass := canvas.Box{W: width, H: height - f.leader}
		if f.leader > 0 {
			pin(c, t, width/2, glass.H, height)
		}
		if f.Glass {
			Glass(c, glass, t.Background)
		}
		side, top, bottom := f.margins()
		if f.heading != "" {
			s := t.heading()
			y := top - 14 - Heading/2
			if f.Glass {
				y -= 2
			}
			c.Write(f.fonts.Fit(f.heading, width-2*side, s), side, y, s)
		}
		box := canvas.Box{W: width, H: height}.Cut(side, top, side, bottom)
		p := &Painter{Canvas: c, Theme: t, Fonts: f.fonts, Box: box, View: v, Grown: grown}
		if v.Marks != nil || v.Parts != nil {
			p.parts = &parts{}
		}
		if f.content.Paint(p); p.parts != nil {
			p.parts.mark(c, v.Marks)
			p.parts.tell(v.Parts, f.Zoom)
		}
	})
	return c.Picture(f.name)
}

// Glass is a dark pane, a little lighter at its top, with a hairline round it.
func Glass(c *canvas.Canvas, b canvas.Box, color scene.Color) {
	c.Fill(canvas.Round(b, corner), canvas.Down(b, color.Mix(scene.Color{255, 255, 255, color[3]}, 0.055), color))
	h := c.Hairline()
	rim := canvas.Round(b, corner)
	inner := canvas.Round(b.Inset(h), corner-h)
	c.Fill(rim.Without(inner), canvas.Down(b, scene.Color{255, 255, 255, 56}, scene.Color{255, 255, 255, 22}))
}

// pin is the line from a panel down to its place.
func pin(c *canvas.Canvas, t Theme, x, from, to float64) {
	const r = 6.0
	x = c.Crisp(x)
	dark := canvas.Color(scene.Color{0, 0, 0, 130})
	c.Line(x, from, x, to-r, 4.4, dark)
	c.Line(x, from, x, to-r, 2, t.Faint(0.92))
	c.Fill(canvas.Circle(x, to-r, r), dark)
	c.Fill(canvas.Circle(x, to-r, r-1.6), canvas.Color(t.Accent))
}

// Ease slows down towards its end: 0 to 1.
func Ease(t float64) float64 {
	t = 1 - min(max(t, 0), 1)
	return 1 - t*t*t
}
