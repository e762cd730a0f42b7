package street

import "math"

// turns joins the lanes that end at a junction to those that begin there: through and
// to the sides, the left lanes to the left and the right ones to the right. A way back
// along the same feature is no turn.
func (g *Graph) turns(lanes []int, here func(p [2]float64) bool, ground func(p pt) (float64, bool)) {
	for _, i := range lanes {
		a := &g.Lanes[i]
		if !here(a.To) {
			continue
		}
		n := len(a.Line)
		p, d := a.Line[n-1], unit(flat(a.Line[n-2]), flat(a.Line[n-1]))
		for _, j := range lanes {
			b := &g.Lanes[j]
			if i == j || !here(b.From) || a.Kind != b.Kind && (a.Kind == Cycle || b.Kind == Cycle) {
				continue
			}
			q, e := b.Line[0], unit(flat(b.Line[0]), flat(b.Line[1]))
			turn := math.Atan2(cross2(d, e), dot(d, e))
			if math.Abs(turn) > 2.7 {
				continue
			}
			// Ahead each lane keeps its place; the outermost ones turn, into the outermost.
			mine, theirs := g.siblings(lanes, a), g.siblings(lanes, b)
			want := min(a.Index, theirs-1)
			switch {
			case turn > 0.5:
				if want = 0; a.Index > 0 {
					continue
				}
			case turn < -0.5:
				if want = theirs - 1; a.Index < mine-1 {
					continue
				}
			}
			if b.Index != want && a.Kind == b.Kind {
				continue
			}
			g.Turns = append(g.Turns, Turn{From: i, To: j, Angle: turn, Line: lie(curve(p, d, q, e), ground)})
		}
	}
}

// even leaves out the points of a line that those beside them tell, in plan and in height
// (Douglas and Peucker 1973).
func even(line [][3]float64) [][3]float64 {
	out := line[:1:1]
	var keep func(a, b int)
	keep = func(a, b int) {
		worst, at := laneBend, -1
		for k := a + 1; k < b; k++ {
			t := project(flat(line[k]), flat(line[a]), flat(line[b]))
			q := mix(flat(line[a]), flat(line[b]), t)
			off := math.Max(dist(flat(line[k]), q), math.Abs(line[k][2]-line[a][2]-(line[b][2]-line[a][2])*t))
			if off > worst {
				worst, at = off, k
			}
		}
		if at < 0 {
			out = append(out, line[b])
			return
		}
		keep(a, at)
		keep(at, b)
	}
	keep(0, len(line)-1)
	return out
}

// lie puts a line between two points on the ground on the ground.
func lie(line [][3]float64, ground func(p pt) (float64, bool)) [][3]float64 {
	on := func(p [3]float64) (float64, bool) {
		h, ok := ground(flat(p))
		return h, ok && math.Abs(h-p[2]) < 1
	}
	a, z := line[0], line[len(line)-1]
	if h, ok := on(a); !ok || math.Abs(h-a[2]) > laneBend {
		return line
	}
	if h, ok := on(z); !ok || math.Abs(h-z[2]) > laneBend {
		return line
	}
	for k := range line {
		if h, ok := on(line[k]); ok {
			line[k][2] = h
		}
	}
	return line
}

// siblings is how many lanes run beside one, itself included.
func (g *Graph) siblings(lanes []int, l *Lane) (n int) {
	for _, k := range lanes {
		o := &g.Lanes[k]
		if o.Feature == l.Feature && o.From == l.From && o.To == l.To && o.Kind == l.Kind {
			n++
		}
	}
	return max(n, 1)
}

func flat(p [3]float64) pt { return pt{p[0], p[1]} }

// curve is a cubic Bézier from one direction to another.
func curve(p [3]float64, d pt, q [3]float64, e pt) (out [][3]float64) {
	k := dist(flat(p), flat(q)) * 0.4
	c0, c1 := along(flat(p), d, k), along(flat(q), e, -k)
	steps := max(2, min(10, int(k/1.2)))
	for i := 0; i <= steps; i++ {
		t := float64(i) / float64(steps)
		a, b, c := mix(flat(p), c0, t), mix(c0, c1, t), mix(c1, flat(q), t)
		m := mix(mix(a, b, t), mix(b, c, t), t)
		out = append(out, [3]float64{m[0], m[1], p[2] + (q[2]-p[2])*t})
	}
	return out
}
