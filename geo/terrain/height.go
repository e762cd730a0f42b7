package terrain

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo/earth"
)

// HeightAt returns the height of the finest level's surface, as it is drawn; ok is false
// outside the terrain's square.
func (t *Terrain) HeightAt(lng, lat float64) (float64, bool) {
	up := earth.Place{Lng: lng, Lat: lat}.Up()
	if !(up.Dot(t.o.Frame.Up) > 0) { // the plan folds the far side of the Earth over
		return 0, false
	}
	return t.HeightAtPlan(t.o.Frame.Plan(lng, lat))
}

// HeightAtPlan is HeightAt for a plan position.
func (t *Terrain) HeightAtPlan(x, y float64) (float64, bool) {
	g := t.grid([2]float64{x, y})
	size := float64(t.o.Cells)
	const eps = 1e-9 // of the side: rounding of a position on the rim
	if !(g[0] >= -eps*size && g[1] >= -eps*size && g[0] <= size*(1+eps) && g[1] <= size*(1+eps)) {
		return 0, false
	}
	gx, gy := min(max(g[0], 0), size), min(max(g[1], 0), size)
	fine := t.levels[len(t.levels)-1]
	ix, iy := min(int(gx)/fine.Cells, fine.Tiles-1), min(int(gy)/fine.Cells, fine.Tiles-1)
	bound := down32(fine.Error)
	h := halves(ix, iy, fine.Cells)
	tr := h[0]
	if !tr.leftOfDiagonal(gx, gy) {
		tr = h[1]
	}
	for t.splits(tr, bound) {
		l, r := tr.split()
		// The line from the apex to the middle divides them; a lies on the left half's side.
		mx, my := float64(l.cx), float64(l.cy)
		if (gx-mx)*float64(tr.ax-tr.bx)+(gy-my)*float64(tr.ay-tr.by) >= 0 {
			tr = l
		} else {
			tr = r
		}
	}
	return t.surface(tr, gx, gy), true
}

// leftOfDiagonal tells whether the position is on the triangle's side of its longest
// side.
func (t triangle) leftOfDiagonal(x, y float64) bool {
	return float64(t.bx-t.ax)*(y-float64(t.ay))-float64(t.by-t.ay)*(x-float64(t.ax)) >= 0
}

// MinMaxIn returns the lowest and highest point of the finest level's surface within a
// polygon of plan metres, from the surface's vertices inside the polygon and the
// polygon's edges cut to the surface's triangles: exact but for the Earth's curve over
// the polygon (0.2 mm at 100 m). ok is false where the polygon does
// not meet the terrain.
func (t *Terrain) MinMaxIn(p orb.Polygon) (lo, hi float64, ok bool) {
	if len(p) == 0 {
		return 0, 0, false
	}
	s := &span{t: t, poly: make(orb.Polygon, len(p)), lo: math.Inf(1), hi: math.Inf(-1)}
	for k, r := range p {
		s.poly[k] = make(orb.Ring, len(r))
		for i, v := range r {
			s.poly[k][i] = t.grid(v)
		}
	}
	if s.box = s.poly.Bound(); !(s.box.Min[0] <= s.box.Max[0] && s.box.Min[1] <= s.box.Max[1]) {
		return 0, 0, false // empty, or not numbers
	}
	fine := t.levels[len(t.levels)-1]
	s.bound = down32(fine.Error)
	clampTile := func(v float64) int {
		return int(min(max(math.Floor(v/float64(fine.Cells)), 0), float64(fine.Tiles-1)))
	}
	for iy := clampTile(s.box.Min[1]); iy <= clampTile(s.box.Max[1]); iy++ {
		for ix := clampTile(s.box.Min[0]); ix <= clampTile(s.box.Max[0]); ix++ {
			for _, h := range halves(ix, iy, fine.Cells) {
				s.visit(h)
			}
		}
	}
	return s.lo, s.hi, s.lo <= s.hi
}

type span struct {
	t      *Terrain
	poly   orb.Polygon // in cells
	box    orb.Bound
	bound  float32
	lo, hi float64
}

func (s *span) take(h float64) { s.lo, s.hi = min(s.lo, h), max(s.hi, h) }

func (s *span) visit(tr triangle) {
	minX, maxX := float64(min(tr.ax, tr.bx, tr.cx)), float64(max(tr.ax, tr.bx, tr.cx))
	minY, maxY := float64(min(tr.ay, tr.by, tr.cy)), float64(max(tr.ay, tr.by, tr.cy))
	if !(minX <= s.box.Max[0] && maxX >= s.box.Min[0] && minY <= s.box.Max[1] && maxY >= s.box.Min[1]) {
		return
	}
	if s.t.splits(tr, s.bound) {
		l, r := tr.split()
		s.visit(l)
		s.visit(r)
		return
	}
	a, b, c := s.t.nodes(tr)
	for _, v := range [3]struct {
		x, y int32
		node int
	}{{tr.ax, tr.ay, a}, {tr.bx, tr.by, b}, {tr.cx, tr.cy, c}} {
		if planar.PolygonContains(s.poly, orb.Point{float64(v.x), float64(v.y)}) {
			s.take(float64(s.t.heights[v.node]))
		}
	}
	for _, r := range s.poly {
		for k := range r {
			p, q := r[k], r[(k+1)%len(r)]
			if t0, t1, ok := tr.clip(p, q); ok {
				for _, f := range [2]float64{t0, t1} {
					s.take(s.t.surface(tr, p[0]+f*(q[0]-p[0]), p[1]+f*(q[1]-p[1])))
				}
			}
		}
	}
}

// clip returns the part of the segment from p to q inside the triangle (Cyrus-Beck).
func (t triangle) clip(p, q orb.Point) (t0, t1 float64, ok bool) {
	t0, t1 = 0, 1
	v := [3][2]float64{{float64(t.ax), float64(t.ay)}, {float64(t.bx), float64(t.by)}, {float64(t.cx), float64(t.cy)}}
	for i := range v {
		a, b := v[i], v[(i+1)%3]
		ex, ey := b[0]-a[0], b[1]-a[1]
		dp := ex*(p[1]-a[1]) - ey*(p[0]-a[0])
		dq := ex*(q[1]-a[1]) - ey*(q[0]-a[0])
		switch {
		case dp < 0 && dq < 0:
			return 0, 0, false
		case dp < 0:
			t0 = max(t0, dp/(dp-dq))
		case dq < 0:
			t1 = min(t1, dp/(dp-dq))
		}
	}
	return t0, t1, t0 <= t1
}
