package facade

import (
	"math"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
)

type vec = mgl64.Vec3

// Heights of obstacles in metres above the ground from which they carry lights, after
// ICAO Annex 14, Volume I, chapter 6 (2018): medium intensity where an object is higher
// than 45 m above the ground around it, lights on levels at most 105 m apart where it is
// higher than 150 m, with low-intensity ones between.
const (
	obstacle     = 45.0
	highObstacle = 150.0
	landmark     = 110.0 // above it every building is lit; below, those that a survey found to matter: a share
	lampRadius   = 0.45
)

// lampRed is the red of aviation lights (Annex 14, appendix 1).
var lampRed = [3]uint8{230, 24, 14}

// Lamps adds the obstacle lights of a tall building: flashing ones at the corners of its
// top that are farthest apart, steady ones at half of its height where it is very high. corners
// are those of its outline, height is above the ground.
func Lamps(into []Face, corners []mgl64.Vec2, base, height float64, seed uint64) []Face {
	if height < obstacle || len(corners) < 3 || chance(seed, 5) > 0.12+0.88*(height-obstacle)/(landmark-obstacle) {
		return into
	}
	a, b := 0, 0
	for i := range corners {
		if corners[i].Sub(corners[0]).Len() > corners[a].Sub(corners[0]).Len() {
			a = i
		}
	}
	for i := range corners {
		if corners[i].Sub(corners[a]).Len() > corners[b].Sub(corners[a]).Len() {
			b = i
		}
	}
	middle := corners[a].Add(corners[b]).Mul(0.5)
	for _, i := range [...]int{a, b} {
		in := middle.Sub(corners[i])
		if l := in.Len(); l > 0 {
			in = in.Mul(math.Min(0.6, l) / l)
		}
		into = lamp(into, corners[i].Add(in).Vec3(base+height+0.6), 0)
		if height > highObstacle {
			into = lamp(into, corners[i].Sub(in.Mul(0.6)).Vec3(base+height/2), 1)
		}
		if in.Len() == 0 || corners[a].Sub(corners[b]).Len() < 35 {
			break
		}
	}
	return into
}

// lamp is a tetrahedron; kind 0 flashes, 1 is steady.
func lamp(into []Face, at vec, kind uint8) []Face {
	c := [4]uint8{lampRed[0], lampRed[1], lampRed[2], codeOf(Lamp, kind)}
	const r = lampRadius
	top := at.Add(vec{0, 0, r})
	foot := [3]vec{at.Add(vec{r, 0, -r}), at.Add(vec{-r / 2, 0.87 * r, -r}), at.Add(vec{-r / 2, -0.87 * r, -r})}
	return append(into,
		Face{Material: geo.Lamp, Colour: c, P: [4]vec{top, foot[0], foot[1], foot[2]}},
		Face{Material: geo.Lamp, Colour: c, P: [4]vec{foot[0], top, foot[2], foot[1]}})
}
