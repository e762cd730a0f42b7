package street

import "math"

// pt is a position in plan metres. Ways that share a node of the data share it exactly.
type pt = [2]float64

func dist(a, b pt) float64        { return math.Hypot(b[0]-a[0], b[1]-a[1]) }
func mix(a, b pt, t float64) pt   { return pt{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t} }
func along(p, d pt, t float64) pt { return pt{p[0] + float64(d[0]*t), p[1] + float64(d[1]*t)} }
func leftOf(d pt) pt              { return pt{-d[1], d[0]} }
func neg(d pt) pt                 { return pt{-d[0], -d[1]} }
func dot(a, b pt) float64         { return float64(a[0]*b[0]) + float64(a[1]*b[1]) }
func cross2(a, b pt) float64      { return float64(a[0]*b[1]) - float64(a[1]*b[0]) }
func cross(a, b, c pt) float64 {
	return cross2(pt{b[0] - a[0], b[1] - a[1]}, pt{c[0] - a[0], c[1] - a[1]})
}
func less(a, b pt) bool { return a[0] < b[0] || a[0] == b[0] && a[1] < b[1] }

func unit(a, b pt) pt {
	l := dist(a, b)
	if l == 0 {
		return pt{1, 0}
	}
	return pt{(b[0] - a[0]) / l, (b[1] - a[1]) / l}
}

func lineLength(line []pt) (l float64) {
	for i := 1; i < len(line); i++ {
		l += dist(line[i-1], line[i])
	}
	return l
}

func reversed(line []pt) []pt {
	out := make([]pt, len(line))
	for i, p := range line {
		out[len(line)-1-i] = p
	}
	return out
}

// pointAt is the position and direction at s metres along a line, clamped to its ends.
func pointAt(line []pt, s float64) (p, dir pt) {
	for i := 1; i < len(line); i++ {
		l := dist(line[i-1], line[i])
		if s <= l || i == len(line)-1 {
			return mix(line[i-1], line[i], math.Max(0, math.Min(1, s/math.Max(l, 1e-9)))), unit(line[i-1], line[i])
		}
		s -= l
	}
	return line[0], pt{1, 0}
}

// shorten takes lengths off both ends of a line that is longer than both. Each end is
// measured from itself, so that it does not depend on where the other one is.
func shorten(line []pt, from, to float64) []pt {
	head := func(line []pt, by float64) []pt {
		for i := 1; i < len(line); i++ {
			l := dist(line[i-1], line[i])
			if by < l {
				if p := mix(line[i-1], line[i], by/l); dist(p, line[i]) > 1e-6 {
					return append([]pt{p}, line[i:]...)
				}
				return line[i:]
			}
			by -= l
		}
		return nil
	}
	if from > 0 {
		line = head(line, from)
	}
	if to > 0 {
		line = reversed(head(reversed(line), to))
	}
	return line
}

// cut is the part of a line between two distances along it, 0 ≤ from < to ≤ length.
func cut(line []pt, from, to float64) []pt {
	var out []pt
	var s float64
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		l := dist(a, b)
		if s+l > from && s < to {
			if len(out) == 0 {
				p := a
				if from > s {
					p = mix(a, b, (from-s)/l)
				}
				out = append(out, p)
			}
			q := b
			if to < s+l {
				q = mix(a, b, (to-s)/l)
			}
			if dist(out[len(out)-1], q) > 1e-6 {
				out = append(out, q)
			}
		}
		s += l
	}
	return out
}

// The steps of a rounded bend.
const (
	bendStep = 16 * math.Pi / 180
	spike    = 140 * math.Pi / 180 // a line that turns by more doubles back
)

// round replaces the bends of a line that turn by more than least by arcs of the given
// radius, or of less where its segments are short. The ends stay.
func round(line []pt, radius, least float64) []pt {
	if len(line) < 3 {
		return line
	}
	out := []pt{line[0]}
	for i := 1; i+1 < len(line); i++ {
		a, p, b := line[i-1], line[i], line[i+1]
		in, on := unit(a, p), unit(p, b)
		turn := math.Atan2(cross2(in, on), dot(in, on))
		if math.Abs(turn) < least || math.Abs(turn) > spike {
			out = append(out, p)
			continue
		}
		half := math.Abs(turn) / 2
		t := math.Min(radius*math.Tan(half), 0.45*math.Min(dist(a, p), dist(p, b)))
		r := t / math.Tan(half)
		from := along(p, in, -t)
		sign := math.Copysign(1, turn)
		centre := along(from, leftOf(in), sign*r)
		n := int(math.Ceil(math.Abs(turn) / bendStep))
		out = append(out, from)
		start := math.Atan2(from[1]-centre[1], from[0]-centre[0])
		for k := 1; k < n; k++ {
			sn, cs := math.Sincos(start + turn*float64(k)/float64(n))
			out = append(out, pt{centre[0] + float64(r*cs), centre[1] + float64(r*sn)})
		}
		out = append(out, along(p, on, t))
	}
	out = append(out, line[len(line)-1])
	kept := out[:1]
	for _, p := range out[1:] {
		if dist(kept[len(kept)-1], p) > 1e-3 {
			kept = append(kept, p)
		}
	}
	if len(kept) < 2 {
		return line
	}
	kept[len(kept)-1] = line[len(line)-1]
	return kept
}

func area2(r []pt) (s float64) {
	for i, p := range r {
		q := r[(i+1)%len(r)]
		s += cross2(pt{p[0] - r[0][0], p[1] - r[0][1]}, pt{q[0] - r[0][0], q[1] - r[0][1]})
	}
	return s
}

// simple tells whether no two sides of a ring cross.
func simple(r []pt) bool {
	n := len(r)
	for i := range n {
		a, b := r[i], r[(i+1)%n]
		for j := i + 2; j < n; j++ {
			if (j+1)%n == i {
				continue
			}
			c, d := r[j], r[(j+1)%n]
			if cross(a, b, c)*cross(a, b, d) < 0 && cross(c, d, a)*cross(c, d, b) < 0 {
				return false
			}
		}
	}
	return true
}

// meet is where the lines a + t·d and b + u·e meet; ok is false where they are parallel.
func meet(a, d, b, e pt) (t, u float64, ok bool) {
	k := cross2(d, e)
	if math.Abs(k) < 1e-6 {
		return 0, 0, false
	}
	w := pt{b[0] - a[0], b[1] - a[1]}
	return cross2(w, e) / k, cross2(w, d) / k, true
}
