package panels

import (
	"slices"

	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
)

// part is what content has said to stand for rows.
type part struct {
	outline *canvas.Path
	told    string
	rows    []int
	acts    func(from, to [2]float64) drawable.Act
	clips   []canvas.Box
}

// holds tells whether a point is in the part and not cut off.
func (p *part) holds(x, y float64) bool {
	for _, b := range p.clips {
		if x < b.X || y < b.Y || x > b.X+b.W || y > b.Y+b.H {
			return false
		}
	}
	return p.outline.Holds(x, y)
}

// Within runs a function whose marks and parts are cut off outside a box.
func (p *Painter) Within(b canvas.Box, paint func()) {
	old := p.clips
	p.clips = append(slices.Clone(old), b)
	p.Canvas.Within(b, paint)
	p.clips = old
}

// parts are those of a panel, in the order in which they were painted.
type parts struct{ list []part }

// Part says that what lies within an outline stands for rows of the layer's table: it can be
// pointed at, and is outlined where one of its rows is marked. told is what it shows; "" where
// the row itself is to tell.
func (p *Painter) Part(outline *canvas.Path, told string, rows []int) {
	if p.parts != nil && len(rows) > 0 {
		p.parts.list = append(p.parts.list, part{outline: outline, told: told, rows: rows, clips: p.clips})
	}
}

// Handle says what a press on what lies within an outline does, that began at a point and has been
// dragged to another.
func (p *Painter) Handle(outline *canvas.Path, acts func(from, to [2]float64) drawable.Act) {
	if p.parts != nil {
		p.parts.list = append(p.parts.list, part{outline: outline, acts: acts, clips: p.clips})
	}
}

// mark outlines the parts of marked rows.
func (l *parts) mark(c *canvas.Canvas, m *drawable.Marks) {
	if m == nil {
		return
	}
	for _, one := range l.list {
		for _, r := range one.rows {
			if ink, ok := m.Rows[r]; ok {
				stroke := func() {
					c.Stroke(one.outline, 4.6, canvas.Plain{0, 0, 0, 130})
					c.Stroke(one.outline, 2.6, canvas.Plain(ink))
				}
				for _, b := range one.clips {
					inner := stroke
					stroke = func() { c.Within(b, inner) }
				}
				stroke()
				break
			}
		}
	}
}

// tell hands the parts on, in pixels of a panel that is larger by zoom.
func (l *parts) tell(to func(drawable.Part), zoom float64) {
	if to == nil {
		return
	}
	for _, one := range l.list {
		p := drawable.Part{Rows: one.rows, Told: one.told, Holds: func(x, y float64) bool { return one.holds(x/zoom, y/zoom) }}
		if one.acts != nil {
			p.Acts = func(from, to [2]float64) drawable.Act {
				return one.acts([2]float64{from[0] / zoom, from[1] / zoom}, [2]float64{to[0] / zoom, to[1] / zoom})
			}
		}
		to(p)
	}
}
