package traffic

import (
	"math"

	"github.com/longtake/longtake/geo/street"
)

// Cycle is the period in seconds of all traffic: signals go round in it, other junctions
// in a third of it.
const Cycle = 60.0

const (
	minor    = Cycle / 3
	clearing = 3.0 // seconds in which nobody has right of way
)

// open tells whether a halt lets traffic through at a time. Streets that cross take
// turns: which half of the cycle is a street's depends on its axis alone, so that both
// directions of it go together. Where people only give way, the same order keeps vehicles
// of crossing routes apart, at a quicker pace.
func (h *halt) open(t float64) bool {
	period := minor
	if h.kind == street.Signal {
		period = Cycle
	}
	phase := math.Mod(t+period*offset(h.node), period)
	axis := math.Mod(h.angle+4*math.Pi, math.Pi) // a street and its opposite direction
	if axis < math.Pi/4 || axis >= 3*math.Pi/4 {
		return phase < period/2-clearing
	}
	return phase >= period/2 && phase < period-clearing
}

// offset is where in its cycle a junction begins, in [0, 1): a wave that runs across the
// plan at about 40 km/h, so that streets of many signals flow.
func offset(node [2]float64) float64 {
	const metres = 11 * Cycle
	v := (node[0] + 0.618*node[1]) / metres
	return v - math.Floor(v)
}
