package furniture

import (
	"math"
	"strings"

	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/near"
)

// compass is the points that mappers write as directions.
var compass = map[string]float64{"n": 0, "nne": 22.5, "ne": 45, "ene": 67.5, "e": 90, "ese": 112.5, "se": 135, "sse": 157.5,
	"s": 180, "ssw": 202.5, "sw": 225, "wsw": 247.5, "w": 270, "wnw": 292.5, "nw": 315, "nnw": 337.5, "north": 0, "east": 90, "south": 180, "west": 270}

// bearing reads a direction, clockwise from north, as an angle counter-clockwise from east.
func bearing(tag string) (yaw float64, ok bool) {
	d, ok := compass[strings.ToLower(strings.TrimSpace(tag))]
	if !ok {
		if d, ok = clean.Number(tag); !ok || d < -360 || d > 720 {
			return 0, false
		}
	}
	return (90 - d) * math.Pi / 180, true
}

// edge is the place beside a road at its right or left kerb, some metres off.
func (s *stander) edge(side near.Side, right bool, off float64) near.Point {
	d := s.kinds[side.Tag].Half + off
	n := near.Point{side.Along[1], -side.Along[0]} // to the right
	if !right {
		n = near.Point{-n[0], -n[1]}
	}
	return near.Point{side.Foot[0] + n[0]*d, side.Foot[1] + n[1]*d}
}

// right tells whether traffic keeps right at a place of the plan.
func (s *stander) right(q near.Point) bool {
	return !KeepsLeft(s.Frame.Unplan(q[0], q[1]))
}

// leftBoxes are where traffic keeps left, as boxes of longitude and latitude that are
// coarse at borders: the British Isles, Malta and Cyprus, eastern and southern Africa,
// South Asia, South East Asia's south, Japan, Hong Kong, Oceania, Guyana, Suriname and
// islands of the Caribbean.
var leftBoxes = [][4]float64{
	{-10.7, 49.8, 1.8, 61}, {14.1, 35.7, 14.6, 36.1}, {32.2, 34.5, 34.7, 35.8}, {28.9, -5, 41.9, 5}, {11.7, -35, 41, -8.5}, {60.8, 5.9, 92.7, 30},
	{95, -11, 119.3, 7.5}, {97.3, 5.6, 105.6, 20.4}, {113.8, 22.1, 114.5, 22.56}, {122.9, 24, 146, 45.6}, {112.9, -44, 154, -10}, {166, -47.5, 180, -34}, {140.8, -11.7, 160, -1},
	{-61.4, 1.2, -53.9, 8.6}, {-78.4, 17.7, -76.1, 18.6}, {-61.7, 10, -59.4, 13.4}, {-79, 20.9, -72.7, 27},
}

// KeepsLeft tells whether traffic keeps left in the country of a place, but for the
// coarseness of leftBoxes.
func KeepsLeft(lng, lat float64) bool {
	for _, b := range leftBoxes {
		if lng >= b[0] && lng <= b[2] && lat >= b[1] && lat <= b[3] {
			return true
		}
	}
	return false
}

// beside stands signals and signs at the kerb, on the side where traffic goes, looking
// against it; where they say no direction and the way has both, one for each.
func (s *stander) beside(i int, q near.Point, r rule, roll uint64) {
	f := &s.Features[i]
	side, ok := s.roads.Beside(q, 12, func(tag int) bool { return s.kinds[tag].Rank >= 1 && !s.kinds[tag].Rail })
	if !ok || side.Along == (near.Point{}) {
		if r.model != "signal" || ok {
			s.put(i, q, r.model, s.height(f.Tags, r.model, roll), 2*math.Pi*near.Share(roll), white)
		}
		return
	}
	keepRight := s.right(q)
	forward, backward := true, !s.kinds[side.Tag].OneWay
	way := s.Features[side.Tag].Tags["oneway"]
	if way == "-1" {
		forward, backward = false, true
	}
	for _, k := range [...]string{"traffic_signals:direction", "traffic_sign:direction", "direction"} {
		switch f.Tags[k] {
		case "forward":
			forward, backward = true, false
		case "backward":
			forward, backward = false, true
		}
	}
	if side.Distance > 0 { // mapped beside the way: it stands there, for those on its side
		forward = forward && (side.Left != keepRight)
		if !forward {
			backward = true
		} else {
			backward = false
		}
	}
	for _, dir := range [2]bool{true, false} {
		if dir && !forward || !dir && !backward {
			continue
		}
		at, along := q, side.Along
		if !dir {
			along = near.Point{-along[0], -along[1]}
		}
		if side.Distance <= 0 {
			var clear bool
			if at, clear = s.before(s.edge(side, dir == keepRight, 0.6), along, side.Tag); !clear {
				s.Report.Note("signal or sign amid a junction left out")
				continue
			}
		}
		s.put(i, at, r.model, s.height(f.Tags, r.model, roll), math.Atan2(-along[1], -along[0]), white)
	}
}

// before moves a place at a kerb back along its road until it lies on no other: what is
// mapped where roads cross stands before the crossing.
func (s *stander) before(at, along near.Point, own int) (near.Point, bool) {
	const step, most = 1.5, 24.0
	for back := 0.0; back <= most; back += step {
		q := near.Point{at[0] - along[0]*back, at[1] - along[1]*back}
		if _, on := s.roads.Beside(q, 0.2, func(tag int) bool { return tag != own && s.kinds[tag].Rank >= 2 && !s.kinds[tag].Rail }); !on {
			return q, true
		}
	}
	return at, false
}
