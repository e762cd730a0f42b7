package sample

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
)

type point = [2]float64 // plan metres

// city is the whole invention.
type city struct {
	frame  earth.Frame
	ground island
	rnd    noise
	osm    *osm
	bands  []band
}

// band is a ring of blocks between two arcs.
type band struct {
	r0, r1 float64
	step   float64 // angle of a block
}

// The city spreads round the bay from one headland to the other.
const (
	phiFrom = -0.75
	phiTo   = math.Pi + 0.75
)

func newCity(seed uint32) *city {
	c := &city{frame: earth.FrameAt(Center), ground: island{noise(seed)}, rnd: noise(seed * 2654435761)}
	c.osm = &osm{city: c, at: map[[2]int64]int64{}}
	r := bayRadius + 38
	for k := 0; r < 3300; k++ {
		b := band{r0: r, r1: r + 84 + 9*float64(k%3), step: 2 * math.Pi / 48}
		for b.step*r > 210 {
			b.step /= 2
		}
		c.bands = append(c.bands, b)
		r = b.r1
	}
	return c
}

// at is the plan position of polar coordinates round the bay.
func at(r, phi float64) point {
	sin, cos := math.Sincos(phi)
	return point{float64(r * cos), float64(r * sin)}
}

// buildable tells whether a street or block may stand here: on land, not too high.
func (c *city) buildable(p point) bool {
	return c.ground.shore(p[0], p[1]) > 22 && c.ground.height(p[0], p[1]) < 210
}

// block is a cell of the street net.
type block struct {
	k, i           int
	r0, r1, p0, p1 float64 // to the street's middle
}

func (b block) center() (r, phi float64) { return (b.r0 + b.r1) / 2, (b.p0 + b.p1) / 2 }

// inset is the block's usable part: the pavement's inner edge.
func (b block) inset(street float64) block {
	b.r0, b.r1 = b.r0+street, b.r1-street
	b.p0, b.p1 = b.p0+street/b.r0, b.p1-street/b.r0
	return b
}

// quad is a polar rectangle with straight sides, counter-clockwise.
func quad(r0, r1, p0, p1 float64) []point {
	return []point{at(r0, p0), at(r1, p0), at(r1, p1), at(r0, p1)}
}

// blocks lists the cells whose four corners and middle can be built on.
func (c *city) blocks() []block {
	var out []block
	for k, b := range c.bands {
		for i := 0; ; i++ {
			cell := block{k, i, b.r0, b.r1, phiFrom + float64(i)*b.step, phiFrom + float64(i+1)*b.step}
			if cell.p1 > phiTo+1e-9 {
				break
			}
			ok := true
			for _, p := range append(quad(cell.r0, cell.r1, cell.p0, cell.p1), at(cell.center())) {
				ok = ok && c.buildable(p)
			}
			if ok {
				out = append(out, cell)
			}
		}
	}
	return out
}

// downtown is 1 in the middle of the business district and 0 outside it.
func downtown(r, phi float64) float64 {
	return smoothstep(0.62, 0.12, math.Abs(phi-1.95)) * smoothstep(bayRadius+950, bayRadius+450, r)
}
