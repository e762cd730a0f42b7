package stage

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// handling is how a camera is led: what a drag does, and what keys move.
type handling string

const (
	orbiting handling = "orbit" // a drag circles what is under the pointer
	rolling  handling = "globe" // a drag pulls the ground along, and north stays where it is
	flying   handling = "fly"   // a drag looks round, keys fly where the camera looks
	unled    handling = "none"  // the camera is the story's
)

// after is the next one that leads.
func (l handling) after() handling {
	return map[handling]handling{orbiting: rolling, rolling: flying, flying: orbiting}[l]
}

// axis is a way in which keys move the camera.
type axis int

const (
	along axis = iota // forward over the ground; flying, where the camera looks
	aside             // to the right
	rise              // up
	near              // towards what is in the middle; flying, faster
	turn              // heading, clockwise
	tilt              // pitch, up
	axes
)

// How fast keys move, for a second at full speed.
const (
	keyGlide  = 0.22 // seconds in which full speed is taken to 1 - 1/e, and lost
	panHeight = 0.9  // heights above the ground
	panMost   = 0.6  // radians about the Earth
	riseRate  = 1.1  // logarithm of the height above the ground, and of the distance
	turnRate  = 0.9  // radians
	flyLeast  = 6.0  // metres: as if at least so high
	hurrying  = 4.0  // times as fast
	keyStep   = 1 / 120.0
	standing  = 5e-4  // of full speed
	facesPole = 0.996 // sine of the latitude beyond which north is not kept
)

// steering is what held keys ask for and what of it has come about: -1 to 1 an axis. It
// follows from time alone: the speed nears what is wanted exponentially.
type steering struct {
	want, rate [axes]float64
	hurry      bool
	swift      float64 // logarithm of the factor that flying has been set to
	focus      mgl64.Vec3
	aimed      bool // focus is in the middle of the picture
}

// steer tells what keys are held: pushes an axis.
func (c *control) steer(want [axes]float64, hurry bool) { c.keys.want, c.keys.hurry = want, hurry }

// hasten makes flying faster by steps of the wheel; negative ones slower.
func (c *control) hasten(steps float64) {
	c.keys.swift = mgl64.Clamp(c.keys.swift+steps*wheelStep, -3, 3)
}

// steered tells whether keys move the camera, or what is left of that.
func (s *steering) steered() bool { return s.want != [axes]float64{} || s.rate != [axes]float64{} }

// go on by keys for dt seconds, in steps that are short beside what changes: so the path is the
// same at any rate of frames.
func (c *control) steers(dt float64) {
	n := math.Max(math.Ceil(dt/keyStep-1e-6), 1)
	for range int(n) {
		c.steerOnce(dt / n)
		c.lift()
	}
	for _, r := range c.keys.rate {
		if math.Abs(r) > standing {
			return
		}
	}
	if c.keys.want == [axes]float64{} {
		c.keys.rate, c.keys.aimed = c.keys.want, false
	}
}

func (c *control) steerOnce(dt float64) {
	k := &c.keys
	var by [axes]float64 // the integral of the rate
	left := math.Exp(-dt / keyGlide)
	for a, want := range k.want {
		by[a] = want*dt + (k.rate[a]-want)*keyGlide*(1-left)
		k.rate[a] = want + (k.rate[a]-want)*left
	}
	if by[turn] != 0 || by[tilt] != 0 {
		c.turnBy(turnRate*by[turn], turnRate*by[tilt])
	}
	high := c.aloft()
	if c.way == flying {
		k.swift = mgl64.Clamp(k.swift+by[near], -3, 3)
		c.fly(by, math.Max(high, flyLeast)*math.Exp(k.swift))
		return
	}
	if by[near] != 0 {
		c.nearBy(riseRate * by[near])
	}
	far := math.Min(panHeight*math.Max(high, flyLeast), panMost*c.pose.Eye.Len())
	c.travel(far*by[along], far*by[aside], math.Max(high, clearance)*math.Expm1(riseRate*by[rise]))
}

// fly moves where the camera looks, at a speed in metres a second.
func (c *control) fly(by [axes]float64, speed float64) {
	if c.keys.hurry {
		speed *= hurrying
	}
	pitch := math.Asin(mgl64.Clamp(c.pose.Forward.Dot(earth.FromECEF(c.pose.Eye).Up()), -1, 1))
	s, co := math.Sincos(pitch)
	c.travel(speed*by[along]*co, speed*by[aside], speed*(by[along]*s+by[rise]))
}

// travel moves the eye over the Earth by metres, ahead and to the right at its height, and up:
// the camera looks as steeply as before at the ground below it.
func (c *control) travel(ahead, right, up float64) {
	at := earth.FromECEF(c.pose.Eye)
	heading := c.heading()
	above := at.Up()
	side := c.side(above)
	step := above.Cross(side).Mul(ahead).Add(side.Mul(right))
	if l := step.Len(); l > 0 {
		c.turn(mgl64.QuatRotate(l/c.pose.Eye.Len(), above.Cross(step).Normalize()), mgl64.Vec3{})
	}
	to := earth.FromECEF(c.pose.Eye)
	to.Height = at.Height + up
	if next := to.ECEF(); next.Len() < farthest || up < 0 {
		c.pose.Eye = next
	}
	if c.way == rolling {
		c.face(heading, c.pose.Eye)
	}
}

// side is the level direction to the camera's right.
func (c *control) side(up mgl64.Vec3) mgl64.Vec3 {
	right := c.pose.Forward.Cross(up)
	if right.LenSqr() < 1e-12 {
		right = c.pose.Right.Sub(up.Mul(c.pose.Right.Dot(up)))
	}
	return right.Normalize()
}

// heading is the direction of the camera, radians clockwise from north.
func (c *control) heading() float64 {
	f := earth.FrameAt(earth.FromECEF(c.pose.Eye))
	side := f.DirToLocal(c.side(f.Up))
	return math.Atan2(-side[1], side[0])
}

// face turns the camera about the upright through a point of the Earth until it has a heading:
// the point stays where it is in the picture. At the poles there is none to keep.
func (c *control) face(heading float64, about mgl64.Vec3) {
	before := c.pose
	up := earth.FromECEF(about).Up()
	off := func() float64 { return math.Remainder(heading-c.heading(), 2*math.Pi) }
	gain := 1.0 // radians of the heading for one about the upright, which leans by how far it is away
	for range 8 {
		was := off()
		if math.Abs(earth.FromECEF(c.pose.Eye).Up()[2]) > facesPole {
			break
		}
		if math.Abs(was) < 1e-9 {
			return
		}
		by := mgl64.Clamp(was/gain, -1, 1)
		c.turn(mgl64.QuatRotate(-by, up), about)
		if g := (was - off()) / by; math.Abs(g) > 0.05 {
			gain = g
		}
	}
	if math.Abs(off()) > 1e-4 {
		c.pose = before
	}
}

// turnBy turns the camera to the right and up by radians: about the ground in the middle of the
// picture, or flying, where it is.
func (c *control) turnBy(right, up float64) {
	held := c.pivot
	c.pivot = c.pose.Eye
	if p, ok := c.aim(); ok && c.way != flying {
		c.pivot = p
	}
	perPixel := orbitTurn / float64(c.height)
	c.circle(right/perPixel, -up/perPixel)
	c.pivot = held
}

// nearBy goes towards the ground in the middle of the picture by a logarithm of the distance, or
// where that is sky, on as far as it is high.
func (c *control) nearBy(step float64) {
	p, ok := c.aim()
	if !ok {
		p = c.pose.Eye.Add(c.pose.Forward.Mul(math.Max(100, 2*c.aloft())))
	}
	held := c.focus
	c.focus = p
	c.nears(step)
	c.focus = held
}

// aim is the ground in the middle of the picture, the same while keys turn about it or near it.
func (c *control) aim() (mgl64.Vec3, bool) {
	k := &c.keys
	moved := k.want[along] != 0 || k.want[aside] != 0 || k.want[rise] != 0 || math.Abs(k.rate[along])+math.Abs(k.rate[aside])+math.Abs(k.rate[rise]) > standing
	if !k.aimed || moved || c.motion != resting {
		k.focus, k.aimed = c.under(float64(c.width)/2, float64(c.height)/2)
	}
	return k.focus, k.aimed
}
