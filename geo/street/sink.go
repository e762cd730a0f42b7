package street

import (
	"container/heap"
	"math"
)

// Figures of streets that are dug in below bridges.
const (
	sinkMost  = 2.5  // metres
	sinkSlope = 0.08 // by which a dip adds to the slope of its street
)

// LowBridge is what is noted of a bridge that lacks height above what it crosses.
const LowBridge = "bridge lower than it should be above what it crosses: junctions leave no room for a ramp"

// sink digs streets in where bridges could not be raised far enough above them. Junctions
// and the ends of bridges stay where they are, railways and paths too.
func (v *solver) sink(crossings []crossing) {
	room := v.room()
	dip := make([]float64, len(v.verts))
	q := &queue{}
	for _, c := range crossings {
		under, short := &v.ways[c.under], v.short(c)
		if under.bridge || under.water || under.style.tier < access || short <= raiseLeast {
			continue
		}
		half, s := v.ways[c.over].section.Width()/2+crossSpread, 0.0
		line := v.line[c.under]
		for i := 1; i < len(line); i++ {
			a, b := line[i-1], line[i]
			from := s
			s += dist(v.verts[a].at, v.verts[b].at)
			if s < c.t-half || from > c.t+half {
				continue
			}
			for _, k := range [2]int{a, b} {
				if d := math.Min(short, room[k]); d > dip[k] {
					dip[k] = d
					heap.Push(q, queued{k, -d})
				}
			}
		}
	}
	for q.Len() > 0 {
		n := heap.Pop(q).(queued)
		if -n.d < dip[n.node] {
			continue
		}
		for _, e := range v.verts[n.node].edges {
			if d := -n.d - e.len*sinkSlope; d > dip[e.to] {
				dip[e.to] = d
				heap.Push(q, queued{e.to, -d})
			}
		}
	}
	for k, d := range dip {
		v.verts[k].h -= d
	}
}

// room is how far each vertex may be lowered: by what lies between it and what must stay.
func (v *solver) room() []float64 {
	room := make([]float64, len(v.verts))
	for k := range room {
		room[k] = sinkMost
	}
	q := &queue{}
	for k, streets := range v.streets() {
		if streets >= 3 {
			room[k] = 0
		}
	}
	for i, line := range v.line {
		if w := &v.ways[i]; w.bridge || w.style.tier == track {
			for _, k := range line {
				room[k] = 0
			}
		}
	}
	for k := range room {
		if room[k] == 0 {
			heap.Push(q, queued{k, 0})
		}
	}
	for q.Len() > 0 {
		n := heap.Pop(q).(queued)
		if n.d > room[n.node] {
			continue
		}
		for _, e := range v.verts[n.node].edges {
			if d := n.d + e.len*sinkSlope; d < room[e.to] {
				room[e.to] = d
				heap.Push(q, queued{e.to, d})
			}
		}
	}
	return room
}
