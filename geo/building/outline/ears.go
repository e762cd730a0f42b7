package outline

import "github.com/go-gl/mathgl/mgl64"

// mostEars is the number of corners up to which ears are looked for one by one.
const mostEars = 64

// ears fills a counter-clockwise ring without crossings by cutting off its ears (Meisters
// 1975), every other one in turn, which leaves fewer fans than one after the other. A chain
// of ears of positive area is a filling whose rim is the ring, so it needs no check. ok is
// false where it ends with none that is more than rounding.
func ears(r Ring) (tris [][3]int, ok bool) {
	n := len(r)
	if n < 3 || n > mostEars {
		return nil, false
	}
	var prev, next [mostEars]int8
	var reflex [mostEars]bool
	bent := func(i int8) bool {
		a, b, c := r[prev[i]], r[i], r[next[i]]
		return Cross(b.Sub(a), c.Sub(a)) <= slight
	}
	for i := range n {
		prev[i], next[i] = int8((i+n-1)%n), int8((i+1)%n)
	}
	for i := range n {
		reflex[i] = bent(int8(i))
	}
	tris = make([][3]int, 0, n-2)
	at := int8(0)
	for left, missed := n, 0; left > 3; {
		p, q := prev[at], next[at]
		if reflex[at] || holds(r, &next, &reflex, p, at, q) {
			if missed++; missed >= left {
				return nil, false
			}
			at = q
			continue
		}
		tris = append(tris, [3]int{int(p), int(at), int(q)})
		next[p], prev[q] = q, p
		reflex[p], reflex[q] = bent(p), bent(q)
		left, missed = left-1, 0
		at = next[q]
	}
	if bent(at) {
		return nil, false
	}
	return append(tris, [3]int{int(prev[at]), int(at), int(next[at])}), true
}

// slight is twice the area in square metres of a triangle that is none.
const slight = 1e-9

// holds tells whether one of the corners left lies in the triangle of three of them, or on
// its rim. Only those that turn inwards can.
func holds(r Ring, next *[mostEars]int8, reflex *[mostEars]bool, p, i, q int8) bool {
	a, b, c := r[p], r[i], r[q]
	for k := next[q]; k != p; k = next[k] {
		if reflex[k] && inside(r[k], a, b) && inside(r[k], b, c) && inside(r[k], c, a) {
			return true
		}
	}
	return false
}

func inside(v, a, b mgl64.Vec2) bool { return Cross(b.Sub(a), v.Sub(a)) >= 0 }
