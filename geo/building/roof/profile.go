package roof

import "math"

// station is a point of a profile: at a share of the way from the eaves (0) to the
// ridge or apex (1) the roof has reached a share of its height.
type station struct{ at, height float64 }

type profile []station

func (p profile) height(x float64) float64 {
	for i := 1; i < len(p); i++ {
		if x <= p[i].at {
			a, b := p[i-1], p[i]
			return a.height + (b.height-a.height)*math.Max(0, x-a.at)/(b.at-a.at)
		}
	}
	return p[len(p)-1].height
}

var linear = profile{{0, 0}, {1, 1}}

// quarter is a quarter circle in n chords of equal angle.
func quarter(n int) profile {
	p := make(profile, n+1)
	for i := range p {
		s, c := math.Sincos(float64(i) / float64(n) * math.Pi / 2)
		p[i] = station{1 - c, s}
	}
	p[n] = station{1, 1}
	return p
}

// profiles are the shapes' sections; those left out rise in a straight line. The onion
// is that over outlines that are too far from a circle for a bulb: its shoulder is steep.
var profiles = map[Shape]profile{
	Dome:    quarter(6),
	Round:   quarter(5),
	Onion:   {{0, 0}, {0.04, 0.2}, {0.14, 0.34}, {0.32, 0.45}, {0.56, 0.54}, {0.76, 0.64}, {0.9, 0.8}, {1, 1}},
	Gambrel: {{0, 0}, {0.35, 0.65}, {1, 1}},
	Mansard: {{0, 0}, {0.3, 0.75}, {1, 1}},
	// The walls of a chimney go up to its mouth, inside which it is hollow.
	Chimney:          {{0, 1}, {0.3, 1}, {0.36, 0}, {1, 0}},
	HalfDome:         quarter(6),
	DoubleSaltbox:    {{0, 0}, {0.65, 1}, {1, 1}},
	QuadrupleSaltbox: {{0, 0}, {0.5, 1}, {1, 1}},
}

var smooth = map[Shape]bool{Dome: true, Round: true, Onion: true, Cone: true, HalfDome: true, RoundRow: true}
