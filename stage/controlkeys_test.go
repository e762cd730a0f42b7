package stage

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// pushing is what one axis or two ask for.
func pushing(pushes ...push) (want [axes]float64) {
	for _, p := range pushes {
		want[p.axis] = p.by
	}
	return want
}

// Keys that are held for a second and let go lead along the same path at any rate of frames, by
// every control, from a street to orbit: within a hundredth of the way.
func TestKeysLeadTheSameAtAnyRate(t *testing.T) {
	ways := map[string]struct {
		way  handling
		want [axes]float64
		rise bool // the distance from the ground changes
	}{
		"move": {orbiting, pushing(push{along, 1}, push{aside, -1}), false}, "rise": {orbiting, pushing(push{rise, 1}), true},
		"near": {orbiting, pushing(push{near, 1}), true}, "turn": {orbiting, pushing(push{turn, 1}, push{tilt, -0.2}), false},
		"globe": {rolling, pushing(push{aside, 1}), false}, "fly": {flying, pushing(push{along, 1}, push{turn, 0.5}), false},
		"fly up": {flying, pushing(push{rise, 1}, push{aside, 1}), true},
	}
	for name, w := range ways {
		for _, p := range controlPlaces {
			run := func(rate int) (path []mgl64.Vec3) {
				c := controlAt(p.lng, p.lat, p.height, p.heading, p.pitch)
				c.way = w.way
				c.steer(w.want, false)
				for i := range 3 * rate {
					if i == rate {
						c.steer([axes]float64{}, false)
					}
					if i%(rate/30) == 0 {
						path = append(path, c.pose.Eye)
					}
					c.update(1 / float64(rate))
				}
				if c.keys.steered() {
					t.Errorf("%s %v: still moving after 2 s", name, p)
				}
				return path
			}
			a, b, far := run(30), run(60), 0.0
			for i := range a {
				far = max(far, a[i].Sub(a[0]).Len())
			}
			if far < 1 {
				t.Errorf("%s %v: moved %v m", name, p, far)
			}
			for i := range a {
				if d := a[i].Sub(b[i]).Len(); d > 0.01*far {
					t.Fatalf("%s %v: at %v s %v m apart of %v m", name, p, float64(i)/30, d, far)
				}
			}
			// What is left of it when the key goes moves on, ever slower.
			if v, w := a[32].Sub(a[31]).Len(), a[50].Sub(a[49]).Len(); !(v > w) {
				t.Errorf("%s %v: %v m, then %v m a frame", name, p, v, w)
			}
		}
	}
}

// Keys move over the ground at the eye's height and look as before at it, in proportion to how
// high it is; up and down change the height alone.
func TestKeysMoveOverTheGround(t *testing.T) {
	for _, p := range controlPlaces {
		c := controlAt(p.lng, p.lat, p.height, p.heading, p.pitch)
		c.ground = func(_, _ float64) float64 { return 0 }
		pitch := func() float64 {
			return math.Asin(c.pose.Forward.Dot(earth.FromECEF(c.pose.Eye).Up()))
		}
		h, was, from := earth.FromECEF(c.pose.Eye).Height, pitch(), c.pose.Eye
		c.steer(pushing(push{along, 1}), false)
		for range 60 {
			c.update(1.0 / 60)
		}
		at := earth.FromECEF(c.pose.Eye).Height
		if math.Abs(at-h) > 1e-6*h || math.Abs(pitch()-was) > 1e-3 {
			t.Errorf("%v: from %v m to %v m, pitch %v to %v", p, h, at, was, pitch())
		}
		if d := c.pose.Eye.Sub(from).Len(); d < 0.3*min(h, 4e6) || d > 1.5*h {
			t.Errorf("%v: %v m in a second", p, d)
		}
		from = c.pose.Eye
		c.steer(pushing(push{rise, 1}), false)
		c.keys.rate = [axes]float64{}
		for range 60 {
			c.update(1.0 / 60)
		}
		up := c.pose.Eye.Sub(from)
		if along := up.Dot(earth.FromECEF(from).Up()); along < 0.5*h && c.pose.Eye.Len() < 0.9*farthest || up.Len()-along > 1e-3*up.Len() {
			t.Errorf("%v: up %v m of %v m", p, along, up.Len())
		}
	}
}

// Flight over hills, looking down, stays above them, and slows as it comes near.
func TestFlightStaysAboveTheGround(t *testing.T) {
	for _, p := range controlPlaces {
		for _, rate := range []float64{10, 60} {
			c := controlAt(p.lng, p.lat, p.height, p.heading, p.pitch)
			c.way = flying
			c.hasten(4)
			c.steer(pushing(push{along, 1}), true)
			for i := range int(12 * rate) {
				c.update(1 / rate)
				if h := c.aloft(); !(h > clearance-1e-6) {
					t.Fatalf("%v at %v/s frame %d: %v m above the ground", p, rate, i, h)
				}
			}
			if h := c.aloft(); p.height < 1e4 && h > p.height {
				t.Errorf("%v: flying down went up to %v m", p, h)
			}
		}
	}
}

// Where north is in the picture stays by the globe's drag and keys, and the point that is
// dragged under the pointer.
func TestGlobeKeepsNorth(t *testing.T) {
	for _, p := range controlPlaces {
		if p.lat > 85 {
			continue
		}
		c := controlAt(p.lng, p.lat, p.height, p.heading, p.pitch)
		c.way = rolling
		heading := c.heading()
		if d := math.Remainder(heading-earth.Radians(p.heading), 2*math.Pi); math.Abs(d) > 1e-9 {
			t.Fatalf("%v: the heading is %v", p, heading)
		}
		q, _ := c.under(330, 200)
		c.pan(330, 200)
		for range 6 {
			c.move(12, -5)
			c.drag(c.pending[0], c.pending[1])
			c.pending = [2]float64{}
		}
		if d := math.Remainder(c.heading()-heading, 2*math.Pi); math.Abs(d) > 1e-4 {
			t.Errorf("%v: a drag turned it by %v", p, d)
		}
		if x, y := c.pixel(q); math.Hypot(x-402, y-170) > 0.05 {
			t.Errorf("%v: the point is at %v, %v", p, x, y)
		}
		c.stop()
		c.steer(pushing(push{aside, 1}), false)
		for range 60 {
			c.update(1.0 / 60)
		}
		if d := math.Remainder(c.heading()-heading, 2*math.Pi); math.Abs(d) > 1e-4 {
			t.Errorf("%v: keys turned it by %v", p, d)
		}
	}
}
