package metric

import (
	"math"
	"testing"
)

func flat(c [3]float64, w, h int) [][3]float64 {
	p := make([][3]float64, w*h)
	for i := range p {
		p[i] = c
	}
	return p
}

func TestFLIP(t *testing.T) {
	const w, h = 40, 30
	black, white := flat([3]float64{}, w, h), flat([3]float64{1, 1, 1}, w, h)
	green, blue := flat([3]float64{0, 1, 0}, w, h), flat([3]float64{0, 0, 1}, w, h)
	for _, c := range []struct {
		name     string
		a, b     [][3]float64
		from, to float64
	}{
		{"equal", white, white, 0, 1e-12},
		// The largest distance of the display's colours that the paper maps to 1.
		{"green and blue", green, blue, 0.9999, 1},
		// ΔE = 100 of at most hyab(green, blue): above the knee, below 1.
		{"black and white", black, white, 0.95, 1},
		{"a hundredth", flat([3]float64{0.5, 0.5, 0.5}, w, h), flat([3]float64{0.51, 0.51, 0.51}, w, h), 0.005, 0.08},
	} {
		per, mean := FLIP(c.a, c.b, w, h, PixelsPerDegree)
		if mean < c.from || mean > c.to || len(per) != w*h {
			t.Errorf("%s: %v, want %v to %v", c.name, mean, c.from, c.to)
		}
		if _, back := FLIP(c.b, c.a, w, h, PixelsPerDegree); math.Abs(back-mean) > 1e-12 {
			t.Errorf("%s: %v one way, %v the other", c.name, mean, back)
		}
	}
	// A checkerboard too fine to be seen differs less from grey than a coarse one.
	check := func(side int) (mean float64) {
		p := flat([3]float64{}, w, h)
		for i := range p {
			if (i%w/side+i/w/side)%2 == 0 {
				p[i] = [3]float64{1, 1, 1}
			}
		}
		_, mean = FLIP(flat([3]float64{0.5, 0.5, 0.5}, w, h), p, w, h, PixelsPerDegree)
		return mean
	}
	if fine, coarse := check(1), check(10); !(fine < 0.6*coarse) {
		t.Errorf("fine checks differ by %v, coarse ones by %v", fine, coarse)
	}
}

func TestErrors(t *testing.T) {
	e := ErrorsOf([]float64{1, 2, 3, 100}, []float64{0, 2, 4, 0}, func(i int) bool { return i < 3 })
	if e.N != 3 || math.Abs(e.RMSE-math.Sqrt(2.0/3)) > 1e-12 || e.Bias != 0 || e.P95 != 1 {
		t.Errorf("%+v", e)
	}
	if e := ErrorsOf(nil, nil, nil); e != (Errors{}) {
		t.Errorf("of nothing: %+v", e)
	}
	if p := PSNR(flat([3]float64{1, 1, 1}, 2, 2), flat([3]float64{0, 0, 0}, 2, 2)); math.Abs(p) > 1e-12 {
		t.Errorf("black against white: %v dB", p)
	}
	if p := PSNR(flat([3]float64{1, 1, 1}, 2, 2), flat([3]float64{1, 1, 1}, 2, 2)); !math.IsInf(p, 1) {
		t.Errorf("equal: %v dB", p)
	}
}
