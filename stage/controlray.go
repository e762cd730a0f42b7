package stage

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
)

// aloft is the height of the eye above the ground below it.
func (c *control) aloft() float64 {
	return earth.FromECEF(c.pose.Eye).Height - c.groundBelow(c.pose.Eye)
}

func (c *control) groundBelow(p mgl64.Vec3) float64 {
	at := earth.FromECEF(p)
	return c.ground(at.Lng, at.Lat)
}

// ray is the unit direction through a pixel, counted from the upper left.
func (c *control) ray(x, y float64) mgl64.Vec3 {
	tan := math.Tan(c.pose.FovY / 2)
	u := (2*x/float64(c.width) - 1) * tan * float64(c.width) / float64(c.height)
	v := (1 - 2*y/float64(c.height)) * tan
	return c.pose.Forward.Add(c.pose.Right.Mul(u)).Add(c.pose.Up.Mul(v)).Normalize()
}

const (
	highest   = 9000.0 // metres: no ground is above
	raySteps  = 400
	rayHalves = 50
)

// under returns the point of the ground below a pixel; ok is false for the sky. The ray
// is followed in steps that shrink with the height above the ground, then halved.
func (c *control) under(x, y float64) (mgl64.Vec3, bool) {
	d := c.ray(x, y)
	above := func(t float64) (height, altitude float64) {
		p := earth.FromECEF(c.pose.Eye.Add(d.Mul(t)))
		return p.Height - c.ground(p.Lng, p.Lat), p.Height
	}
	t, last := 0.0, 0.0
	for range raySteps {
		h, altitude := above(t)
		if h <= 0 {
			if t == 0 {
				return mgl64.Vec3{}, false
			}
			for range rayHalves {
				mid := (last + t) / 2
				if h, _ := above(mid); h > 0 {
					last = mid
				} else {
					t = mid
				}
			}
			return c.pose.Eye.Add(d.Mul(t)), true
		}
		at := c.pose.Eye.Add(d.Mul(t))
		if altitude > highest && at.Dot(d) > 0 { // it leaves the Earth
			return mgl64.Vec3{}, false
		}
		last = t
		if altitude > 2*highest { // through space nothing is met before the highest ground
			t += math.Max(0.9*(altitude-highest), 1)
		} else {
			t += math.Max(0.5*h, 0.5+t*1e-4)
		}
	}
	return mgl64.Vec3{}, false
}

// sphere returns where the ray through a pixel first meets a sphere about the Earth's
// centre, or where it leaves it when the eye is inside and looks outwards.
func (c *control) sphere(x, y, radius float64) (mgl64.Vec3, bool) {
	e, d := c.pose.Eye, c.ray(x, y)
	b := e.Dot(d)
	rest := (e.Len() - radius) * (e.Len() + radius) // |e|² - r² without cancellation
	disc := b*b - rest
	if disc < 0 || (b < 0) != (rest >= 0) {
		return mgl64.Vec3{}, false
	}
	if rest < 0 {
		return e.Add(d.Mul(-rest / (b + math.Sqrt(disc)))), true
	}
	return e.Add(d.Mul(rest / (-b + math.Sqrt(disc)))), true
}
