package building

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/facade"
	"github.com/longtake/longtake/geo/building/outline"
)

const (
	shortWall = 1.6  // metres: a wall shorter than this has no windows
	column    = 26.0 // metres round: a thinner round thing is a column, a chimney or a tank
	lowWall   = 2.1  // metres of height below which there are none either
	sameLevel = 1e-6 // metres
)

// wall is one edge of the outline with the roof's line above it.
type wall struct {
	a, b   mgl64.Vec2
	na, nb mgl64.Vec3
	rim    []mgl64.Vec3 // from a to b, in the building's frame
	xa, xb float64      // metres along the stretch
	gaps   []gap        // passages through it
	glazed bool         // has windows up to top
	run    float64      // metres of the stretch that it belongs to
	front  bool         // looks to the street, as far as its length tells
	top    float64      // where windows end: a storey's edge at or above the eaves
}

// walls raises the walls from the bottom to the rim of the roof, so that they meet it
// without a gap. Up to the eaves, and on to the last full storey under a slope, they
// have windows; the rest, and short walls, are blank.
func (y *body) walls(s *shell) {
	// Bays are counted from a number of the building's own, which makes its windows differ
	// from those of its twin.
	edge, bay := 0, float64(y.seed>>40&255)
	for k, r := range y.outline {
		ws, rims := s.walls[:0], s.rims[:0]
		for i := range r {
			w := wall{a: r[i], b: r[(i+1)%len(r)]}
			w.na = outline.Left(outline.Unit(w.b.Sub(w.a))).Mul(-1).Vec3(0)
			w.nb = w.na
			from := len(rims)
			for _, v := range y.roof.Rim[edge+i] {
				q := y.roof.Points[v]
				rims = append(rims, mgl64.Vec3{q[0], q[1], q[2] + y.eaves})
			}
			w.rim = rims[from:len(rims):len(rims)] // what grows later goes elsewhere
			ws = append(ws, w)
		}
		s.walls, s.rims = ws, rims
		for _, st := range s.runs(r) {
			y.face(ws, st, &bay)
		}
		if len(y.cuts) > 0 {
			for i := range ws {
				ws[i].gaps = y.gapsOf(edge + i)
			}
		}
		if k == 0 {
			y.street(ws)
		}
		for i := range ws {
			y.raise(s, ws, i)
		}
		edge += len(r)
	}
}

// face gives the walls of a stretch their window columns and smooth normals.
func (y *body) face(ws []wall, st stretch, bay *float64) {
	lowest := math.Inf(1)
	for _, i := range st.walls {
		for _, p := range ws[i].rim {
			lowest = math.Min(lowest, p[2])
		}
	}
	top := y.eaves
	if over := lowest - y.eaves; over >= y.storey {
		top += math.Floor(over/y.storey+1e-9) * y.storey
	}
	glazed := y.rule.bay > 0 && !y.blind && st.length >= shortWall && top-y.floor >= lowWall &&
		!(st.closed && st.length < column)
	bays := 0.0
	if glazed {
		bays = math.Max(1, math.Round(st.length/y.look.style.Bay))
	}
	x := 0.0
	for k, i := range st.walls {
		w := &ws[i]
		l := outline.Length(w.b.Sub(w.a))
		w.glazed, w.top, w.run = glazed, top, st.length
		w.xa, w.xb = x, x+l
		if glazed {
			w.xa, w.xb = *bay+w.xa/st.length*bays, *bay+w.xb/st.length*bays
		}
		x += l
		if k > 0 || st.closed {
			p := &ws[st.walls[(k+len(st.walls)-1)%len(st.walls)]]
			n := p.normal().Add(w.normal()).Normalize()
			p.nb, w.na = n, n
		}
	}
	*bay += bays
}

// street marks the walls of the outer ring that may look to a street, the long ones, and
// remembers walls with windows for what stands out of them.
func (y *body) street(ws []wall) {
	longest := 0.0
	for i := range ws {
		if ws[i].glazed {
			longest = math.Max(longest, ws[i].run)
		}
	}
	for i := range ws {
		w := &ws[i]
		if !w.glazed {
			continue
		}
		w.front = w.run >= math.Min(0.55*longest, 14)
		y.faces = append(y.faces, facade.Wall{
			A: w.a, B: w.b, Floor: y.floor, Top: w.top, Storey: y.storey, First: y.first, BayA: w.xa, BayB: w.xb, Front: w.front && len(w.gaps) == 0, // no shops across a passage
		})
	}
}

// normal is the wall's own, outwards.
func (w *wall) normal() mgl64.Vec3 {
	return outline.Left(outline.Unit(w.b.Sub(w.a))).Mul(-1).Vec3(0)
}

// raise adds the faces of one wall.
func (y *body) raise(s *shell, ws []wall, i int) {
	w := &ws[i]
	before, after := &ws[(i+len(ws)-1)%len(ws)], &ws[(i+1)%len(ws)]
	if !w.glazed {
		y.panels(s.patch(geo.Wall), w, y.bottom, before, after)
		return
	}
	y.panel(s.patch(geo.Facade), w, w.rim, y.bottom, w.top, before, after)
	y.panels(s.patch(geo.Wall), w, w.top, before, after)
}

// panels adds the part of a wall between a level and the rim: one face for each piece of
// the rim that stands above the level.
func (y *body) panels(p *patch, w *wall, lo float64, before, after *wall) {
	from := 0
	for k := 1; k < len(w.rim); k++ {
		end := k == len(w.rim)-1
		if !end && w.rim[k][2] > lo+sameLevel {
			continue
		}
		var l, r *wall
		if from == 0 {
			l = before
		}
		if end {
			r = after
		}
		piece := w.rim[from : k+1]
		for _, q := range piece {
			if q[2] > lo+sameLevel {
				y.panel(p, w, piece, lo, math.Inf(1), l, r)
				break
			}
		}
		from = k
	}
}

// panel adds the part of a wall below a piece of its rim and between two levels. Where
// the windows of the wall round the corner end at another level, the corner gets a point
// there, so that no crack opens between them.
func (y *body) panel(p *patch, w *wall, rim []mgl64.Vec3, lo, hi float64, before, after *wall) {
	var few [8]mgl64.Vec3
	ring := few[:0]
	add := func(q mgl64.Vec2, z float64) {
		if n := len(ring); n > 0 && ring[n-1].Vec2() == q && math.Abs(ring[n-1][2]-z) < sameLevel {
			return
		}
		ring = append(ring, q.Vec3(z))
	}
	first, last := rim[0], rim[len(rim)-1]
	add(first.Vec2(), lo)
	if lo == y.bottom {
		for _, g := range w.gaps {
			add(g.p, lo)
			add(g.p, g.high)
			add(g.q, g.high)
			add(g.q, lo)
		}
	}
	add(last.Vec2(), lo)
	if z, ok := after.between(lo, math.Min(hi, last[2])); ok {
		add(last.Vec2(), z)
	}
	for k := len(rim) - 1; k >= 0; k-- {
		q := rim[k]
		if q[2] > hi+sameLevel && k > 0 && k < len(rim)-1 {
			continue // this point belongs to the panel above
		}
		add(q.Vec2(), math.Min(q[2], hi))
	}
	if z, ok := before.between(lo, math.Min(hi, first[2])); ok {
		add(first.Vec2(), z)
	}
	if n := len(ring); n > 1 && ring[n-1].Vec2() == ring[0].Vec2() && math.Abs(ring[n-1][2]-ring[0][2]) < sameLevel {
		ring = ring[:n-1]
	}
	if len(ring) < 3 {
		return
	}
	d := w.b.Sub(w.a)
	l := outline.Length(d)
	var fewFlat [8]mgl64.Vec2
	flat := outline.Ring(fewFlat[:])
	if len(ring) > len(fewFlat) {
		flat = make(outline.Ring, len(ring))
	}
	flat = flat[:len(ring)]
	for i, q := range ring {
		flat[i] = mgl64.Vec2{q.Vec2().Sub(w.a).Dot(d) / l, q[2]}
	}
	tris := [][3]int{{0, 1, 2}, {0, 2, 3}}
	if len(ring) != 4 || !(outline.Convex4(flat)) {
		var err error
		if tris, err = (outline.Outline{slices.Clone(flat)}).Triangulate(); err != nil {
			return // a wall thinner than rounding
		}
	}
	n := len(p.vertices)
	for i, q := range ring {
		t := flat[i][0] / l
		v := vertex{p: q, n: w.na, colour: y.look.wall}
		if w.na != w.nb {
			v.n = w.na.Mul(1 - t).Add(w.nb.Mul(t)).Normalize()
		}
		v.uv = mgl64.Vec2{w.xa + (w.xb-w.xa)*t, y.first + (q[2]-y.floor)/y.storey}
		if p.material == geo.Facade {
			v.colour[3] = y.look.style.Code(w.front)
		} else {
			v.uv[1] = q[2]
		}
		p.vertices = append(p.vertices, v)
	}
	for _, t := range tris {
		p.tris = append(p.tris, [3]int{n + t[0], n + t[1], n + t[2]})
	}
}

// between is the level at which the wall's windows end, if that lies between two others.
func (w *wall) between(lo, hi float64) (z float64, ok bool) {
	if w == nil || !w.glazed {
		return 0, false
	}
	return w.top, w.top > lo+sameLevel && w.top < hi-sameLevel
}
