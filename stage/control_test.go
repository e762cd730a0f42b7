package stage

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/scene"
)

// hills is ground that rises and falls by 200 m.
func hills(lng, lat float64) float64 {
	return 300 + 100*math.Sin(lng*700) + 100*math.Cos(lat*900)
}

func controlAt(lng, lat, height, heading, pitch float64) *control {
	c := &control{ground: hills, width: 640, height: 360, way: orbiting}
	c.take(scene.NewCamera(earth.Place{Lng: lng, Lat: lat, Height: height}, heading, pitch).Pose(nil))
	return c
}

// pixel is where the control's camera sees a point.
func (c *control) pixel(p mgl64.Vec3) (x, y float64) {
	d := p.Sub(c.pose.Eye)
	tan := math.Tan(c.pose.FovY / 2)
	z := d.Dot(c.pose.Forward)
	h := float64(c.height)
	return float64(c.width)/2 + d.Dot(c.pose.Right)/z/tan*h/2, h/2 - d.Dot(c.pose.Up)/z/tan*h/2
}

var controlPlaces = []struct{ lng, lat, height, heading, pitch float64 }{
	{1.52, 42.51, 700, 30, -25}, {1.52, 42.51, 520, 200, -60}, {1.52, 42.51, 2e7, 0, -89},
	{-179.9999, 12, 900, 90, -35}, {33, 89.5, 3000, 300, -50}, {12, -40, 4e5, 45, -70},
}

func TestRayMeetsTheGround(t *testing.T) {
	for _, p := range controlPlaces {
		c := controlAt(p.lng, p.lat, p.height, p.heading, p.pitch)
		q, ok := c.under(330, 200)
		if !ok {
			t.Errorf("%v: sky", p)
			continue
		}
		at := earth.FromECEF(q)
		if d := at.Height - hills(at.Lng, at.Lat); math.Abs(d) > 0.01 {
			t.Errorf("%v: %g m above the ground", p, d)
		}
		if x, y := c.pixel(q); math.Hypot(x-330, y-200) > 1e-3 {
			t.Errorf("%v: seen at %v, %v", p, x, y)
		}
	}
	if _, ok := controlAt(1, 42, 900, 0, 40).under(320, 180); ok {
		t.Error("the sky is ground")
	}
}

// TestDragKeepsThePointUnderThePointer is what a pan means, from a street to orbit.
func TestDragKeepsThePointUnderThePointer(t *testing.T) {
	for _, p := range controlPlaces {
		c := controlAt(p.lng, p.lat, p.height, p.heading, p.pitch)
		q, _ := c.under(330, 200)
		c.pan(330, 200)
		for range 6 {
			c.move(4, -3)
			c.drag(c.pending[0], c.pending[1])
			c.pending = [2]float64{}
		}
		if x, y := c.pixel(q); math.Hypot(x-354, y-182) > 0.01 {
			t.Errorf("%v: the point is at %v, %v", p, x, y)
		}
	}
}

// TestOrbitKeepsTheDistance: circling changes neither the distance nor where the pivot is
// in the picture.
func TestOrbitKeepsTheDistance(t *testing.T) {
	for _, p := range controlPlaces[:2] {
		c := controlAt(p.lng, p.lat, p.height, p.heading, p.pitch)
		c.orbit(300, 220)
		q, d := c.pivot, c.pose.Eye.Sub(c.pivot).Len()
		for range 20 {
			c.move(9, 2)
			c.update(1.0 / 60)
		}
		if got := c.pose.Eye.Sub(q).Len(); math.Abs(got-d) > 1e-6*d {
			t.Errorf("%v: %v m, was %v m", p, got, d)
		}
		if x, y := c.pixel(q); math.Hypot(x-300, y-220) > 2 { // the horizon stays level
			t.Errorf("%v: the pivot is at %v, %v", p, x, y)
		}
		if u := c.pose.Right.Dot(earth.FromECEF(c.pose.Eye).Up()); math.Abs(u) > 1e-3 {
			t.Errorf("%v: the horizon leans by %v", p, u)
		}
	}
}

// TestInertiaIsTheSameAtAnyRate lets a movement run out in steps of several lengths.
func TestInertiaIsTheSameAtAnyRate(t *testing.T) {
	run := func(begin func(*control), step float64) mgl64.Vec3 {
		c := controlAt(1.52, 42.51, 700, 30, -25)
		begin(c)
		for s := 0.0; s < 3; s += step {
			c.update(step)
		}
		return c.pose.Eye
	}
	start := controlAt(1.52, 42.51, 700, 30, -25).pose.Eye
	for name, begin := range map[string]func(*control){
		"zoom":  func(c *control) { c.zoom(330, 220, 3) },
		"orbit": func(c *control) { c.orbit(320, 220); c.move(10, 0); c.update(1.0 / 64); c.release() },
		"pan":   func(c *control) { c.pan(320, 220); c.move(10, 5); c.update(1.0 / 64); c.release() },
	} {
		a, b := run(begin, 1.0/128), run(begin, 1.0/8)
		if a.Sub(start).Len() < 5 {
			t.Errorf("%s moved %v m", name, a.Sub(start).Len())
		}
		if d := a.Sub(b).Len(); d > 0.02*a.Sub(start).Len() {
			t.Errorf("%s: %v m apart of %v m", name, d, a.Sub(start).Len())
		}
	}
}

func TestZoomNearsThePoint(t *testing.T) {
	c := controlAt(1.52, 42.51, 700, 30, -25)
	q, _ := c.under(200, 250)
	d := c.pose.Eye.Sub(q).Len()
	c.zoom(200, 250, 2)
	for range 200 {
		c.update(0.02)
	}
	if got, want := c.pose.Eye.Sub(q).Len(), d*math.Exp(-2*wheelStep); math.Abs(got-want) > 1e-3*want {
		t.Errorf("%v m, want %v m", got, want)
	}
	if x, y := c.pixel(q); math.Hypot(x-200, y-250) > 0.1 {
		t.Errorf("the point is at %v, %v", x, y)
	}
}

// TestControlNeverLeavesTheWorld: whatever is done, the eye is above the ground, within
// reach, and its axes are a camera's.
func TestControlNeverLeavesTheWorld(t *testing.T) {
	for _, p := range controlPlaces {
		c := controlAt(p.lng, p.lat, p.height, p.heading, p.pitch)
		seed := uint32(7)
		random := func() float64 { seed = seed*1664525 + 1013904223; return float64(seed>>8) / (1 << 24) }
		for i := range 400 {
			x, y := random()*640, random()*360
			switch i % 8 {
			case 0:
				c.orbit(x, y)
			case 2:
				c.pan(x, y)
			case 4:
				c.release()
			case 5:
				c.zoom(x, y, random()*12-6)
			}
			c.move(random()*200-100, random()*200-100)
			c.update(random() * 0.1)
			if h := c.aloft(); !(h > clearance-1e-6) || c.pose.Eye.Len() > 1.01*farthest {
				t.Fatalf("%v step %d: %v m above the ground, %v m from the centre", p, i, h, c.pose.Eye.Len())
			}
			for _, v := range []float64{c.pose.Forward.Len() - 1, c.pose.Up.Len() - 1, c.pose.Right.Len() - 1, c.pose.Right.Dot(c.pose.Up), c.pose.Right.Cross(c.pose.Forward).Dot(c.pose.Up) + -1} {
				if !(math.Abs(v) < 1e-9) {
					t.Fatalf("%v step %d: the axes are %v", p, i, c.pose)
				}
			}
		}
	}
}
