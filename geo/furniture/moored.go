package furniture

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/near"
)

// deck is a pier in the sea or in a lake.
type deck struct {
	near.Pier
	feature int
	part    int     // of the feature
	level   float64 // of the water
	lake    bool
	top     float64
}

// Berths in metres.
const (
	berthWide  = 4.4  // from boat to boat at a narrow pier
	berthLong  = 13.0 // along a wide one, where they lie alongside
	fenderWide = 0.5  // between a boat and a pier
	mastLeast  = 7.0  // length of the boats that have one
)

// pier notes the decks of a feature that stand in the sea or in a lake.
func (s *stander) pier(i int) {
	ground := func(q near.Point) (float64, bool) { return s.Elevation.HeightAt(s.Frame.Unplan(q[0], q[1])) }
	for part, p := range near.Piers(s.Frame, &s.Features[i]) {
		level, lake := s.lake(p.Rings[0], ground)
		if !lake {
			if s.o.Wet == nil {
				continue
			}
			level = s.o.Sea
		}
		s.piers.AddArea(len(s.decks), p.Rings)
		s.piers.AddLine(len(s.decks), closed(p.Rings[0]), 0)
		s.decks = append(s.decks, deck{p, i, part, level, lake, p.Top(level, ground)})
	}
}

// still tells whether a feature is water that lies level, as geo/cover floods it.
func still(tags map[string]string) bool {
	switch tags["water"] {
	case "river", "canal", "stream", "ditch", "drain", "rapids", "riverbank", "tidal_channel", "stream_pool":
		return false
	}
	return tags["natural"] == "water" || tags["water"] != "" && tags["natural"] == "" ||
		tags["waterway"] == "dock" || tags["landuse"] == "reservoir" || tags["landuse"] == "basin"
}

// lake is the level of the lake that a pier stands in: its bed is level, too.
func (s *stander) lake(ring []near.Point, ground func(q near.Point) (float64, bool)) (level float64, in bool) {
	bed := math.Inf(1)
	for i, b := range ring {
		a := ring[(i+len(ring)-1)%len(ring)]
		for _, q := range [2]near.Point{b, {(a[0] + b[0]) / 2, (a[1] + b[1]) / 2}} {
			if !s.still.Within(q) {
				continue
			}
			for k := range 9 { // about it, off the slopes of the shore
				sin, cos := math.Sincos(float64(k) * math.Pi / 4)
				off := 8.0 * float64((k+7)/8)
				if h, ok := ground(near.Point{q[0] + float64(off*cos), q[1] + float64(off*sin)}); ok {
					bed = math.Min(bed, h)
				}
			}
		}
	}
	return bed + s.o.Lake, !math.IsInf(bed, 1)
}

// onDeck is the height of the pier that a place is on.
func (s *stander) onDeck(q near.Point) (top float64, on bool) {
	s.piers.Inside(q, func(tag int) bool {
		top, on = s.decks[tag].top, true
		return false
	})
	return top, on
}

// moor lays boats along the piers of the sea and of lakes: bow or stern to narrow ones, alongside wide
// ones, each nearest to its own pier. Which berths are taken the place decides.
func (s *stander) moor() {
	boats := 0
	for k := range s.decks {
		d := &s.decks[k]
		seed := near.Seed(s.Features[d.feature].ID)
		ring := d.Rings[0]
		turn := 1.0
		if signed(ring) < 0 {
			turn = -1
		}
		for e, b := range ring {
			a := ring[(e+len(ring)-1)%len(ring)]
			l := near.Distance(a, b)
			step := berthWide
			if !d.Narrow {
				step = berthLong
			}
			n := min(int((l-2)/step), 400)
			along := near.Point{(b[0] - a[0]) / l, (b[1] - a[1]) / l}
			out := near.Point{along[1] * turn, -along[0] * turn}
			for j := range n {
				roll := near.Hash(seed, int64(d.part), int64(e), int64(j))
				if near.Share(roll) > 0.72 {
					continue
				}
				long := 5.5 + 5.5*near.Share(near.Hash(roll, 1))
				off := long/2 + fenderWide
				dir := out
				if !d.Narrow {
					off, dir = long*0.17+fenderWide, along
				}
				t := l/2 + (float64(j)-float64(n-1)/2)*step
				q := near.Point{a[0] + along[0]*t + out[0]*off, a[1] + along[1]*t + out[1]*off}
				if !s.Owns(q[0], q[1]) || !s.afloat(q, dir, long, k, off) {
					continue
				}
				yaw := math.Atan2(dir[1], dir[0])
				if near.Hash(roll, 2)%3 == 0 {
					yaw += math.Pi
				}
				s.boat(d, q, long, yaw, roll)
				boats++
			}
		}
	}
	if boats > 0 {
		s.Report.Made("moored boat", boats)
	}
}

// afloat tells whether a boat has water from end to end, and no other pier is nearer to
// its middle than its own.
func (s *stander) afloat(q, dir near.Point, long float64, own int, off float64) bool {
	for _, t := range [3]float64{-0.5, 0, 0.5} {
		p := near.Point{q[0] + dir[0]*long*t, q[1] + dir[1]*long*t}
		if !s.floats(p, &s.decks[own]) || s.piers.Within(p) || s.solid.Within(p) {
			return false
		}
	}
	side, ok := s.piers.Beside(q, near.Reach-1, nil)
	return ok && (side.Tag == own || side.Distance > off+0.05 || s.decks[side.Tag].feature == s.decks[own].feature && side.Distance > off-0.2)
}

// floats tells whether the water that a pier stands in is at a place.
func (s *stander) floats(p near.Point, d *deck) bool {
	if !d.lake {
		return s.o.Wet(p[0], p[1])
	}
	h, ok := s.Elevation.HeightAt(s.Frame.Unplan(p[0], p[1]))
	return ok && h < d.level-0.5 && s.still.Within(p)
}

// boat puts one on the water.
func (s *stander) boat(d *deck, q near.Point, long, yaw float64, roll uint64) {
	name, height := "motorboat", 2.05*long/7.5
	if long > mastLeast && near.Hash(roll, 3)%5 < 3 {
		name, height = "sailboat", 12*long/8.5
	}
	tints := [...][4]uint8{white, white, white, {214, 222, 232, 255}, {120, 146, 176, 255}, {190, 108, 92, 255}, {236, 226, 204, 255}}
	lng, lat := s.Frame.Unplan(q[0], q[1])
	s.putAt(d.feature, earth.Place{Lng: lng, Lat: lat, Height: d.level}, name, height, yaw, tints[near.Hash(roll, 4)%uint64(len(tints))])
}

// signed is twice the area of a ring, positive counter-clockwise.
func signed(r []near.Point) (sum float64) {
	for i, q := range r {
		p := r[(i+len(r)-1)%len(r)]
		sum += float64((p[0]-r[0][0])*(q[1]-r[0][1])) - float64((q[0]-r[0][0])*(p[1]-r[0][1]))
	}
	return sum
}
