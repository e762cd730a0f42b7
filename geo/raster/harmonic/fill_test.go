package harmonic

import (
	"math"
	"testing"
)

var nan = float32(math.NaN())

// A plane is harmonic: a hole in it must come back as the plane.
func TestFillPlane(t *testing.T) {
	const w, h = 97, 64
	z := make([]float32, w*h)
	for i := range z {
		x, y := i%w, i/w
		z[i] = float32(3*x - 2*y)
		if math.Hypot(float64(x-50), float64(y-30)) < 18 {
			z[i] = nan
		}
	}
	if !Fill(z, w, h) {
		t.Fatal("nothing known?")
	}
	for i, v := range z {
		if d := math.Abs(float64(v) - float64(3*(i%w)-2*(i/w))); !(d < 1.5) {
			t.Fatalf("at %d, %d: %v off", i%w, i/w, d)
		}
	}
}

// The maximum principle: a fill stays within the range of what is known, and beside
// the known values there is no step.
func TestFillRange(t *testing.T) {
	const w, h = 130, 75
	z := make([]float32, w*h)
	for i := range z {
		z[i] = nan
	}
	for x := range 40 {
		for y := range 20 {
			z[y*w+x] = float32(x)
		}
	}
	if !Fill(z, w, h) {
		t.Fatal("nothing known?")
	}
	for i, v := range z {
		if !(v > -1 && v < 40) {
			t.Fatalf("value %v at %d", v, i)
		}
		if x, y := i%w, i/w; x > 0 && math.Abs(float64(v-z[i-1])) > 2.5 {
			t.Fatalf("step at %d, %d: %v to %v", x, y, z[i-1], v)
		}
	}
}

func TestFillNothingKnown(t *testing.T) {
	z := []float32{nan, nan, nan, nan}
	if Fill(z, 2, 2) || z[0] == z[0] {
		t.Error("filled from nothing")
	}
	if Fill(nil, 0, 0) {
		t.Error("filled nothing")
	}
	one := []float32{nan, 5, nan}
	if !Fill(one, 3, 1) || one[0] != 5 || one[2] != 5 {
		t.Error(one)
	}
}

func BenchmarkFill(b *testing.B) {
	const n = 1024
	src := make([]float32, n*n)
	for i := range src {
		src[i] = float32(i % 977)
		if (i%n)/100 == 4 && (i/n)/100 == 4 {
			src[i] = nan
		}
	}
	z := make([]float32, n*n)
	b.ReportAllocs()
	for b.Loop() {
		copy(z, src)
		Fill(z, n, n)
	}
}
