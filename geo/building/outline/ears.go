package outline

import (
	"math/bits"

	"github.com/go-gl/mathgl/mgl64"
)

// mostEars is the number of corners up to which ears are looked for one by one: the bits of
// a word.
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
	var reflex uint64 // the corners left that turn inwards
	bent := func(i int8) bool {
		a, b, c := &r[prev[i]], &r[i], &r[next[i]]
		return cross3(a, b, c) <= slight
	}
	for i := range n {
		prev[i], next[i] = int8((i+n-1)%n), int8((i+1)%n)
	}
	turned := func(i int8) {
		if reflex &^= 1 << i; bent(i) {
			reflex |= 1 << i
		}
	}
	for i := range n {
		turned(int8(i))
	}
	tris = make([][3]int, 0, n-2)
	at := int8(0)
	for left, missed := n, 0; left > 3; {
		p, q := prev[at], next[at]
		if reflex>>at&1 != 0 || holds(r, reflex&^(1<<p|1<<q), p, at, q) {
			if missed++; missed >= left {
				return nil, false
			}
			at = q
			continue
		}
		tris = append(tris, [3]int{int(p), int(at), int(q)})
		next[p], prev[q] = q, p
		turned(p)
		turned(q)
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

// holds tells whether one of some corners lies in the triangle of three others, or on its
// rim. Of those that are left only those that turn inwards can.
func holds(r Ring, some uint64, p, i, q int8) bool {
	a, b, c := &r[p], &r[i], &r[q]
	for ; some != 0; some &= some - 1 {
		v := &r[bits.TrailingZeros64(some)]
		if cross3(a, b, v) >= 0 && cross3(b, c, v) >= 0 && cross3(c, a, v) >= 0 {
			return true
		}
	}
	return false
}

// cross3 is the cross product of the ways from a to b and to c. Vectors of two numbers are passed
// through memory, which takes longer than this.
func cross3(a, b, c *mgl64.Vec2) float64 {
	return (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
}
