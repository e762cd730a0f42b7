package pipeline

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
)

// Cascades keep their size and lie on a grid of whole texels while the camera moves and
// turns, and hold the slices of the view.
func TestCascadesAreStableAndHoldTheView(t *testing.T) {
	q := Quality{ShadowCascades: 4, ShadowSize: 2048}
	sun := daylight(andorra, 200, 30).Sun
	var size [maxCascades]float64
	var base [maxCascades][2]float64
	axisX := mgl64.Vec3{0, 0, 1}.Cross(sun).Normalize()
	axisY := sun.Cross(axisX)
	for i := range 20 {
		f := float64(i)
		v := look(andorra, f*0.37, f*0.11, 80, f*13, -20+f)
		c := newCamera(&v, 1023, 640, 360)
		s := fitCascades(&c, sun, 1023, q)
		if s.n != 4 {
			t.Fatalf("%d cascades", s.n)
		}
		begin := c.near
		for k := range s.n {
			l := s.layer[k]
			world := c.eye.Add(c.frame.DirFromLocal(l.center))
			at := [2]float64{world.Dot(axisX) / l.texel, world.Dot(axisY) / l.texel}
			if i == 0 {
				size[k], base[k] = l.radius, at
			}
			if l.radius != size[k] {
				t.Errorf("cascade %d changed its size from %v to %v", k, size[k], l.radius)
			}
			for a := range at {
				if off := at[a] - base[k][a]; math.Abs(off-math.Round(off)) > 1e-3 {
					t.Errorf("step %d: cascade %d moved by %v texels", i, k, off)
				}
			}
			for _, d := range []float64{begin, l.split} {
				for _, x := range []float64{-1, 1} {
					for _, y := range []float64{-1, 1} {
						p := c.forward.Add(c.right.Mul(x * c.tanX)).Add(c.up.Mul(y * c.tanY)).Mul(d)
						n := l.clip.Mul4x1(p.Vec4(1))
						if math.Abs(n[0]) > 1.01 || math.Abs(n[1]) > 1.01 || n[2] < -0.01 || n[2] > 1.01 {
							t.Errorf("cascade %d: corner at %v is %v", k, d, n)
						}
					}
				}
			}
			begin = l.split
		}
		if far := s.layer[3].split; far < 300 || far > 6500 {
			t.Errorf("shadows end at %v", far)
		}
	}
}

func TestCastersReachTheirCascade(t *testing.T) {
	v := look(andorra, 0, 0, 50, 0, -10)
	c := newCamera(&v, 1023, 640, 360)
	env := daylight(andorra, 180, 20)
	s := fitCascades(&c, env.Sun, 1023, Quality{ShadowCascades: 1, ShadowSize: 512})
	center := s.layer[0].center
	far := s.l.Mul(50 * s.layer[0].radius)
	if !s.casts(0, center.Add(far), 1, 1) {
		t.Error("a tower between sun and view casts no shadow")
	}
	if s.casts(0, center.Sub(far), 1, 1) {
		t.Error("what lies behind the view casts a shadow into it")
	}
	if s.casts(0, center.Add(s.x.Mul(3*s.layer[0].radius)), 1, 1) {
		t.Error("what lies beside the light casts a shadow into it")
	}
	if n := fitCascades(&c, env.Sun.Mul(-1), 1023, Quality{ShadowCascades: 1, ShadowSize: 512}).n; n != 0 {
		t.Errorf("%d cascades at night", n)
	}
}

// Whatever stands between the sun and a point of a slice is drawn into its cascade, what
// stands aside of the view and throws its shadow away from it is not, and the step from
// the first cascade's space comes to where the cascade's own matrix does.
func TestCastersOfASlice(t *testing.T) {
	v := look(andorra, 0, 0, 80, 0, -10)
	c := newCamera(&v, 1023, 640, 360)
	s := fitCascades(&c, daylight(andorra, 250, 35).Sun, 1023, Quality{ShadowCascades: 4, ShadowSize: 1024})
	at := func(depth, x, y float64) mgl64.Vec3 {
		return c.forward.Add(c.right.Mul(x * c.tanX)).Add(c.up.Mul(y * c.tanY)).Mul(depth)
	}
	tried, culled := 0, 0
	for i := range s.n {
		l := &s.layer[i]
		for k := range 300 {
			f := func(n int) float64 { return float64(k*n%101) / 100 }
			p := at(l.begin+(l.split-l.begin)*f(7), 2*f(13)-1, 2*f(29)-1)
			if !s.casts(i, p.Add(s.l.Mul(l.radius*f(37))), 1, 1) {
				t.Fatalf("cascade %d: a caster over %v is left out", i, p)
			}
			beside := at(l.split*f(17), 6*f(13)-3, 2*f(29)-1)
			if tried++; !s.casts(i, beside, 1, 1) {
				culled++
			}
			step, own := s.step(i), l.textureMatrix().Mul4x1(p.Vec4(1))
			first := s.layer[0].textureMatrix().Mul4x1(p.Vec4(1))
			for a := range 3 {
				if got := first[a]*float64(step[3]) + float64(step[a]); math.Abs(got-own[a]) > 1e-5 {
					t.Fatalf("cascade %d: axis %d of %v is %v by the step, %v by the matrix", i, a, p, got, own[a])
				}
			}
		}
	}
	if culled*5 < tried {
		t.Errorf("only %d of %d spheres around the view were culled", culled, tried)
	}
	// West of the view with the sun in the west the shadow falls into it; east of it, away.
	l := &s.layer[1]
	west, east := at((l.begin+l.split)/2, -1.3, 0), at((l.begin+l.split)/2, 1.3, 0)
	if !s.casts(1, west.Add(mgl64.Vec3{0, 0, 20}), 25, 25) || s.casts(1, east, 1, 1) {
		t.Error("the side of the sun is not told from the other")
	}
}
