package aggregate

import (
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

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
