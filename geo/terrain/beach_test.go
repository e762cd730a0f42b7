package terrain

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
)

// coastline is the ground at a height, with a sea at 500 m to the south of y = 0.3 and a
// beach on the shore's eastern half, seen at one place of the finest level or of the
// coarsest.
func coastline(t *testing.T, ground, detail float64) *Terrain {
	t.Helper()
	ring := func(x0, y0, x1, y1 float64) orb.Polygon {
		return orb.Polygon{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}}
	}
	o := Options{Frame: earth.FrameAt(andorra), Min: [2]float64{-256, -256}, Size: 512, Cells: 64, TileCells: 16, SeaLevel: 500, Error: 0.05, Detail: detail,
		Flat: []Flat{{Polygon: ring(-900, -900, 900, 0.3), Height: 500, Depth: 8, Freeboard: 0.9, Beaches: []orb.Polygon{ring(0, 2, 200, 40)}}}}
	if detail > 0 { // everywhere is touched by something that changes nothing
		road := Corridor{Line: orb.LineString{{-250, 200}, {250, 200}}, Heights: []float64{ground, ground}, Half: 2, Bank: Bank{Reach: 400}}
		o.Shapes = Shapes{Corridors: []Corridor{road}}.Index()
	}
	tr, err := New(level{ground}, o)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// TestShores: a quay stands above the sea by its freeboard, whatever the ground behind it,
// and not above ground that is higher; a beach rises from the water by its slope and is no
// wall, whether the ground behind it is high or low.
func TestShores(t *testing.T) {
	for _, detail := range []float64{0, 1} {
		for _, c := range []struct {
			ground, x, y, low, high float64
		}{
			{498, -120, 8, 500.85, 500.95}, // a quay before land below the sea
			{500.2, -120, 8, 500.85, 500.95},
			{500.2, -120, 60, 500.15, 500.25}, // land behind it
			{503, -120, 8, 502.95, 503.05},    // high land
			{503, 100, 8, 499.999, 501},       // a beach before it
			{503, 100, 60, 502.95, 503.05},
			{500.2, 100, 8, 499.999, 500.6}, // and before low land
		} {
			tr := coastline(t, c.ground, detail)
			if h, ok := tr.HeightAtPlan(c.x, c.y); !ok || h < c.low || h > c.high {
				t.Errorf("detail %v, ground at %v m: %v m at %v,%v, want %v to %v", detail, c.ground, h, c.x, c.y, c.low, c.high)
			}
		}
		tr := coastline(t, 503, detail)
		for y := 2.0; y < 60; y++ {
			a, _ := tr.HeightAtPlan(100, y)
			b, _ := tr.HeightAtPlan(100, y+1)
			if y > 9 && b-a > 0.4 || b < a-0.05 {
				t.Errorf("detail %v: the beach rises from %.2f to %.2f m at %v m", detail, a, b, y)
			}
		}
		fine := tr.Levels()[len(tr.Levels())-1]
		sandy := func(p *Patch, v int) bool { return p.Colors[v][0] > p.Colors[v][2]+35 }
		beach, quay := 0, 0
		for ix := range fine.Tiles {
			p, err := tr.Tile(fine.Depth, ix, fine.Tiles/2, fine.Error)
			if err != nil {
				t.Fatal(err)
			}
			for v, q := range p.XY {
				switch on := q[1] > 0.5 && q[1] < 9; {
				case on && q[0] > 20 && q[0] < 180 && sandy(p, v):
					beach++
				case on && q[0] < -30 && sandy(p, v):
					quay++
				}
			}
		}
		if beach == 0 || quay > 0 {
			t.Errorf("detail %v: %d vertices of the beach are sandy, and %d of the quay", detail, beach, quay)
		}
	}
}

// TestFreeboardIsANumber.
func TestFreeboardIsANumber(t *testing.T) {
	for _, f := range []float64{-1, math.NaN(), math.Inf(1)} {
		_, err := New(level{500}, Options{Frame: earth.FrameAt(andorra), Size: 512, Cells: 64, Flat: []Flat{{Freeboard: f}}})
		if err == nil || !strings.Contains(err.Error(), "freeboard") {
			t.Errorf("a freeboard of %v: %v", f, err)
		}
	}
}

// TestWaterMeetsTheSea: a canal or a river that comes to the shore is not dammed by the bank,
// be it wider than a cell or narrower; the quays beside it stand, and without it there is one.
func TestWaterMeetsTheSea(t *testing.T) {
	ring := func(x0, y0, x1, y1 float64) orb.Polygon {
		return orb.Polygon{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}}
	}
	for _, detail := range []float64{0, 1} {
		for _, wide := range []float64{0, 2, 6, 40} {
			flat := Flat{Polygon: ring(-900, -900, 900, 0.3), Height: 500, Depth: 8, Freeboard: 0.9}
			if wide > 0 {
				flat.Mouths = []Mouth{{Area: ring(3-wide/2, -5, 3+wide/2, 120), Flows: wide > 5}}
			}
			o := Options{Frame: earth.FrameAt(andorra), Min: [2]float64{-256, -256}, Size: 512, Cells: 64, TileCells: 16, SeaLevel: 500, Error: 0.05, Detail: detail,
				Flat: []Flat{flat}}
			if detail > 0 {
				road := Corridor{Line: orb.LineString{{-250, 200}, {250, 200}}, Heights: []float64{500.2, 500.2}, Half: 2, Bank: Bank{Reach: 400}}
				o.Shapes = Shapes{Corridors: []Corridor{road}}.Index()
			}
			tr, err := New(level{500.2}, o)
			if err != nil {
				t.Fatal(err)
			}
			high := 0.0
			for y := 0.5; y < 40; y += 0.5 {
				h, _ := tr.HeightAtPlan(3, y)
				high = max(high, h)
			}
			if mouth, _ := tr.HeightAtPlan(3, 2); wide > 0 && mouth > 500.06 {
				t.Errorf("detail %v, %v m wide: at its mouth the canal's ground is at %.2f m", detail, wide, mouth)
			}
			if dammed := high > 500.3; dammed != (wide == 0) {
				t.Errorf("detail %v, %v m wide: the ground along the canal reaches %.2f m", detail, wide, high)
			}
			if h, _ := tr.HeightAtPlan(-60, 8); h < 500.85 {
				t.Errorf("detail %v, %v m wide: the quay beside it stands at %.2f m", detail, wide, h)
			}
		}
	}
}

// TestMouthsAreShared: a mouth of several polygons of a sea has one outline.
func TestMouthsAreShared(t *testing.T) {
	square := func(x, y, side float64) orb.Polygon {
		return orb.Polygon{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}
	}
	mouths := []Mouth{{Area: square(0, 0, 5), Flows: true}, {Area: square(9, 0, 5)}}
	all := outlinesOf([]Flat{{Polygon: square(-100, -100, 100), Mouths: mouths}, {Polygon: square(0, -100, 100), Mouths: mouths}, {Polygon: square(50, 50, 10), Mouths: mouths[1:]}})
	if a, b, c := all[0].mouths, all[1].mouths, all[2].mouths; len(a) != 2 || len(b) != 2 || len(c) != 1 || a[0] != b[0] || a[1] != b[1] || a[1] != c[0] || !a[0].flows || a[1].flows {
		t.Errorf("mouths %v, %v, %v", a, b, c)
	}
}
