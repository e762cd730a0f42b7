package building

import (
	"math"

	"github.com/longtake/longtake/geo/building/outline"
)

// stretch is a run of walls that bend so little that they count as one curved wall.
type stretch struct {
	walls  []int // edges of the ring, in order
	length float64
	closed bool // a full circle
}

// runs groups the edges of a ring into stretches. Two walls are one curve when they bend
// little and are of the length that mappers give to the chords of a circle. What comes
// back holds until runs is called again.
func (s *shell) runs(r outline.Ring) []stretch {
	n := len(r)
	length := func(i int) float64 { return outline.Length(r[(i+1)%n].Sub(r[i%n])) }
	joined := func(i int) bool { // edge i-1 to edge i
		u, v := r[i%n].Sub(r[(i+n-1)%n]), r[(i+1)%n].Sub(r[i%n])
		a, b := outline.Length(u), outline.Length(v)
		long, short := max(a, b), min(a, b)
		if long >= 10 || u.Dot(v) < 0 {
			return false
		}
		bend := math.Abs(math.Atan2(outline.Cross(u, v), u.Dot(v))) * 180 / math.Pi
		return bend < 32 && long < 4 || bend < 14 && long < 2.5*short
	}
	start := -1
	for i := range n {
		if !joined(i) {
			start = i
			break
		}
	}
	s.turns, s.edges = s.turns[:0], s.edges[:0]
	all := stretch{closed: start < 0}
	from := 0
	for k := range n {
		i := (max(start, 0) + k) % n
		if k > 0 && !all.closed && !joined(i) {
			all.walls = s.edges[from:len(s.edges):len(s.edges)]
			s.turns, all, from = append(s.turns, all), stretch{}, len(s.edges)
		}
		s.edges = append(s.edges, i)
		all.length += length(i)
	}
	all.walls = s.edges[from:len(s.edges):len(s.edges)]
	s.turns = append(s.turns, all)
	return s.turns
}
