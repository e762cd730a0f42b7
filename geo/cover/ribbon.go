package cover

import (
	"math"
)

// ends says how a ribbon begins and finishes.
type ends struct {
	capStart, capEnd bool // round caps; else square
	// Directions of the way that goes on beyond the ends, away from this one: the ribbon
	// is then mitred so that both meet without gap or overlap. Zero for none.
	before, after [2]float64
}

// strip is a triangulated ribbon; u is −1 at the right edge … 1 at the left edge seen
// along the way, v is metres along.
type strip struct {
	points  [][2]float64
	uv      [][2]float32
	indices []uint32
}

// maxMitre is the longest joint in half-widths: a turn of about 80 degrees.
const maxMitre = 1.3

// ribbon widens a line of at least two different points by half to each side. Joints
// are mitred; where the turn is sharp or a segment too short for it, the outer side is
// filled with a round joint instead and the inner sides overlap.
func ribbon(line [][2]float64, half float64, e ends) strip {
	var s strip
	n := len(line)
	dirs := make([][2]float64, n-1)
	lens := make([]float64, n-1)
	for i := range dirs {
		lens[i] = dist(line[i], line[i+1])
		dirs[i] = [2]float64{(line[i+1][0] - line[i][0]) / lens[i], (line[i+1][1] - line[i][1]) / lens[i]}
	}
	closed := n > 3 && line[0] == line[n-1]
	before, after := e.before, e.after
	if closed {
		before, after = [2]float64{-dirs[n-2][0], -dirs[n-2][1]}, dirs[0]
	}
	add := func(p [2]float64, u, v float64) uint32 {
		s.points = append(s.points, p)
		s.uv = append(s.uv, [2]float32{float32(u), float32(v)})
		return uint32(len(s.points) - 1)
	}
	tri := func(a, b, c uint32) {
		if cross(s.points[a], s.points[b], s.points[c]) > 1e-9 {
			s.indices = append(s.indices, a, b, c)
		}
	}
	// fan fills a round sector about c from direction a turning by angle.
	fan := func(c [2]float64, a, angle, v float64, outerU func(t float64) float64, centreU float64) {
		steps := max(1, int(math.Ceil(math.Abs(angle)/(math.Pi/6))))
		o := add(c, centreU, v)
		prev := uint32(0)
		for k := 0; k <= steps; k++ {
			t := float64(k) / float64(steps)
			sn, cs := math.Sincos(a + angle*t)
			q := add([2]float64{c[0] + half*cs, c[1] + half*sn}, outerU(t), v)
			if k > 0 {
				if angle > 0 {
					tri(o, prev, q)
				} else {
					tri(o, q, prev)
				}
			}
			prev = q
		}
	}
	// joint returns the offsets (left side; right is its negative) for a mitre between two
	// directions, ok false where it would be too long.
	joint := func(a, b [2]float64, room float64) (off [2]float64, ok bool) {
		m := [2]float64{-(a[1] + b[1]), a[0] + b[0]}
		l := math.Hypot(m[0], m[1])
		if l < 1e-6 {
			return off, false
		}
		m[0], m[1] = m[0]/l, m[1]/l
		k := 1 / (m[0]*-a[1] + m[1]*a[0]) // 1 / cos of half the turn
		if k > maxMitre || half*math.Sqrt(math.Max(k*k-1, 0)) > room {
			return off, false
		}
		return [2]float64{m[0] * half * k, m[1] * half * k}, true
	}
	square := func(d [2]float64) [2]float64 { return [2]float64{-d[1] * half, d[0] * half} }
	var v float64
	for i := range dirs {
		d := dirs[i]
		startOff, endOff := square(d), square(d)
		if i > 0 {
			if off, ok := joint(dirs[i-1], d, math.Min(lens[i-1], lens[i])); ok {
				startOff = off
			}
		} else if before != ([2]float64{}) {
			if off, ok := joint([2]float64{-before[0], -before[1]}, d, lens[0]); ok {
				startOff = off
			}
		}
		sharp := false
		next := after
		if i+1 < len(dirs) {
			next = dirs[i+1]
		}
		if next != ([2]float64{}) {
			room := lens[i]
			if i+1 < len(dirs) {
				room = math.Min(room, lens[i+1])
			}
			if off, ok := joint(d, next, room); ok {
				endOff = off
			} else {
				sharp = true
			}
		}
		p, q := line[i], line[i+1]
		v1 := v + lens[i]
		a := add([2]float64{p[0] - startOff[0], p[1] - startOff[1]}, -1, v)
		b := add([2]float64{q[0] - endOff[0], q[1] - endOff[1]}, -1, v1)
		c := add([2]float64{q[0] + endOff[0], q[1] + endOff[1]}, 1, v1)
		f := add([2]float64{p[0] + startOff[0], p[1] + startOff[1]}, 1, v)
		tri(a, b, c)
		tri(a, c, f)
		if sharp { // round the outer side
			turn := math.Atan2(d[0]*next[1]-d[1]*next[0], d[0]*next[0]+d[1]*next[1])
			heading := math.Atan2(d[1], d[0])
			side, u := -math.Pi/2, -1.0 // a left turn opens on the right
			if turn < 0 {
				side, u = math.Pi/2, 1
			}
			fan(q, heading+side, turn, v1, func(float64) float64 { return u }, 0)
		}
		v = v1
	}
	plain := func(float64) float64 { return unmarked }
	if e.capStart && !closed && before == ([2]float64{}) {
		fan(line[0], math.Atan2(dirs[0][1], dirs[0][0])+math.Pi/2, math.Pi, 0, plain, unmarked)
	}
	if e.capEnd && !closed && after == ([2]float64{}) {
		d := dirs[n-2]
		fan(line[n-1], math.Atan2(d[1], d[0])-math.Pi/2, math.Pi, v, plain, unmarked)
	}
	return s
}

// unmarked is how far across a road no line is ever painted: not the edge, the middle or
// the border between two lanes of one direction.
const unmarked = 0.25
