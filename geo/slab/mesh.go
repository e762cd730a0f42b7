package slab

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/oliverbestmann/earcut-go"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Tile adds the part of the slab that lies in a square of the plan to a tile's content:
// the top and the walls, with 2^levels lattice cells along a side.
func (s *Slab) Tile(square orb.Bound, levels int, into *geo.Content) {
	if !s.bound.Intersects(square) {
		return
	}
	row := uint32(len(into.Features))
	t := tile{slab: s, frame: into.Frame, row: row, index: map[[2]float64]uint32{}, cell: (square.Max[0] - square.Min[0]) / math.Exp2(float64(levels))}
	t.top = geo.Mesh{Layer: s.o.Layer, Material: geo.Slab}
	t.wall = geo.Mesh{Layer: s.o.Layer, Material: geo.SlabSide}
	for _, p := range s.polys {
		rings := make([][][2]float64, len(p))
		for i, r := range p {
			rings[i] = r.points
			if (signed(r.points) < 0) == (i == 0) { // outer rings counter-clockwise, holes clockwise
				rings[i] = slices.Clone(r.points)
				slices.Reverse(rings[i])
			}
		}
		cells(rings, square, levels, t.whole, t.part)
		for i, r := range p {
			t.walls(r, square, i > 0)
		}
	}
	if len(t.top.Indices)+len(t.wall.Indices) == 0 {
		return
	}
	into.Features = append(into.Features, s.Row)
	t.shade()
	for _, m := range []geo.Mesh{t.top, t.wall} {
		if len(m.Indices) > 0 {
			into.Meshes = append(into.Meshes, m)
		}
	}
}

// tile is a tile being built.
type tile struct {
	slab      *Slab
	frame     earth.Frame
	row       uint32
	cell      float64
	top, wall geo.Mesh
	index     map[[2]float64]uint32 // vertices of the top by plan position
	plan      [][2]float64          // of the top's vertices
}

func (t *tile) vertex(p [2]float64) uint32 {
	if i, ok := t.index[p]; ok {
		return i
	}
	s := t.slab
	relief := s.relief(p)
	i := uint32(len(t.plan))
	t.index[p] = i
	t.plan = append(t.plan, p)
	t.top.Positions = append(t.top.Positions, round(s.at(t.frame, p, s.height(relief))))
	t.top.Colors = append(t.top.Colors, s.o.Color(relief))
	t.top.UVs = append(t.top.UVs, [2]float32{float32(p[0]), float32(p[1])})
	t.top.Features = append(t.top.Features, t.row)
	return i
}

func (t *tile) whole(b orb.Bound) {
	var v [4]uint32
	for i, p := range corners(b) {
		v[i] = t.vertex(p)
	}
	t.top.Indices = append(t.top.Indices, v[0], v[1], v[2], v[0], v[2], v[3])
}

// part fills what the boundary leaves of a cell. Each clipped ring that runs
// counter-clockwise is an outer one; the holes are given to all of them, as a cell is
// small and earcut leaves alone what lies elsewhere.
func (t *tile) part(p piece) {
	var holes [][]earcut.Point[float64]
	for _, r := range p.rings {
		if signed(r) < 0 {
			holes = append(holes, points(r))
		}
	}
	for _, r := range p.rings {
		if signed(r) <= 0 {
			continue
		}
		pts, tris := earcut.Triangulate(points(r), within(holes, r))
		for i := 0; i+2 < len(tris); i += 3 {
			a, b, c := plain(pts[tris[i]]), plain(pts[tris[i+1]]), plain(pts[tris[i+2]])
			switch turn := signed([][2]float64{a, b, c}); {
			case turn > 0:
				t.top.Indices = append(t.top.Indices, t.vertex(a), t.vertex(b), t.vertex(c))
			case turn < 0:
				t.top.Indices = append(t.top.Indices, t.vertex(a), t.vertex(c), t.vertex(b))
			}
		}
	}
}

func points(r [][2]float64) []earcut.Point[float64] {
	out := make([]earcut.Point[float64], len(r))
	for i, p := range r {
		out[i] = earcut.Point[float64]{X: p[0], Y: p[1]}
	}
	return out
}

func plain(p earcut.Point[float64]) [2]float64 { return [2]float64{p.X, p.Y} }

// within are the holes whose first corner lies in a ring.
func within(holes [][]earcut.Point[float64], r [][2]float64) (out [][]earcut.Point[float64]) {
	for _, h := range holes {
		in := false
		for i, q := range r {
			p := r[(i+len(r)-1)%len(r)]
			if (p[1] > h[0].Y) != (q[1] > h[0].Y) && h[0].X < (q[0]-p[0])*(h[0].Y-p[1])/(q[1]-p[1])+p[0] {
				in = !in
			}
		}
		if in || len(holes) == 1 {
			out = append(out, h)
		}
	}
	return out
}

// walls stands the boundary's edges up, cut to the square and where they cross the
// lattice.
func (t *tile) walls(r ring, square orb.Bound, hole bool) {
	n := len(r.points)
	ccw := signed(r.points) > 0
	for i := range n {
		a, b := r.points[i], r.points[(i+1)%n]
		if r.bare[i] {
			continue
		}
		if ccw == hole { // so that the slab lies on the left
			a, b = b, a
		}
		cuts := t.cuts(a, b, square)
		for k := 0; k+1 < len(cuts); k++ {
			p, q := cuts[k], cuts[k+1]
			// The half-open square: an edge along its north or east side is its neighbour's.
			m := [2]float64{(p[0] + q[0]) / 2, (p[1] + q[1]) / 2}
			if m[0] >= square.Min[0] && m[0] < square.Max[0] && m[1] >= square.Min[1] && m[1] < square.Max[1] {
				t.stand(p, q)
			}
		}
	}
}

// cuts are an edge's ends and where it crosses the lattice within the square, in order.
func (t *tile) cuts(a, b [2]float64, square orb.Bound) [][2]float64 {
	type cut struct {
		along float64
		p     [2]float64
	}
	list := []cut{{0, a}, {1, b}}
	for k := range 2 {
		lo, hi := math.Min(a[k], b[k]), math.Max(a[k], b[k])
		lo, hi = math.Max(lo, square.Min[k]), math.Min(hi, square.Max[k])
		first := math.Ceil((lo - square.Min[k]) / t.cell)
		for j := first; ; j++ {
			at := square.Min[k] + float64(j*t.cell)
			if !(at <= hi) {
				break
			}
			if at > math.Min(a[k], b[k]) && at < math.Max(a[k], b[k]) {
				list = append(list, cut{(at - a[k]) / (b[k] - a[k]), crossing(a, b, k, at)})
			}
		}
	}
	slices.SortFunc(list, func(x, y cut) int {
		switch {
		case x.along < y.along:
			return -1
		case x.along > y.along:
			return 1
		}
		return 0
	})
	out := make([][2]float64, 0, len(list))
	for _, c := range list {
		if m := len(out); m == 0 || out[m-1] != c.p {
			out = append(out, c.p)
		}
	}
	return out
}

// stand adds the wall under an edge of the boundary.
func (t *tile) stand(p, q [2]float64) {
	s := t.slab
	d := mgl64.Vec2{q[0] - p[0], q[1] - p[1]}
	l := d.Len()
	if l == 0 {
		return
	}
	n := t.frame.DirToLocal(s.frame.DirFromLocal(mgl64.Vec3{d[1] / l, -d[0] / l, 0}))
	m, first := &t.wall, uint32(len(t.wall.Positions))
	side := s.o.Side
	foot := [4]uint8{side[0] / 3, side[1] / 3, side[2] / 3, side[3]}
	for i, e := range [4][2]float64{p, q, q, p} {
		h, c, v := s.o.Top-s.o.Thickness, foot, float32(s.o.Thickness)
		if i >= 2 {
			h, c, v = s.height(s.relief(e)), side, 0
		}
		m.Positions = append(m.Positions, round(s.at(t.frame, e, h)))
		m.Normals = append(m.Normals, round(n))
		m.Colors = append(m.Colors, c)
		m.UVs = append(m.UVs, [2]float32{float32(math.Hypot(e[0], e[1])), v})
		m.Features = append(m.Features, t.row)
	}
	m.Indices = append(m.Indices, first, first+1, first+2, first, first+2, first+3)
}

// shade gives the top its normals: those of the relief around each vertex, so that tiles
// agree along their edges.
func (t *tile) shade() {
	s := t.slab
	t.top.Normals = make([][3]float32, len(t.plan))
	for i, p := range t.plan {
		lng, lat := s.frame.Unplan(p[0], p[1])
		up := earth.Place{Lng: lng, Lat: lat}.Up()
		if s.o.Relief != nil && s.o.Exaggeration != 0 {
			h := t.cell / 2
			slope := func(k int) mgl64.Vec3 {
				a, b := p, p
				a[k], b[k] = a[k]-h, b[k]+h
				return s.at(t.frame, b, s.height(s.relief(b))).Sub(s.at(t.frame, a, s.height(s.relief(a))))
			}
			t.top.Normals[i] = round(slope(0).Cross(slope(1)).Normalize())
			continue
		}
		t.top.Normals[i] = round(t.frame.DirToLocal(up))
	}
}

func round(v mgl64.Vec3) [3]float32 { return [3]float32{float32(v[0]), float32(v[1]), float32(v[2])} }
