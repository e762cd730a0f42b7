package canvas

import (
	"math"
	"strings"
	"sync"

	"github.com/longtake/longtake/layers/text"
)

// Fonts measure and write text. They may be used by several goroutines.
type Fonts struct {
	system  bool
	mutex   sync.Mutex
	shapers [3]*text.Shaper
}

// NewFonts returns the Go fonts, and where system is true those of the system for what the
// Go fonts lack.
func NewFonts(system bool) *Fonts { return &Fonts{system: system} }

// shaper needs the mutex.
func (f *Fonts) shaper(w text.Weight) *text.Shaper {
	if f.shapers[w] == nil {
		s, err := text.NewShaper(w, f.system)
		if err != nil {
			panic(err) // the embedded fonts are part of the program
		}
		f.shapers[w] = s
	}
	return f.shapers[w]
}

// Style is how text is written.
type Style struct {
	Size   float64 // em, pixels of a 1080-line picture
	Weight text.Weight
	Ink    Ink
	Align  float64 // share of the line that lies left of its anchor: 0 begins there, 1 ends
	Turn   float64 // degrees clockwise about the anchor, of Text alone
}

// Width is how wide a line is.
func (f *Fonts) Width(line string, s Style) float64 {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.shaper(s.Weight).Width(line) * s.Size
}

// CapHeight is the height of capitals and digits as a share of the em.
const CapHeight = 0.72

// Text writes a line with its baseline at y and returns its width.
func (c *Canvas) Text(line string, x, y float64, s Style) float64 {
	if line == "" {
		return 0
	}
	c.fonts.mutex.Lock()
	pen := &outlinePen{size: s.Size}
	width := c.fonts.shaper(s.Weight).Outline(line, pen) * s.Size
	c.fonts.mutex.Unlock()
	sin, cos := math.Sincos(s.Turn * math.Pi / 180)
	for i, p := range pen.path.points {
		u := p.X - width*s.Align
		if s.Turn == 0 {
			pen.path.points[i].X, pen.path.points[i].Y = x+u, y+p.Y
		} else {
			pen.path.points[i].X, pen.path.points[i].Y = x+u*cos-p.Y*sin, y+u*sin+p.Y*cos
		}
	}
	c.Fill(&pen.path, s.Ink)
	return width
}

// Write is Text with the capitals centred on y.
func (c *Canvas) Write(line string, x, y float64, s Style) float64 {
	return c.Text(line, x, y+CapHeight/2*s.Size, s)
}

// Fit shortens a line to a width, with an ellipsis.
func (f *Fonts) Fit(line string, width float64, s Style) string {
	if f.Width(line, s) <= width {
		return line
	}
	all := letters(line)
	lo, hi := 0, len(all) // the longest beginning that fits
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if f.Width(strings.TrimSpace(strings.Join(all[:mid], ""))+"…", s) <= width {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return strings.TrimSpace(strings.Join(all[:lo], "")) + "…"
}

// outlinePen collects outlines in ems, y up, as a path in pixels, y down.
type outlinePen struct {
	path Path
	size float64
	open bool
}

func (p *outlinePen) MoveTo(x, y float64) {
	if p.open {
		p.path.Close()
	}
	p.open = true
	p.path.Move(x*p.size, -y*p.size)
}
func (p *outlinePen) LineTo(x, y float64) { p.path.Line(x*p.size, -y*p.size) }
func (p *outlinePen) QuadTo(x1, y1, x, y float64) {
	p.path.Quad(x1*p.size, -y1*p.size, x*p.size, -y*p.size)
}
func (p *outlinePen) CubeTo(x1, y1, x2, y2, x, y float64) {
	p.path.Cube(x1*p.size, -y1*p.size, x2*p.size, -y2*p.size, x*p.size, -y*p.size)
}

// Shade lays a soft shade of a line's letters, to be written before the line: it makes light
// text legible on light pictures. It is blurred over a distance.
func (c *Canvas) Shade(line string, x, y float64, s Style, reach float64, ink Plain) {
	if line == "" {
		return
	}
	c.fonts.mutex.Lock()
	pen := &outlinePen{size: s.Size}
	width := c.fonts.shaper(s.Weight).Outline(line, pen) * s.Size
	c.fonts.mutex.Unlock()
	x -= width * s.Align
	for i := range pen.path.points {
		pen.path.points[i].X += x
		pen.path.points[i].Y += y
	}
	c.blurred(&pen.path, reach, ink)
}
