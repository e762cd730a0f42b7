package tin_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/longtake/longtake/geo/terrain/tin"
)

// TestMoved: nodes on both sides of a straight step, moved onto its edges, are vertices
// there; the mesh has neither hole nor overlap, no edge leads over the step but from one of
// its edges to the other, and all nodes keep the bound.
func TestMoved(t *testing.T) {
	const n, parts, thick = 65, 16, 0.08
	r := rand.New(rand.NewPCG(3, 4))
	var s tin.Mesher
	for range 40 {
		sin, cos := math.Sincos(r.Float64() * 2 * math.Pi)
		at := 32*cos + 32*sin + 20*(r.Float64()-0.5)
		side := func(x, y float64) float64 { return x*cos + y*sin - at }
		g := tin.Grid{W: n, H: n, Z: make([]float32, n*n), Fewest: true, Parts: parts}
		place := map[int][2]float64{}
		for j := range n {
			for i := range n {
				d := side(float64(i), float64(j))
				g.Z[j*n+i] = float32(math.Sin(float64(i)/9) + math.Cos(float64(j)/7))
				if d > 0 {
					g.Z[j*n+i] += 30
				}
				if i == 0 || j == 0 || i == n-1 || j == n-1 {
					continue
				}
				for _, o := range [4][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
					if d*side(float64(i+o[0]), float64(j+o[1])) < 0 && place[j*n+i] == [2]float64{} {
						to := d - math.Copysign(thick, d)
						m := tin.Moved{Node: j*n + i, X: int16(math.Round(-to * cos * parts)), Y: int16(math.Round(-to * sin * parts)), Above: d > 0}
						g.Moved = append(g.Moved, m)
						place[m.Node] = [2]float64{float64(i) + float64(m.X)/parts, float64(j) + float64(m.Y)/parts}
					}
				}
			}
		}
		const bound = 0.3
		m := s.Mesh(g, bound, nil)
		if m.Error > bound {
			t.Fatalf("%v off", m.Error)
		}
		found, area := 0, 0.0
		at2 := func(v uint32) (p [2]float64, moved bool) {
			node := int(m.Y[v])*n + int(m.X[v])
			if p, moved = place[node]; moved {
				return p, true
			}
			return [2]float64{float64(m.X[v]), float64(m.Y[v])}, false
		}
		for v := range m.X {
			if _, moved := at2(uint32(v)); moved {
				found++
			}
		}
		if found != len(g.Moved) {
			t.Fatalf("%d of %d moved nodes are vertices", found, len(g.Moved))
		}
		for k := 0; k < len(m.Tris); k += 3 {
			a, _ := at2(m.Tris[k])
			b, _ := at2(m.Tris[k+1])
			c, _ := at2(m.Tris[k+2])
			d := (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
			if d <= 0 {
				t.Fatal("a triangle is clockwise or flat")
			}
			area += d / 2
			for e := range 3 {
				p, moved := at2(m.Tris[k+e])
				q, also := at2(m.Tris[k+(e+1)%3])
				if side(p[0], p[1])*side(q[0], q[1]) < 0 && !(moved && also) && inner(p, n) && inner(q, n) {
					t.Fatalf("an edge leads over the step from %.2f to %.2f", p, q)
				}
			}
		}
		if math.Abs(area-(n-1)*(n-1)) > 1e-6 {
			t.Fatalf("the triangles cover %v of %v", area, (n-1)*(n-1))
		}
	}
}

// inner tells whether a place is away from the rim, where the step is not known.
func inner(p [2]float64, n float64) bool {
	return min(p[0], p[1]) > 2.5 && max(p[0], p[1]) < n-3.5
}

// TestStepsBesideEachOther: an edge runs from each moved node to the next of its side, also
// on a street of a few cells between two walls, where what is opposite is as near as the
// next node.
func TestStepsBesideEachOther(t *testing.T) {
	const n, parts, thick = 65, 16, 0.08
	r := rand.New(rand.NewPCG(5, 6))
	var s tin.Mesher
	pairs := 0
	for range 60 {
		sin, cos := math.Sincos(r.Float64() * 2 * math.Pi)
		at, wide := 32*cos+32*sin+8*(r.Float64()-0.5), 2.5+3*r.Float64()
		g := tin.Grid{W: n, H: n, Z: make([]float32, n*n), Fewest: true, Parts: parts}
		moved := map[int]tin.Moved{}
		for j := range n {
			for i := range n {
				d := float64(i)*cos + float64(j)*sin - at
				z := 0.
				for k, wall := range [2]float64{0, wide} { // terraces
					if d > wall {
						z = float64(10 * (k + 1))
					}
				}
				g.Z[j*n+i] = float32(z + math.Sin(float64(i)/9))
				off := d
				if math.Abs(d-wide) < math.Abs(d) {
					off = d - wide
				}
				if i > 1 && j > 1 && i < n-2 && j < n-2 && math.Abs(off) < 0.5*(math.Abs(cos)+math.Abs(sin)) {
					to := off - math.Copysign(thick, off)
					m := tin.Moved{Node: j*n + i, X: int16(math.Round(-to * cos * parts)), Y: int16(math.Round(-to * sin * parts)), Above: off > 0}
					g.Moved = append(g.Moved, m)
					moved[m.Node] = m
				}
			}
		}
		m := s.Mesh(g, 0.3, nil)
		edges, area := map[[2]int]bool{}, 0.0
		at2 := func(v uint32) (node int, x, y float64) {
			node = int(m.Y[v])*n + int(m.X[v])
			return node, float64(m.X[v]) + float64(moved[node].X)/parts, float64(m.Y[v]) + float64(moved[node].Y)/parts
		}
		for k := 0; k < len(m.Tris); k += 3 {
			a, ax, ay := at2(m.Tris[k])
			b, bx, by := at2(m.Tris[k+1])
			c, cx, cy := at2(m.Tris[k+2])
			d := (bx-ax)*(cy-ay) - (by-ay)*(cx-ax)
			if d <= 0 {
				t.Fatal("a triangle is clockwise or flat")
			}
			area += d / 2
			for _, e := range [3][2]int{{a, b}, {b, c}, {c, a}} {
				edges[e], edges[[2]int{e[1], e[0]}] = true, true
			}
		}
		if math.Abs(area-(n-1)*(n-1)) > 1e-6 {
			t.Fatalf("the triangles cover %v of %v", area, (n-1)*(n-1))
		}
		same := func(a, b int) bool {
			p, ok := moved[a]
			q, found := moved[b]
			return ok && found && p.Above == q.Above
		}
		for a := range moved {
			for _, next := range [4][2]int{{1, 0}, {0, 1}, {1, 1}, {-1, 1}} {
				b := a + next[1]*n + next[0]
				if !same(a, b) || next[0]*next[1] != 0 && (same(a, a+next[0]) || same(a, a+n)) {
					continue
				}
				if pairs++; !edges[[2]int{a, b}] {
					t.Errorf("no edge from %d,%d to %d,%d, of walls %.2f cells apart", a%n, a/n, b%n, b/n, wide)
				}
			}
		}
	}
	if pairs < 5000 {
		t.Errorf("%d pairs", pairs)
	}
}
