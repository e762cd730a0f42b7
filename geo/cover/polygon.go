package cover

import (
	"math"

	"github.com/oliverbestmann/earcut-go"
	"github.com/paulmach/orb"
)

// area2 is twice the signed area of a ring, positive counter-clockwise; the ring may be
// open or closed.
func area2(r [][2]float64) float64 {
	var s float64
	for i, p := range r {
		q := r[(i+1)%len(r)]
		s += (p[0]-r[0][0])*(q[1]-r[0][1]) - (q[0]-r[0][0])*(p[1]-r[0][1])
	}
	return s
}

// planRings projects a polygon to open rings, outer counter-clockwise, holes clockwise.
// ok is false where the outer ring is unusable; unusable holes are dropped.
func (in *Input) planRings(poly orb.Polygon) (rings [][][2]float64, ok bool) {
	for i, r := range poly {
		q, good := in.planLine(r)
		if n := len(q); good && n > 1 && dist(q[0], q[n-1]) < 1e-3 {
			q = q[:n-1]
		}
		// A bow tie has no signed area but may be repaired, so only a hole is judged by it.
		if !good || len(q) < 3 || i > 0 && math.Abs(area2(q)) < 1e-2 {
			if i == 0 {
				return nil, false
			}
			continue
		}
		if (area2(q) > 0) != (i == 0) {
			for a, b := 0, len(q)-1; a < b; a, b = a+1, b-1 {
				q[a], q[b] = q[b], q[a]
			}
		}
		rings = append(rings, q)
	}
	return rings, len(rings) > 0
}

// triangulate fills rings (outer first, holes after) by ear clipping and checks that
// the triangles have the rings' area: ear clipping answers a self-crossing ring or a
// hole outside its shell with a wrong area rather than an error.
func triangulate(rings [][][2]float64) (points [][2]float64, indices []uint32, ok bool) {
	var want float64
	conv := make([][]earcut.Point[float64], len(rings))
	// Ear clipping is most exact near zero, and its z-order curve needs the detail.
	o := rings[0][0]
	for i, r := range rings {
		conv[i] = make([]earcut.Point[float64], len(r))
		for j, p := range r {
			conv[i][j] = earcut.Point[float64]{X: p[0] - o[0], Y: p[1] - o[1]}
			points = append(points, p)
		}
		if i == 0 {
			want = math.Abs(area2(r)) / 2
		} else {
			want -= math.Abs(area2(r)) / 2
		}
	}
	if want < 1e-2 {
		return nil, nil, false
	}
	_, tris := earcut.Triangulate(conv[0], conv[1:])
	var got float64
	for i := 0; i+2 < len(tris); i += 3 {
		a, b, c := tris[i], tris[i+1], tris[i+2]
		s := cross(points[a], points[b], points[c])
		if s == 0 {
			continue
		}
		if s < 0 {
			b, c, s = c, b, -s
		}
		got += s / 2
		indices = append(indices, a, b, c)
	}
	return points, indices, math.Abs(got-want) <= 1e-4*want+1e-3
}

// contains tells whether a point lies inside rings by the even-odd rule.
func contains(rings [][][2]float64, p [2]float64) bool {
	in := false
	for _, r := range rings {
		j := len(r) - 1
		for i := range r {
			a, b := r[i], r[j]
			if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
				in = !in
			}
			j = i
		}
	}
	return in
}

// width is the mean width of an area: twice its area over half its perimeter would be
// exact for a ribbon, the side for a square is twice that; capped by the box.
func width(rings [][][2]float64, area float64) float64 {
	var perimeter float64
	lo, hi := rings[0][0], rings[0][0]
	for _, r := range rings {
		for i, p := range r {
			perimeter += dist(p, r[(i+1)%len(r)])
			lo[0], lo[1] = math.Min(lo[0], p[0]), math.Min(lo[1], p[1])
			hi[0], hi[1] = math.Max(hi[0], p[0]), math.Max(hi[1], p[1])
		}
	}
	return math.Min(4*area/perimeter, math.Min(hi[0]-lo[0], hi[1]-lo[1]))
}

// toRings opens the closed rings of a plan polygon.
func toRings(p orb.Polygon) [][][2]float64 {
	out := make([][][2]float64, 0, len(p))
	for _, r := range p {
		q := make([][2]float64, 0, len(r))
		for _, v := range r[:max(len(r)-1, 0)] {
			q = append(q, v)
		}
		out = append(out, q)
	}
	return out
}

// fromRings closes open plan rings.
func fromRings(rings [][][2]float64) orb.Polygon {
	out := make(orb.Polygon, len(rings))
	for i, r := range rings {
		for _, v := range r {
			out[i] = append(out[i], v)
		}
		out[i] = append(out[i], r[0])
	}
	return out
}

// rows answers contains faster for many questions: edges binned by their y.
type rows struct {
	lo, step float64
	bins     [][][2][2]float64
}

func newRows(rings [][][2]float64) *rows {
	lo, hi, n := math.Inf(1), math.Inf(-1), 0
	for _, r := range rings {
		for _, p := range r {
			lo, hi = math.Min(lo, p[1]), math.Max(hi, p[1])
		}
		n += len(r)
	}
	count := max(1, min(n/4, 4096))
	s := &rows{lo: lo, step: math.Max((hi-lo)/float64(count), 1e-9), bins: make([][][2][2]float64, count+1)}
	for _, r := range rings {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			for k := s.bin(math.Min(a[1], b[1])); k <= s.bin(math.Max(a[1], b[1])); k++ {
				s.bins[k] = append(s.bins[k], [2][2]float64{a, b})
			}
		}
	}
	return s
}

func (s *rows) bin(y float64) int {
	return int(math.Max(0, math.Min(float64(len(s.bins)-1), (y-s.lo)/s.step)))
}

// contains is the even-odd rule over the edges of the point's row.
func (s *rows) contains(p [2]float64) bool {
	in := false
	for _, e := range s.bins[s.bin(p[1])] {
		a, b := e[0], e[1]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}
