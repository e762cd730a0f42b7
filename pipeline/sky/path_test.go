package sky

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// views are eyes and suns over the range that stories go through; floor is the least
// accordance with the path tracer, dB, 0 where it is only reported: at dusk the sky is lit
// from far away, which no model of the air around one point knows.
var views = []struct {
	name                string
	km, sun, turn, look float64 // degrees: the sun's height, the look's azimuth from it and height
	haze, floor         float64
}{
	{"noon, towards the sun", 0.002, 60, 0, 25, 1, 30},
	{"noon, away from it", 0.002, 60, 180, 25, 1, 30},
	{"noon, up", 0.002, 75, 90, 70, 1, 30},
	{"afternoon, across", 0.1, 35, 90, 15, 1, 30},
	{"afternoon, haze", 0.1, 35, 60, 15, 4, 30},
	{"evening, towards", 0.3, 10, 20, 12, 1, 30},
	{"evening, away", 0.3, 10, 170, 12, 1, 30},
	{"sunset", 0.05, 1, 30, 12, 1, 0},
	{"dusk, towards", 0.05, -4, 10, 12, 1, 0},
	{"dusk, away", 0.05, -4, 175, 12, 1, 0},
	{"aeroplane", 10, 40, 60, 8, 1, 30},
	{"balloon", 35, 30, 60, 5, 1, 30},
	{"orbit, the rim of the Earth", 400, 20, 40, -19.5, 1, 0},
}

// The model, whose higher orders come from a table, against paths that assume nothing.
func TestAgainstPaths(t *testing.T) {
	const w, h, fov = 16, 9, 50.0
	airs := map[float64]*Air{1: clear()}
	for _, v := range views {
		if airs[v.haze] == nil {
			airs[v.haze] = NewAir(v.haze)
		}
		a, rng := airs[v.haze], rand.New(rand.NewPCG(7, 11))
		muSun := math.Sin(earth.Radians(v.sun))
		sun := mgl64.Vec3{math.Cos(earth.Radians(v.sun)), 0, muSun}
		sp, cp := math.Sincos(earth.Radians(v.look))
		st, ct := math.Sincos(earth.Radians(v.turn))
		forward := mgl64.Vec3{cp * ct, cp * st, sp}
		right := mgl64.Vec3{st, -ct, 0}
		up := right.Cross(forward)
		var pairs [][2]float64
		for y := range h {
			for x := range w {
				s := 2 * math.Tan(earth.Radians(fov)/2) / h
				d := forward.Add(right.Mul((float64(x) + 0.5 - w/2.0) * s)).Add(up.Mul((float64(y) + 0.5 - h/2.0) * s)).Normalize()
				if d.Dot(sun) > 0.999 {
					continue
				}
				model := a.Scatter(v.km, d[2], muSun, d.Dot(sun), math.Inf(1), 120).Radiance
				paths := a.Traced(v.km, d, sun, 40, 8, rng)
				for c := range model {
					pairs = append(pairs, [2]float64{math.Cbrt(model[c]), math.Cbrt(paths[c])})
				}
			}
		}
		got := psnr(pairs)
		t.Logf("%-28s %.1f dB", v.name, got)
		if got < v.floor {
			t.Errorf("%s: %.1f dB, want %v", v.name, got, v.floor)
		}
	}
}

// psnr of values as eyes see them; the second of a pair is the truth.
func psnr(pairs [][2]float64) float64 {
	var peak, sum float64
	for _, p := range pairs {
		peak = max(peak, p[1])
		sum += (p[0] - p[1]) * (p[0] - p[1])
	}
	return 10 * math.Log10(peak*peak*float64(len(pairs))/sum)
}

// Directions after a collision are spread as the phase functions say.
func TestPhases(t *testing.T) {
	a, rng := clear(), rand.New(rand.NewPCG(1, 2))
	w := walker{air: a, sun: mgl64.Vec3{0, 0, 1}, rng: rng}
	var mean, phase float64
	const n = 20000
	for range n {
		d := w.turn(mgl64.Vec3{0, 0, 1}, 1)
		mean += d[2] / n
		d = w.turn(mgl64.Vec3{1, 0, 0}, 0)
		phase += d[0] * d[0] / n
	}
	// The mean cosine of Cornette and Shanks 1992 at g: g·3(4+g²)/(5(2+g²)).
	const g2 = mieG * mieG
	if want := mieG * 3 * (4 + g2) / (5 * (2 + g2)); math.Abs(mean-want) > 0.01 {
		t.Errorf("aerosol scatters with a mean cosine of %.3f, want %.3f", mean, want)
	}
	if math.Abs(phase-0.4) > 0.01 { // of 3/4 (1 + µ²) over the sphere
		t.Errorf("air scatters with a mean square cosine of %.3f, want 0.4", phase)
	}
}
