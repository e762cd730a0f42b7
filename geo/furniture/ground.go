package furniture

import (
	"math"
	"strings"

	"github.com/longtake/longtake/geo/near"
)

// ground stands what belongs to an area: goals and nets on pitches, equipment on
// playgrounds of which nothing is mapped, stones in cemeteries.
func (s *stander) ground(i int) {
	tags := s.Features[i].Tags
	switch {
	case tags["leisure"] == "pitch":
		s.pitch(i)
	case tags["leisure"] == "playground":
		s.playground(i)
	case tags["landuse"] == "cemetery" || tags["amenity"] == "grave_yard":
		s.stones(i)
	}
}

// pitch equips the two ends of a field, or the middle of a court.
func (s *stander) pitch(i int) {
	f := &s.Features[i]
	for _, rings := range near.Areas(s.Frame, f.Geometry) {
		axis := near.Axis(rings[0])
		middle, long, wide := near.Box(rings[0], axis)
		if wide > long {
			axis, long, wide = near.Point{-axis[1], axis[0]}, wide, long
		}
		yaw := math.Atan2(axis[1], axis[0])
		ends := func(name string, height, in float64) {
			for _, side := range [2]float64{-1, 1} {
				d := side * (long - in)
				turn := yaw
				if side > 0 {
					turn += math.Pi
				}
				s.owned(i, near.Point{middle[0] + axis[0]*d, middle[1] + axis[1]*d}, name, height, turn)
			}
		}
		sport, _, _ := strings.Cut(f.Tags["sport"], ";") // of several the first
		switch strings.TrimSpace(sport) {
		case "soccer", "football", "futsal", "handball", "field_hockey", "hockey", "multi":
			if height := 2.44; long >= 8 && long <= 70 && wide >= 4 {
				if long < 28 {
					height = 1.9
				}
				ends("goal", height, math.Min(2.5, 0.06*long))
			}
		case "basketball", "streetball":
			if long >= 5 && long <= 20 {
				ends("hoop", 3.95, 0.5)
			}
		case "tennis":
			if long >= 8 && long <= 24 && wide >= 3.5 && wide <= 14 {
				s.owned(i, middle, "net", 1.07, yaw)
			}
		}
	}
}

func (s *stander) owned(i int, q near.Point, name string, height, yaw float64) {
	if s.Owns(q[0], q[1]) {
		s.put(i, q, name, height, yaw, white)
	}
}

// playground sets a few things well apart, where none are mapped.
func (s *stander) playground(i int) {
	f := &s.Features[i]
	seed := near.Seed(f.ID)
	for _, rings := range near.Areas(s.Frame, f.Geometry) {
		x := near.NewIndex(s.Square)
		x.AddArea(0, rings)
		x.AddLine(0, closed(rings[0]), 0)
		const gap = 9.0
		near.Lattice(s.Square, rings, near.Axis(rings[0]), gap, gap, func(u, v int64) {
			roll := near.Hash(seed, u, v)
			q := near.Unturn((float64(u)+0.5+0.4*(near.Share(roll)-0.5))*gap, (float64(v)+0.5)*gap, near.Axis(rings[0]))
			if !s.Owns(q[0], q[1]) || !x.Within(q) {
				return
			}
			if _, rim := x.Beside(q, 2.5, nil); rim {
				return
			}
			if _, there := s.play.Beside(q, 40, nil); there || s.taken(q) {
				return
			}
			name := [...]string{"swing", "slide", "climber", "slide", "bench"}[near.Hash(roll, 2)%5]
			s.put(i, q, name, s.height(nil, name, roll), 2*math.Pi*near.Share(near.Hash(roll, 3)), white)
		})
	}
}

// taken tells whether a place is built on, wet or part of a way.
func (s *stander) taken(q near.Point) bool {
	if s.solid.Within(q) || s.water.Within(q) {
		return true
	}
	_, on := s.roads.Beside(q, 0.4, nil)
	return on
}

// stones stand in rows along a cemetery's longest side, with gaps.
func (s *stander) stones(i int) {
	f := &s.Features[i]
	seed := near.Seed(f.ID)
	for _, rings := range near.Areas(s.Frame, f.Geometry) {
		x := near.NewIndex(s.Square)
		x.AddArea(0, rings)
		x.AddLine(0, closed(rings[0]), 1.5)
		axis := near.Axis(rings[0])
		yaw := math.Atan2(axis[0], -axis[1])
		near.Lattice(s.Square, rings, axis, 1.9, 3.4, func(u, v int64) {
			roll := near.Hash(seed, u, v)
			if near.Share(roll) < 0.3 || near.Share(near.Hash(seed, u/9, v/5)) < 0.25 {
				return
			}
			q := near.Unturn((float64(u)+0.5)*1.9, (float64(v)+0.5)*3.4, axis)
			if !s.Owns(q[0], q[1]) || !x.Within(q) || s.taken(q) {
				return
			}
			if _, rim := x.Beside(q, 0, nil); rim {
				return
			}
			light := 0.7 + 0.3*near.Share(near.Hash(roll, 1))
			c := uint8(255 * light)
			s.put(i, q, "gravestone", 0.7+0.5*near.Share(near.Hash(roll, 2)), yaw, [4]uint8{c, c, c, 255})
		})
	}
}
