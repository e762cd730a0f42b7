package tin

import "math"

// within measures a right triangle as measure does; it stops where a node is further off
// than the bound.
func (s *Mesher) within(t half, bound float64) (far float32, ok bool) {
	g := &s.grid
	w := int32(g.W)
	a, b, m, c, _ := t.nodes(w)
	// The middle of the longest side is the most likely to be far off.
	za, zb := float64(g.Z[a]), float64(g.Z[b])
	// Magnitudes as bits, twice: they are ordered as the numbers are, and the largest is
	// found without branches, which nothing could predict.
	worst, limit := uint64(0), math.Float64bits(bound)<<1
	if s.state[m]&onRim == 0 {
		if worst = math.Float64bits(float64(g.Z[m])-(za+zb)/2) << 1; worst > limit {
			return 0, false
		}
	}
	size := t.dx*t.dx + t.dy*t.dy
	if size == 1 {
		return up(math.Float64frombits(worst >> 1)), true
	}
	zc := float64(g.Z[c])
	if size == 2 {
		if i := (a + c) / 2; s.state[i]&onRim == 0 {
			worst = max(worst, math.Float64bits(float64(g.Z[i])-(za+zc)/2)<<1)
		}
		if i := (b + c) / 2; s.state[i]&onRim == 0 {
			worst = max(worst, math.Float64bits(float64(g.Z[i])-(zb+zc)/2)<<1)
		}
		return up(math.Float64frombits(worst >> 1)), worst <= limit
	}
	ax, ay := int(t.x), int(t.y)
	bx, by, cx, cy := ax+2*int(t.dx), ay+2*int(t.dy), ax+int(t.dx-t.dy), ay+int(t.dy+t.dx)
	inverse := 1 / float64(2*size)
	gx := (float64((zb-za)*float64(cy-ay)) - float64((zc-za)*float64(by-ay))) * inverse
	gy := (float64((zc-za)*float64(bx-ax)) - float64((zb-za)*float64(cx-ax))) * inverse
	r := rowsOf(ax, ay, bx, by, cx, cy)
	if size > sampled && !s.sample(&r, za, gx, gy, ax, ay, bound) {
		return 0, false
	}
	rim := (s.state[a]|s.state[b]|s.state[c])&onRim != 0
	for y := r.y; y <= r.last; y++ {
		first, end := r.x0, r.x1
		if rim {
			first, end = max(first, 1), min(end, g.W-2)
			if y == 0 || y == g.W-1 {
				end = -1
			}
		}
		if first <= end {
			plane := za + float64(gx*float64(first-ax)) + float64(gy*float64(y-ay))
			for _, v := range g.Z[y*g.W+first : y*g.W+end+1] {
				worst = max(worst, math.Float64bits(float64(v)-plane)<<1)
				plane += gx
			}
			if worst > limit {
				return 0, false
			}
		}
		if y == r.turn {
			r.d0, r.d1 = -r.d0, -r.d1
		}
		r.x0, r.x1 = r.x0+r.d0, r.x1+r.d1
	}
	return up(math.Float64frombits(worst >> 1)), true
}

// sampled is the square of half of the longest side from which a few nodes are looked at
// first.
const sampled = 16

// sample looks at a few nodes of a triangle; false: one is further off than the bound.
func (s *Mesher) sample(r *rows, za, gx, gy float64, ax, ay int, bound float64) bool {
	g := &s.grid
	step := (r.last - r.y) / 4
	for y := max(r.y+step/2, 1); y <= min(r.last, g.H-2); y += step {
		d := y - r.y
		x0, x1 := r.x0+r.d0*d, r.x1+r.d1*d
		if r.turn >= 0 && y > r.turn {
			d = 2*r.turn - y - r.y
			x0, x1 = r.x0+r.d0*d, r.x1+r.d1*d
		}
		plane := za + float64(gy*float64(y-ay))
		for x := max(x0, 1); x <= min(x1, g.W-2); x += step {
			if math.Abs(float64(g.Z[y*g.W+x])-plane-float64(gx*float64(x-ax))) > bound {
				return false
			}
		}
	}
	return true
}

// rows are the rows of a right isosceles triangle: where the first begins and ends, and
// by how much the next ones do so elsewhere. After the row turn the signs change.
type rows struct {
	y, last, turn  int
	x0, x1, d0, d1 int
}

func rowsOf(ax, ay, bx, by, cx, cy int) rows {
	r := rows{y: min(ay, by, cy), last: max(ay, by, cy), turn: -1}
	switch {
	case ay == by && cy > ay: // the longest side is the first row
		r.x0, r.x1, r.d0, r.d1 = min(ax, bx), max(ax, bx), 1, -1
	case ay == by:
		r.x0, r.x1, r.d0, r.d1 = cx, cx, -1, 1
	case ax == bx && cx > ax: // a column
		r.x0, r.x1, r.d1, r.turn = ax, ax, 1, cy
	case ax == bx:
		r.x0, r.x1, r.d0, r.turn = ax, ax, -1, cy
	default: // a diagonal; the right angle is at the end of the first or the last row
		other := ax + bx - cx
		way := 1
		if cy == r.y {
			r.x0, r.x1, way = min(cx, other), max(cx, other), -1
		} else {
			r.x0, r.x1 = cx, cx
		}
		if other > cx {
			r.d1 = way
		} else {
			r.d0 = -way
		}
	}
	return r
}
