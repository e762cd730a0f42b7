package roof

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
)

// Line is a mapped ridge (roof:ridge, at the top of the roof) or edge (roof:edge: a hip
// or valley from the eaves to a ridge or an apex), in the outline's metres.
type Line struct {
	Points []mgl64.Vec2
	Ridge  bool
}

const (
	snap     = 0.05 // metres: line ends nearer than this to a corner or wall are on it
	maxLines = 200  // segments in one roof
)

// graph is the plane graph of an outline and the lines inside it.
type graph struct {
	points []mgl64.Vec2
	value  []float64 // 0 at the eaves, 1 on a ridge, not a number where not known yet
	border []bool
	ring   [][]int // the outline's nodes in order, with those that lines end at
	edges  [][2]int
}

// mapped builds the roof of the lines in a spec: the outline is cut along them and every
// piece is filled. nil comes back where they cross, leave the outline or make no ridge.
func mapped(o outline.Outline, spec Spec) *Roof {
	g := &graph{points: o.Points()}
	for range g.points {
		g.value, g.border = append(g.value, 0), append(g.border, true)
	}
	base := 0
	for _, r := range o {
		ring := make([]int, len(r))
		for i := range r {
			ring[i] = base + i
		}
		g.ring = append(g.ring, ring)
		base += len(r)
	}
	for _, ridges := range [...]bool{true, false} {
		for _, l := range spec.Lines {
			if l.Ridge == ridges && !g.add(o, l) {
				return nil
			}
		}
	}
	if len(g.edges) == 0 || len(g.edges) > maxLines || slices.Max(g.value) < 1 || !g.connect(o) || g.tangled() {
		return nil
	}
	f := &field{points: g.points, value: g.value, cut: map[[2]int]int{}}
	if f.faces = g.faces(); f.faces == nil {
		return nil
	}
	f.plane()
	r, err := f.mesh(o, linear, spec.Height)
	if err != nil || !(math.Abs(r.area()-o.Area()) <= 1e-7*o.Area()) || r.Top < spec.Height {
		return nil
	}
	r.Shape = Mapped
	return r
}

// Mapped is what Roof.Shape says of a roof that was built of its lines.
const Mapped Shape = "mapped"

// area is that of the plan; not a number where a triangle has none.
func (r *Roof) area() float64 {
	a := 0.0
	for _, t := range r.Triangles {
		p := r.Points[t[0]].Vec2()
		s := outline.Cross(r.Points[t[1]].Vec2().Sub(p), r.Points[t[2]].Vec2().Sub(p)) / 2
		if s < 1e-7 {
			return math.NaN()
		}
		a += s
	}
	return a
}

// add makes nodes and edges of a line. Heights that an edge's inner points lack lie
// between those of its ends.
func (g *graph) add(o outline.Outline, l Line) bool {
	var path []int
	for _, p := range l.Points {
		v, ok := g.node(o, p)
		if !ok {
			return false
		}
		if n := len(path); n == 0 || path[n-1] != v {
			path = append(path, v)
		}
	}
	if len(path) < 2 {
		return true
	}
	if l.Ridge {
		for _, v := range path {
			g.value[v] = 1
		}
	}
	for _, v := range [...]int{path[0], path[len(path)-1]} {
		if math.IsNaN(g.value[v]) {
			g.value[v] = 1 // an apex: no ridge and no wall
		}
	}
	length, total := make([]float64, len(path)), 0.0
	for k := 1; k < len(path); k++ {
		total += g.points[path[k]].Sub(g.points[path[k-1]]).Len()
		length[k] = total
	}
	a, b := g.value[path[0]], g.value[path[len(path)-1]]
	if a+b == 0 { // from eaves to eaves: what is between is the top
		a, b = 1, 1
	}
	for k, v := range path {
		if math.IsNaN(g.value[v]) {
			g.value[v] = a + (b-a)*length[k]/total
		}
		if k > 0 {
			g.edge(path[k-1], v)
		}
	}
	return true
}

// edge adds a segment that is neither there already nor a piece of a wall.
func (g *graph) edge(a, b int) {
	if g.border[a] && g.border[b] {
		for _, r := range g.ring {
			i := slices.Index(r, a)
			if i >= 0 && (r[(i+1)%len(r)] == b || r[(i+len(r)-1)%len(r)] == b) {
				return
			}
		}
	}
	if !slices.Contains(g.edges, [2]int{a, b}) && !slices.Contains(g.edges, [2]int{b, a}) {
		g.edges = append(g.edges, [2]int{a, b})
	}
}

// plane splits faces that are not plane into triangles of a facet each.
func (f *field) plane() {
	var out []face
	for _, c := range f.faces {
		tris, err := outline.Outline{f.ring(c.ring)}.Triangulate()
		if err != nil || len(tris) == 1 || f.level(c.ring, tris[0]) {
			c.facet = len(out)
			out = append(out, c)
			continue
		}
		for _, t := range tris {
			out = append(out, face{[]int{c.ring[t[0]], c.ring[t[1]], c.ring[t[2]]}, len(out)})
		}
	}
	f.faces = out
}

// level tells whether the values of a ring's points lie in the plane of three of them, to
// a fiftieth of the roof's height.
func (f *field) level(ring []int, t [3]int) bool {
	a, b, c := ring[t[0]], ring[t[1]], ring[t[2]]
	u, v := f.points[b].Sub(f.points[a]), f.points[c].Sub(f.points[a])
	k := outline.Cross(u, v)
	for _, w := range ring {
		q := f.points[w].Sub(f.points[a])
		x, y := outline.Cross(q, v)/k, outline.Cross(u, q)/k
		if math.Abs(f.value[a]+x*(f.value[b]-f.value[a])+y*(f.value[c]-f.value[a])-f.value[w]) > 0.02 {
			return false
		}
	}
	return true
}
