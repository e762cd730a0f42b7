package indoor

import (
	"math"
	"slices"

	"github.com/peterstace/simplefeatures/geom"
)

// Figures in metres.
const (
	wallHalf   = 0.09 // half the thickness of a wall
	shellGap   = 0.03 // between a wall and the building's shell
	doorHeight = 2.1
	leafWide   = 0.05
	sill       = 0.9 // windows of outer walls begin
	lintel     = 2.3 // and end
	windowStep = 2.7 // from window to window
	windowWide = 1.5
	reach      = 0.35 // a door farther from any wall stands in none
)

// opening is a hole in the walls of a storey between two heights.
type opening struct {
	area     geom.Geometry
	from, to float64
}

// wallwork is the walls of a storey: their area, and what is taken out of it.
type wallwork struct {
	area     geom.Geometry
	openings []opening
	leaves   []polygon // doors that stand open
}

// edges lists the wall lines of a storey: inner ones once, whichever rooms share them, and
// the outline's.
func (h *house) edges(s *storey) (inner, outer [][2]vec) {
	seen := map[[4]int64]bool{}
	add := func(list *[][2]vec, a, b vec) {
		key := func(v vec) (int64, int64) { return int64(math.Round(v[0] * 100)), int64(math.Round(v[1] * 100)) }
		ax, ay := key(a)
		bx, by := key(b)
		if ax > bx || ax == bx && ay > by {
			ax, ay, bx, by = bx, by, ax, ay
		}
		k := [4]int64{ax, ay, bx, by}
		if !seen[k] && (ax != bx || ay != by) {
			seen[k] = true
			*list = append(*list, [2]vec{a, b})
		}
	}
	each := func(list *[][2]vec, p polygon) {
		for _, r := range p {
			for i, q := range r {
				add(list, r[(i+len(r)-1)%len(r)], q)
			}
		}
	}
	for _, p := range h.outline {
		each(&outer, p)
	}
	for i := range s.rooms {
		if s.rooms[i].walled {
			each(&inner, s.rooms[i].area)
		}
	}
	for _, w := range s.walls {
		add(&inner, w[0], w[1])
	}
	return inner, outer
}

// walls makes the walls of a storey within the building's shell. plain leaves out
// openings and doors' leaves.
func (h *house) walls(s *storey, plain bool) (*wallwork, error) {
	inner, outer := h.edges(s)
	all := slices.Concat(inner, outer)
	lines := make([]geom.LineString, len(all))
	for i, e := range all {
		lines[i] = geom.NewLineStringXY(e[0][0], e[0][1], e[1][0], e[1][1])
	}
	area, err := geom.Buffer(geom.NewMultiLineString(lines).AsGeometry(), wallHalf, geom.BufferEndCapSquare(), geom.BufferJoinStyleMitre(2))
	if err != nil {
		return nil, err
	}
	within, err := geom.Buffer(geometry(h.outline), -shellGap, geom.BufferJoinStyleMitre(2))
	if err != nil {
		return nil, err
	}
	w := &wallwork{}
	if w.area, err = geom.Intersection(area, within); err != nil {
		return nil, err
	}
	if plain {
		return w, nil
	}
	for _, d := range slices.Concat(s.doors, h.doors) {
		if e, ok := nearest(all, d.at); ok {
			w.door(d, e)
		}
	}
	if s.level >= 0 && h.storey > lintel+0.2 { // below the ground there is nothing to see
		for _, e := range outer {
			w.windows(e, s.doors)
		}
	}
	return w, nil
}

// nearest is the wall that a door stands in.
func nearest(edges [][2]vec, at vec) (best [2]vec, ok bool) {
	least := reach
	for _, e := range edges {
		d := e[1].Sub(e[0])
		l := d.Len()
		t := at.Sub(e[0]).Dot(d) / (l * l)
		if away := at.Sub(e[0].Add(d.Mul(min(max(t, 0), 1)))).Len(); away < least {
			least, best, ok = away, e, true
		}
	}
	return best, ok
}

// door opens a wall and stands the door's leaf beside the opening.
func (w *wallwork) door(d door, e [2]vec) {
	u := e[1].Sub(e[0]).Normalize()
	n := vec{-u[1], u[0]}
	w.openings = append(w.openings, opening{box(d.at, u, n, d.width/2, 0.3), 0, doorHeight})
	if d.leaf {
		hinge := d.at.Sub(u.Mul(d.width / 2))
		mid := hinge.Add(n.Mul(d.width / 2)).Add(u.Mul(leafWide / 2))
		w.leaves = append(w.leaves, corners(mid, u, n, leafWide/2, d.width/2))
	}
}

// windows opens an outer wall between its ends, but for where doors are.
func (w *wallwork) windows(e [2]vec, doors []door) {
	d := e[1].Sub(e[0])
	l := d.Len()
	count := int(math.Floor((l - 0.6) / windowStep))
	if l >= 2.2 {
		count = max(count, 1)
	}
	u := d.Mul(1 / l)
	for i := range count {
		at := e[0].Add(u.Mul(l * (float64(i) + 0.5) / float64(count)))
		if slices.ContainsFunc(doors, func(d door) bool { return d.at.Sub(at).Len() < d.width/2+windowWide/2+0.2 }) {
			continue
		}
		w.openings = append(w.openings, opening{box(at, u, vec{-u[1], u[0]}, windowWide/2, 0.3), sill, lintel})
	}
}

func corners(at, u, n vec, along, across float64) polygon {
	a, b := u.Mul(along), n.Mul(across)
	return polygon{{at.Sub(a).Sub(b), at.Add(a).Sub(b), at.Add(a).Add(b), at.Sub(a).Add(b)}}
}

func box(at, u, n vec, along, across float64) geom.Geometry {
	return geometry([]polygon{corners(at, u, n, along, across)})
}

// band is a part of the walls between two heights, without what is open there.
type band struct {
	area     []polygon
	from, to float64
}

// bands cuts the walls where openings begin and end.
func (w *wallwork) bands(height float64) ([]band, error) {
	levels := []float64{0, height}
	for _, o := range w.openings {
		levels = append(levels, min(o.from, height), min(o.to, height))
	}
	slices.Sort(levels)
	levels = slices.Compact(levels)
	var out []band
	for i := 1; i < len(levels); i++ {
		b := band{from: levels[i-1], to: levels[i]}
		var holes []geom.Geometry
		for _, o := range w.openings {
			if o.from <= b.from && o.to >= b.to {
				holes = append(holes, o.area)
			}
		}
		area := w.area
		if len(holes) > 0 {
			all, err := geom.UnionMany(holes)
			if err != nil {
				return nil, err
			}
			if area, err = geom.Difference(area, all); err != nil {
				return nil, err
			}
		}
		b.area = polygons(area)
		out = append(out, b)
	}
	return out, nil
}

// geometry turns polygons into those of simplefeatures.
func geometry(ps []polygon) geom.Geometry {
	var out []geom.Geometry
	for _, p := range ps {
		rings := make([][]float64, len(p))
		for i, r := range p {
			for _, q := range r {
				rings[i] = append(rings[i], q[0], q[1])
			}
			rings[i] = append(rings[i], r[0][0], r[0][1])
		}
		out = append(out, geom.NewPolygonXY(rings...).AsGeometry())
	}
	if len(out) == 1 {
		return out[0]
	}
	if all, err := geom.UnionMany(out); err == nil {
		return all
	}
	return out[0]
}

// polygons turns them back: outer rings counter-clockwise, holes clockwise.
func polygons(g geom.Geometry) (out []polygon) {
	switch {
	case g.IsPolygon():
		if p := rings(g.MustAsPolygon()); p != nil {
			out = append(out, p)
		}
	case g.IsMultiPolygon():
		m := g.MustAsMultiPolygon()
		for i := range m.NumPolygons() {
			if p := rings(m.PolygonN(i)); p != nil {
				out = append(out, p)
			}
		}
	case g.IsGeometryCollection():
		c := g.MustAsGeometryCollection()
		for i := range c.NumGeometries() {
			out = append(out, polygons(c.GeometryN(i))...)
		}
	}
	return out
}

func rings(p geom.Polygon) (out polygon) {
	for i, r := range p.DumpRings() {
		seq := r.Coordinates()
		var q ring
		for k := range seq.Length() - 1 {
			xy := seq.GetXY(k)
			q = append(q, vec{xy.X, xy.Y})
		}
		if len(q) < 3 {
			if i == 0 {
				return nil
			}
			continue
		}
		if (area(q) < 0) == (i == 0) {
			slices.Reverse(q)
		}
		out = append(out, q)
	}
	return out
}
