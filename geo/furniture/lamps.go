package furniture

import (
	"math"
	"strings"

	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/geo/near"
)

// lampStyle is how a class of street is lit: metres between lamps, their model and height.
// Spacings are three to four times the height, as roads of classes M and P are lit
// (CIE 115:2010; EN 13201-2).
type lampStyle struct {
	model       string
	gap, height float64
	both        bool // on alternate sides
}

func lampsOf(tags map[string]string, r near.Road) (l lampStyle, ok bool) {
	lit := tags["lit"]
	if lit == "no" || lit == "disused" || r.Rail || tags["bridge"] != "" && tags["bridge"] != "no" {
		return l, false
	}
	told := lit != ""
	switch {
	case r.Rank == 4:
		return lampStyle{"lamp", 40, 11, false}, told
	case r.Rank == 3 && r.Half > 6:
		return lampStyle{"lamp", 32, 10, true}, true
	case r.Rank == 3:
		return lampStyle{"lamp", 30, 8.5, true}, true
	case r.Rank == 2:
		return lampStyle{"lamp", 28, 6.5, false}, told || tags["highway"] == "residential" || tags["highway"] == "living_street"
	case tags["highway"] == "pedestrian":
		return lampStyle{"lantern", 22, 4.2, true}, true
	case tags["highway"] == "footway" || tags["highway"] == "path" || tags["highway"] == "cycleway" || tags["highway"] == "service":
		return lampStyle{"lantern", 26, 4.2, false}, told && lit != "limited"
	}
	return l, false
}

// townSpeed is the highest limit in km/h of main streets within towns.
const townSpeed = 60

// urban tells whether a street is one of a town, whatever else is mapped: many maps have
// streets and no houses. People live in it, by its class and name, or it is a main one with
// a town's speed or a sidewalk.
func urban(tags map[string]string, r near.Road) bool {
	switch {
	case tags["highway"] == "residential" || tags["highway"] == "living_street":
		return tags["name"] != ""
	case r.Rank != 3:
		return false
	}
	for _, k := range [...]string{"sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right"} {
		switch tags[k] {
		case "yes", "both", "left", "right":
			return true
		}
	}
	text, mph := strings.CutSuffix(tags["maxspeed"], "mph")
	limit, ok := clean.Number(strings.TrimSpace(text))
	if mph {
		limit *= 1.609344
	}
	return ok && limit > 0 && limit <= townSpeed
}

// lamps sets lamps along a street, at even steps from its start, where no lamp is mapped
// within sight and, if it neither says that it is lit nor is urban, only between buildings.
func (s *stander) lamps(i int) {
	f := &s.Features[i]
	road := s.kinds[i]
	style, ok := lampsOf(f.Tags, road)
	if !ok {
		return
	}
	told := f.Tags["lit"] != "" || urban(f.Tags, road)
	first := near.Seed(f.ID)&1 == 0
	for _, line := range near.Lines(s.Frame, f.Geometry) {
		var long float64
		for k := 1; k < len(line); k++ {
			long += near.Distance(line[k-1], line[k])
		}
		n := math.Round(long / style.gap)
		if n < 1 || n > 1e5 {
			continue
		}
		step, count := long/n, 0
		next, done := step/2, 0.0
		for k := 1; k < len(line); k++ {
			a, b := line[k-1], line[k]
			l := near.Distance(a, b)
			for ; next <= done+l; next += step {
				t := (next - done) / l
				along := near.Point{(b[0] - a[0]) / l, (b[1] - a[1]) / l}
				left := first
				if style.both && count%2 == 1 {
					left = !left
				}
				count++
				n := near.Point{along[1], -along[0]}
				if left {
					n = near.Point{-n[0], -n[1]}
				}
				off := road.Half + 0.7
				q := near.Point{a[0] + (b[0]-a[0])*t + n[0]*off, a[1] + (b[1]-a[1])*t + n[1]*off}
				if s.Owns(q[0], q[1]) && s.roomForLamp(i, q, told) {
					s.put(i, q, style.model, style.height, math.Atan2(-n[1], -n[0]), white)
					s.lampCount++
				}
			}
			done += l
		}
	}
}

func (s *stander) roomForLamp(i int, q near.Point, told bool) bool {
	if _, mapped := s.lit.Beside(q, near.Reach-1, nil); mapped {
		return false
	}
	if s.solid.Within(q) || s.water.Within(q) || s.o.Wet != nil && s.o.Wet(q[0], q[1]) {
		return false
	}
	if _, on := s.roads.Beside(q, 2, func(tag int) bool { return tag != i && (s.kinds[tag].Rank > 0 || s.kinds[tag].Rail) }); on {
		return false
	}
	if side, ok := s.roads.Beside(q, 0, func(tag int) bool { return tag == i }); ok && side.Distance < 0 {
		return false // within its own bend
	}
	if told {
		return true
	}
	_, town := s.solid.Beside(q, 35, nil)
	return town
}
