package terrain

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

func TestHeightIsDrawnSurface(t *testing.T) {
	tr := build(t, andorra, sized(256, 128), Options{Size: 7680, TileCells: 32, Error: 4})
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
		m := p.Mesh(Lift{Plan: f, Tile: f}, "ground", false)
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
	lift := Lift{Plan: f, Tile: f}
	plain, m := p.Mesh(lift, "g", false), p.Mesh(lift, "g", true)
	sum := tr.Levels()[0].Error + tr.Levels()[1].Error
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
			p, h := tr.planOf(i, j), float64(tr.nodes.height(i, j))
			r, rp := math.Hypot(p[0], p[1]), math.Hypot(p[0]-700, p[1])
			switch tr.nodes.kind(i, j) {
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
			if rp > 151 && (r < 784 && r > 201) != (tr.nodes.kind(i, j) == bed) && (r < 784 || r > 801) && (r < 195 || r > 201) {
				t.Fatalf("kind %d at %v", tr.nodes.kind(i, j), p)
			}
		}
	}
	if beds < 1000 || shores < 100 {
		t.Errorf("%d beds, %d shores", beds, shores)
	}
	// Broken polygons do nothing.
	build(t, andorra, 16, Options{Flat: []Flat{{Polygon: orb.Polygon{nil, {{math.NaN(), 1}, {2, math.Inf(1)}, {3, 3}}}, Height: 1}}})
}

// TestBathymetry: a bed that the elevation knows is kept where it lies deep enough.
func TestBathymetry(t *testing.T) {
	f := earth.FrameAt(andorra)
	square := orb.Polygon{{{-300, -300}, {300, -300}, {300, 300}, {-300, 300}, {-300, -300}}}
	for _, keep := range []bool{false, true} {
		tr, err := New(tilted{f}, Options{Frame: f, Min: [2]float64{-512, -512}, Size: 1024, Cells: 128,
			Flat: []Flat{{Polygon: square, Height: 500, Depth: 10, Bathymetry: keep}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []float64{-280, -100, 0, 100, 280} {
			want := 490.0
			if keep {
				want = min(want, 500+0.3*x)
			}
			if h, _ := tr.HeightAtPlan(x, 0); math.Abs(h-want) > 0.5 {
				t.Errorf("bathymetry %v: %v at %v, want %v", keep, h, x, want)
			}
		}
	}
}

// TestWaters: a lattice of the square learns where water stands and how high.
func TestWaters(t *testing.T) {
	pond := orb.Polygon{{{20, 20}, {60, 20}, {60, 60}, {20, 60}, {20, 20}}}
	tr, err := New(geo.FlatElevation(100), Options{Frame: earth.FrameAt(earth.Place{Lng: 7, Lat: 44}), Size: 100, Cells: 32,
		Flat: []Flat{{Polygon: pond, Height: 99, Depth: 5}}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[int]float64{}
	tr.Waters(11, func(node int, h float64) { got[node] = h })
	for j := range 11 {
		for i := range 11 {
			h, wet := got[j*11+i]
			if in := i > 2 && i < 6 && j > 2 && j < 6; in && h != 99 || wet && (i < 2 || i > 6 || j < 2 || j > 6) {
				t.Errorf("node %d, %d: water %v at %v", i, j, wet, h)
			}
		}
	}
}
