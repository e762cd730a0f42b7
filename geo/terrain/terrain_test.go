package terrain

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// fractal is rough ground: sums of waves in plan metres.
type fractal struct {
	frame earth.Frame
	seed  uint64
}

func (f fractal) HeightAt(lng, lat float64) (float64, bool) {
	x, y := f.frame.Plan(lng, lat)
	r := rand.New(rand.NewPCG(f.seed, 1))
	h := 300.0
	for k := range 9 {
		a, l := 400/math.Pow(1.9, float64(k)), 9000/math.Pow(2, float64(k))
		dir, phase := r.Float64()*7, r.Float64()*7
		h += a * math.Sin((x*math.Cos(dir)+y*math.Sin(dir))/l*2*math.Pi+phase)
	}
	return h, true
}

func build(t testing.TB, place earth.Place, cells int, o Options) *Terrain {
	t.Helper()
	f := earth.FrameAt(place)
	o.Frame, o.Cells = f, cells
	if o.Size == 0 {
		o.Size = float64(cells) * 30
	}
	if o.Min == ([2]float64{}) {
		o.Min = [2]float64{-o.Size / 2, -o.Size / 2}
	}
	tr, err := New(fractal{f, 7}, o)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// sized is the size of an input, or a smaller one where a run is to be short: with the race
// detector, which asks how work is shared and not how much there is of it.
func sized(full, short int) int {
	if testing.Short() {
		return short
	}
	return full
}

var andorra = earth.Place{Lng: 1.5, Lat: 42.5}

// TestErrorBound measures the distance between mesh and grid at every node of every tile.
func TestErrorBound(t *testing.T) {
	n := sized(128, 64)
	tr := build(t, andorra, n, Options{TileCells: 16})
	for _, l := range tr.Levels() {
		for _, bound := range []float64{l.Error, 0, 3.7, 55, math.Inf(1)} {
			worstAll, tris := 0.0, 0
			for iy := range l.Tiles {
				for ix := range l.Tiles {
					p, err := tr.Tile(l.Depth, ix, iy, bound)
					if err != nil {
						t.Fatal(err)
					}
					worst, covered := deviationOf(tr, p)
					if worst > p.Error+1e-3 || p.Error > max(bound, 0) {
						t.Fatalf("level %d tile %d/%d: %v m off, stated %v of %v", l.Depth, ix, iy, worst, p.Error, bound)
					}
					if want := (l.Cells + 1) * (l.Cells + 1); covered != want {
						t.Fatalf("level %d: %d of %d nodes covered", l.Depth, covered, want)
					}
					worstAll, tris = max(worstAll, worst), tris+len(p.Tris)/3
				}
			}
			if bound == 0 && worstAll > 1e-3 {
				t.Errorf("bound 0 is off by %v", worstAll)
			}
			if bound == l.Error && (worstAll < bound/4 || tris >= 2*n*n) {
				t.Errorf("level %d: %v of %v used with %d triangles", l.Depth, worstAll, bound, tris)
			}
		}
	}
}

// deviationOf rasterises the triangles over the nodes.
func deviationOf(tr *Terrain, p *Patch) (worst float64, covered int) {
	seen := make([]bool, tr.n*tr.n)
	for k := 0; k < len(p.Tris); k += 3 {
		var v [3][2]float64
		var h [3]float64
		for i := range 3 {
			v[i] = tr.grid(p.XY[p.Tris[k+i]])
			h[i] = p.H[p.Tris[k+i]] + curve(tr, p.XY[p.Tris[k+i]])
		}
		area := (v[1][0]-v[0][0])*(v[2][1]-v[0][1]) - (v[1][1]-v[0][1])*(v[2][0]-v[0][0])
		if area <= 0 {
			return math.Inf(1), 0 // clockwise
		}
		lo := [2]int{int(math.Round(min(v[0][0], v[1][0], v[2][0]))), int(math.Round(min(v[0][1], v[1][1], v[2][1])))}
		hi := [2]int{int(math.Round(max(v[0][0], v[1][0], v[2][0]))), int(math.Round(max(v[0][1], v[1][1], v[2][1])))}
		for y := lo[1]; y <= hi[1]; y++ {
			for x := lo[0]; x <= hi[0]; x++ {
				fx, fy := float64(x), float64(y)
				w := [3]float64{}
				for i := range 3 {
					a, b := v[(i+1)%3], v[(i+2)%3]
					w[i] = ((b[0]-a[0])*(fy-a[1]) - (b[1]-a[1])*(fx-a[0])) / area
				}
				if min(w[0], w[1], w[2]) < -1e-9 {
					continue
				}
				node := y*tr.n + x
				if !seen[node] {
					seen[node] = true
					covered++
				}
				worst = max(worst, math.Abs(w[0]*h[0]+w[1]*h[1]+w[2]*h[2]-float64(tr.nodes.height(x, y))-curve(tr, tr.planOf(x, y))))
			}
		}
	}
	return worst, covered
}

// curve is how far the ellipsoid lies above the frame's tangent plane.
func curve(tr *Terrain, p [2]float64) float64 {
	lng, lat := tr.Frame().Unplan(p[0], p[1])
	return tr.Frame().Local(earth.Place{Lng: lng, Lat: lat})[2]
}

// TestErrorBoundOfCurve: a level sea of 300 km is round within the bound.
func TestErrorBoundOfCurve(t *testing.T) {
	f := earth.FrameAt(andorra)
	tr, err := New(geo.FlatElevation(0), Options{Frame: f, Min: [2]float64{-1e5, 2e5}, Size: 3e5, Cells: 128, TileCells: 32})
	if err != nil {
		t.Fatal(err)
	}
	for _, bound := range []float64{500, 100, 30} {
		p, _ := tr.Tile(0, 0, 0, bound)
		worst, _ := deviationOf(tr, p)
		if worst > bound || worst < bound/8 || p.Error < worst {
			t.Errorf("bound %v: %v m off, %v stated, with %d triangles", bound, worst, p.Error, len(p.Tris)/3)
		}
	}
}

// TestSharedEdges: neighbours of one level have the same vertices on their edge.
func TestSharedEdges(t *testing.T) {
	tr := build(t, andorra, sized(256, 128), Options{TileCells: 16})
	for _, l := range tr.Levels()[1:] {
		for iy := range l.Tiles {
			for ix := range l.Tiles {
				p, _ := tr.Tile(l.Depth, ix, iy, l.Error)
				for s := range 4 {
					if len(p.Border[s]) < 2 || p.Border[s][len(p.Border[s])-1] != p.Border[(s+1)%4][0] {
						t.Fatalf("side %d does not meet the next", s)
					}
				}
				if ix+1 < l.Tiles {
					q, _ := tr.Tile(l.Depth, ix+1, iy, l.Error)
					sameEdge(t, p, q, 1, 3)
				}
				if iy+1 < l.Tiles {
					q, _ := tr.Tile(l.Depth, ix, iy+1, l.Error)
					sameEdge(t, p, q, 2, 0)
				}
			}
		}
	}
}

func sameEdge(t *testing.T, p, q *Patch, sp, sq int) {
	t.Helper()
	a, b := p.Border[sp], q.Border[sq]
	if len(a) != len(b) {
		t.Fatalf("%d and %d vertices on an edge", len(a), len(b))
	}
	for i := range a {
		v, w := a[i], b[len(b)-1-i]
		if p.XY[v] != q.XY[w] || p.H[v] != q.H[w] || p.Normals[v] != q.Normals[w] || p.Colors[v] != q.Colors[w] {
			t.Fatalf("vertex %d of an edge differs: %v %v, %v %v", i, p.XY[v], p.H[v], q.XY[w], q.H[w])
		}
	}
}

// TestWatertight: each inner edge has two triangles, in opposite directions.
func TestWatertight(t *testing.T) {
	tr := build(t, andorra, sized(1024, 512), Options{Error: 20, TileCells: sized(64, 32)})
	for _, c := range [][4]int{{0, 0, 0, 40}, {1, 1, 0, 9}, {4, 3, 5, 2}} { // the first uses the sparse table
		p, err := tr.Tile(c[0], c[1], c[2], float64(c[3]))
		if err != nil {
			t.Fatal(err)
		}
		edges := map[[2]uint32]int{}
		for k := 0; k < len(p.Tris); k += 3 {
			for i := range 3 {
				edges[[2]uint32{p.Tris[k+i], p.Tris[k+(i+1)%3]}]++
			}
		}
		open := 0
		for e, n := range edges {
			if n != 1 {
				t.Fatalf("edge used %d times in one direction", n)
			}
			if edges[[2]uint32{e[1], e[0]}] == 0 {
				open++
			}
		}
		rim := 0
		for _, b := range p.Border {
			rim += len(b) - 1
		}
		if open != rim {
			t.Errorf("%d open edges, %d on the border", open, rim)
		}
	}
}

type half struct{ frame earth.Frame }

func (e half) HeightAt(lng, lat float64) (float64, bool) {
	x, y := e.frame.Plan(lng, lat)
	return 100 + 0.05*x + 0.02*y, x < 300
}

func TestUnknownGround(t *testing.T) {
	f := earth.FrameAt(andorra)
	o := Options{Frame: f, Min: [2]float64{-2000, -2000}, Size: 4000, Cells: 128}
	tr, err := New(half{f}, o)
	if err != nil {
		t.Fatal(err)
	}
	if k := tr.Known(); k < 0.55 || k > 0.6 {
		t.Errorf("known %v", k)
	}
	for j := range tr.n {
		for i := 1; i < tr.n; i++ {
			if d := math.Abs(float64(tr.nodes.height(i, j) - tr.nodes.height(i-1, j))); !(d < 5) {
				t.Fatalf("cliff of %v m at %d, %d", d, i, j)
			}
		}
	}
	nothing, err := New(unknown{}, Options{Frame: f, Size: 100, Cells: 2, SeaLevel: -32})
	if err != nil {
		t.Fatal(err)
	}
	if h, ok := nothing.HeightAtPlan(50, 50); !ok || math.Abs(h+32) > 1e-3 || nothing.Known() != 0 {
		t.Errorf("unknown ground: %v %v", h, ok)
	}
}

type unknown struct{}

func (unknown) HeightAt(_, _ float64) (float64, bool) { return math.NaN(), true }

func TestDeterministic(t *testing.T) {
	a, b := build(t, andorra, 128, Options{}), build(t, andorra, 128, Options{})
	for _, l := range a.Levels() {
		p, _ := a.Tile(l.Depth, l.Tiles-1, 0, l.Error)
		q, _ := b.Tile(l.Depth, l.Tiles-1, 0, l.Error)
		if !reflect.DeepEqual(p, q) {
			t.Fatal("two builds differ")
		}
	}
}

func TestOptionsErrors(t *testing.T) {
	f := earth.FrameAt(andorra)
	for i, o := range []Options{
		{Frame: f, Size: 10, Cells: 3}, {Frame: f, Size: 10, Cells: 8192}, {Frame: f, Size: 10},
		{Frame: f, Size: math.NaN(), Cells: 4}, {Frame: f, Size: 1e8, Cells: 4}, {Frame: f, Size: 10, Cells: 4, TileCells: 3},
		{Frame: f, Size: 10, Cells: 4, Error: -1}, {Frame: f, Size: 10, Cells: 4, SeaLevel: math.Inf(1)},
		{Frame: f, Size: 10, Cells: 4, Flat: []Flat{{Depth: math.NaN()}}},
	} {
		if _, err := New(geo.FlatElevation(0), o); err == nil {
			t.Errorf("options %d accepted", i)
		}
	}
	tr, _ := New(geo.FlatElevation(0), Options{Frame: f, Size: 10, Cells: 4})
	for _, a := range [][3]int{{-1, 0, 0}, {9, 0, 0}, {0, 1, 0}, {0, 0, -1}} {
		if _, err := tr.Tile(a[0], a[1], a[2], 1); err == nil {
			t.Errorf("tile %v exists", a)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for _, cells := range []int{256, 1024, 2048} {
		b.Run(fmt.Sprint(cells), func(b *testing.B) {
			f := earth.FrameAt(andorra)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := New(geo.FlatElevation(5), Options{Frame: f, Size: float64(cells) * 30, Cells: cells}); err != nil {
					b.Fatal(err)
				}
			}
			nodes := float64((cells + 1) * (cells + 1))
			b.ReportMetric(nodes*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mnodes/s")
		})
	}
}

func BenchmarkTile(b *testing.B) {
	tr := build(b, andorra, 512, Options{Error: 1})
	tris := 0
	b.ReportAllocs()
	for b.Loop() {
		p, err := tr.Tile(0, 0, 0, 1)
		if err != nil {
			b.Fatal(err)
		}
		tris += len(p.Tris) / 3
	}
	b.ReportMetric(float64(tris)/b.Elapsed().Seconds()/1e6, "Mtriangles/s")
}
