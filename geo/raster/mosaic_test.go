package raster

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo"
)

func constant(w, h int, west, north, step float64, v float32) *Grid {
	g := &Grid{Width: w, Height: h, West: west, North: north, DLng: step, DLat: step, Datum: Ellipsoid, Heights: make([]float32, w*h)}
	for i := range g.Heights {
		g.Heights[i] = v
	}
	return g
}

func TestFinestWinsAndFades(t *testing.T) {
	coarse := constant(50, 50, 10, 50, 0.01, 0)
	fine := constant(101, 101, 10.2, 49.8, 0.001, 100)
	for _, m := range []*Elevation{Mosaic(fine, coarse), Mosaic(coarse, fine)} {
		last, top := 0.0, 0.0
		for lng := 10.15; lng < 10.25; lng += 0.00005 {
			h, ok := m.HeightAt(lng, 49.75)
			if !ok || h < last-1e-6 || h-last > 5 {
				t.Fatalf("%v to %v at %v", last, h, lng)
			}
			last, top = h, max(top, h)
		}
		if math.Abs(top-100) > 1e-9 {
			t.Errorf("the finer grid reaches only %v", top)
		}
		if m.Resolution() > 112 {
			t.Errorf("resolution %v", m.Resolution())
		}
	}
}

func TestLaterWinsTies(t *testing.T) {
	a, b := constant(20, 20, 5, 5, 0.01, 1), constant(20, 20, 5, 5, 0.01, 2)
	if h, _ := Mosaic(a, b).HeightAt(5.1, 4.9); h != 2 {
		t.Errorf("same lattice: %v", h)
	}
	c := constant(20, 20, 5.0033, 5.0033, 0.01, 3)
	if h, _ := Mosaic(a, c).HeightAt(5.1, 4.9); math.Abs(h-3) > 1e-6 {
		t.Errorf("shifted lattice: %v", h)
	}
	if h, _ := Mosaic(c, a).HeightAt(5.1, 4.9); math.Abs(h-1) > 1e-6 {
		t.Errorf("shifted lattice, other order: %v", h)
	}
}

func TestAroundTheWorld(t *testing.T) {
	g := constant(360, 181, -180, 90, 1, 0)
	for y := range g.Height {
		for x := range g.Width {
			g.Heights[y*g.Width+x] = float32(100 * math.Cos(float64(x-180)*math.Pi/180))
		}
	}
	m := Mosaic(g)
	for _, lng := range []float64{-180, 180, 179.5, -179.5, 539.7, 0} {
		h, ok := m.HeightAt(lng, 12.3)
		if want := 100 * math.Cos(lng*math.Pi/180); !ok || math.Abs(h-want) > 0.01 {
			t.Errorf("%v°: %v %v, want %v", lng, h, ok, want)
		}
	}
	if b := m.Bounds(); b.West != -180 || b.East != 180 || b.North != 90 || b.South != -90 {
		t.Errorf("%+v", b)
	}
	// Two neighbours across the antimeridian are one raster.
	e, w := constant(11, 11, 179, -16, 0.1, 7), constant(11, 11, -180, -16, 0.1, 7)
	m = Mosaic(e, w)
	if len(m.layers) != 1 || m.layers[0].Width != 21 {
		t.Errorf("%d layers", len(m.layers))
	}
	if b := m.Bounds(); math.Abs(b.West-178.95) > 1e-9 || math.Abs(b.East+178.95) > 1e-9 {
		t.Errorf("%+v", b)
	}
	if _, ok := m.HeightAt(0, -16.5); ok {
		t.Error("answers on the other side")
	}
}

func TestVoids(t *testing.T) {
	nan := float32(math.NaN())
	hole := func(g *Grid, x0, y0, x1, y1 int) {
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				g.Heights[y*g.Width+x] = nan
			}
		}
	}
	enclosed := constant(100, 100, 5, 5, 0.001, 50)
	hole(enclosed, 20, 20, 60, 60)
	if h, ok := Mosaic(enclosed).HeightAt(5.04, 4.96); !ok || math.Abs(h-50) > 1e-3 {
		t.Errorf("an enclosed void: %v %v", h, ok)
	}
	beneath := constant(20, 20, 4.99, 5.01, 0.01, 80)
	if h, _ := Mosaic(enclosed, beneath).HeightAt(5.04, 4.96); math.Abs(h-80) > 1e-3 {
		t.Errorf("a large void over another grid: %v", h)
	}
	collar := constant(100, 100, 5, 5, 0.001, 50)
	hole(collar, 0, 0, 100, 30)
	if _, ok := Mosaic(collar).HeightAt(5.05, 4.99); ok {
		t.Error("a collar was filled")
	}
	// A wrong sample on a void's rim goes with the void; a lone cliff stays.
	rim := constant(100, 100, 5, 5, 0.001, 50)
	hole(rim, 40, 40, 45, 45)
	rim.Heights[45*100+42] = 900
	rim.Heights[80*100+80] = 900
	m := Mosaic(rim)
	if h, _ := m.HeightAt(5.042, 4.955); math.Abs(h-50) > 5 {
		t.Errorf("spike on a rim: %v", h)
	}
	if h, _ := m.HeightAt(5.08, 4.92); h < 800 {
		t.Errorf("a summit was cut to %v", h)
	}
	if rim.Heights[45*100+42] != 900 {
		t.Error("the grid given was changed")
	}
	if _, ok := Mosaic().HeightAt(0, 0); ok || Mosaic().Resolution() != 0 {
		t.Error("nothing answers")
	}
}

func TestDequantizeKeepsTheFile(t *testing.T) {
	g := constant(200, 60, 0, 1, 0.001, 0)
	for i := range g.Heights {
		g.Heights[i] = float32(math.Round(float64(i%200) / 12))
	}
	stored := append([]float32(nil), g.Heights...)
	g.Quantum = 1
	dequantize(g)
	for i, h := range g.Heights {
		if math.Abs(float64(h-stored[i])) > 0.5+1e-6 {
			t.Fatalf("moved by %v", h-stored[i])
		}
		// A ramp of 1/12 in 12-cell steps is a ramp again.
		if x := i % 200; x > 20 && x < 180 && i/200 > 5 && i/200 < 55 && math.Abs(float64(h-g.Heights[i-1])-1./12) > 0.05 {
			t.Fatalf("step of %v at %d", h-g.Heights[i-1], x)
		}
	}
}

func BenchmarkHeightAt(b *testing.B) {
	m := Mosaic(constant(1201, 1201, 1, 43, 1./1200, 5))
	b.ReportAllocs()
	k := 0
	for b.Loop() {
		k++
		m.HeightAt(1.2+float64(k%1000)*1e-4, 42.7)
	}
}

// TestResolutionIn tells the finest grid of a region, over the antimeridian too.
func TestResolutionIn(t *testing.T) {
	grid := func(west, north, cell float64) *Grid {
		return &Grid{West: west, North: north, DLng: cell, DLat: cell, Width: 10, Height: 10, Heights: make([]float32, 100)}
	}
	e := Mosaic(grid(10, 50, 1), grid(12, 48, 0.1), grid(175, 5, 1))
	fine, coarse := grid(12, 48, 0.1).Resolution(), grid(10, 50, 1).Resolution()
	for _, c := range []struct {
		b    geo.Bound
		want float64
	}{
		{geo.Bound{West: 12.2, South: 47.2, East: 12.4, North: 47.9}, fine},
		{geo.Bound{West: -180, South: -90, East: 180, North: 90}, fine},
		{geo.Bound{West: 15, South: 42, East: 16, North: 43}, coarse},
		{geo.Bound{West: 30, South: 42, East: 40, North: 43}, 0},
		{geo.Bound{West: 12, South: -42, East: 13, North: 0}, 0},
		{geo.Bound{West: -181, South: 0, East: -170, North: 2}, grid(175, 5, 1).Resolution()},
		{geo.Bound{West: 178, South: 0, East: -178, North: 2}, grid(175, 5, 1).Resolution()},
		{geo.Bound{West: -174, South: 0, East: -170, North: 2}, 0},
	} {
		if got := e.ResolutionIn(c.b); got != c.want {
			t.Errorf("%v: %g, not %g", c.b, got, c.want)
		}
	}
}
