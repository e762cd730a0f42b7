package stage

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/layers/drawable"
)

// piece is a convex part of a triangle, with the sides of borders that may meet it: those that it
// is still to be split by, and those that it was.
type piece struct {
	corners    []drawable.Vertex
	todo, done []clipSide
}

const (
	onLine    = 1e-4 // metres from a line within which a point is on it
	fewSides  = 24   // more are halved by a line between them first, so that few meet a piece
	leastHalf = 0.5  // metres, of what is halved so
)

// cut is what a border leaves of a mesh, nil of nothing, and the ends of what it cut, on borders,
// with what stays to their left.
func (c *clipper) cut(m *drawable.Mesh) (left *drawable.Mesh, ends [][2][3]float32) {
	switch c.around(float64(m.Center[0]), float64(m.Center[1]), float64(m.Radius)) {
	case allStays:
		return m, nil
	case allGoes:
		return nil, nil
	}
	out := *m
	out.Vertices, out.Indices = slices.Clone(m.Vertices), nil
	var near []clipSide
	for t := 0; t+2 < len(m.Indices); t += 3 {
		i := m.Indices[t : t+3]
		corners := [3]drawable.Vertex{m.Vertices[i[0]], m.Vertices[i[1]], m.Vertices[i[2]]}
		low, high := spanOf(corners[:])
		near = near[:0]
		for s := range c.near.between(low[1]-onLine, high[1]+onLine) {
			if s.meets(corners[:]) {
				near = append(near, *s)
			}
		}
		if len(near) == 0 {
			if x, y := centroid(corners[:]); c.keeps(x, y) {
				out.Indices = append(out.Indices, i...)
			}
			continue
		}
		todo := []piece{{corners: corners[:], todo: slices.Clone(near)}}
		for len(todo) > 0 {
			p := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if len(p.todo) > 0 {
				todo = append(todo, p.halves()...)
				continue
			}
			if x, y := centroid(p.corners); !c.keeps(x, y) {
				continue
			}
			first := uint32(len(out.Vertices))
			out.Vertices = append(out.Vertices, p.corners...)
			for k := 1; k+1 < len(p.corners); k++ {
				out.Indices = append(out.Indices, first, first+uint32(k), first+uint32(k)+1)
			}
			for k := range p.corners {
				a, b := p.corners[k].Position, p.corners[(k+1)%len(p.corners)].Position
				if c.onBorder(p.done, a, b) {
					ends = append(ends, [2][3]float32{a, b})
				}
			}
		}
	}
	if len(out.Indices) == 0 {
		return nil, nil
	}
	return out.Bound(), ends
}

// halves are the piece split by the line of one of its sides, or across where it has many.
func (p *piece) halves() (out []piece) {
	middle := len(p.todo) / 2
	by := p.todo[middle]
	low, high := spanOf(p.corners)
	across := 0
	if high[1]-low[1] > high[0]-low[0] {
		across = 1
	}
	crossing := len(p.todo) > fewSides && high[across]-low[across] > leastHalf
	if crossing {
		at := (low[across] + high[across]) / 2
		by.a[across], by.b[across] = at, at
		by.a[1-across], by.b[1-across] = low[1-across]-1, high[1-across]+1
	}
	for _, corners := range split(p.corners, by) {
		if len(corners) < 3 {
			continue
		}
		half := piece{corners: corners}
		for i := range p.todo {
			switch s := &p.todo[i]; {
			case !s.meets(corners):
			case i == middle && !crossing:
				half.done = append(half.done, *s)
			default:
				half.todo = append(half.todo, *s)
			}
		}
		for i := range p.done {
			if p.done[i].meets(corners) {
				half.done = append(half.done, p.done[i])
			}
		}
		out = append(out, half)
	}
	return out
}

// onBorder tells whether an edge lies along sides of a border beyond which nothing stays. What
// stays is to its left.
func (c *clipper) onBorder(sides []clipSide, a, b [3]float32) bool {
	const off = 0.02 // metres
	p, q := mgl64.Vec2{float64(a[0]), float64(a[1])}, mgl64.Vec2{float64(b[0]), float64(b[1])}
	if p.Sub(q).Len() < 1e-3 {
		return false
	}
	for _, share := range [5]float64{0.5, 0, 1, 0.25, 0.75} { // a straight side may be several
		x := p.Add(q.Sub(p).Mul(share))
		if !slices.ContainsFunc(sides, func(s clipSide) bool { return s.distance(x) < off }) {
			return false
		}
	}
	way := q.Sub(p).Normalize()
	return !c.keeps((p[0]+q[0])/2+2*off*way[1], (p[1]+q[1])/2-2*off*way[0])
}

// meets tells whether a side and a convex polygon have a point in common, seen from above: no line
// along the side or along an edge has one on each side (separating axes).
func (s *clipSide) meets(p []drawable.Vertex) bool {
	low, high := spanOf(p)
	for k := range 2 {
		if max(s.a[k], s.b[k]) < low[k]-onLine || min(s.a[k], s.b[k]) > high[k]+onLine {
			return false
		}
	}
	least, most := math.Inf(1), math.Inf(-1)
	for i := range p {
		d := s.offset(p[i].Position)
		least, most = min(least, d), max(most, d)
	}
	if least > onLine || most < -onLine {
		return false
	}
	for i := range p {
		a, b := p[i].Position, p[(i+1)%len(p)].Position
		edge := clipSide{a: mgl64.Vec2{float64(a[0]), float64(a[1])}, b: mgl64.Vec2{float64(b[0]), float64(b[1])}}
		way := edge.b.Sub(edge.a)
		l := way.Len()
		if l < onLine {
			continue
		}
		least, most = 0, 0
		for k := range p {
			d := edge.offset(p[k].Position)
			least, most = min(least, d), max(most, d)
		}
		from, to := s.a.Sub(edge.a), s.b.Sub(edge.a)
		u, v := (way[0]*from[1]-way[1]*from[0])/l, (way[0]*to[1]-way[1]*to[0])/l
		if max(u, v) < least-onLine || min(u, v) > most+onLine {
			return false
		}
	}
	return true
}

func spanOf(p []drawable.Vertex) (low, high [2]float64) {
	for k := range 2 {
		low[k], high[k] = math.Inf(1), math.Inf(-1)
		for i := range p {
			x := float64(p[i].Position[k])
			low[k], high[k] = min(low[k], x), max(high[k], x)
		}
	}
	return low, high
}

func centroid(p []drawable.Vertex) (x, y float64) {
	for i := range p {
		x += float64(p[i].Position[0])
		y += float64(p[i].Position[1])
	}
	return x / float64(len(p)), y / float64(len(p))
}
