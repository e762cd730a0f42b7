package street

import "math"

// station is a cross-section of a line: a point at offset o from the line (left is
// positive) lies at p + n·o, where o is first brought within the room that the bend
// leaves on its inner side.
type station struct {
	p, n        pt
	s           float64 // metres from the line's start
	left, right float64 // room, positive
}

func (t *station) at(o float64) pt { return along(t.p, t.n, t.clamp(o)) }

func (t *station) clamp(o float64) float64 { return math.Max(-t.right, math.Min(t.left, o)) }

// stations are the cross-sections at a line's points, mitred at its bends. before and
// after are the directions of travel of the ways that it continues, zero for none.
func stations(line []pt, before, after pt) []station {
	n := len(line)
	out := make([]station, n)
	tans := make([]float64, n) // of half the turn, positive to the left
	var s float64
	for i, p := range line {
		in, on := before, after
		if i > 0 {
			in = unit(line[i-1], p)
			s += dist(line[i-1], p)
		}
		if i+1 < n {
			on = unit(p, line[i+1])
		}
		if in == (pt{}) {
			in = on
		}
		if on == (pt{}) {
			on = in
		}
		turn := math.Atan2(cross2(in, on), dot(in, on))
		if math.Abs(turn) > spike { // doubles back: square to the way in
			turn, on = 0, in
			if i == 0 {
				in = on
			}
		}
		tans[i] = math.Tan(turn / 2)
		m := pt{-(in[1] + on[1]), in[0] + on[0]}
		l := math.Hypot(m[0], m[1])
		k := math.Min(1/math.Cos(turn/2), 3)
		out[i] = station{p: p, n: pt{m[0] / l * k, m[1] / l * k}, s: s, left: math.Inf(1), right: math.Inf(1)}
	}
	for i := 1; i < n; i++ {
		l := 0.98 * dist(line[i-1], line[i])
		if t := math.Max(tans[i-1], 0) + math.Max(tans[i], 0); t > 0 {
			out[i-1].left, out[i].left = math.Min(out[i-1].left, l/t), math.Min(out[i].left, l/t)
		}
		if t := math.Max(-tans[i-1], 0) + math.Max(-tans[i], 0); t > 0 {
			out[i-1].right, out[i].right = math.Min(out[i-1].right, l/t), math.Min(out[i].right, l/t)
		}
	}
	return out
}

// sheet is a flat triangulated surface. h, where it is not nil, is one height a point.
type sheet struct {
	points  []pt
	uv      [][2]float32
	indices []uint32
	h       []float64
}

func (f *sheet) add(p pt, u, v float64) uint32 {
	f.points = append(f.points, p)
	f.uv = append(f.uv, [2]float32{float32(u), float32(v)})
	return uint32(len(f.points) - 1)
}

func (f *sheet) tri(a, b, c uint32) {
	if cross(f.points[a], f.points[b], f.points[c]) > 1e-7 {
		f.indices = append(f.indices, a, b, c)
	}
}

// strip is the surface between two offsets, left > right; u runs from uRight to uLeft
// across, v is metres along the line plus from.
func strip(st []station, left, right, uLeft, uRight, from float64) sheet {
	var f sheet
	for i := range st {
		t := &st[i]
		f.add(t.at(right), uRight, from+t.s)
		f.add(t.at(left), uLeft, from+t.s)
		if k := uint32(2 * i); i > 0 {
			f.tri(k-2, k, k+1)
			f.tri(k-2, k+1, k-1)
		}
	}
	return f
}
