package pipeline

import (
	"math"

	"github.com/go-gl/gl/v4.5-core/gl"
	"github.com/go-gl/mathgl/mgl64"
)

// skyPart is what rows of a picture show behind everything: PART of sky.frag.
type skyPart uint8

const (
	skyBoth  skyPart = iota // or not known
	skyAbove                // the horizon
	skyBelow                // it
)

// skyStrip is how many rows are judged at once.
const skyStrip = 16

// drawParts calls draw for each part of the picture in turn, with the others cut off. Software
// runs both branches of a program for each pixel; a GPU draws all at once.
func (p *skyPass) drawParts(draw func(skyPart) error) error {
	r := p.r
	if !r.clock.software {
		return draw(skyBoth)
	}
	gl.Enable(gl.SCISSOR_TEST)
	defer gl.Disable(gl.SCISSOR_TEST)
	for from := 0; from < r.height; {
		part, to := skyBoth, from
		for to < r.height {
			next := p.partOf(to, min(to+skyStrip, r.height))
			if to > from && next != part {
				break
			}
			part, to = next, min(to+skyStrip, r.height)
		}
		gl.Scissor(0, int32(from), int32(r.width), int32(to-from))
		if err := draw(part); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// partOf tells what rows from the bottom show. In the space in which the globe is a sphere, what
// lies below the horizon is a cone round the way down: rows are below it where their corners are,
// as long as it is no wider than a half space; they are above it where even their corners'
// smallest share of the way up is larger than the cone allows the shortest or the longest of them.
func (p *skyPass) partOf(from, to int) skyPart {
	b, s := &p.r.block, &p.now
	vec := func(v [4]float32) mgl64.Vec3 { return mgl64.Vec3{float64(v[0]), float64(v[1]), float64(v[2])} }
	pole, up, horizon := vec(s.pole), vec(s.up), float64(s.eyeKm[1])
	pixel := 2 * float64(b.rayUp[3]) / float64(p.r.height) // angle, where it is largest
	if math.Pi-horizon < pixel {                           // the globe is a dot
		return skyBoth
	}
	below, above := math.Cos(horizon+pixel), math.Cos(horizon-pixel)
	part := skyAbove
	if below < 0 {
		part = skyBelow
	}
	lowest, longest := math.Inf(1), 0.0
	for _, y := range [2]int{from, to} {
		for _, x := range [2]float64{-1, 1} {
			d := vec(b.rayForward).Add(vec(b.rayRight).Mul(x)).Add(vec(b.rayUp).Mul(2*float64(y)/float64(p.r.height) - 1))
			d = d.Add(pole.Mul(float64(s.pole[3]) * pole.Dot(d)))
			rise, length := up.Dot(d), d.Len()
			if rise > below*length {
				part = skyAbove
			}
			lowest, longest = math.Min(lowest, rise), math.Max(longest, length)
		}
	}
	if part == skyBelow {
		return skyBelow
	}
	reach := 1.0 // no ray is shorter: their share along the view's axis is 1
	if above > 0 {
		reach = longest
	}
	if lowest > above*reach {
		return skyAbove
	}
	return skyBoth
}
