package terrain

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

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

var andorra = earth.Place{Lng: 1.5, Lat: 42.5}

// TestErrorBound measures the distance between mesh and grid at every node of every tile.
func TestErrorBound(t *testing.T) {
	tr := build(t, andorra, 128, Options{TileCells: 16})
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
					if worst > p.Error+1e-9 || p.Error > max(bound, 0) {
						t.Fatalf("level %d tile %d/%d: %v m off, stated %v of %v", l.Depth, ix, iy, worst, p.Error, bound)
					}
					if want := (l.Cells + 1) * (l.Cells + 1); covered != want {
						t.Fatalf("level %d: %d of %d nodes covered", l.Depth, covered, want)
					}
					worstAll, tris = max(worstAll, worst), tris+len(p.Tris)/3
				}
			}
			if bound == 0 && worstAll > 1e-9 {
				t.Errorf("bound 0 is off by %v", worstAll)
			}
			if bound == l.Error && (worstAll < bound/4 || tris >= 2*128*128) {
				t.Errorf("level %d: %v of %v used with %d triangles", l.Depth, worstAll, bound, tris)
			}
		}
	}
}

// deviationOf rasterises the triangles over the nodes.
func deviationOf(tr *Terrain, p *Patch) (worst float64, covered int) {
	seen := make([]bool, len(tr.heights))
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
				worst = max(worst, math.Abs(w[0]*h[0]+w[1]*h[1]+w[2]*h[2]-float64(tr.heights[node])-curve(tr, tr.planOf(x, y))))
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
			t.Errorf("bound %v: %v m off with %d triangles", bound, worst, len(p.Tris)/3)
		}
	}
}

// TestSharedEdges: neighbours of one level have the same vertices on their edge.
func TestSharedEdges(t *testing.T) {
	tr := build(t, andorra, 256, Options{TileCells: 16})
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
	tr := build(t, andorra, 1024, Options{Error: 20})
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

func TestHeightIsDrawnSurface(t *testing.T) {
	tr := build(t, andorra, 256, Options{TileCells: 32, Error: 4})
	l := tr.Levels()[len(tr.Levels())-1]
	r := rand.New(rand.NewPCG(1, 2))
	lift := Lift{Plan: tr.Frame(), Tile: tr.Frame()}
	for range 40 {
		p, _ := tr.Tile(l.Depth, r.IntN(l.Tiles), r.IntN(l.Tiles), l.Error)
		for k := 0; k < len(p.Tris); k += 3 {
			a, b := r.Float64(), r.Float64()
			if a+b > 1 {
				a, b = 1-a, 1-b
			}
			w := [3]float64{1 - a - b, a, b}
			var at mgl64.Vec3
			for i := range 3 {
				v := p.Tris[k+i]
				at = at.Add(lift.Point(p.XY[v][0], p.XY[v][1], p.H[v]).Mul(w[i]))
			}
			drawn := tr.Frame().Place(at)
			got, ok := tr.HeightAt(drawn.Lng, drawn.Lat)
			if !ok || math.Abs(got-drawn.Height) > 5e-3 {
				t.Fatalf("at %v: %v", drawn, got)
			}
		}
	}
	for _, out := range [][2]float64{{-3841, 0}, {0, 3841}, {math.NaN(), 0}, {math.Inf(1), 0}} {
		if _, ok := tr.HeightAtPlan(out[0], out[1]); ok {
			t.Errorf("answers at %v", out)
		}
	}
	if _, ok := tr.HeightAt(andorra.Lng+180, -andorra.Lat); ok {
		t.Error("answers on the other side of the Earth")
	}
}

func TestMinMaxIn(t *testing.T) {
	tr := build(t, andorra, 128, Options{TileCells: 32, Error: 2})
	r := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		x, y, s := r.Float64()*3000-1500, r.Float64()*3000-1500, 5+r.Float64()*200
		poly := orb.Polygon{{{x, y}, {x + s, y + s/3}, {x + s/2, y + s}, {x, y}}}
		lo, hi, ok := tr.MinMaxIn(poly)
		if !ok {
			t.Fatal("not found")
		}
		sl, sh := math.Inf(1), math.Inf(-1)
		for range 3000 {
			a, b := r.Float64(), r.Float64()
			if a+b > 1 {
				a, b = 1-a, 1-b
			}
			h, _ := tr.HeightAtPlan(x+a*s+b*s/2, y+a*s/3+b*s)
			sl, sh = min(sl, h), max(sh, h)
		}
		if sl < lo-1e-6 || sh > hi+1e-6 || sl-lo > 0.1*(hi-lo)+0.01 || hi-sh > 0.1*(hi-lo)+0.01 {
			t.Fatalf("%v..%v, sampled %v..%v", lo, hi, sl, sh)
		}
	}
	for _, p := range []orb.Polygon{nil, {}, {{}}, {{{1e9, 0}, {1e9, 1}, {1e9 + 1, 0}}}, {{{math.NaN(), 0}, {0, 1}, {1, math.NaN()}}}} {
		if _, _, ok := tr.MinMaxIn(p); ok {
			t.Errorf("%v has heights", p)
		}
	}
}

// TestCurvature: a vertex 20 km away lies where WGS84 says, also at the pole and across
// the antimeridian.
func TestCurvature(t *testing.T) {
	for _, place := range []earth.Place{andorra, {Lng: 180, Lat: -17}, {Lng: 30, Lat: 90}, {Lng: 0, Lat: -89.9}} {
		f := earth.FrameAt(place)
		tr, err := New(geo.FlatElevation(120), Options{Frame: f, Min: [2]float64{-20480, -20480}, Size: 40960, Cells: 64})
		if err != nil {
			t.Fatal(err)
		}
		p, _ := tr.Tile(0, 0, 0, 0)
		m := p.Mesh(f, f, "ground", false)
		checked := false
		for v, xy := range p.XY {
			lng, lat := f.Unplan(xy[0], xy[1])
			want := f.Local(earth.Place{Lng: lng, Lat: lat, Height: 120})
			for i := range 3 {
				if d := math.Abs(float64(m.Positions[v][i]) - want[i]); d > 2e-3 {
					t.Fatalf("%v: vertex at %v is %v m off", place, xy, d)
				}
			}
			// The sphere's drop d²/2R at 20 km is 31.4 m.
			if xy[0] == 20480 && xy[1] == 0 {
				checked = true
				if drop := 120 - float64(m.Positions[v][2]); math.Abs(drop-20480*20480/2/6371e3) > 0.5 {
					t.Errorf("%v: drop of %v m", place, drop)
				}
			}
			n := m.Normals[v]
			up := f.DirToLocal(upAt(lng, lat))
			if dot := float64(n[0])*up[0] + float64(n[1])*up[1] + float64(n[2])*up[2]; dot < 1-1e-6 {
				t.Fatalf("%v: normal of level ground leans: %v", place, dot)
			}
		}
		if !checked {
			t.Errorf("%v: no vertex on the rim", place)
		}
	}
}

func TestSkirts(t *testing.T) {
	tr := build(t, andorra, 128, Options{TileCells: 32})
	f := tr.Frame()
	p, _ := tr.Tile(1, 1, 0, tr.Levels()[1].Error)
	plain, m := p.Mesh(f, f, "g", false), p.Mesh(f, f, "g", true)
	sum := 0.0
	for _, l := range tr.Levels() {
		sum += l.Error
	}
	if p.Skirt < sum || len(plain.Positions) != len(p.XY) || len(m.Positions) <= len(p.XY) {
		t.Fatalf("skirt %v of %v, %d and %d vertices", p.Skirt, sum, len(plain.Positions), len(m.Positions))
	}
	if len(m.Positions) != len(m.Normals) || len(m.Positions) != len(m.Colors) || len(m.Positions) != len(m.UVs) {
		t.Fatal("uneven slices")
	}
	// Skirt faces look outward from the tile's middle.
	mid := [2]float64{(p.Min[0] + p.Max[0]) / 2, (p.Min[1] + p.Max[1]) / 2}
	for k := len(p.Tris); k < len(m.Indices); k += 3 {
		a, b, c := m.Positions[m.Indices[k]], m.Positions[m.Indices[k+1]], m.Positions[m.Indices[k+2]]
		var u, v [3]float64
		for i := range 3 {
			u[i], v[i] = float64(b[i]-a[i]), float64(c[i]-a[i])
		}
		nx, ny := u[1]*v[2]-u[2]*v[1], u[2]*v[0]-u[0]*v[2]
		if nx*(float64(a[0])-mid[0])+ny*(float64(a[1])-mid[1]) <= 0 {
			t.Fatal("a skirt faces inward")
		}
	}
}

func TestFlat(t *testing.T) {
	ring := func(x, y, r float64) orb.Ring {
		var out orb.Ring
		for k := range 33 {
			out = append(out, orb.Point{x + r*math.Cos(float64(k)*math.Pi/16), y + r*math.Sin(float64(k)*math.Pi/16)})
		}
		return out
	}
	lake := Flat{Polygon: orb.Polygon{ring(0, 0, 800), ring(0, 0, 200)}, Height: 333, Depth: 5}
	pond := Flat{Polygon: orb.Polygon{ring(700, 0, 150)}, Height: 340, Depth: 1}
	tr := build(t, andorra, 128, Options{Flat: []Flat{lake, pond}})
	beds, shores := 0, 0
	for j := range tr.n {
		for i := range tr.n {
			p, h := tr.planOf(i, j), float64(tr.heights[j*tr.n+i])
			r, rp := math.Hypot(p[0], p[1]), math.Hypot(p[0]-700, p[1])
			switch tr.kind[j*tr.n+i] {
			case bed:
				beds++
				if want := map[bool]float64{true: 339, false: 328}[rp < 150]; h != want {
					t.Fatalf("bed of %v at %v, want %v", h, p, want)
				}
			case shore:
				shores++
				if h < 333 {
					t.Fatalf("shore of %v at %v drops below the water", h, p)
				}
			}
			if rp > 151 && (r < 784 && r > 201) != (tr.kind[j*tr.n+i] == bed) && (r < 784 || r > 801) && (r < 195 || r > 201) {
				t.Fatalf("kind %d at %v", tr.kind[j*tr.n+i], p)
			}
		}
	}
	if beds < 1000 || shores < 100 {
		t.Errorf("%d beds, %d shores", beds, shores)
	}
	// Broken polygons do nothing.
	build(t, andorra, 16, Options{Flat: []Flat{{Polygon: orb.Polygon{nil, {{math.NaN(), 1}, {2, math.Inf(1)}, {3, 3}}}, Height: 1}}})
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
			if d := math.Abs(float64(tr.heights[j*tr.n+i] - tr.heights[j*tr.n+i-1])); !(d < 5) {
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

func BenchmarkMeasure(b *testing.B) {
	tr := build(b, andorra, 1024, Options{})
	b.ReportAllocs()
	for b.Loop() {
		tr.measure()
	}
	b.ReportMetric(float64(len(tr.heights))*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mnodes/s")
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
