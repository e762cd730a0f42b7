package outline

import (
	"errors"
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/oliverbestmann/earcut-go"
)

// ErrTriangulate says that the triangles found do not fill the outline exactly.
var ErrTriangulate = errors.New("outline cannot be triangulated")

// Triangulate fills the outline with counter-clockwise triangles of indices into
// Points. The result is checked: the triangles' area is the outline's to 1e-6, and their
// rim is exactly the rings' edges, so that walls and neighbouring faces meet without a
// T-junction.
func (o Outline) Triangulate() ([][3]int, error) {
	if len(o) == 1 && len(o[0]) == 3 {
		return [][3]int{{0, 1, 2}}, nil
	}
	if len(o) == 1 && len(o[0]) == 4 {
		if t, ok := quad(o[0]); ok {
			return t, nil
		}
	}
	rings := make([][]earcut.Point[float64], len(o))
	for i, r := range o {
		rings[i] = make([]earcut.Point[float64], len(r))
		for j, p := range r {
			rings[i][j] = earcut.Point[float64]{X: p[0], Y: p[1]}
		}
	}
	_, idx := earcut.Triangulate(rings[0], rings[1:])
	pts := o.Points()
	tris := make([][3]int, 0, len(pts))
	for i := 0; i+2 < len(idx); i += 3 {
		t := [3]int{int(idx[i]), int(idx[i+1]), int(idx[i+2])}
		if t[0] >= len(pts) || t[1] >= len(pts) || t[2] >= len(pts) {
			return nil, ErrTriangulate
		}
		if turn(pts, t) < 0 {
			t[1], t[2] = t[2], t[1]
		}
		tris = append(tris, t)
	}
	if !o.rimmed(tris) {
		tris = o.restore(pts, tris)
	}
	flipFlat(pts, tris)
	return tris, o.check(pts, tris)
}

func turn(p []mgl64.Vec2, t [3]int) float64 { return Cross(p[t[1]].Sub(p[t[0]]), p[t[2]].Sub(p[t[0]])) }

// quad splits a quadrilateral along the diagonal whose triangles are fatter.
func quad(r Ring) ([][3]int, bool) {
	a := [][3]int{{0, 1, 2}, {0, 2, 3}}
	b := [][3]int{{1, 2, 3}, {1, 3, 0}}
	qa := math.Min(turn(r, a[0]), turn(r, a[1]))
	qb := math.Min(turn(r, b[0]), turn(r, b[1]))
	if qb > qa*(1+1e-9) {
		a, qa = b, qb
	}
	return a, qa > 0
}

// restore puts back the corners on straight edges that ear clipping left out, by
// splitting the triangle that spans them.
func (o Outline) restore(p []mgl64.Vec2, tris [][3]int) [][3]int {
	owner := make(map[[2]int]int, 3*len(tris))
	for i, t := range tris {
		for k := range 3 {
			owner[[2]int{t[k], t[(k+1)%3]}] = i
		}
	}
	base := 0
	for _, r := range o {
		n := len(r)
		for i := 0; i < n; i++ {
			if _, ok := owner[[2]int{base + i, base + (i+1)%n}]; ok {
				continue
			}
			for k := 2; k < n; k++ {
				far := base + (i+k)%n
				ti, ok := owner[[2]int{base + i, far}]
				if !ok {
					continue
				}
				t := tris[ti]
				for t[0] != base+i || t[1] != far {
					t = [3]int{t[1], t[2], t[0]}
				}
				apex := t[2]
				for j := 0; j < k; j++ {
					s := [3]int{base + (i+j)%n, base + (i+j+1)%n, apex}
					at := ti
					if j > 0 {
						at = len(tris)
						tris = append(tris, s)
					} else {
						tris[ti] = s
					}
					for e := range 3 {
						owner[[2]int{s[e], s[(e+1)%3]}] = at
					}
				}
				delete(owner, [2]int{base + i, far})
				break
			}
		}
		base += n
	}
	return tris
}

// flipFlat turns triangles of next to no height, which ear clipping leaves between corners
// of different walls that happen to be in line, by swapping their longest edge for the
// other diagonal of the quadrilateral around it.
func flipFlat(p []mgl64.Vec2, tris [][3]int) {
	const flat = 2e-3 // metres
	for range len(tris) {
		swapped := false
		for i, t := range tris {
			long, at := 0.0, 0
			for k := range 3 {
				if l := Length(p[t[(k+1)%3]].Sub(p[t[k]])); l > long {
					long, at = l, k
				}
			}
			if turn(p, t) > flat*long {
				continue
			}
			a, c, b := t[at], t[(at+1)%3], t[(at+2)%3]
			for j, u := range tris {
				for k := range 3 {
					if u[k] == c && u[(k+1)%3] == a {
						d := u[(k+2)%3]
						v, w := [3]int{b, a, d}, [3]int{b, d, c}
						if least := max(0, turn(p, t)); turn(p, v) > least && turn(p, w) > least {
							tris[i], tris[j] = v, w
							swapped = true
						}
					}
				}
			}
		}
		if !swapped {
			return
		}
	}
}

// check tells whether triangles fill the outline: their area is its own, no directed edge
// occurs twice, and those without a partner are exactly the rings' edges.
func (o Outline) check(p []mgl64.Vec2, tris [][3]int) error {
	sum := 0.0
	for _, t := range tris {
		sum += turn(p, t) / 2
	}
	if a := o.Area(); math.Abs(sum-a) > 1e-6*math.Abs(a) || !o.rimmed(tris) {
		return ErrTriangulate
	}
	return nil
}

// rimmed checks the edges. A directed edge is one number here, so that sorting finds
// those that occur twice.
func (o Outline) rimmed(tris [][3]int) bool {
	var few [192]uint64
	edges := few[:0]
	for _, t := range tris {
		edges = append(edges, directed(t[0], t[1]), directed(t[1], t[2]), directed(t[2], t[0]))
	}
	slices.Sort(edges)
	open := 0
	for i, e := range edges {
		if i > 0 && edges[i-1] == e {
			return false
		}
		if _, ok := slices.BinarySearch(edges, e>>32|e<<32); !ok {
			open++
		}
	}
	base, rim := 0, 0
	for _, r := range o {
		for i := range r {
			if _, ok := slices.BinarySearch(edges, directed(base+i, base+(i+1)%len(r))); !ok {
				return false
			}
			rim++
		}
		base += len(r)
	}
	return rim == open
}

func directed(a, b int) uint64 { return uint64(a)<<32 | uint64(b) }
