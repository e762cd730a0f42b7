package aggregate

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// TestPlan: both projections come back, are true to scale in the middle, and one keeps areas.
func TestPlan(t *testing.T) {
	for _, lng := range []float64{7, 179.99} {
		for _, mercator := range []bool{false, true} {
			a, b := town(500, lng, 43)
			p := PlanOf(a, b, mercator)
			if math.Abs(math.Remainder(p.Lng-lng, 360)) > 1 || math.Abs(p.Lat-43) > 0.3 {
				t.Errorf("plan at %v", p)
			}
			for i := range a {
				x, y := p.XY(a[i], b[i])
				l, m := p.LngLat(x, y)
				if math.Abs(math.Remainder(l-a[i], 360)) > 1e-9 || math.Abs(m-b[i]) > 1e-9 || math.Hypot(x, y) > 1e5 {
					t.Fatalf("%v, %v became %v, %v by %v, %v", a[i], b[i], l, m, x, y)
				}
			}
			_, y := p.XY(p.Lng, p.Lat+0.001)
			x, _ := p.XY(p.Lng+0.001, p.Lat)
			if metre := 0.001 * math.Pi / 180 * radius; math.Abs(y/metre-1) > 1e-4 || math.Abs(x/metre/math.Cos(p.Lat*math.Pi/180)-1) > 1e-9 {
				t.Errorf("a thousandth of a degree is %v, %v m", x, y)
			}
		}
	}
	p := Plan{Lat: 20}
	for _, lat := range []float64{-70, 0, 45} {
		x0, y0 := p.XY(0, lat)
		x1, y1 := p.XY(0.01, lat+0.01)
		step := 0.01 * math.Pi / 180 * radius
		if want := step * step * math.Cos((lat+0.005)*math.Pi/180); math.Abs((x1-x0)*(y1-y0)/want-1) > 1e-5 {
			t.Errorf("areas at %v° are %v of what they are", lat, (x1-x0)*(y1-y0)/want)
		}
	}
}

// TestBinsTile: each point lies in its bin, whose middle is the nearest of all for hexagons.
func TestBinsTile(t *testing.T) {
	a, b := town(3000, 179.98, -16)
	a, b = append(a, math.NaN(), 10), append(b, 3, 91)
	for _, shape := range []Shape{Square, Flat, Pointy} {
		bins, err := Bin(a, b, PlanOf(a, b, false), 900, shape)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(a); bins.Of[n-1] != -1 || bins.Of[n-2] != -1 || bins.N != len(bins.Cells) || bins.N < 50 {
			t.Fatalf("%v: %d bins", shape, bins.N)
		}
		for i := range a[:3000] {
			ring := bins.Outline(int(bins.Of[i]), 1)
			lng := ring[0][0] + math.Remainder(a[i]-ring[0][0], 360)
			if ring.Orientation() != orb.CCW || !planar.RingContains(ring, orb.Point{lng, b[i]}) {
				t.Fatalf("shape %v: %v, %v is not in %v", shape, lng, b[i], ring)
			}
		}
		count, _ := bins.Reduce(Count, nil, nil)
		total := 0.0
		for _, v := range count {
			total += v
		}
		if total != 3000 {
			t.Errorf("%v points", total)
		}
		sparse := &Bins{Groups: Groups{Of: make([]int32, len(a))}}
		cells := make([][2]int32, len(a))
		for i := range cells {
			cells[i] = [2]int32{nowhere, nowhere}
			if k := bins.Of[i]; k >= 0 {
				cells[i] = bins.Cells[k]
			}
		}
		sparse.numberSparse(cells)
		if !slices.Equal(sparse.Of, bins.Of) || !slices.Equal(sparse.Cells, bins.Cells) {
			t.Error("cells that are far between are numbered otherwise")
		}
	}
	for _, size := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if _, err := Bin(a, b, Plan{}, size, Square); err == nil {
			t.Errorf("cells of %v m", size)
		}
	}
}

func TestReduce(t *testing.T) {
	nan := math.NaN()
	g := Groups{Of: []int32{0, 0, 0, 1, 1, -1, 2, 3}, N: 5}
	values := []float64{1, 2, 6, 4, nan, 99, nan, 0}
	weights := []float64{1, 1, 2, 1, 1, 1, 1, 1}
	for op, want := range map[Op][5]float64{
		Count: {4, 2, 1, 1, nan}, Sum: {15, 4, nan, 0, nan}, Mean: {3.75, 4, nan, 0, nan},
		Min: {1, 4, nan, 0, nan}, Max: {6, 4, nan, 0, nan}, Median: {2, 4, nan, 0, nan},
	} {
		got, err := g.Reduce(op, values, weights)
		if err != nil {
			t.Fatal(err)
		}
		for k := range want {
			if got[k] != want[k] && !(math.IsNaN(got[k]) && math.IsNaN(want[k])) {
				t.Errorf("%s of group %d is %v, not %v", op, k, got[k], want[k])
			}
		}
	}
	if _, err := g.Reduce("mode", values, nil); err == nil {
		t.Error("there is no mode")
	}
	if _, err := g.Reduce(Sum, values[:3], nil); err == nil {
		t.Error("too few values")
	}
}
