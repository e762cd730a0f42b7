package roof

import (
	"cmp"
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

// node finds or makes the node at a place: on another, on a wall, or inside.
func (g *graph) node(o outline.Outline, p mgl64.Vec2) (v int, ok bool) {
	for i, q := range g.points {
		if q.Sub(p).Len() < snap {
			return i, true
		}
	}
	for k, r := range g.ring {
		for i, a := range r {
			u, w := g.points[a], g.points[r[(i+1)%len(r)]]
			d := w.Sub(u)
			t := p.Sub(u).Dot(d) / d.Dot(d)
			if t <= 0 || t >= 1 || u.Add(d.Mul(t)).Sub(p).Len() > snap {
				continue
			}
			v = len(g.points)
			g.points, g.value, g.border = append(g.points, u.Add(d.Mul(t))), append(g.value, 0), append(g.border, true)
			g.ring[k] = slices.Insert(r, i+1, v)
			return v, true
		}
	}
	g.points, g.value, g.border = append(g.points, p), append(g.value, math.NaN()), append(g.border, false)
	return len(g.points) - 1, o.Contains(p)
}

// connect ties what hangs free to the walls: every end of a line, and every corner of
// lines that touch no wall, gets hips to the nearest corners that it sees.
func (g *graph) connect(o outline.Outline) bool {
	tied := slices.Clone(g.border)
	for range g.edges {
		for _, e := range g.edges {
			tied[e[0]] = tied[e[0]] || tied[e[1]]
			tied[e[1]] = tied[e[0]]
		}
	}
	for v := range g.points {
		degree := 0
		for _, e := range g.edges {
			if e[0] == v || e[1] == v {
				degree++
			}
		}
		want := 0
		switch {
		case g.border[v] || degree == 0:
		case degree == 1:
			want = 2
		case !tied[v]:
			want = 1
		}
		if want == 0 {
			continue
		}
		near := make([]int, 0, o.Len())
		for c := range o.Len() {
			near = append(near, c)
		}
		slices.SortStableFunc(near, func(a, b int) int {
			return cmp.Compare(g.points[a].Sub(g.points[v]).Len(), g.points[b].Sub(g.points[v]).Len())
		})
		for _, c := range near {
			if want > 0 && g.sees(v, c) {
				g.edges = append(g.edges, [2]int{v, c})
				want--
			}
		}
		if want > 0 {
			return false
		}
	}
	return true
}

// segments calls f with all walls and lines until it returns false.
func (g *graph) segments(f func(a, b int) bool) bool {
	for _, r := range g.ring {
		for i, a := range r {
			if !f(a, r[(i+1)%len(r)]) {
				return false
			}
		}
	}
	for _, e := range g.edges {
		if !f(e[0], e[1]) {
			return false
		}
	}
	return true
}

func (g *graph) sees(v, c int) bool {
	return g.segments(func(a, b int) bool { return g.apart(v, c, a, b) })
}

// apart tells whether two segments meet at most in a node that both end in.
func (g *graph) apart(a, b, c, d int) bool {
	p := g.points
	if a == c || a == d || b == c || b == d {
		if a != c && a != d {
			a, b = b, a
		}
		if c != a {
			d = c // the other end
		}
		u, v := p[b].Sub(p[a]), p[d].Sub(p[a])
		return b == d || u.Dot(v) <= 0 || math.Abs(outline.Cross(u, v)) > 1e-6*u.Len()*v.Len()
	}
	return !outline.Crosses(p[a], p[b], p[c], p[d])
}

func (g *graph) tangled() bool {
	for i, e := range g.edges {
		for _, h := range g.edges[:i] {
			if !g.apart(e[0], e[1], h[0], h[1]) {
				return true
			}
		}
	}
	return !g.segments(func(a, b int) bool {
		for _, e := range g.edges {
			if (e != [2]int{a, b}) && !g.apart(e[0], e[1], a, b) {
				return false
			}
		}
		return true
	})
}

// faces walks round every piece of the outline, turning as sharply left as there is an
// edge at each node; nil where a piece has a hole in it or touches itself.
func (g *graph) faces() []face {
	out := make([][]int, len(g.points)) // nodes that a directed edge leads to
	sides := 0
	for _, r := range g.ring {
		for i, a := range r {
			out[a] = append(out[a], r[(i+1)%len(r)])
			sides++
		}
	}
	for _, e := range g.edges {
		out[e[0]], out[e[1]] = append(out[e[0]], e[1]), append(out[e[1]], e[0])
		sides += 2
	}
	done := map[[2]int]bool{}
	var faces []face
	for a := range out {
		for _, b := range out[a] {
			if done[[2]int{a, b}] {
				continue
			}
			var ring []int
			for u, v := a, b; !done[[2]int{u, v}]; {
				done[[2]int{u, v}] = true
				if slices.Contains(ring, u) || len(ring) > sides {
					return nil
				}
				ring = append(ring, u)
				back := g.points[u].Sub(g.points[v])
				turn, to := math.Inf(1), -1
				for _, w := range out[v] {
					d := g.points[w].Sub(g.points[v])
					t := -math.Atan2(outline.Cross(back, d), back.Dot(d)) // clockwise from where we came
					if t <= 1e-9 {
						t += 2 * math.Pi
					}
					if w == u {
						t = 2 * math.Pi
					}
					if t < turn {
						turn, to = t, w
					}
				}
				if to < 0 {
					return nil
				}
				u, v = v, to
			}
			faces = append(faces, face{ring, len(faces)})
		}
	}
	f := &field{points: g.points}
	for _, c := range faces {
		if f.ring(c.ring).Area() <= 0 {
			return nil
		}
	}
	return faces
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
