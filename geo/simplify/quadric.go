package simplify

// quadric is the sum of squared distances to planes, by weight: the symmetric matrix of
// Garland and Heckbert.
type quadric struct {
	xx, xy, xz, xw, yy, yz, yw, zz, zw, ww float64
	weight                                 float64
}

// plane is the quadric of the plane through a point with a unit normal.
func plane(p, n vec, weight float64) quadric {
	d := -n.dot(p)
	return quadric{weight * n[0] * n[0], weight * n[0] * n[1], weight * n[0] * n[2], weight * n[0] * d,
		weight * n[1] * n[1], weight * n[1] * n[2], weight * n[1] * d,
		weight * n[2] * n[2], weight * n[2] * d, weight * d * d, weight}
}

func (q *quadric) add(o quadric) {
	q.xx, q.xy, q.xz, q.xw = q.xx+o.xx, q.xy+o.xy, q.xz+o.xz, q.xw+o.xw
	q.yy, q.yz, q.yw = q.yy+o.yy, q.yz+o.yz, q.yw+o.yw
	q.zz, q.zw, q.ww = q.zz+o.zz, q.zw+o.zw, q.ww+o.ww
	q.weight += o.weight
}

// at is the mean squared distance of a point to the planes.
func (q *quadric) at(p vec) float64 {
	if q.weight == 0 {
		return 0
	}
	x, y, z := p[0], p[1], p[2]
	e := x*(float64(q.xx*x)+2*(float64(q.xy*y)+float64(q.xz*z)+q.xw)) + y*(float64(q.yy*y)+2*(float64(q.yz*z)+q.yw)) + z*(float64(q.zz*z)+2*q.zw) + q.ww
	return max(e/q.weight, 0)
}
