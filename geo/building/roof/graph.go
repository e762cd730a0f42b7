package roof

import (
	"cmp"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
)

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
