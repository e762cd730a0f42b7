package stage

import (
	"math"
	"testing"
	"time"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/pipeline/window"
	"github.com/longtake/longtake/pipeline/window/touch"
	"github.com/longtake/longtake/scene"
)

// touching are frames 10 ms apart of fingers at pixels of the scripted window.
func touching(from int, frames ...[]touch.Finger) (out []touch.Frame) {
	for i, f := range frames {
		out = append(out, touch.Frame{At: time.Duration(from+10*i) * time.Millisecond, Fingers: f})
	}
	return out
}

func at(id int, x, y float64) touch.Finger { return touch.Finger{ID: id, X: x / 160, Y: y / 90} }

// two are both fingers in steps from one pair of places to another.
func two(a, b, a2, b2 [2]float64, steps int) (out [][]touch.Finger) {
	for i := range steps + 1 {
		s := float64(i) / float64(steps)
		mix := func(p, q [2]float64) (x, y float64) { return p[0] + (q[0]-p[0])*s, p[1] + (q[1]-p[1])*s }
		ax, ay := mix(a, a2)
		bx, by := mix(b, b2)
		out = append(out, []touch.Finger{at(1, ax, ay), at(2, bx, by)})
	}
	return out
}

// A finger pulls the ground along and a tap selects; two hold the ground between them: parted they
// near it by as much, turned they turn it as much, side by side they tilt.
func TestKioskIsTouched(t *testing.T) {
	for name, way := range map[string]struct {
		frames [][]touch.Finger
		check  func(t *testing.T, k *kiosk, before *control)
	}{
		"drag": {[][]touch.Finger{{at(1, 80, 60)}, {at(1, 84, 60)}, {at(1, 100, 62)}, {at(1, 100, 62)}}, func(t *testing.T, k *kiosk, before *control) {
			q, _ := before.under(80, 60)
			if x, y := k.control.pixel(q); math.Hypot(x-100, y-62) > 4.1 { // the first pixels are a tap yet
				t.Errorf("the ground under the finger is at %v, %v", x, y)
			}
		}},
		"part": {two([2]float64{60, 60}, [2]float64{100, 60}, [2]float64{40, 60}, [2]float64{120, 60}, 20), func(t *testing.T, k *kiosk, before *control) {
			q, _ := before.under(80, 60)
			was, is := before.pose.Eye.Sub(q).Len(), k.control.pose.Eye.Sub(q).Len()
			if math.Abs(was/is-2) > 0.03 {
				t.Errorf("fingers twice as far apart went from %v m to %v m", was, is)
			}
			if x, y := k.control.pixel(q); math.Hypot(x-80, y-60) > 0.1 {
				t.Errorf("the ground between the fingers is at %v, %v", x, y)
			}
		}},
		"turn": {turned2(80, 55, 30, math.Pi/4, 30), func(t *testing.T, k *kiosk, before *control) {
			q, _ := before.under(80, 55)
			if x, y := k.control.pixel(q); math.Hypot(x-80, y-55) > 0.1 {
				t.Errorf("the ground between the fingers is at %v, %v", x, y)
			}
			// Fingers that turn clockwise turn the ground clockwise: the camera the other way round.
			if got := math.Remainder(k.control.heading()-before.heading(), 2*math.Pi); math.Abs(got+math.Pi/4) > 0.06 {
				t.Errorf("the camera turned by %v", got)
			}
		}},
		"tilt": {two([2]float64{60, 60}, [2]float64{100, 60}, [2]float64{60, 45}, [2]float64{100, 45}, 15), func(t *testing.T, k *kiosk, before *control) {
			pitch := func(c *control) float64 { return math.Asin(c.pose.Forward.Dot(earth.FromECEF(c.pose.Eye).Up())) }
			q, _ := before.under(80, 45)
			was, is := before.pose.Eye.Sub(q).Len(), k.control.pose.Eye.Sub(q).Len()
			if pitch(&k.control)-pitch(before) < 0.1 || math.Abs(was-is) > 0.01*was {
				t.Errorf("tilted by %v, from %v m to %v m", pitch(&k.control)-pitch(before), was, is)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			runScript(t, func(k *kiosk, _ *script, frame int) []window.Event {
				if frame != 3 {
					if frame == 4 {
						return []window.Event{escape}
					}
					return nil
				}
				k.control.ground = func(_, _ float64) float64 { return 0 }
				// Above the dot, looking down steeply.
				k.control.pose = nadir(k)
				before := k.control
				for _, f := range touching(0, way.frames...) {
					k.touched(f)
					k.control.update(0.01)
				}
				if !k.led {
					t.Error("the camera was not taken")
				}
				way.check(t, k, &before)
				return nil
			})
		})
	}
}

// turned2 are two fingers that turn about a place by an angle.
func turned2(x, y, r, angle float64, steps int) (out [][]touch.Finger) {
	for i := range steps + 1 {
		s, c := math.Sincos(angle * float64(i) / float64(steps))
		out = append(out, []touch.Finger{at(1, x-r*c, y-r*s), at(2, x+r*c, y+r*s)})
	}
	return out
}

// A tap selects what is there, and nothing is taken of the camera; a second finger makes it none.
func TestTapSelects(t *testing.T) {
	runScript(t, func(k *kiosk, _ *script, frame int) []window.Event {
		switch frame {
		case 4:
			k.touches = func() []touch.Frame {
				k.touches = func() []touch.Frame { return nil }
				return touching(0, []touch.Finger{at(1, 80, 45)}, []touch.Finger{at(1, 81, 45)}, []touch.Finger{at(1, 81, 45), at(2, 20, 20)}, nil)
			}
		case 8:
			if k.live.pointing.click || k.led {
				t.Error("a second finger is a tap")
			}
			for _, f := range touching(100, []touch.Finger{at(3, 80, 45)}, []touch.Finger{at(3, 81, 45)}, nil) {
				k.touched(f)
			}
			if !k.live.pointing.click || k.led || k.held != none {
				t.Errorf("a tap: selects %v, led %v, held %v", k.live.pointing.click, k.led, k.held)
			}
		case 10:
			return []window.Event{escape, escape}
		}
		return nil
	})
}

// Whatever fingers do, the eye is above the ground and the camera is one.
func TestTouchNeverLeavesTheWorld(t *testing.T) {
	runScript(t, func(k *kiosk, _ *script, frame int) []window.Event {
		if frame != 3 {
			if frame == 4 {
				return []window.Event{escape, escape}
			}
			return nil
		}
		k.control.ground = hills
		seed := uint32(11)
		random := func() float64 { seed = seed*1664525 + 1013904223; return float64(seed>>8) / (1 << 24) }
		for i := range 600 {
			var f touch.Frame
			f.At = time.Duration(i) * 10 * time.Millisecond
			for id := range int(random() * 4) {
				f.Fingers = append(f.Fingers, touch.Finger{ID: id + i/16, X: random(), Y: random()})
			}
			k.touched(f)
			k.control.update(0.01)
			if h := k.control.aloft(); k.led && !(h > clearance-1e-6) {
				t.Fatalf("step %d: %v m above the ground", i, h)
			}
			if f := k.control.pose.Forward; !(math.Abs(f.Len()-1) < 1e-9) || !(k.control.pose.Eye.Len() < 1.01*farthest) {
				t.Fatalf("step %d: %v", i, k.control.pose)
			}
		}
		return nil
	})
}

func nadir(k *kiosk) scene.Pose {
	p := controlAt(1.52, 42.51, 900, 30, -75).pose
	p.FovY = k.control.pose.FovY
	return p
}
