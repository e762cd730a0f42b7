package street

import (
	"cmp"
	"math"
	"slices"

	"github.com/oliverbestmann/earcut-go"
)

// triangulate fills rings, outer first, by ear clipping.
func triangulate(rings [][]pt) (f sheet, ok bool) {
	if len(rings) == 0 || len(rings[0]) < 3 {
		return f, false
	}
	conv := make([][]earcut.Point[float64], len(rings))
	o := rings[0][0]
	var want float64
	for i, r := range rings {
		for _, p := range r {
			conv[i] = append(conv[i], earcut.Point[float64]{X: p[0] - o[0], Y: p[1] - o[1]})
			f.add(p, Plain.u(0), 0)
		}
		if a := math.Abs(area2(r)); i == 0 {
			want = a
		} else {
			want -= a
		}
	}
	_, tris := earcut.Triangulate(conv[0], conv[1:])
	var got float64
	for i := 0; i+2 < len(tris); i += 3 {
		a, b, c := tris[i], tris[i+1], tris[i+2]
		s := cross(f.points[a], f.points[b], f.points[c])
		if s < 0 {
			b, c, s = c, b, -s
		}
		got += s
		f.tri(uint32(a), uint32(b), uint32(c))
	}
	return f, len(f.indices) > 0 && math.Abs(got-want) <= 1e-3*want+1e-3
}

// convexHull is Andrew's monotone chain: counter-clockwise, without points on its sides.
func convexHull(points []pt) []pt {
	points = slices.Clone(points)
	slices.SortFunc(points, func(a, b pt) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	points = slices.Compact(points)
	if len(points) < 3 {
		return points
	}
	var hull []pt
	for pass := range 2 {
		base := len(hull)
		for i := range points {
			p := points[i]
			if pass == 1 {
				p = points[len(points)-1-i]
			}
			for len(hull) >= base+2 && cross(hull[len(hull)-2], hull[len(hull)-1], p) <= 1e-9 {
				hull = hull[:len(hull)-1]
			}
			hull = append(hull, p)
		}
		hull = hull[:len(hull)-1]
	}
	return hull
}
