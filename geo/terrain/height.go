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
	x, y, ok := t.planAt(lng, lat)
	if !ok {
		return 0, false
	}
	return t.HeightAtPlan(x, y)
}

// planAt is a place in the plan; ok is false on the far side of the Earth, which the plan
// folds over.
func (t *Terrain) planAt(lng, lat float64) (x, y float64, ok bool) {
	up := earth.Place{Lng: lng, Lat: lat}.Up()
	if !(up.Dot(t.o.Frame.Up) > 0) {
		return 0, 0, false
	}
	x, y = t.o.Frame.Plan(lng, lat)
	return x, y, true
}

// HeightAtPlan is HeightAt for a plan position.
func (t *Terrain) HeightAtPlan(x, y float64) (float64, bool) {
	k := t.TileAt(x, y)
	if k < 0 {
		return 0, false
	}
	n := t.levels[len(t.levels)-1].Tiles
	return t.surface(t.leaf(k%n, k/n), x, y), true
}

// TileAt is the number of the finest tile that answers for a plan position: row-major from
// the south-west; -1 outside the square.
func (t *Terrain) TileAt(x, y float64) int {
	g := t.grid([2]float64{x, y})
	size := float64(t.o.Cells)
	const eps = 1e-9 // of the side: rounding of a position on the rim
	if !(g[0] >= -eps*size && g[1] >= -eps*size && g[0] <= size*(1+eps) && g[1] <= size*(1+eps)) {
		return -1
	}
	fine := t.levels[len(t.levels)-1]
	return t.column(g[1], fine)*fine.Tiles + t.column(g[0], fine)
}

// column is the column or row of tiles at a position in cells of the grid.
func (t *Terrain) column(v float64, l Level) int {
	return int(min(max(math.Floor(v/float64(l.Cells)), 0), float64(l.Tiles-1)))
}

// surface is the height of a leaf's mesh: its plane, less what the Earth curves up to it.
func (t *Terrain) surface(l *leaf, x, y float64) float64 {
	return l.plane((x-l.origin[0])/l.step, (y-l.origin[1])/l.step) - t.ellipsoid.over(x, y)
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
	box := p.Bound()
	if !(box.Min[0] <= box.Max[0] && box.Min[1] <= box.Max[1]) {
		return 0, 0, false // empty, or not numbers
	}
	s := &span{t: t, poly: p, box: box, lo: math.Inf(1), hi: math.Inf(-1)}
	fine := t.levels[len(t.levels)-1]
	a, b := t.grid(box.Min), t.grid(box.Max)
	size := float64(t.o.Cells)
	if !(a[0] <= size && a[1] <= size && b[0] >= 0 && b[1] >= 0) {
		return 0, 0, false
	}
	for iy := t.column(a[1], fine); iy <= t.column(b[1], fine); iy++ {
		for ix := t.column(a[0], fine); ix <= t.column(b[0], fine); ix++ {
			s.visit(t.leaf(ix, iy))
		}
	}
	return s.lo, s.hi, s.lo <= s.hi
}

type span struct {
	t      *Terrain
	poly   orb.Polygon
	box    orb.Bound
	lo, hi float64
}

func (s *span) take(l *leaf, x, y float64) {
	h := s.t.surface(l, x, y)
	s.lo, s.hi = min(s.lo, h), max(s.hi, h)
}

func (s *span) visit(l *leaf) {
	// The box in the leaf's cells.
	x0, y0 := (s.box.Min[0]-l.origin[0])/l.step, (s.box.Min[1]-l.origin[1])/l.step
	x1, y1 := (s.box.Max[0]-l.origin[0])/l.step, (s.box.Max[1]-l.origin[1])/l.step
	seen := map[int32]bool{}
	for by := l.column(y0); by <= l.column(y1); by++ {
		for bx := l.column(x0); bx <= l.column(x1); bx++ {
			for _, k := range l.bins[by*l.n+bx] {
				if !seen[k] {
					seen[k] = true
					s.triangle(l, k)
				}
			}
		}
	}
}

func (s *span) triangle(l *leaf, k int32) {
	var v [3][2]float64
	for i := range v {
		at := l.tris[int(k)+i]
		v[i] = [2]float64{l.origin[0] + l.x[at]*l.step, l.origin[1] + l.y[at]*l.step}
		if s.box.Contains(v[i]) && planar.PolygonContains(s.poly, v[i]) {
			s.take(l, v[i][0], v[i][1])
		}
	}
	for _, r := range s.poly {
		for i := range r {
			p, q := r[i], r[(i+1)%len(r)]
			if t0, t1, ok := clip(v, p, q); ok {
				for _, f := range [2]float64{t0, t1} {
					s.take(l, p[0]+f*(q[0]-p[0]), p[1]+f*(q[1]-p[1]))
				}
			}
		}
	}
}

// clip returns the part of the segment from p to q inside the triangle (Cyrus-Beck).
func clip(v [3][2]float64, p, q orb.Point) (t0, t1 float64, ok bool) {
	t0, t1 = 0, 1
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
