package tin_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo/terrain/tin"
)

// random is ground of some character: noise, waves, steps, a plane or a single spike.
func random(r *rand.Rand, w, h int) []float32 {
	z := make([]float32, w*h)
	kind := r.IntN(5)
	for j := range h {
		for i := range w {
			x, y := float64(i), float64(j)
			switch kind {
			case 0:
				z[j*w+i] = float32(100 * r.Float64())
			case 1:
				z[j*w+i] = float32(50*math.Sin(x/7) + 30*math.Cos(y/5+x/11))
			case 2:
				z[j*w+i] = float32(20 * math.Floor(x/6+y/9))
			case 3:
				z[j*w+i] = float32(3*x - 2*y)
			}
		}
	}
	if kind == 4 {
		z[r.IntN(len(z))] = 1000
	}
	return z
}

// check holds a mesh to what it promises: the bound, no hole, no overlap, counter-clockwise
// triangles, an edge between two of them in opposite directions.
func check(t *testing.T, g tin.Grid, m tin.Mesh, bound float64) {
	t.Helper()
	seen := make([]bool, len(g.Z))
	var area int64
	edges := map[[2]uint32]bool{}
	for k := 0; k < len(m.Tris); k += 3 {
		var x, y, h [3]float64
		for i := range 3 {
			v, u := m.Tris[k+i], m.Tris[k+(i+1)%3]
			x[i], y[i] = float64(m.X[v]), float64(m.Y[v])
			h[i] = float64(g.Z[int(m.Y[v])*g.W+int(m.X[v])])
			if edges[[2]uint32{v, u}] {
				t.Fatal("an edge is used twice in one direction")
			}
			edges[[2]uint32{v, u}] = true
		}
		d := (x[1]-x[0])*(y[2]-y[0]) - (y[1]-y[0])*(x[2]-x[0])
		if d <= 0 {
			t.Fatal("a triangle is clockwise or flat")
		}
		area += int64(d)
		for j := min(y[0], y[1], y[2]); j <= max(y[0], y[1], y[2]); j++ {
			for i := min(x[0], x[1], x[2]); i <= max(x[0], x[1], x[2]); i++ {
				b := (i-x[0])*(y[2]-y[0]) - (j-y[0])*(x[2]-x[0])
				c := (x[1]-x[0])*(j-y[0]) - (y[1]-y[0])*(i-x[0])
				if b < 0 || c < 0 || b+c > d {
					continue
				}
				at := int(j)*g.W + int(i)
				seen[at] = true
				if off := math.Abs(float64(g.Z[at]) - h[0] - b/d*(h[1]-h[0]) - c/d*(h[2]-h[0])); off > bound+1e-6 || off > m.Error+1e-6 {
					t.Fatalf("%v off at %v, %v: the bound is %v, %v are stated", off, i, j, bound, m.Error)
				}
			}
		}
	}
	if area != int64(2*(g.W-1)*(g.H-1)) || slices.Contains(seen, false) {
		t.Fatalf("%dx%d: the triangles cover %v of the grid", g.W, g.H, float64(area)/float64(2*(g.W-1)*(g.H-1)))
	}
}

func TestAnyGrid(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	var s tin.Mesher // one for all: nothing of the last mesh may show
	for range 300 {
		g := tin.Grid{W: 2 + r.IntN(90), H: 2 + r.IntN(90), Fewest: r.IntN(4) == 0}
		if r.IntN(2) == 0 { // such are halved
			g.W = 1<<(1+r.IntN(6)) + 1
			g.H = g.W
		}
		g.Z = random(r, g.W, g.H)
		bound := []float64{0, 0.5, 5, 40, math.Inf(1)}[r.IntN(5)]
		check(t, g, s.Mesh(g, bound, nil), bound)
	}
	// Whatever its sides keep, a mesh has just that on them.
	for range 200 {
		n := 1<<(1+r.IntN(6)) + 1
		g := tin.Grid{W: n, H: n}
		g.Z = random(r, n, n)
		var rim [4][]int
		for k := range rim {
			for i := range n {
				if i == 0 || i == n-1 || r.IntN(6) == 0 {
					rim[k] = append(rim[k], i)
				}
			}
		}
		m := s.Mesh(g, 5, &rim)
		check(t, g, m, math.Inf(1))
		var got [4][]int
		for v := range m.X {
			x, y := int(m.X[v]), int(m.Y[v])
			for k, on := range [4]bool{y == 0, x == n-1, y == n-1, x == 0} {
				if on {
					got[k] = append(got[k], [4]int{x, y, x, y}[k])
				}
			}
		}
		for k := range got {
			if slices.Sort(got[k]); !slices.Equal(got[k], rim[k]) {
				t.Fatalf("side %d has %v, not %v", k, got[k], rim[k])
			}
		}
	}
	flat := tin.Grid{W: 65, H: 65, Z: make([]float32, 65*65)}
	if m := s.Mesh(flat, 0, nil); len(m.Tris) != 6 {
		t.Errorf("level ground takes %d triangles", len(m.Tris)/3)
	}
}

// TestKinds: no triangle longer than Reach holds a node of a kind that none of its corners
// would show.
func TestKinds(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 60 {
		g := tin.Grid{W: 3 + r.IntN(60), H: 3 + r.IntN(60), Reach: 1 + r.IntN(5)}
		g.Z = random(r, g.W, g.H)
		g.Kind = make([]uint8, len(g.Z))
		cx, cy, radius := r.Float64()*60, r.Float64()*60, 3+r.Float64()*25
		for k := range g.Kind {
			if math.Hypot(float64(k%g.W)-cx, float64(k/g.W)-cy) < radius {
				g.Kind[k] = 2
			}
		}
		var s tin.Mesher
		m := s.Mesh(g, 30, nil)
		check(t, g, m, 30)
		for k := 0; k < len(m.Tris); k += 3 {
			v := m.Tris[k : k+3]
			kind := func(v uint32) uint8 { return g.Kind[int(m.Y[v])*g.W+int(m.X[v])] }
			if kind(v[0]) != kind(v[1]) || kind(v[1]) != kind(v[2]) {
				continue
			}
			var mx, my int32
			long := int32(0)
			for i := range 3 {
				dx, dy := m.X[v[i]]-m.X[v[(i+1)%3]], m.Y[v[i]]-m.Y[v[(i+1)%3]]
				long = max(long, dx*dx+dy*dy)
				mx, my = mx+m.X[v[i]], my+m.Y[v[i]]
			}
			if mx%3 != 0 || my%3 != 0 || long <= int32(g.Reach*g.Reach) {
				continue
			}
			if at := int(my/3)*g.W + int(mx/3); g.Kind[at] != kind(v[0]) {
				t.Fatalf("kind %d in a triangle of %d", g.Kind[at], kind(v[0]))
			}
		}
	}
}

// TestEdge: the chain of a side keeps its ends, runs on, and no node lies further from it
// than the bound.
func TestEdge(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for range 100 {
		z := random(r, 80, 2)[:80]
		var kept []int
		tin.Edge(80, func(i int) float64 { return float64(z[i]) }, 3, func(i int) { kept = append(kept, i) })
		if kept[0] != 0 || kept[len(kept)-1] != 79 || !slices.IsSorted(kept) {
			t.Fatal(kept)
		}
		for k := range kept[1:] {
			a, b := kept[k], kept[k+1]
			for i := a; i <= b; i++ {
				f := float64(i-a) / float64(b-a)
				if d := math.Abs(float64(z[i]) - float64(z[a])*(1-f) - float64(z[b])*f); d > 3+1e-9 {
					t.Fatalf("%v off at %d", d, i)
				}
			}
		}
	}
}

// TestNoGrid: what the predicates are not exact for is refused.
func TestNoGrid(t *testing.T) {
	var s tin.Mesher
	for _, g := range []tin.Grid{{}, {W: 1, H: 9, Z: make([]float32, 9)}, {W: 9, H: 9}, {W: tin.MaxSide + 1, H: 2, Z: make([]float32, 2*tin.MaxSide+2)}} {
		if m := s.Mesh(g, 1, nil); len(m.Tris) > 0 {
			t.Errorf("%d x %d nodes became %d triangles", g.W, g.H, len(m.Tris)/3)
		}
	}
	if m := s.Mesh(tin.Grid{W: tin.MaxSide, H: 2, Z: make([]float32, 2*tin.MaxSide)}, 1, nil); len(m.Tris) != 6 {
		t.Errorf("the longest grid became %d triangles", len(m.Tris)/3)
	}
}

func TestDeterministic(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	g := tin.Grid{W: 70, H: 50}
	g.Z = random(r, g.W, g.H)
	var used, fresh tin.Mesher
	used.Mesh(tin.Grid{W: 9, H: 9, Z: random(r, 9, 9)}, 0, nil)
	a, b := used.Mesh(g, 2, nil), fresh.Mesh(g, 2, nil)
	if !reflect.DeepEqual(a, b) {
		t.Error("a used mesher makes another mesh")
	}
}
