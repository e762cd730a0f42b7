package stage

import (
	"math"
	"slices"
)

// borders tells of edges of one face whether they are edges of the feature: not where the border
// of another face lies along them in the same plane, as where a wall of several pieces meets a
// roof's eaves; of two that lie along each other the longer one is drawn.
func (m *edgeMaker) borders() {
	by := map[uint32][]int{}
	var order []uint32
	for i := range m.all {
		if e := &m.all[i]; e.faces == 1 {
			if len(by[e.feature]) == 0 {
				order = append(order, e.feature)
			}
			by[e.feature] = append(by[e.feature], i)
		}
	}
	for _, f := range order {
		list := by[f]
		if len(list) > mostBorders { // of a body in pieces: too many to compare
			continue
		}
		for _, i := range list {
			e := &m.all[i]
			e.sharp = !slices.ContainsFunc(list, func(k int) bool { return k != i && m.hides(&m.all[k], e) })
		}
	}
}

const mostBorders = 600

// hides tells whether a border that lies along e is drawn in its place, or shows that e is within
// a face.
func (m *edgeMaker) hides(by, e *meshEdge) bool {
	a, b := m.points[e.a], m.points[e.b]
	p, q := m.points[by.a], m.points[by.b]
	middle := [3]float32{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2}
	other := [3]float32{(p[0] + q[0]) / 2, (p[1] + q[1]) / 2, (p[2] + q[2]) / 2}
	plane := dot3(by.normal, e.normal) >= edgeCos
	le, lb := length3(sub3(b, a)), length3(sub3(q, p))
	if lb >= le {
		return within(middle, p, q) && sameWay(sub3(b, a), sub3(q, p)) && (plane || lb > le || by.a < e.a || by.a == e.a && by.b < e.b)
	}
	return plane && within(other, a, b) && sameWay(sub3(b, a), sub3(q, p))
}

// within tells whether a point is on a segment, to 3 cm.
func within(x, p, q [3]float32) bool {
	way, from := sub3(q, p), sub3(x, p)
	l := length3(way)
	if l < 1e-3 {
		return false
	}
	t := dot3(from, way) / l
	if t < 0 || t > l {
		return false
	}
	return length3(sub3(from, [3]float32{way[0] * t / l, way[1] * t / l, way[2] * t / l})) < 0.03
}

// sameWay tells whether two ways have one direction, or opposite ones.
func sameWay(u, v [3]float32) bool {
	d := dot3(u, v)
	return d*d >= 0.999*dot3(u, u)*dot3(v, v)
}

func faceNormal(a, b, c [3]float32) (n [3]float32, ok bool) {
	u, v := sub3(b, a), sub3(c, a)
	n = [3]float32{u[1]*v[2] - u[2]*v[1], u[2]*v[0] - u[0]*v[2], u[0]*v[1] - u[1]*v[0]}
	l := length3(n)
	if l < 1e-6 {
		return n, false
	}
	return [3]float32{n[0] / l, n[1] / l, n[2] / l}, true
}

func sub3(a, b [3]float32) [3]float32 { return [3]float32{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }
func dot3(a, b [3]float32) float32    { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }
func length3(a [3]float32) float32    { return float32(math.Sqrt(float64(dot3(a, a)))) }
