package flows

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
)

// parallel are flows beside each other, and one across them far away.
func parallel(n int) (a, b []mgl64.Vec3, volume []float64) {
	for i := range n {
		a, b = append(a, mgl64.Vec3{0, float64(i) * 10, 0}), append(b, mgl64.Vec3{1000, float64(i) * 10, 0})
		volume = append(volume, 1)
	}
	return append(a, mgl64.Vec3{500, 5000, 0}), append(b, mgl64.Vec3{500, 6000, 0}), append(volume, 1)
}

// Flows that are alike meet in the middle and keep their ends; one that is not stays straight.
func TestBundle(t *testing.T) {
	a, b, volume := parallel(8)
	got := bundle(a, b, volume, 1)
	spread := func(k int) float64 {
		lo, hi := math.Inf(1), math.Inf(-1)
		for _, c := range got[:8] {
			lo, hi = math.Min(lo, c[k][1]), math.Max(hi, c[k][1])
		}
		return hi - lo
	}
	if ends, middle := spread(0), spread(16); ends != 70 || middle > 25 {
		t.Errorf("%.1f m apart in the middle, %.1f at the ends", middle, ends)
	}
	for k, p := range got[8] {
		if math.Abs(p[0]-500) > 1e-6 || math.Abs(p[1]-5000-1000*float64(k)/32) > 1 {
			t.Fatalf("the lonely flow bends to %v", p)
		}
	}
	straight := bundle(a, b, volume, 0)
	if p := straight[7][16]; math.Abs(p[1]-70) > 1e-6 {
		t.Errorf("without strength it bends to %v", p)
	}
}

func TestCompatibility(t *testing.T) {
	v := func(x, y float64) mgl64.Vec3 { return mgl64.Vec3{x, y, 0} }
	for _, c := range []struct {
		name       string
		a, b, c, d mgl64.Vec3
		want       float64
	}{
		{"the same", v(0, 0), v(100, 0), v(0, 0), v(100, 0), 1},
		{"there and back", v(0, 0), v(100, 0), v(100, 0), v(0, 0), 1},
		{"across", v(0, 0), v(100, 0), v(50, -50), v(50, 50), 0},
		{"far beside", v(0, 0), v(100, 0), v(0, 900), v(100, 900), 0},
		{"behind each other", v(0, 0), v(100, 0), v(200, 0), v(300, 0), 0},
		{"no length", v(0, 0), v(0, 0), v(0, 0), v(100, 0), 0},
	} {
		if got := compatibility(c.a, c.b, c.c, c.d); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// Places within the radius of a heavier one join it; each is in one cluster.
func TestCluster(t *testing.T) {
	at := []mgl64.Vec3{{0, 0, 0}, {8, 0, 0}, {16, 0, 0}, {100, 0, 0}}
	of, centers := cluster(at, []float64{1, 5, 1, 2}, 10)
	if of[0] != of[1] || of[1] != of[2] || of[3] == of[0] || len(centers) != 2 {
		t.Fatalf("clusters %v", of)
	}
	if c := centers[of[0]]; math.Abs(c[0]-56.0/7) > 1e-6 {
		t.Errorf("its middle is %v", c)
	}
}

func BenchmarkBundle(b *testing.B) {
	from, to, volume := parallel(1000)
	for b.Loop() {
		bundle(from, to, volume, 0.8)
	}
}
