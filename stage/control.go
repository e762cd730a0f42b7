package stage

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/scene"
)

// control leads a camera by hand: it circles a point, nears it, and drags the ground
// along. All is float64 in ECEF, so that it works from orbit down to a door. What is left
// of a movement runs out over time: the same for any division of the time into steps.
type control struct {
	ground func(lng, lat float64) float64
	pose   scene.Pose
	width  int
	height int

	motion  motion
	held    bool       // by the pointer; else it runs out
	pivot   mgl64.Vec3 // that is circled
	grabbed mgl64.Vec3 // point of the ground that is dragged
	cursor  [2]float64 // where the grabbed point is held, pixels
	pending [2]float64 // pixels that the pointer has moved
	speed   [2]float64 // pixels a second, of what runs out
	focus   mgl64.Vec3 // that is neared
	nearing float64    // natural logarithm of the distances still to come
	way     handling
	keys    steering
}

// motion is what a drag does.
type motion uint8

const (
	resting motion = iota
	circling
	dragging
)

// How movements run out, in seconds, and how far they go.
const (
	glide      = 0.28 // time in which a released drag falls to 1/e
	zoomGlide  = 0.12
	measure    = 0.06                 // over which the speed of a drag is measured
	levelling  = 0.3                  // in which roll goes
	wheelStep  = 0.22                 // logarithm of a step's distances
	clearance  = 1.7                  // metres that the eye stays above the ground
	nearest    = 2.0                  // metres to what is neared
	farthest   = 6e7                  // metres from the Earth's centre
	slowest    = 0.5                  // pixels a second that count as standing
	orbitTurn  = 1.2 * math.Pi        // radians for a drag over the height of the picture
	steepest   = 89.9 / 180 * math.Pi // of the pitch, up and down
	farthestUp = 60.0 / 180 * math.Pi
)

// take begins with a camera.
func (c *control) take(p scene.Pose) {
	*c = control{ground: c.ground, width: c.width, height: c.height, pose: p, way: c.way, keys: steering{want: c.keys.want, hurry: c.keys.hurry, swift: c.keys.swift}}
}

// orbit takes hold of the point of the ground under the pointer, to circle it; over the
// sky, of the one in the middle of the picture, or where that is sky too, of the eye.
func (c *control) orbit(x, y float64) {
	c.stop()
	c.motion, c.held = circling, true
	c.pivot = c.pose.Eye
	if c.way == flying {
		return
	}
	for _, at := range [][2]float64{{x, y}, {float64(c.width) / 2, float64(c.height) / 2}} {
		if p, ok := c.under(at[0], at[1]); ok {
			c.pivot = p
			return
		}
	}
}

// pan takes hold of the ground under the pointer, to drag it along.
func (c *control) pan(x, y float64) {
	c.stop()
	p, ok := c.under(x, y)
	if !ok {
		return
	}
	// A slope that faces away from the Earth's centre like no sphere does is not dragged.
	if q, ok := c.sphere(x, y, p.Len()); ok && q.Sub(p).Len() < 1e-6*p.Sub(c.pose.Eye).Len() {
		c.motion, c.held, c.grabbed, c.cursor = dragging, true, p, [2]float64{x, y}
	}
}

// move tells that the pointer has moved by so many pixels while it holds something.
func (c *control) move(dx, dy float64) {
	c.pending[0] += dx
	c.pending[1] += dy
}

// zoom nears the point under the pointer by steps of the wheel; negative steps go away.
func (c *control) zoom(x, y, steps float64) {
	if p, ok := c.under(x, y); ok {
		c.focus = p
	} else if c.nearing == 0 {
		d := math.Max(100, 2*(earth.FromECEF(c.pose.Eye).Height-c.groundBelow(c.pose.Eye)))
		c.focus = c.pose.Eye.Add(c.ray(x, y).Mul(d))
	}
	c.nearing = mgl64.Clamp(c.nearing+steps*wheelStep, -4, 4)
}

// release lets go; what is moving runs out.
func (c *control) release() { c.held = false }

func (c *control) stop() {
	c.motion, c.held = resting, false
	c.pending, c.speed = [2]float64{}, [2]float64{}
}

// update goes on by dt seconds.
func (c *control) update(dt float64) {
	if dt <= 0 {
		return
	}
	if c.motion != resting {
		c.follow(dt)
	}
	if c.nearing != 0 {
		step := c.nearing * (1 - math.Exp(-dt/zoomGlide))
		if c.nearing -= step; math.Abs(c.nearing) < 1e-4 {
			c.nearing = 0
		}
		c.nears(step)
	}
	if c.keys.steered() {
		c.steers(dt)
	}
	c.level(dt)
	c.lift()
}

// follow moves with the pointer, or by what is left of its movement.
func (c *control) follow(dt float64) {
	var d [2]float64
	if c.held {
		d = c.pending
		keep := math.Exp(-dt / measure)
		for k := range d {
			c.speed[k] = c.speed[k]*keep + d[k]/dt*(1-keep)
		}
	} else {
		keep := math.Exp(-dt / glide)
		for k := range d {
			d[k] = c.pending[k] + c.speed[k]*glide*(1-keep) // the integral of the falling speed
			c.speed[k] *= keep
		}
	}
	c.pending = [2]float64{}
	if c.motion == dragging {
		c.drag(d[0], d[1])
	} else {
		c.circle(d[0], d[1])
	}
	if !c.held && math.Hypot(c.speed[0], c.speed[1]) < slowest {
		c.stop()
	}
}

// circle turns the camera about the pivot.
func (c *control) circle(dx, dy float64) {
	perPixel := orbitTurn / float64(c.height)
	up := earth.FromECEF(c.pivot).Up()
	c.turn(mgl64.QuatRotate(-dx*perPixel, up), c.pivot)
	right := c.side(up)
	pitch := math.Asin(mgl64.Clamp(c.pose.Forward.Dot(up), -1, 1))
	angle := mgl64.Clamp(pitch-dy*perPixel, -steepest, math.Max(farthestUp, pitch)) - pitch
	before := c.pose
	c.turn(mgl64.QuatRotate(angle, right), c.pivot)
	if angle > 0 && c.pivot != before.Eye && c.aloft() < clearance {
		c.pose = before // the eye would go below the ground
	}
}

// drag turns the Earth below the camera so that the grabbed point stays below the
// pointer: the same near and far.
func (c *control) drag(dx, dy float64) {
	x, y := c.cursor[0]+dx, c.cursor[1]+dy
	at, ok := c.sphere(x, y, c.grabbed.Len())
	axis := at.Cross(c.grabbed)
	angle := math.Atan2(axis.Len(), at.Dot(c.grabbed))
	if !ok || angle > 0.5 {
		c.speed = [2]float64{}
		return
	}
	c.cursor = [2]float64{x, y}
	if axis.Len() > 0 {
		heading := c.heading()
		c.turn(mgl64.QuatRotate(angle, axis.Normalize()), mgl64.Vec3{})
		if c.way == rolling {
			c.face(heading, c.grabbed)
		}
	}
}

// nears goes towards the focus until its distance is exp(-step) of what it was.
func (c *control) nears(step float64) {
	to := c.pose.Eye.Sub(c.focus)
	d := to.Len()
	next := math.Max(d*math.Exp(-step), math.Min(nearest, d))
	if d == 0 || next == d {
		return
	}
	eye := c.focus.Add(to.Mul(next / d))
	if step < 0 && eye.Len() > farthest {
		c.nearing = 0
		return
	}
	c.pose.Eye = eye
}

// turn rotates the camera about a point of the Earth.
func (c *control) turn(q mgl64.Quat, about mgl64.Vec3) {
	p := &c.pose
	p.Eye = about.Add(q.Rotate(p.Eye.Sub(about)))
	p.Forward, p.Up = q.Rotate(p.Forward).Normalize(), q.Rotate(p.Up)
	p.Right = p.Forward.Cross(p.Up).Normalize()
	p.Up = p.Right.Cross(p.Forward)
}

// level lets the horizon become level again, unless the camera looks straight down.
func (c *control) level(dt float64) {
	p := &c.pose
	up := earth.FromECEF(p.Eye).Up()
	right := p.Forward.Cross(up)
	if right.Len() < 0.02 {
		return
	}
	right = right.Normalize()
	roll := math.Atan2(p.Forward.Dot(right.Cross(p.Right)), right.Dot(p.Right))
	c.turn(mgl64.QuatRotate(-roll*(1-math.Exp(-dt/levelling)), p.Forward), p.Eye)
}

// lift keeps the eye above the ground.
func (c *control) lift() {
	if below := clearance - c.aloft(); below > 0 {
		c.pose.Eye = c.pose.Eye.Add(earth.FromECEF(c.pose.Eye).Up().Mul(below))
	}
}
