package align

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles/glb"
)

func random(r *rand.Rand) mgl64.Vec3 {
	return mgl64.Vec3{r.NormFloat64(), r.NormFloat64(), r.NormFloat64()}
}

// TestFit recovers random similarities exactly, of points in space and in a plane, and
// with noise no worse than the truth.
func TestFit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for trial := range 300 {
		want := Similarity{Rotation: mgl64.QuatRotate(r.Float64()*7, random(r).Normalize()).Mat4().Mat3(), Scale: math.Exp(3 * r.NormFloat64()), Translation: random(r).Mul(1e4)}
		n := 3 + trial%5
		var from, to []mgl64.Vec3
		for range n {
			p := random(r).Mul(20)
			if trial%3 == 0 {
				p[2] = 7 // a plane
			}
			from, to = append(from, p), append(to, want.Apply(p))
		}
		got, rms, err := Fit(from, to, true)
		if err != nil {
			t.Fatal(err)
		}
		size := want.Scale * 20
		if rms > 1e-9*(size+1e4) || math.Abs(got.Scale/want.Scale-1) > 1e-9 {
			t.Errorf("trial %d: rms %v, scale %v of %v", trial, rms, got.Scale, want.Scale)
		}
		if d := got.Rotation.Det(); math.Abs(d-1) > 1e-9 {
			t.Errorf("trial %d: determinant %v", trial, d)
		}
		truth := 0.0
		for i := range to {
			e := random(r).Mul(0.01 * size)
			to[i] = to[i].Add(e)
			truth += e.Dot(e)
		}
		if _, rms, err = Fit(from, to, true); err != nil || rms > math.Sqrt(truth/float64(n))*(1+1e-9) {
			t.Errorf("trial %d: %v with noise, the truth has %v, %v", trial, rms, math.Sqrt(truth/float64(n)), err)
		}
	}
}

// TestUmeyamaExample is the example of the paper: three points that a reflection would
// fit better.
func TestUmeyamaExample(t *testing.T) {
	from := []mgl64.Vec3{{0, 0, 0}, {1, 0, 0}, {0, 2, 0}}
	to := []mgl64.Vec3{{0, 0, 0}, {-1, 0, 0}, {0, 2, 0}}
	// In the plane the paper keeps the rotation in it; in space half a turn about y fits.
	s, rms, err := Fit(from, to, true)
	if err != nil || rms > 1e-12 || math.Abs(s.Rotation.Det()-1) > 1e-12 {
		t.Errorf("rms %v, determinant %v, %v", rms, s.Rotation.Det(), err)
	}
	// A tetrahedron and its mirror image: no rotation fits, and none may be a mirror.
	from = append(from, mgl64.Vec3{0, 0, 3})
	to = []mgl64.Vec3{{0, 0, 0}, {-1, 0, 0}, {0, 2, 0}, {0, 0, 3}}
	s, rms, err = Fit(from, to, true)
	if err != nil || rms < 0.1 || math.Abs(s.Rotation.Det()-1) > 1e-12 {
		t.Errorf("mirror: rms %v, determinant %v, %v", rms, s.Rotation.Det(), err)
	}
}

func TestFitRefuses(t *testing.T) {
	line := []mgl64.Vec3{{0, 0, 0}, {1, 1, 1}, {2, 2, 2}, {5, 5, 5}}
	good := []mgl64.Vec3{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	for _, c := range []struct {
		from, to []mgl64.Vec3
		want     error
	}{
		{good[:2], good[:2], ErrFew}, {line, good, ErrCollinear}, {good, line, ErrCollinear},
		{good[:3], []mgl64.Vec3{{}, {}, {}}, ErrCollinear}, {[]mgl64.Vec3{{math.NaN()}, {1}, {0, 1}}, good[:3], ErrNumber},
	} {
		if _, _, err := Fit(c.from, c.to, true); !errors.Is(err, c.want) {
			t.Errorf("%v → %v: %v, want %v", c.from, c.to, err, c.want)
		}
	}
}

// TestByControl places a model and finds its points where they belong.
func TestByControl(t *testing.T) {
	truth := At(earth.Place{Lng: 11.25, Lat: 43.77, Height: 90}, 30, 2.5)
	var cs []Control
	for _, p := range []mgl64.Vec3{{0, 0, 0}, {10, 0, 0}, {0, 20, 0}, {3, 3, 15}} {
		cs = append(cs, Control{p, truth.Frame.Place(truth.Apply(p))})
	}
	got, err := ByControl(cs, true)
	if err != nil || got.RMS > 1e-6 || math.Abs(got.Scale-2.5) > 1e-6 || len(got.Residuals) != 4 {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, c := range cs {
		if d := got.Frame.FromLocal(got.Apply(c.Model)).Sub(c.At.ECEF()).Len(); d > 1e-6 {
			t.Errorf("%v is %v m off", c.Model, d)
		}
	}
	if _, err := ByControl(cs[:2], true); !errors.Is(err, ErrFew) {
		t.Error(err)
	}
}

// TestFootprint covers the houses under a model and not its neighbours.
func TestFootprint(t *testing.T) {
	square := &glb.Model{Parts: []glb.Part{{Positions: [][3]float32{{0, 0, 5}, {10, 0, 5}, {10, 10, 5}, {0, 10, 5}}, Indices: []uint32{0, 1, 2, 0, 2, 3}}}}
	p := At(earth.Place{Lng: 8, Lat: 50}, 0, 1)
	f := FootprintOf(square, p)
	house := func(x0, y0, x1, y1 float64) *geo.Feature {
		var r orb.Ring
		for _, c := range [][2]float64{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}} {
			lng, lat := p.Frame.Unplan(c[0], c[1])
			r = append(r, orb.Point{lng, lat})
		}
		return &geo.Feature{ID: "way/1", Geometry: orb.Polygon{r}, Tags: map[string]string{"building": "yes"}}
	}
	for _, c := range []struct {
		f      *geo.Feature
		share  float64
		behind bool
	}{
		{house(1, 1, 9, 9), 1, true}, {house(-10, 0, 10, 10), 0.5, true}, {house(12, 0, 20, 10), 0, false}, {house(-30, 0, 5, 10), 1.0 / 7, false},
	} {
		if got := f.Covered(c.f); math.Abs(got-c.share) > 0.06 {
			t.Errorf("%v: covered %v, want %v", c.f.Geometry.Bound(), got, c.share)
		}
		if c.share != 0.5 && f.Replaces(c.f) != c.behind {
			t.Errorf("%v: replaced %v", c.f.Geometry.Bound(), !c.behind)
		}
	}
	area := 0.0
	for _, poly := range f.Polygon() {
		x0, y0 := p.Frame.Plan(poly.Bound().Min[0], poly.Bound().Min[1])
		x1, y1 := p.Frame.Plan(poly.Bound().Max[0], poly.Bound().Max[1])
		area += (x1 - x0) * (y1 - y0)
	}
	if math.Abs(area-100) > 16 {
		t.Errorf("footprint of %v m²", area)
	}
	if FootprintOf(&glb.Model{}, p) != nil {
		t.Error("a footprint of nothing")
	}
}
