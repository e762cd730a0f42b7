package traffic

import (
	"math"
	"sort"
)

// The Intelligent Driver Model, with usual values for town traffic.
const (
	accelerate = 1.5  // m/s²
	brake      = 2.0  // m/s², comfortable
	headway    = 1.25 // s
	gap        = 2.2  // m, standing
	step       = 0.25 // s
	patience   = 6    // cycles longer than an empty road after which a vehicle is taken off
)

// driver is a vehicle under way on a route.
type driver struct {
	slot, cycle int
	s, v        float64
	length      float64
	begun       float64
	track       []sample // of the one cycle that is kept
}

// sample is a vehicle's place at a time since it set out.
type sample struct{ t, s float64 }

// drive simulates a route on which the vehicles of slots set out in every cycle, at
// starts within it, until one cycle is like the next, and returns the ways of that one.
func (r *route) drive(starts, lengths []float64) [][]sample {
	free := 0.0
	for i := 1; i < len(r.line); i++ {
		free += (r.along[i] - r.along[i-1]) / r.limit[i-1]
	}
	waits := float64(len(r.halts)) * Cycle / 4
	kept := int(math.Ceil((free+waits)/Cycle)) + 1 // the cycle whose vehicles are kept
	end := float64(kept+1)*Cycle + free + waits + patience*Cycle
	tracks := make([][]sample, len(starts))
	var road []*driver // first the farthest
	left := len(starts)
	next, cycle := 0, 0
	for t := 0.0; t < end && left > 0; t += step {
		for begins := float64(cycle)*Cycle + starts[next]; t >= begins; begins = float64(cycle)*Cycle + starts[next] {
			d := &driver{slot: next, cycle: cycle, v: r.limit[0], length: lengths[next], begun: begins}
			if n := len(road); n > 0 { // not into the one ahead
				room := road[n-1].s - road[n-1].length - gap
				d.v = math.Min(d.v, math.Max(room, 0)/headway)
			}
			road = append(road, d)
			if next++; next == len(starts) {
				next, cycle = 0, cycle+1
			}
		}
		for i, d := range road {
			var ahead *driver
			if i > 0 {
				ahead = road[i-1]
			}
			r.advance(d, ahead, t)
			if d.cycle == kept {
				d.track = append(d.track, sample{t + step - d.begun, d.s})
			}
		}
		for len(road) > 0 && road[0].s >= r.length() {
			if d := road[0]; d.cycle == kept {
				tracks[d.slot] = d.track
				left--
			}
			road = road[1:]
		}
	}
	for _, d := range road { // still waiting: kept as far as it came
		if d.cycle == kept {
			tracks[d.slot] = d.track
		}
	}
	for i := range tracks {
		tracks[i] = thin(tracks[i], 0.2)
	}
	return tracks
}

// advance moves a vehicle by a step.
func (r *route) advance(d, ahead *driver, t float64) {
	limit := r.limitAt(d.s)
	// Slower stretches are met at their speed.
	look := d.v * d.v / (2 * brake)
	if v := r.limitAt(d.s + look + 2); v < limit {
		limit = math.Max(v, limit-brake*step)
	}
	a := accelerate * (1 - pow4(d.v/limit))
	follow := func(room, speed float64) {
		room = math.Max(room, 0.1)
		want := gap + math.Max(0, d.v*headway+d.v*(d.v-speed)/(2*math.Sqrt(accelerate*brake)))
		a = math.Min(a, accelerate*(1-pow4(d.v/limit)-(want/room)*(want/room)))
	}
	if ahead != nil {
		follow(ahead.s-ahead.length-d.s, ahead.v)
	}
	for i := sort.Search(len(r.halts), func(i int) bool { return r.halts[i].at >= d.s }); i < len(r.halts); i++ {
		h := &r.halts[i]
		room := h.at - d.s
		if room > 80 {
			break
		}
		if !h.open(t) && room > d.v*d.v/(2*2.5*brake) { // who cannot stop any more drives on
			follow(room+0.5, 0)
			break
		}
	}
	a = math.Max(a, -4*brake)
	v := math.Max(0, d.v+a*step)
	d.s += (d.v + v) / 2 * step
	d.v = v
}

func pow4(x float64) float64 { return x * x * x * x }

// limitAt is the speed at a place.
func (r *route) limitAt(s float64) float64 {
	i := sort.SearchFloat64s(r.along, s)
	return r.limit[min(max(i-1, 0), len(r.limit)-1)]
}

// thin drops the samples that lie within a tolerance in metres of the line between those
// that stay (Douglas & Peucker 1973).
func thin(track []sample, tolerance float64) []sample {
	if len(track) < 3 {
		return track
	}
	a, b := track[0], track[len(track)-1]
	worst, at := tolerance, -1
	for i := 1; i < len(track)-1; i++ {
		p := track[i]
		if d := math.Abs(p.s - (a.s + (b.s-a.s)*(p.t-a.t)/(b.t-a.t))); d > worst {
			worst, at = d, i
		}
	}
	if at < 0 {
		return []sample{a, b}
	}
	first := thin(track[:at+1], tolerance)
	return append(first[:len(first)-1:len(first)-1], thin(track[at:], tolerance)...)
}
