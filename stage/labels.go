package stage

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
)

// separator hides labels that overlap what was placed before them, or that ground or the
// horizon covers. Panels come first, then the layers in order, the labels of one in order of
// their priority: the first to take a place keeps it. It keeps its memory from frame to frame.
type separator struct {
	taken occupancy
	ways  wayfarer
}

// fadeStep is the share by which labels come and go with each frame that is watched live:
// within a quarter of a second.
const fadeStep = 1.0 / 8

// separate places the labels of a frame. Watched live, they fade; in files each is there or
// not.
func (s *separator) separate(f *pipeline.Frame, v *tiles.View, ground func(lng, lat float64) float64, live bool) {
	s.taken.reset(v.Width, v.Height)
	for i := range f.Draws {
		if sheet, ok := f.Draws[i].What.(*drawable.Sheet); ok && !sheet.Under && !sheet.Cover && f.Draws[i].Fade < 0.5 {
			x, y := float64(sheet.X), float64(v.Height-sheet.Y) // labels count from the lower left
			s.taken.take([4]float64{x, y - float64(sheet.Image.Height), x + float64(sheet.Image.Width), y})
		}
	}
	for i := range f.Draws {
		d := &f.Draws[i]
		g, ok := d.What.(*drawable.Glyphs)
		if !ok || d.Fade >= 1 { // nobody sees what room it takes
			continue
		}
		s.ways.start(g, v)
		for k := range g.Labels {
			l := &g.Labels[k]
			if l.Way.Count > 0 {
				l.Hidden = !s.placeAlong(d, g, l, v, ground, live && l.Fade < 1)
			} else {
				l.Hidden = !s.place(d, g, l, v, ground)
			}
			switch {
			case !live:
				l.Fade = 0
			case l.Hidden:
				l.Fade = min(l.Fade+fadeStep, 1)
				l.Hidden = l.Fade >= 1
			default:
				l.Fade = max(l.Fade-fadeStep, 0)
			}
		}
	}
}

// place gives a label its room; false where there is none, or it is not seen.
func (s *separator) place(d *drawable.Draw, g *drawable.Glyphs, l *drawable.Label, v *tiles.View, ground func(lng, lat float64) float64) bool {
	at := g.Frame.Mul4x1(mgl64.Vec4{float64(l.Anchor[0]), float64(l.Anchor[1]), float64(l.Anchor[2]), 1}).Vec3()
	to := at.Sub(v.Eye)
	depth := to.Dot(v.Forward)
	if depth <= 0 {
		return false
	}
	tanY := math.Tan(v.FovY / 2)
	tanX := tanY * float64(v.Width) / float64(v.Height)
	scale := float64(v.Height) / 1080
	x := (to.Dot(v.Right)/(depth*tanX)*0.5 + 0.5) * float64(v.Width)
	y := (to.Dot(v.Up)/(depth*tanY)*0.5 + 0.5) * float64(v.Height)
	lo, hi := l.Min, l.Max
	box := [4]float64{x + float64(lo[0])*scale, y + float64(lo[1])*scale, x + float64(hi[0])*scale, y + float64(hi[1])*scale}
	if box[2] < 0 || box[3] < 0 || box[0] > float64(v.Width) || box[1] > float64(v.Height) || s.taken.meets(box) {
		return false
	}
	// The way to the eye is the dearest question, so it comes last.
	if !d.Overlay && covered(v.Eye, at, ground) {
		return false
	}
	s.taken.take(box)
	return true
}

// placeAlong gives a label along a line its room. One that fades out keeps its letters where
// they are on the line.
func (s *separator) placeAlong(d *drawable.Draw, g *drawable.Glyphs, l *drawable.Label, v *tiles.View, ground func(lng, lat float64) float64, fades bool) bool {
	w := &s.ways
	l.Way.Turned = -1
	x, y, ok := w.seen(l.Anchor)
	if !ok || x < 0 || y < 0 || x > 2*w.x || y > 2*w.y {
		return false
	}
	alone := w.alone(l, x, y)
	taken := &s.taken
	if fades { // looked at below
		taken = nil
	}
	if !alone && !fades || !w.lay(g, l, x, y, taken) {
		return false
	}
	free := alone && !(fades && slices.ContainsFunc(w.boxes, s.taken.meets))
	if free && !d.Overlay {
		free = !covered(v.Eye, g.Frame.Mul4x1(mgl64.Vec4{float64(l.Anchor[0]), float64(l.Anchor[1]), float64(l.Anchor[2]), 1}).Vec3(), ground)
	}
	if !free {
		if !fades {
			g.Turns, l.Way.Turned = g.Turns[:l.Way.Turned], -1
		}
		return false
	}
	for _, b := range w.boxes {
		s.taken.take(b)
	}
	w.note(l, x, y)
	return true
}

// occupancy is boxes on a picture, found by the cells of a grid that they touch.
type occupancy struct {
	columns, rows int
	heads         []int32 // of each cell's list; 0 = empty
	links         []cellLink
	boxes         [][4]float64
}

// cellLink is an entry of a cell's list.
type cellLink struct{ box, next int32 }

// cellSize is about the height of two lines of text.
const cellSize = 64.0

func (o *occupancy) reset(width, height int) {
	o.columns, o.rows = int(float64(width)/cellSize)+1, int(float64(height)/cellSize)+1
	if n := o.columns * o.rows; len(o.heads) != n {
		o.heads = make([]int32, n)
	} else {
		clear(o.heads)
	}
	o.links, o.boxes = append(o.links[:0], cellLink{}), o.boxes[:0]
}

// cells are the first and last columns and rows that a box touches, within the picture.
func (o *occupancy) cells(b [4]float64) (c0, c1, r0, r1 int) {
	in := func(v float64, n int) int { return int(min(max(v/cellSize, 0), float64(n-1))) }
	return in(b[0], o.columns), in(b[2], o.columns), in(b[1], o.rows), in(b[3], o.rows)
}

func (o *occupancy) take(b [4]float64) {
	c0, c1, r0, r1 := o.cells(b)
	for r := r0; r <= r1; r++ {
		for c := c0; c <= c1; c++ {
			head := &o.heads[r*o.columns+c]
			o.links = append(o.links, cellLink{int32(len(o.boxes)), *head})
			*head = int32(len(o.links) - 1)
		}
	}
	o.boxes = append(o.boxes, b)
}

// meets tells whether a box overlaps one that is taken.
func (o *occupancy) meets(b [4]float64) bool {
	c0, c1, r0, r1 := o.cells(b)
	for r := r0; r <= r1; r++ {
		for c := c0; c <= c1; c++ {
			for k := o.heads[r*o.columns+c]; k != 0; k = o.links[k].next {
				if t := &o.boxes[o.links[k].box]; b[0] < t[2] && b[2] > t[0] && b[1] < t[3] && b[3] > t[1] {
					return true
				}
			}
		}
	}
	return false
}

// covered tells whether the ground hides a place from the eye, looking at 24 points of
// the way; the ellipsoid is part of the ground.
func covered(eye, at mgl64.Vec3, ground func(lng, lat float64) float64) bool {
	const slack = 12.0 // metres; the ground grid is coarse
	for i := 1; i < 24; i++ {
		t := float64(i) / 24
		t *= 2 - t // denser near the place
		p := earth.FromECEF(eye.Add(at.Sub(eye).Mul(t)))
		if p.Height > 9000 {
			continue
		}
		if p.Height < ground(p.Lng, p.Lat)-slack {
			return true
		}
	}
	return false
}
