package stage

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// clipper cuts meshes of one frame along the borders of areas, seen from above.
type clipper struct {
	inside bool       // goes
	sides  []clipSide // area by area
	near   []clipSide // of one mesh, scratch
}

// clipSide is a side of an area's border.
type clipSide struct {
	a, b mgl64.Vec2
	area int
}

// newClipper lays the areas into a frame, at a height above the ellipsoid.
func newClipper(c *drawable.Clip, frame mgl64.Mat4, height float64) *clipper {
	out, f := &clipper{inside: c.Inside}, earth.FrameFromMatrix(frame)
	for n, area := range c.Areas {
		for _, ring := range area {
			var points []mgl64.Vec2
			for _, p := range ring {
				v := f.Local(earth.Place{Lng: p[0], Lat: p[1], Height: height})
				if v[2] > -1e6 { // not on the far side of the Earth
					points = append(points, v.Vec2())
				}
			}
			for i := range points {
				if q := points[(i+1)%len(points)]; q != points[i] {
					out.sides = append(out.sides, clipSide{points[i], q, n})
				}
			}
		}
	}
	return out
}

// keeps tells whether what is at a place stays: by how often a ray crosses the border of each area.
func (c *clipper) keeps(x, y float64) bool {
	in := false
	for i := range c.sides {
		if i > 0 && c.sides[i].area != c.sides[i-1].area && in {
			break
		}
		a, b := c.sides[i].a, c.sides[i].b
		if (a[1] > y) != (b[1] > y) && x < a[0]+(y-a[1])/(b[1]-a[1])*(b[0]-a[0]) {
			in = !in
		}
	}
	return in != c.inside
}

// cutKind is what becomes of a mesh.
type cutKind uint8

const (
	allStays cutKind = iota
	allGoes
	partStays
)

// around tells what becomes of all that is in a disc, and notes the sides that cross it.
func (c *clipper) around(x, y, radius float64) cutKind {
	c.near = c.near[:0]
	for _, s := range c.sides {
		if distanceTo(s, mgl64.Vec2{x, y}) <= radius {
			c.near = append(c.near, s)
		}
	}
	switch {
	case len(c.near) > 0:
		return partStays
	case c.keeps(x, y):
		return allStays
	}
	return allGoes
}

func distanceTo(s clipSide, p mgl64.Vec2) float64 {
	way := s.b.Sub(s.a)
	t := mgl64.Clamp(p.Sub(s.a).Dot(way)/way.LenSqr(), 0, 1)
	return p.Sub(s.a.Add(way.Mul(t))).Len()
}

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
	var pieces, next [][]drawable.Vertex
	for t := 0; t+2 < len(m.Indices); t += 3 {
		i := m.Indices[t : t+3]
		triangle := []drawable.Vertex{m.Vertices[i[0]], m.Vertices[i[1]], m.Vertices[i[2]]}
		pieces = append(pieces[:0], triangle)
		crossed := false
		for _, s := range c.near {
			if !touches(s, triangle) {
				continue
			}
			crossed = true
			next = next[:0]
			for _, p := range pieces {
				for _, half := range split(p, s) {
					if len(half) >= 3 {
						next = append(next, half)
					}
				}
			}
			pieces, next = next, pieces
		}
		for _, p := range pieces {
			x, y := centroid(p)
			if !c.keeps(x, y) {
				continue
			}
			if !crossed {
				out.Indices = append(out.Indices, i...)
				continue
			}
			first := uint32(len(out.Vertices))
			out.Vertices = append(out.Vertices, p...)
			for k := 1; k+1 < len(p); k++ {
				out.Indices = append(out.Indices, first, first+uint32(k), first+uint32(k)+1)
			}
			for k := range p {
				a, b := p[k].Position, p[(k+1)%len(p)].Position
				if c.onBorder(a, b) {
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

// onBorder tells whether an edge lies along a side of a border beyond which nothing stays. What
// stays is to its left.
func (c *clipper) onBorder(a, b [3]float32) bool {
	const off = 0.02 // metres
	p, q := mgl64.Vec2{float64(a[0]), float64(a[1])}, mgl64.Vec2{float64(b[0]), float64(b[1])}
	if p.Sub(q).Len() < 1e-3 {
		return false
	}
	for _, s := range c.near {
		if distanceTo(s, p) < off && distanceTo(s, q) < off {
			way := q.Sub(p).Normalize()
			return !c.keeps((p[0]+q[0])/2+2*off*way[1], (p[1]+q[1])/2-2*off*way[0])
		}
	}
	return false
}

func centroid(p []drawable.Vertex) (x, y float64) {
	for i := range p {
		x += float64(p[i].Position[0])
		y += float64(p[i].Position[1])
	}
	return x / float64(len(p)), y / float64(len(p))
}

// touches tells whether a side may cross a triangle: their boxes meet, and its line does.
func touches(s clipSide, t []drawable.Vertex) bool {
	for k := range 2 {
		low, high := t[0].Position[k], t[0].Position[k]
		for i := range t[1:] {
			low, high = min(low, t[i+1].Position[k]), max(high, t[i+1].Position[k])
		}
		if math.Max(s.a[k], s.b[k]) < float64(low) || math.Min(s.a[k], s.b[k]) > float64(high) {
			return false
		}
	}
	left, right := false, false
	for i := range t {
		d := s.offset(t[i].Position)
		left, right = left || d > 0, right || d < 0
	}
	return left && right
}

// offset is how far left of the side's line a point lies, in metres.
func (s *clipSide) offset(p [3]float32) float64 {
	way := s.b.Sub(s.a)
	return (way[0]*(float64(p[1])-s.a[1]) - way[1]*(float64(p[0])-s.a[0])) / way.Len()
}

// split divides a convex polygon by a side's line.
func split(p []drawable.Vertex, s clipSide) (halves [2][]drawable.Vertex) {
	const on = 1e-4
	for i := range p {
		v, w := &p[i], &p[(i+1)%len(p)]
		dv, dw := s.offset(v.Position), s.offset(w.Position)
		if dv >= -on {
			halves[0] = append(halves[0], *v)
		}
		if dv <= on {
			halves[1] = append(halves[1], *v)
		}
		if dv > on && dw < -on || dv < -on && dw > on {
			x := between(v, w, float32(dv/(dv-dw)))
			halves[0], halves[1] = append(halves[0], x), append(halves[1], x)
		}
	}
	for k := range halves { // what only touches the line has no other side
		if !slices.ContainsFunc(halves[k], func(v drawable.Vertex) bool { return math.Abs(s.offset(v.Position)) > on }) {
			halves[k] = nil
		}
	}
	return halves
}

// between is a point of an edge. What a wall's alpha and its feature say, they say of all of it.
func between(v, w *drawable.Vertex, t float32) drawable.Vertex {
	out := *v
	for k := range out.Position {
		out.Position[k] += (w.Position[k] - v.Position[k]) * t
	}
	for k := range out.UV {
		out.UV[k] += (w.UV[k] - v.UV[k]) * t
	}
	for k := range 3 {
		out.Color[k] = uint8(float32(v.Color[k]) + (float32(w.Color[k])-float32(v.Color[k]))*t + 0.5)
	}
	a, b := drawable.DecodeNormal(v.Normal), drawable.DecodeNormal(w.Normal)
	for k := range a {
		a[k] += (b[k] - a[k]) * t
	}
	out.Normal = drawable.EncodeNormal(a)
	return out
}
