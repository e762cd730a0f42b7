package earth

import (
	"math"
	"testing"
	"time"

	"github.com/go-gl/mathgl/mgl64"
)

var places = []Place{
	{0, 0, 0}, {1.5245, 42.5078, 1023}, {-122.4, 37.77, -32}, {179.9999, -17, 5}, {-180, 10, 0},
	{12, 90, 100}, {77, -90, 2800}, {30, 89.9999999, 0}, {140, -89, 12}, {13, 52, 3e7}, {13, 52, -5000}, {45, 10, 1e12},
}

func TestRoundTripECEF(t *testing.T) {
	for _, p := range places {
		q := FromECEF(p.ECEF())
		tol := 1e-8 + 1e-15*math.Abs(p.Height)
		if d := q.ECEF().Sub(p.ECEF()).Len(); d > math.Max(4*tol, 5e-9) {
			t.Errorf("%v → %v: %g m off", p, q, d)
		}
		if math.Abs(q.Height-p.Height) > 10*tol {
			t.Errorf("%v: height %v", p, q.Height)
		}
	}
}

func TestFrameRoundTrip(t *testing.T) {
	for _, p := range places {
		if p.Height > 1e6 {
			continue
		}
		f := FrameAt(p)
		for _, v := range []mgl64.Vec3{{0, 0, 0}, {1, 2, 3}, {-5000, 7000, 250}} {
			if d := f.ToLocal(f.FromLocal(v)).Sub(v).Len(); d > 5e-9 {
				t.Errorf("%v %v: %g", p, v, d)
			}
			lng, lat := f.Unplan(v[0], v[1])
			x, y := f.Plan(lng, lat)
			if math.Hypot(x-v[0], y-v[1]) > 1e-6 {
				t.Errorf("plan at %v: %v → %v %v", p, v, x, y)
			}
		}
		if det := f.Matrix().Mat3().Det(); math.Abs(det-1) > 1e-12 {
			t.Errorf("%v: determinant %v", p, det)
		}
	}
}

func TestSun(t *testing.T) {
	// Equinox 2026-03-20 14:46 UTC: the Sun stands over the equator.
	s := FromECEF(SunDirection(time.Date(2026, 3, 20, 14, 46, 0, 0, time.UTC)).Mul(1e9))
	if math.Abs(s.Lat) > 0.02 {
		t.Errorf("equinox latitude %v", s.Lat)
	}
	// Solstice noon at Greenwich; the equation of time is about -2 minutes.
	s = FromECEF(SunDirection(time.Date(2026, 6, 21, 12, 2, 0, 0, time.UTC)).Mul(1e9))
	if math.Abs(s.Lat-23.44) > 0.02 || math.Abs(s.Lng) > 0.2 {
		t.Errorf("solstice sub-solar point %v", s)
	}
	// Full moon of 2026-03-03 11:38 UTC (a total eclipse).
	dir, lit := MoonDirection(time.Date(2026, 3, 3, 11, 38, 0, 0, time.UTC))
	if lit < 0.999 || math.Abs(dir.Len()-1) > 1e-9 {
		t.Errorf("full moon lit %v", lit)
	}
}
