package pipeline

import (
	"cmp"
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

// stroke is a Lines or a Points of a frame.
type stroke struct {
	lines    *drawable.Lines // nil of points
	dots     dots            // of points
	entry    *entry
	record   uint32
	first    int // of the entry's points or curves, which is drawn first
	count    int // vertices, curves or points
	steps    int // segments of a curve
	metres   bool
	widen    float32 // factor of widths
	clock    float64
	emission float32
	blend    drawable.Blend
	overlay  bool
	reach    float64 // view depth beyond which there is none of it
}

func (s *submission) lines(d *drawable.Draw, l *drawable.Lines, c *camera, res *residency) {
	if l.Empty() {
		return
	}
	place, ok := placeDraw(l.Frame, d, l.Center, l.Radius, c)
	if !ok {
		return
	}
	e := res.polylines(l, d.Passing).passing(d)
	if e.records.count == 0 || e.widest <= 0 || !c.sees(place.center, place.radius+strokeReach(c, 4*(e.widest*max(d.Widen, 1)+2*l.Casing.Width), l.Metres, place)) {
		return
	}
	st := stroke{
		lines: l, entry: e, count: e.records.count, metres: l.Metres, clock: d.Time,
		widen: cmp.Or(d.Widen, 1), emission: l.Emission, blend: l.Blend, overlay: d.Overlay, reach: place.center.Dot(c.forward) + place.radius,
	}
	if len(l.Curves) == 0 {
		s.stroke(d, st, place)
		return
	}
	st.record = s.strokeRecord(d, place)
	for i := range l.Batches {
		b := &l.Batches[i]
		of, _ := placeDraw(l.Frame, d, b.Center, b.Radius, c)
		if len(l.Batches) > 1 && !c.sees(of.center, of.radius+strokeReach(c, 4*(e.widest+2*l.Casing.Width), l.Metres, of)) {
			continue
		}
		st.first, st.count, st.steps = b.First, b.Count, curveSteps(b, l.Cap, c, of)
		s.strokes = append(s.strokes, st)
		s.data = s.data || st.data()
	}
}

// Curves are drawn with as many segments as keep them within a part of a pixel; heads of arrows
// fill the last segment, so that those have always as many.
const (
	leastSteps, mostSteps, headSteps = 8, 64, 48

	curveError = 0.2       // pixels
	mostQuads  = 1<<29 - 1 // of a draw
)

// curveSteps is the number of segments of each curve of a batch in a view: n segments of one
// that bends by b are off by b/n² in its middle. It is one number for all, by the nearest that
// any of them may be and the most that one bends.
func curveSteps(b *drawable.CurveBatch, end drawable.Cap, c *camera, p placement) int {
	n := headSteps
	if end < drawable.CapArrow {
		nearest := math.Max(p.center.Len()-p.radius, c.near)
		pixels := float64(b.Bend) * float64(c.height) / (2 * c.tanY * nearest)
		n = int(math.Ceil(mgl64.Clamp(math.Sqrt(pixels/curveError), leastSteps, mostSteps)))
	}
	return min(n, max(mostQuads/max(b.Count, 1), 1))
}

func (s *submission) stroke(d *drawable.Draw, st stroke, place placement) {
	st.record = s.strokeRecord(d, place)
	s.strokes = append(s.strokes, st)
	s.data = s.data || st.data()
}

// strokeRecord adds what the vertex stage reads of a draw, and returns its number.
func (s *submission) strokeRecord(d *drawable.Draw, place placement) uint32 {
	rec := place.record
	rec.idBase, rec.fade, rec.tint = d.IDBase, d.Fade, d.Tint
	rec.eyeLow[3] = 1.001 // in front of what they lie on
	s.records = append(s.records, rec)
	return uint32(len(s.records) - 1)
}

// data tells whether the colours are data's, which tone mapping leaves as they are; what is
// brighter than its colour shines.
func (st *stroke) data() bool { return st.emission <= 1 && st.blend != drawable.Additive }

// strokeReach is how far a width reaches beyond the geometry's bounding sphere, metres.
func strokeReach(c *camera, width float32, metres bool, p placement) float64 {
	if metres {
		return float64(width)
	}
	farthest := p.center.Len() + p.radius
	return float64(width) / 1080 * 2 * math.Hypot(c.tanX, c.tanY) * farthest
}
