package stage

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
)

// wayfarer lays texts along lines, as they lie on the picture: letter by letter, never upside
// down, and not where the line is too short or turns too sharply. Measures are pixels of a
// 1080-line picture from its lower left. It keeps its memory from frame to frame.
type wayfarer struct {
	way   []bead
	texts []int32 // of each text, the last of marks; 0 = none
	marks []mark
	boxes [][4]float64
	// How positions of the glyphs' frame come to the picture.
	axes  [3]mgl64.Vec3 // right, up and ahead, in that frame
	eye   [3]float64    // along the axes
	focal float64
	x, y  float64 // the middle of the picture
	scale float64 // pixels of the picture
}

// bead is a point of a line on the picture, and how far along it lies from the text's middle.
type bead struct{ x, y, at float64 }

// mark is where a text was written.
type mark struct {
	x, y float64
	next int32
}

// start turns to the labels of one draw.
func (w *wayfarer) start(g *drawable.Glyphs, v *tiles.View) {
	if len(g.Lines) == 0 {
		return
	}
	g.Turns = g.Turns[:0]
	clear(w.texts)
	w.marks = append(w.marks[:0], mark{})
	origin := g.Frame.Col(3).Vec3().Sub(v.Eye)
	for k, axis := range [3]mgl64.Vec3{v.Right, v.Up, v.Forward} {
		w.axes[k] = mgl64.Vec3{g.Frame.Col(0).Vec3().Dot(axis), g.Frame.Col(1).Vec3().Dot(axis), g.Frame.Col(2).Vec3().Dot(axis)}
		w.eye[k] = origin.Dot(axis)
	}
	w.focal = 540 / math.Tan(v.FovY/2)
	w.scale = float64(v.Height) / 1080
	w.x, w.y = 540*float64(v.Width)/float64(v.Height), 540
}

// seen is where a point lies on the picture; false behind the eye.
func (w *wayfarer) seen(p [3]float32) (x, y float64, ok bool) {
	q := mgl64.Vec3{float64(p[0]), float64(p[1]), float64(p[2])}
	depth := w.axes[2].Dot(q) + w.eye[2]
	if depth <= 0.1 {
		return 0, 0, false
	}
	k := w.focal / depth
	return w.x + k*(w.axes[0].Dot(q)+w.eye[0]), w.y + k*(w.axes[1].Dot(q)+w.eye[1]), true
}

// alone tells whether no other label of the same text is near a place.
func (w *wayfarer) alone(l *drawable.Label, x, y float64) bool {
	if l.Way.Text >= len(w.texts) {
		w.texts = append(w.texts, make([]int32, l.Way.Text+1-len(w.texts))...)
	}
	for k := w.texts[l.Way.Text]; k != 0; k = w.marks[k].next {
		if math.Hypot(x-w.marks[k].x, y-w.marks[k].y) < float64(l.Way.Apart) {
			return false
		}
	}
	return true
}

// note remembers where a text was written.
func (w *wayfarer) note(l *drawable.Label, x, y float64) {
	w.marks = append(w.marks, mark{x, y, w.texts[l.Way.Text]})
	w.texts[l.Way.Text] = int32(len(w.marks) - 1)
}

// lay gives the glyphs of a label their turns and fills boxes with the pixels that they take;
// false where the line has no room for them, or one is taken.
func (w *wayfarer) lay(g *drawable.Glyphs, l *drawable.Label, x, y float64, taken *occupancy) bool {
	l.Way.Turned = -1
	em := float64(l.Way.Em)
	if l.Way.First < 0 || l.Way.First+l.Way.Count > len(g.Lines) || l.Count == 0 || !w.string(g.Lines[l.Way.First:l.Way.First+l.Way.Count], l.Way.At, x, y, float64(l.Max[0])+em/2) {
		return false
	}
	first := len(g.Turns)
	w.boxes = w.boxes[:0]
	back, hint := 0, 0
	for k := l.First; k < l.First+l.Count; k++ {
		q := &g.Quads[k]
		mid, half := float64(q.Min[0]+q.Max[0])/2, float64(q.Max[0]-q.Min[0])/2
		// The chord below a letter, half an em at least, so that small steps of the line do not
		// make letters dance.
		reach := math.Max(half, 0.4*em)
		x0, y0 := w.point(mid-reach, &hint)
		x1, y1 := w.point(mid+reach, &hint)
		if math.Hypot(x1-x0, y1-y0) < reach {
			return w.undo(g, first)
		}
		t := drawable.GlyphTurn{X: float32((x0 + x1) / 2), Y: float32((y0 + y1) / 2), Angle: float32(math.Atan2(y1-y0, x1-x0))}
		for back < k-l.First && mid-float64(g.Quads[l.First+back+1].Min[0]+g.Quads[l.First+back+1].Max[0])/2 >= em {
			back++
		}
		g.Turns = append(g.Turns, t)
		if cos := math.Cos(float64(t.Angle)); cos < uprightMost || math.Abs(math.Remainder(float64(t.Angle-g.Turns[first+back].Angle), 2*math.Pi)) > float64(l.Way.Bend) {
			return w.undo(g, first)
		}
		box := boxAbout(t, half, float64(q.Min[1]+q.Max[1])/2, 0.5*em, w.scale)
		if taken != nil && taken.meets(box) {
			return w.undo(g, first)
		}
		w.boxes = append(w.boxes, box)
	}
	l.Way.Turned = first
	return true
}

// uprightMost is the cosine of the angle by which a letter may lean at the most.
const uprightMost = -0.35

func (w *wayfarer) undo(g *drawable.Glyphs, first int) bool {
	g.Turns = g.Turns[:first]
	return false
}

// boxAbout is the upright box about a turned glyph whose middle is so far above the line.
func boxAbout(t drawable.GlyphTurn, half, above, rise, scale float64) [4]float64 {
	sin, cos := math.Sincos(float64(t.Angle))
	x, y := float64(t.X)-sin*above, float64(t.Y)+cos*above
	dx, dy := math.Abs(cos)*half+math.Abs(sin)*rise, math.Abs(sin)*half+math.Abs(cos)*rise
	return [4]float64{(x - dx) * scale, (y - dy) * scale, (x + dx) * scale, (y + dy) * scale}
}

// string fills way with the part of a line that reaches so far to both sides of a text's
// middle, in the order in which it is read; false where it does not.
func (w *wayfarer) string(line [][3]float32, at int, x, y, reach float64) bool {
	w.way = append(w.way[:0], bead{x, y, 0})
	side := func(from, step int) bool {
		last := bead{x, y, 0}
		for k := from; k >= 0 && k < len(line) && math.Abs(last.at) < reach; k += step {
			px, py, ok := w.seen(line[k])
			if !ok {
				return false
			}
			last = bead{px, py, last.at + float64(step)*math.Sqrt((px-last.x)*(px-last.x)+(py-last.y)*(py-last.y))}
			w.way = append(w.way, last)
		}
		return math.Abs(last.at) >= reach
	}
	if !side(at, -1) {
		return false
	}
	slices.Reverse(w.way)
	if !side(at+1, 1) {
		return false
	}
	hint := 0
	x0, y0 := w.point(-reach, &hint)
	x1, y1 := w.point(reach, &hint)
	// Steep texts are read upwards.
	if dx, dy := x1-x0, y1-y0; dx < -0.02*math.Abs(dy) || dx <= 0.02*math.Abs(dy) && dy < 0 {
		slices.Reverse(w.way)
		for k := range w.way {
			w.way[k].at = -w.way[k].at
		}
	}
	return true
}

// point is where the line is so far from the text's middle; hint is about where to look.
func (w *wayfarer) point(at float64, hint *int) (x, y float64) {
	k := *hint
	for k > 0 && w.way[k].at > at {
		k--
	}
	for k+2 < len(w.way) && w.way[k+1].at < at {
		k++
	}
	*hint = k
	a, b := w.way[k], w.way[k+1]
	t := 0.0
	if b.at > a.at {
		t = (at - a.at) / (b.at - a.at)
	}
	return a.x + t*(b.x-a.x), a.y + t*(b.y-a.y)
}
