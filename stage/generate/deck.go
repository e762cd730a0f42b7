package generate

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/cover"
)

// deck is a solid on the ground with what tiles ask of it.
type deck struct {
	*cover.Solid
	middle [2]float64 // of its box: a solid is never cut, and in one tile of each level
	width  float64    // its area in plan by its length
}

func deckOf(s *cover.Solid) deck {
	b := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for _, p := range s.Positions {
		b = b.Extend(orb.Point{p[0], p[1]})
	}
	up, down := 0.0, 0.0
	for t := 0; t+2 < len(s.Indices); t += 3 {
		p, q, r := s.Positions[s.Indices[t]], s.Positions[s.Indices[t+1]], s.Positions[s.Indices[t+2]]
		a := ((q[0]-p[0])*(r[1]-p[1]) - (q[1]-p[1])*(r[0]-p[0])) / 2
		up, down = up+max(a, 0), down+max(-a, 0)
	}
	length := math.Hypot(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1])
	return deck{s, b.Center(), max(up, down) / max(length, 1e-3)}
}

// in tells whether the middle lies in the square.
func (d *deck) in(square orb.Bound) bool {
	m := d.middle
	return m[0] >= square.Min[0] && m[0] < square.Max[0] && m[1] >= square.Min[1] && m[1] < square.Max[1]
}
