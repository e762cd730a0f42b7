package sky

import (
	"math"
	"sync"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

var clear = sync.OnceValue(func() *Air { return NewAir(1) })

func TestTransmittance(t *testing.T) {
	a := clear()
	// Straight up the depth is that of the scale heights: an exact integral.
	ozoneKm := 15.0 // of the tent
	for c, name := range []string{"red", "green", "blue"} {
		want := math.Exp(-(rayleigh[c]*rayleighScale*(1-math.Exp(-Top/rayleighScale)) + mieExtinction*mieScale + ozone[c]*ozoneKm))
		if got := a.Transmittance(0, 1)[c]; math.Abs(got-want) > 2e-3 {
			t.Errorf("%s: zenith lets %.4f through, want %.4f", name, got, want)
		}
	}
	for _, h := range []float64{0, 0.5, 3, 20} {
		for mu := -0.02; mu <= 1; mu += 0.06 {
			r := newRay(h, mu)
			if _, ground := r.ground(); ground {
				continue
			}
			table, direct := a.Sunlight(h, mu), SunlightAt(1, h, mu)
			for c := range table {
				if math.Abs(table[c]-direct[c]) > 6e-3 {
					t.Errorf("h %v µ %.2f: table %.4f, integral %.4f", h, mu, table[c], direct[c])
				}
			}
		}
	}
	if up := sunUp(0, -0.02); up != 0 {
		t.Errorf("a sun 1.1° below the horizon shows %v of its disc", up)
	}
}

func TestScatter(t *testing.T) {
	a := clear()
	muSun := math.Sin(earth.Radians(45))
	up := a.Scatter(0, 1, muSun, muSun, math.Inf(1), 150).Radiance
	if !(up[2] > 2*up[0]) {
		t.Errorf("the zenith is not blue: %v", up)
	}
	low := a.Scatter(0, 0.02, muSun, muSun*0.02, math.Inf(1), 150).Radiance
	if !(low[0] > 2*up[0]) || low[2]/low[0] > up[2]/up[0] {
		t.Errorf("the horizon %v is not brighter and whiter than the zenith %v", low, up)
	}
	// What an eye sees does not jump at the ground, or at the top of the air.
	for _, h := range []float64{0.002, 1, 30, 99.999, 400, 20000} {
		mu := -0.9999 // nearly straight down
		a0 := a.Scatter(h, mu, muSun, mu*muSun, math.Inf(1), 150).Radiance
		a1 := a.Scatter(h*1.0001, mu, muSun, mu*muSun, math.Inf(1), 150).Radiance
		if d := a0.Sub(a1).Len(); d > 1e-3*a0.Len()+1e-6 {
			t.Errorf("at %v km: %v jumps to %v", h, a0, a1)
		}
	}
	if s := a.Scatter(400, 0.5, muSun, 0.3, math.Inf(1), 50); s.Radiance.Len() != 0 || s.Through != (mgl64.Vec3{1, 1, 1}) {
		t.Errorf("space above the air scatters %v", s)
	}
	// Energy: a white ground under a conservative sky cannot send out more than comes in.
	if m := a.Multiple(0, 1); m[2] > 1/math.Pi || m[0] <= 0 {
		t.Errorf("many scatterings %v of an irradiance of 1", m)
	}
}

// The globe's horizon and the distances to it are those of the ellipsoid.
func TestGlobe(t *testing.T) {
	for _, p := range []earth.Place{{Lng: 0, Lat: 0, Height: 2}, {Lng: 7, Lat: 43, Height: 300}, {Lng: -120, Lat: -80, Height: 4e5}, {Lng: 12, Lat: 90, Height: 2e7}, {Lng: 30, Lat: 50, Height: 1e9}} {
		for _, height := range []float64{-40, 0} {
			g := NewGlobe(p.ECEF(), height)
			f := earth.FrameAt(p)
			hits := 0
			for pitch := -90.0; pitch < 1; pitch += 0.31 {
				for _, heading := range []float64{0, 70, 200} {
					sp, cp := math.Sincos(earth.Radians(pitch))
					sh, ch := math.Sincos(earth.Radians(heading))
					d := mgl64.Vec3{sh * cp, ch * cp, sp}
					dist, ok := g.Hit(d)
					if !ok {
						continue
					}
					hits++
					q := earth.FromECEF(p.ECEF().Add(f.DirFromLocal(d).Mul(dist)))
					// Semi-axes grown by a height are not quite a height: 0.2 % of it.
					if tol := 1e-6*dist + 0.003*math.Abs(height) + 1e-3; math.Abs(q.Height-height) > tol {
						t.Errorf("%v pitch %.1f heading %v: meets the ground at height %v, want %v", p, pitch, heading, q.Height, height)
					}
				}
			}
			if hits == 0 {
				t.Errorf("%v: no ray meets the ground", p)
			}
		}
	}
	low := NewGlobe(earth.Place{Lng: 1, Lat: 1, Height: -100}.ECEF(), 0)
	if low.Height < 0.0009 || low.C <= 0 {
		t.Errorf("an eye below the ground stays there: %+v", low)
	}
}

func BenchmarkScatter(b *testing.B) {
	a := clear()
	b.ReportAllocs()
	for b.Loop() {
		a.Scatter(0.1, 0.2, 0.5, 0.3, math.Inf(1), 40)
	}
}
