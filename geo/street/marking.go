package street

import (
	"math"
	"strings"

	"github.com/longtake/longtake/geo"
)

// Figures of paint in metres: MUTCD 2009 chapter 3B and the German RMS-1.
const (
	zebraDepth   = 3.5
	stopDepth    = 0.45
	lineDepth    = 0.3 // of each line of a crossing between two
	stopGap      = 1.0 // between a crossing and the stop line
	arrowLength  = 4.5
	arrowBack    = 9.0  // from the stop line to an arrow's tip
	signalReach  = 25.0 // a signal this near a junction is the junction's
	crossingSnap = 12.0 // a crossing this near the cut end stands at it
)

// markings paints crossings, stop lines and arrows on a piece of a street.
func (c *builder) markings(i int) {
	p := &c.pieces[i]
	w := &c.ways[p.way]
	lift := c.heights.of(w)
	if lift != nil && !w.bridge {
		return // a ramp is short
	}
	ends := c.ends(p, i)
	from, to := ends[0].trim, p.length-ends[1].trim
	stop := [2]float64{from + 0.3, to - 0.3} // where a stop line's front edge would be
	c.eachPoint(p, func(tags map[string]string, s float64) {
		if tags["highway"] != "crossing" && tags["railway"] == "" {
			return
		}
		kind := crossingKind(tags)
		if kind == Plain {
			return
		}
		mid := crossingAt(s, from, to)
		if math.Abs(mid-s) > crossingSnap || to-from < zebraDepth+1 {
			return
		}
		s0, s1 := mid-zebraDepth/2, mid+zebraDepth/2
		if low, high := s0, s1; w.style.material == geo.Road { // no other lines between the feet
			if mid-from < crossingSnap {
				low = from
			}
			if to-mid < crossingSnap {
				high = to
			}
			c.across(i, lift, low, high, w.section.KerbLeft, w.section.KerbRight, Plain)
		}
		if kind == ZebraCode {
			c.across(i, lift, s0, s1, w.section.KerbLeft, w.section.KerbRight, kind)
		} else {
			c.across(i, lift, s0, s0+lineDepth, w.section.KerbLeft, w.section.KerbRight, PaintCode)
			c.across(i, lift, s1-lineDepth, s1, w.section.KerbLeft, w.section.KerbRight, PaintCode)
		}
		if mid-from < crossingSnap {
			stop[0] = math.Max(stop[0], mid+zebraDepth/2+stopGap)
		}
		if to-mid < crossingSnap {
			stop[1] = math.Min(stop[1], mid-zebraDepth/2-stopGap)
		}
	})
	for e := range 2 {
		at := stop[e]
		if at-stopDepth < from || at+stopDepth > to {
			continue
		}
		left, right, lanes := w.incoming(c.region, e)
		if lanes == 0 {
			continue
		}
		if c.halts(p, e) {
			if e == 0 {
				c.across(i, lift, at, at+stopDepth, left-0.1, right+0.1, PaintCode)
			} else {
				c.across(i, lift, at-stopDepth, at, left-0.1, right+0.1, PaintCode)
			}
		}
		if turns := w.section.Turns[1-e]; strings.Count(turns, "|")+1 == lanes && turns != "" { // else which is whose is not known
			c.arrows(i, lift, e, at, left, right, turns)
		}
	}
}

// eachPoint visits the nodes of the data on a piece that say something about it, with
// their distance along its rounded line.
func (c *builder) eachPoint(p *piece, fn func(tags map[string]string, s float64)) {
	w := &c.ways[p.way]
	s := 0.0
	var inside []float64
	var tags []map[string]string
	for k, q := range w.line {
		if k > 0 {
			s += dist(w.line[k-1], q)
		}
		if t := c.points[q]; t != nil {
			inside, tags = append(inside, s), append(tags, t)
		}
	}
	total := p.raw
	for k, at := range inside {
		if at > p.from-1e-6 && at < p.from+total+1e-6 {
			fn(tags[k], (at-p.from)/math.Max(total, 1e-9)*p.length)
		}
	}
}

// crossingKind is how a crossing is painted; Plain where it is not.
func crossingKind(tags map[string]string) Code {
	switch tags["crossing:markings"] {
	case "no":
		return Plain
	case "lines", "dashes", "dots", "surface":
		return PaintCode
	case "":
	default:
		return ZebraCode
	}
	switch tags["crossing"] {
	case "zebra", "uncontrolled", "marked", "island":
		return ZebraCode
	case "traffic_signals":
		return PaintCode
	}
	if tags["crossing_ref"] == "zebra" {
		return ZebraCode
	}
	return Plain
}

// incoming are the edges and the number of the lanes that run towards an end.
func (w *way) incoming(r Region, e int) (left, right float64, lanes int) {
	s := &w.section
	x := s.Left
	for _, b := range s.Bands {
		if b.Kind == Drive {
			left, right = x, x-b.Width
			n := s.Backward
			if e == 1 {
				n = s.Forward
			}
			if n == 0 {
				return 0, 0, 0
			}
			if s.Oneway != 0 {
				return left, right, n
			}
			mid := left - b.Width*float64(b.Left)/float64(b.Left+b.Right)
			// Towards the end of the line drive those on the right, or the left.
			if (e == 1) != (w.leftHand(r)) {
				return mid, right, n
			}
			return left, mid, n
		}
		x -= b.Width
	}
	return 0, 0, 0
}

func (w *way) leftHand(r Region) bool {
	switch w.tags["driving_side"] {
	case "left":
		return true
	case "right":
		return false
	}
	return r.Left
}

// halts tells whether traffic that comes to an end of a piece stops there: at signals, at
// a stop sign.
func (c *builder) halts(p *piece, e int) bool {
	nd := &c.nodes[p.ends[e]]
	if len(c.joined(nd)) < 3 {
		return false
	}
	if c.points[nd.at]["highway"] == "traffic_signals" {
		return true
	}
	found := false
	c.eachPoint(p, func(tags map[string]string, s float64) {
		if e == 1 {
			s = p.length - s
		}
		if s > signalReach {
			return
		}
		switch tags["highway"] {
		case "traffic_signals", "stop", "give_way":
			d := tags["direction"] + tags["traffic_signals:direction"]
			found = found || d == "" || d == "both" || (d == "forward") == (e == 1)
		case "crossing":
			found = found || tags["crossing"] == "traffic_signals"
		}
	})
	return found
}
