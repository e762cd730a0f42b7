package clean

import (
	"math"
	"slices"
	"sort"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/peterstace/simplefeatures/geom"
)

// scanArea is the area where in holds, integrated over the slabs between all corners and
// crossings: between them every side is straight and none cross, so the width at the
// middle is exact. It shares nothing with the code under test.
func scanArea(rings []orb.Ring, in func(odd []bool) bool) float64 {
	type side struct {
		a, b orb.Point
		ring int
	}
	var sides []side
	var ys []float64
	for i, r := range rings {
		for k := range r {
			a, b := r[k], r[(k+1)%len(r)]
			ys = append(ys, a[1])
			if a != b {
				sides = append(sides, side{a, b, i})
			}
		}
	}
	for i, s := range sides {
		for _, t := range sides[:i] {
			if y, ok := crossing(s.a, s.b, t.a, t.b); ok {
				ys = append(ys, y)
			}
		}
	}
	sort.Float64s(ys)
	ys = slices.Compact(ys)
	var area float64
	odd := make([]bool, len(rings))
	for k := 0; k+1 < len(ys); k++ {
		y := (ys[k] + ys[k+1]) / 2
		type hit struct {
			x    float64
			ring int
		}
		var hits []hit
		for _, s := range sides {
			if (s.a[1] > y) != (s.b[1] > y) {
				hits = append(hits, hit{s.a[0] + (s.b[0]-s.a[0])*(y-s.a[1])/(s.b[1]-s.a[1]), s.ring})
			}
		}
		sort.Slice(hits, func(i, j int) bool { return hits[i].x < hits[j].x })
		clear(odd)
		for i, h := range hits {
			odd[h.ring] = !odd[h.ring]
			if i+1 < len(hits) && in(odd) {
				area += (hits[i+1].x - h.x) * (ys[k+1] - ys[k])
			}
		}
	}
	return area
}

func crossing(a, b, c, d orb.Point) (y float64, ok bool) {
	den := (b[0]-a[0])*(d[1]-c[1]) - (b[1]-a[1])*(d[0]-c[0])
	if den == 0 {
		return 0, false
	}
	t := ((c[0]-a[0])*(d[1]-c[1]) - (c[1]-a[1])*(d[0]-c[0])) / den
	return a[1] + t*(b[1]-a[1]), t >= 0 && t <= 1
}

func shellMinusHoles(odd []bool) bool { return odd[0] && !slices.Contains(odd[1:], true) }

// wantArea is what Polygon should leave of p. Which ring is the shell is its own choice,
// tested in the table.
func wantArea(p orb.Polygon, o Options) float64 {
	rings, reason := tidyRings(p, o, &Outcome{})
	if reason != "" {
		return 0
	}
	return scanArea(rings, shellMinusHoles)
}

// checkSound fails where a polygon is not closed, simple and oriented, with its holes
// inside: once by every pair of sides, once by simplefeatures.
func checkSound(t testing.TB, name string, polys []orb.Polygon) {
	t.Helper()
	for _, p := range polys {
		for i, r := range p {
			want := orb.CCW
			if i > 0 {
				want = orb.CW
			}
			if len(r) < 4 || r[0] != r[len(r)-1] || r.Orientation() != want {
				t.Errorf("%s: ring %d is not closed and oriented: %v", name, i, r)
			}
			for a := 0; a+1 < len(r); a++ {
				for b := a + 1; b+1 < len(r); b++ {
					if r[a] == r[b] {
						t.Errorf("%s: ring %d visits %v twice", name, i, r[a])
					}
					if properCross(r[a], r[a+1], r[b], r[b+1]) {
						t.Errorf("%s: ring %d: sides %d and %d cross: %v %v %v %v", name, i, a, b, r[a], r[a+1], r[b], r[b+1])
					}
				}
			}
		}
		if err := toGeom(p).Validate(); err != nil {
			t.Errorf("%s: simplefeatures: %v: %v", name, err, p)
		}
	}
}

// properCross allows for the rounding of crossings to the grid.
func properCross(a, b, c, d orb.Point) bool {
	side := func(p, q, r orb.Point) float64 {
		l := math.Hypot(q[0]-p[0], q[1]-p[1])
		h := ((q[0]-p[0])*(r[1]-p[1]) - (q[1]-p[1])*(r[0]-p[0])) / l
		if math.Abs(h) < 1e-12*(1+math.Abs(p[0])+math.Abs(p[1])) {
			return 0
		}
		return h
	}
	return side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0
}

func toGeom(p orb.Polygon) geom.Polygon {
	var rings [][]float64
	for _, r := range p {
		var flat []float64
		for _, q := range r {
			flat = append(flat, q[0], q[1])
		}
		rings = append(rings, flat)
	}
	return geom.NewPolygonXY(rings...)
}

func totalArea(polys []orb.Polygon) float64 {
	var a float64
	for _, p := range polys {
		a += planar.Area(p)
	}
	return a
}
