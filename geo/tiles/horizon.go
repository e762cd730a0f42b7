package tiles

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"
)

// earthCore is the radius in metres of a ball that no ground lies below: the polar radius
// less the depth of the Mariana Trench.
const earthCore = 6356752 - 11000

// horizon hides what lies behind the Earth, taken for a ball below all ground.
type horizon struct {
	up    mgl64.Vec3 // unit vector to the eye
	reach float64    // angle at the Earth's centre from the eye to the ball's rim
}

func horizonOf(eye mgl64.Vec3) horizon {
	r := eye.Len()
	if r <= earthCore { // nothing is behind the Earth from inside of it
		return horizon{reach: math.Pi}
	}
	return horizon{up: eye.Mul(1 / r), reach: math.Acos(earthCore / r)}
}

// hides tells whether no line from the eye to any point of the volume passes the ball by.
// The sphere around the volume spans an angle at the Earth's centre; its highest point
// sees as far beyond the rim as the eye does on this side.
func (h horizon) hides(v Volume) bool {
	d := v.Center.Len()
	if v.Radius >= d || h.reach >= math.Pi {
		return false
	}
	angle := math.Acos(min(max(v.Center.Dot(h.up)/d, -1), 1)) - math.Asin(v.Radius/d)
	beyond := 0.0
	if top := d + v.Radius; top > earthCore {
		beyond = math.Acos(earthCore / top)
	}
	return angle > h.reach+beyond
}
