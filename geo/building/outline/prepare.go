package outline

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
)

// Errors of Prepare: the reasons for which a footprint cannot become a building.
var (
	ErrNumber   = errors.New("coordinate is not a number")
	ErrTooFew   = errors.New("fewer than three corners")
	ErrTooSmall = errors.New("no area")
	ErrCrossing = errors.New("self-crossing ring")
)

const (
	samePoint = 0.01  // metres: points nearer than this are one
	pinch     = 1e-5  // metres: a ring that comes so near itself touches
	straight  = 0.005 // metres: a corner that is off its neighbours' line by less is none
)

// Prepare brings a footprint into the form that all else here expects: no doubled
// points, no corners on a straight wall, outer ring counter-clockwise and holes
// clockwise, holes without area left out, no crossings.
func Prepare(rings []Ring) (Outline, error) {
	var o Outline
	area := 0.0
	for i, in := range rings {
		for _, p := range in {
			if !finite(p[0]) || !finite(p[1]) {
				return nil, ErrNumber
			}
		}
		r := thin(dedupe(in))
		a := r.Area()
		small := len(r) < 3 || math.Abs(a) < samePoint*r.Perimeter()
		if small && i > 0 {
			continue
		}
		if len(r) < 3 {
			return nil, ErrTooFew
		}
		if small && r.MinRect().Half[1] > 5*samePoint { // loops that cancel out
			return nil, ErrCrossing
		}
		if small {
			return nil, ErrTooSmall
		}
		if (a > 0) != (i == 0) {
			r.Reverse()
			a = r.Area()
		}
		o, area = append(o, r), area+a
	}
	if len(o) == 0 {
		return nil, ErrTooFew
	}
	if !o.Simple() || area < samePoint {
		return nil, ErrCrossing
	}
	return o, nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

func dedupe(in Ring) Ring {
	r := make(Ring, 0, len(in))
	for _, p := range in {
		if len(r) == 0 || Length(p.Sub(r[len(r)-1])) > samePoint {
			r = append(r, p)
		}
	}
	for len(r) > 1 && Length(r[0].Sub(r[len(r)-1])) <= samePoint {
		r = r[:len(r)-1]
	}
	return r
}

// between is the length of the way from one point to another.
func between(a, b *mgl64.Vec2) float64 {
	x, y := b[0]-a[0], b[1]-a[1]
	return math.Sqrt(float64(x*x) + float64(y*y))
}

// thin takes out corners on straight walls and spikes that run back on themselves.
func thin(r Ring) Ring {
	for changed := true; changed && len(r) > 3; {
		changed = false
		for i := 0; i < len(r) && len(r) > 3; {
			a, b, c := &r[len(r)-1], &r[i], &r[0]
			if i > 0 {
				a = &r[i-1]
			}
			if i+1 < len(r) {
				c = &r[i+1]
			}
			if l := between(a, c); l > samePoint && math.Abs(cross3(a, b, c)) > straight*l {
				i++
				continue
			}
			r = append(r[:i:i], r[i+1:]...)
			changed = true
		}
	}
	return r
}

// Simple tells whether no two edges cross, and no two of one ring touch but neighbours
// at their common corner. A hole may touch the outer ring. Sweep over x: near-linear for
// footprints.
func (o Outline) Simple() bool {
	if len(o) == 1 && len(o[0]) <= fewEdges {
		return o[0].simple()
	}
	type edge struct {
		a, b       mgl64.Vec2
		x0, x1     float64
		ring, i, n int
	}
	var room [fewEdges]edge
	edges := room[:0]
	for ri, r := range o {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			edges = append(edges, edge{a, b, math.Min(a[0], b[0]), math.Max(a[0], b[0]), ri, i, len(r)})
		}
	}
	sorted := len(edges) > fewEdges
	if sorted {
		slices.SortFunc(edges, func(a, b edge) int { return cmp.Compare(a.x0, b.x0) })
	}
	for i := range edges {
		e := &edges[i]
		for k := i + 1; k < len(edges); k++ {
			f := &edges[k]
			if f.x0 > e.x1+pinch {
				if sorted {
					break
				}
				continue
			}
			if e.x0 > f.x1+pinch {
				continue
			}
			if e.ring == f.ring && ((e.i+1)%e.n == f.i || (f.i+1)%f.n == e.i) {
				if folded(e.a, e.b, f.a, f.b, (e.i+1)%e.n == f.i) {
					return false
				}
				continue
			}
			if Crosses(e.a, e.b, f.a, f.b) || e.ring == f.ring && touches(e.a, e.b, f.a, f.b) {
				return false
			}
		}
	}
	return true
}

// simple is Simple for a ring of few edges: only those whose boxes meet are looked at.
func (r Ring) simple() bool {
	var x0, x1, y0, y1 [fewEdges]float64
	n := len(r)
	a := r[n-1]
	for i, b := range r { // from the corner before
		x0[i], x1[i] = min(a[0], b[0])-pinch/2, max(a[0], b[0])+pinch/2
		y0[i], y1[i] = min(a[1], b[1])-pinch/2, max(a[1], b[1])+pinch/2
		a = b
	}
	before := func(i int) mgl64.Vec2 { return r[(i+n-1)%n] }
	for i := range n {
		for k := i + 1; k < n; k++ {
			if x0[k] > x1[i] || x0[i] > x1[k] || y0[k] > y1[i] || y0[i] > y1[k] {
				continue
			}
			a, b, c, d := before(i), r[i], before(k), r[k]
			if k == i+1 || i == 0 && k == n-1 {
				if folded(a, b, c, d, k == i+1) {
					return false
				}
				continue
			}
			if Crosses(a, b, c, d) || touches(a, b, c, d) {
				return false
			}
		}
	}
	return true
}

// fewEdges are compared each with each, which takes no longer than to sort them.
const fewEdges = 20

// touches tells whether an end of one segment lies on the other.
func touches(a, b, c, d mgl64.Vec2) bool {
	if math.Max(a[1], b[1]) < math.Min(c[1], d[1])-pinch || math.Max(c[1], d[1]) < math.Min(a[1], b[1])-pinch ||
		math.Max(a[0], b[0]) < math.Min(c[0], d[0])-pinch || math.Max(c[0], d[0]) < math.Min(a[0], b[0])-pinch {
		return false
	}
	return segmentDistance(a, c, d) < pinch || segmentDistance(b, c, d) < pinch ||
		segmentDistance(c, a, b) < pinch || segmentDistance(d, a, b) < pinch
}

// folded tells whether two neighbouring edges lie on each other.
func folded(a, b, c, d mgl64.Vec2, forward bool) bool {
	if !forward {
		a, b, c, d = c, d, a, b
	}
	u, v := b.Sub(a), d.Sub(c)
	return u.Dot(v) < 0 && math.Abs(Cross(u, v)) < 1e-9*Length(u)*Length(v)
}

// Crosses tells whether the segments a-b and c-d have a point in common.
func Crosses(a, b, c, d mgl64.Vec2) bool {
	if math.Max(a[1], b[1]) < math.Min(c[1], d[1]) || math.Max(c[1], d[1]) < math.Min(a[1], b[1]) ||
		math.Max(a[0], b[0]) < math.Min(c[0], d[0]) || math.Max(c[0], d[0]) < math.Min(a[0], b[0]) {
		return false
	}
	s1, s2 := Cross(b.Sub(a), c.Sub(a)), Cross(b.Sub(a), d.Sub(a))
	s3, s4 := Cross(d.Sub(c), a.Sub(c)), Cross(d.Sub(c), b.Sub(c))
	return (s1 >= 0) != (s2 > 0) && (s3 >= 0) != (s4 > 0) || s1 == 0 && s2 == 0
}
