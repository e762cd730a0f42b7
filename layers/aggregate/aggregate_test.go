package aggregate

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// town are points around a place, as in a town, and over the antimeridian.
func town(n int, lng, lat float64) (lngs, lats []float64) {
	r := rand.New(rand.NewPCG(7, 7))
	for range n {
		lngs, lats = append(lngs, lng+r.NormFloat64()*0.08), append(lats, lat+r.NormFloat64()*0.05)
	}
	return lngs, lats
}

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

// TestClusters: no two nodes that could be together are apart at the zoom, weights add up,
// and each level is made of the one below.
func TestClusters(t *testing.T) {
	a, b := town(4000, 11, 48)
	a, b = append(a, math.NaN()), append(b, 0)
	c, err := Cluster(a, b, nil, ClusterOptions{MaxZoom: 14})
	if err != nil || c.Zooms() != 16 {
		t.Fatal(c.Zooms(), err)
	}
	before := 0
	for z := range c.Zooms() {
		nodes, g := c.At(z)
		var sum float64
		count, _ := g.Reduce(Count, nil, nil)
		for k, n := range nodes {
			sum += n.Weight
			if count[k] != n.Weight || (n.Row >= 0) != (n.Weight == 1) {
				t.Fatalf("zoom %d: node %+v of %v rows", z, n, count[k])
			}
		}
		if sum != 4000 || g.Of[4000] != -1 || len(nodes) < before {
			t.Errorf("zoom %d: %v points in %d nodes", z, sum, len(nodes))
		}
		before = len(nodes)
	}
	if nodes, _ := c.At(0); len(nodes) != 1 {
		t.Errorf("%d nodes at zoom 0", len(nodes))
	}
	if nodes, _ := c.At(99); len(nodes) != 4000 {
		t.Errorf("%d nodes at the finest zoom", len(nodes))
	}
}

// TestDensity: the field's sum over its area is the weight of all points, and one point's
// density is its kernel.
func TestDensity(t *testing.T) {
	a, b := town(2000, 2, 50)
	p := PlanOf(a, b, false)
	for _, k := range []Kernel{Quartic, Gaussian} {
		f, err := Density(a, b, nil, p, 200, 2000, k)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, v := range f.Values {
			sum += v * 0.04
		}
		if math.Abs(sum-2000) > 25 { // the rim of a Gaussian is outside
			t.Errorf("%s: %v points", k, sum)
		}
		one, _ := Density(a[:1], b[:1], []float64{3}, Plan{Lng: a[0], Lat: b[0]}, 50, 1500, k)
		want := 3 * 3 / (math.Pi * 1.5 * 1.5)
		if k == Gaussian {
			want = 3 / (2 * math.Pi * 0.5 * 0.5)
		}
		if got := one.At(a[0], b[0]); math.Abs(got/want-1) > 0.03 {
			t.Errorf("%s: %v per km² in the middle, not %v", k, got, want)
		}
	}
	if _, err := Density(a, b, nil, p, 1, 5000, Quartic); err == nil {
		t.Error("too fine a grid")
	}
}

// TestInterpolation: both pass through the points and give back a plane, inside their hull.
func TestInterpolation(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	p := Plan{Lng: 5, Lat: 40}
	var a, b, v []float64
	for range 400 {
		lng, lat := p.LngLat(r.Float64()*20000, r.Float64()*20000)
		x, y := p.XY(lng, lat)
		a, b, v = append(a, lng), append(b, lat), append(v, 3+x/1000-y/500)
	}
	for name, fill := range map[string]func(f *Field) error{
		"natural neighbour": func(f *Field) error { return f.NaturalNeighbour(a, b, v, 0) },
		"inverse distance":  func(f *Field) error { return f.InverseDistance(a, b, v, 3, 12, 0) },
	} {
		f, err := NewField(a, b, p, 100, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := fill(f); err != nil {
			t.Fatal(err)
		}
		worst := 0.0
		for j := 30; j < f.H-30; j++ {
			for i := 30; i < f.W-30; i++ {
				x, y := f.X+float64(i)*f.Step, f.Y+float64(j)*f.Step
				worst = math.Max(worst, math.Abs(f.Values[j*f.W+i]-(3+x/1000-y/500)))
			}
		}
		if worst > 2.2 { // of 60
			t.Errorf("%s misses a plane by %v", name, worst)
		}
		for i := range a {
			if got := f.At(a[i], b[i]); math.Abs(got-v[i]) > 0.9 {
				t.Errorf("%s is %v at a point of %v", name, got, v[i])
				break
			}
		}
	}
}

// bowl is a field with hills and hollows.
func bowl(w, h int) *Field {
	f := &Field{Plan: Plan{Lng: 10, Lat: 50}, Step: 100, W: w, H: h}
	for j := range h {
		for i := range w {
			f.Values = append(f.Values, math.Sin(float64(i)/5)*math.Cos(float64(j)/7)+float64((i*7+j*13)%5)/20)
		}
	}
	return f
}

// TestIsobandsCoverTheField: the bands' areas are those that the values say, they fill all of
// the known field together, none overlaps another, and holes lie within.
func TestIsobandsCoverTheField(t *testing.T) {
	f := bowl(60, 45)
	f.Values[20*60+30] = math.NaN()
	limits := []float64{-2, -0.6, -0.2, 0, 0.1, 0.5, 2}
	total := 0.0
	for _, band := range f.Isobands(limits) {
		for _, poly := range band.Area {
			if poly[0].Orientation() != orb.CCW {
				t.Errorf("band %v: outer ring runs clockwise", band.Low)
			}
			for k, r := range poly {
				if r[0] != r[len(r)-1] {
					t.Errorf("band %v: open ring", band.Low)
				}
				if k > 0 && r.Orientation() != orb.CW {
					t.Errorf("band %v: hole runs counter-clockwise", band.Low)
				}
				total += area(f, r)
			}
		}
		for j := 1; j < f.H-1; j += 3 {
			for i := 1; i < f.W-1; i += 3 {
				v := f.Values[j*f.W+i]
				if math.IsNaN(v) || math.Abs(v-band.Low) < 1e-6 || math.Abs(v-band.High) < 1e-6 {
					continue
				}
				if in := planar.MultiPolygonContains(band.Area, f.Point(float64(i)+1e-7, float64(j)+1e-7)); in != (v >= band.Low && v < band.High) && f.known(i, j) {
					t.Fatalf("band %v…%v: node %d, %d of %v is inside: %v", band.Low, band.High, i, j, v, in)
				}
			}
		}
	}
	if want := float64(59*44-4) * 1e4; math.Abs(total/want-1) > 1e-9 {
		t.Errorf("%v m² of %v", total, want)
	}
}

// area of a ring in the field's plan; holes are negative.
func area(f *Field, r orb.Ring) (sum float64) {
	for i := 1; i < len(r); i++ {
		ax, ay := f.Plan.XY(r[i-1][0], r[i-1][1])
		bx, by := f.Plan.XY(r[i][0], r[i][1])
		sum += (ax*by - bx*ay) / 2
	}
	return sum
}

// TestIsolines: every point of a line has its level, lines end at the edge alone, and what is
// higher lies to the left.
func TestIsolines(t *testing.T) {
	f := bowl(60, 45)
	for _, l := range f.Isolines([]float64{-0.4, 0, 0.3}) {
		first, last := l.Line[0], l.Line[len(l.Line)-1]
		for _, p := range l.Line {
			if v := f.At(p[0], p[1]); math.Abs(v-l.Level) > 0.05 { // bilinear between straight lines
				t.Fatalf("level %v passes %v of %v", l.Level, p, v)
			}
		}
		edge := func(p orb.Point) bool {
			x, y := f.Plan.XY(p[0], p[1])
			near := func(v, w float64) bool { return math.Abs(v-w) < 1e-3 }
			return near(x, 0) || near(y, 0) || near(x, 5900) || near(y, 4400)
		}
		if first != last && (!edge(first) || !edge(last)) {
			t.Errorf("level %v: a line from %v to %v ends within", l.Level, first, last)
		}
	}
	if got := Levels(0.3, 9.7, 5); !slices.Equal(got, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9}) {
		t.Errorf("levels %v", got)
	}
	if got := Levels(3, 3, 5); got != nil {
		t.Errorf("levels %v of nothing", got)
	}
}

// TestSaddle: two hills over a saddle are joined or apart by the mean of the square's corners,
// and lines do not cross.
func TestSaddle(t *testing.T) {
	for _, mean := range []float64{0.4, 0.6} {
		f := &Field{Step: 1, W: 2, H: 2, Values: []float64{1, 0, 0, 4*mean - 1}}
		if f.Values[3] < 0.5 {
			f.Values[3] = 0.55
		}
		lines := f.Isolines([]float64{0.5})
		if len(lines) != 2 {
			t.Fatalf("%d lines", len(lines))
		}
		polys := len(f.Isobands([]float64{0.5, 9})[0].Area)
		if joined := (1+f.Values[3])/4 >= 0.5; joined != (polys == 1) {
			t.Errorf("corners 1 and %v: %d parts", f.Values[3], polys)
		}
	}
}

// TestVoronoi: each cell holds the places that are nearest to its point, and all together fill
// the frame once.
func TestVoronoi(t *testing.T) {
	a, b := town(300, 0, 0)
	a, b = append(a, a[3], math.NaN()), append(b, b[3], 0)
	p := PlanOf(a, b, true)
	cells := Voronoi(a, b, p, 0)
	if cells[300] != nil || cells[301] != nil || cells[3] == nil {
		t.Error("equal points have one cell, and those without a place none")
	}
	r := rand.New(rand.NewPCG(5, 5))
	for range 500 {
		at := orb.Point{r.NormFloat64() * 0.06, r.NormFloat64() * 0.04}
		x, y := p.XY(at[0], at[1])
		best, near := -1, math.Inf(1)
		for i := range 300 {
			u, v := p.XY(a[i], b[i])
			if d := math.Hypot(u-x, v-y); d < near {
				best, near = i, d
			}
		}
		for i, c := range cells[:300] {
			if (i == best) != planar.RingContains(c, at) {
				t.Fatalf("%v is nearest to %d, not %d", at, best, i)
			}
		}
	}
	for i, c := range Voronoi(a, b, p, 700)[:300] {
		for _, q := range c {
			x, y := p.XY(q[0], q[1])
			u, v := p.XY(a[i], b[i])
			if math.Hypot(x-u, y-v) > 700.001 {
				t.Fatalf("cell %d reaches further than 700 m", i)
			}
		}
	}
}

func TestHullAndCircle(t *testing.T) {
	a, b := town(300, 180, 60)
	p := PlanOf(a, b, true)
	h := Hull(a, b, p)
	if h.Orientation() != orb.CCW || len(h) < 6 {
		t.Fatal(h)
	}
	mid := h.Bound().Center()
	for i := range a {
		lng := h[0][0] + math.Remainder(a[i]-h[0][0], 360)
		if !planar.RingContains(h, orb.Point{lng + (mid[0]-lng)*1e-9, b[i] + (mid[1]-b[i])*1e-9}) {
			t.Errorf("%v, %v is outside", lng, b[i])
		}
	}
	if Hull([]float64{1, 2, 3}, []float64{0, 0, 0}, Plan{}) != nil {
		t.Error("a line has no hull")
	}
	for _, q := range Circle(170, 80, 2e6) {
		if d := math.Acos(unit(170, 80).Dot(unit(q[0], q[1]))) * radius; math.Abs(d-2e6) > 1 {
			t.Errorf("%v m away", d)
		}
	}
}

func million() (lng, lat []float64) { return town(1000000, -0.1, 51.5) }

func BenchmarkHexagons(b *testing.B) {
	lng, lat := million()
	for b.Loop() {
		bins, err := Bin(lng, lat, PlanOf(lng, lat, false), 500, Pointy)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := bins.Reduce(Count, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkH3(b *testing.B) {
	lng, lat := million()
	for b.Loop() {
		if _, _, err := BinCells(lng, lat, H3{}, 8); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkClusters(b *testing.B) {
	lng, lat := million()
	for b.Loop() {
		if _, err := Cluster(lng, lat, nil, ClusterOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDensity(b *testing.B) {
	lng, lat := million()
	for b.Loop() {
		if _, err := Density(lng, lat, nil, PlanOf(lng, lat, false), 200, 2000, Gaussian); err != nil {
			b.Fatal(err)
		}
	}
}
