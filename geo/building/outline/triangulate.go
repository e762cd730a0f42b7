package outline

import (
	"cmp"
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
	if len(o) == 1 {
		if t, ok := ears(o[0]); ok {
			flipFlat(o[0], t)
			return t, nil
		}
	}
	pts := o.Points()
	tris, err := o.mend(pts, o.clip(pts))
	if err == nil {
		return tris, nil
	}
	// Rings that touch, and corners in line, confuse ear clipping: try again with rings a
	// hair apart, and from other sides.
	id := o.welded()
	for turns := range 4 {
		if t, err := o.mend(pts, o.apart(id, 0.9*float64(turns)).clip(pts)); err == nil {
			return t, nil
		}
	}
	return nil, err
}

// mend puts right what ear clipping left out, and checks that triangles fill the outline:
// their area is its own, no directed edge occurs twice, and those without a partner are
// exactly the rings' edges.
func (o Outline) mend(pts []mgl64.Vec2, tris [][3]int) ([][3]int, error) {
	rimmed := o.rimmed(tris)
	if !rimmed {
		tris = o.restore(pts, tris)
	}
	if flipFlat(pts, tris) || !rimmed {
		rimmed = o.rimmed(tris)
	}
	sum := 0.0
	for _, t := range tris {
		sum += turn(pts, t) / 2
	}
	if a := o.Area(); math.Abs(sum-a) > 1e-6*math.Abs(a) || !rimmed {
		return tris, ErrTriangulate
	}
	return tris, nil
}

// clip triangulates by ear clipping; pts are the points by which triangles are turned.
func (o Outline) clip(pts []mgl64.Vec2) [][3]int {
	rings := make([][]earcut.Point[float64], len(o))
	for i, r := range o {
		rings[i] = make([]earcut.Point[float64], len(r))
		for j, p := range r {
			rings[i][j] = earcut.Point[float64]{X: p[0], Y: p[1]}
		}
	}
	_, idx := earcut.Triangulate(rings[0], rings[1:])
	tris := make([][3]int, 0, len(pts))
	for i := 0; i+2 < len(idx); i += 3 {
		t := [3]int{int(idx[i]), int(idx[i+1]), int(idx[i+2])}
		if t[0] >= len(pts) || t[1] >= len(pts) || t[2] >= len(pts) {
			return nil
		}
		if turn(pts, t) < 0 {
			t[1], t[2] = t[2], t[1]
		}
		tris = append(tris, t)
	}
	return tris
}

// apart moves the corners of holes that lie on others, as welded numbers them, a hair into
// their holes, and turns the outline by an angle.
func (o Outline) apart(id []int, angle float64) Outline {
	d := 2e-5 * math.Sqrt(math.Abs(o.Area()))
	c := o.Scale(1)
	base := len(o[0])
	for k, r := range o[1:] {
		n := len(r)
		for i, p := range r {
			if id != nil && id[base+i] != base+i {
				u, v := Left(Unit(p.Sub(r[(i+n-1)%n]))), Left(Unit(r[(i+1)%n].Sub(p)))
				c[k+1][i] = p.Sub(Unit(u.Add(v)).Mul(d))
			}
		}
		base += n
	}
	for _, r := range c {
		for i, p := range r {
			r[i] = mgl64.Rotate2D(angle).Mul2x1(p)
		}
	}
	return c
}

func turn(p []mgl64.Vec2, t [3]int) float64 { return cross3(&p[t[0]], &p[t[1]], &p[t[2]]) }

// quad splits a quadrilateral along the diagonal whose triangles are fatter.
func quad(r Ring) ([][3]int, bool) {
	a := [2][3]int{{0, 1, 2}, {0, 2, 3}}
	b := [2][3]int{{1, 2, 3}, {1, 3, 0}}
	qa := math.Min(turn(r, a[0]), turn(r, a[1]))
	qb := math.Min(turn(r, b[0]), turn(r, b[1]))
	if qb > qa*(1+1e-9) {
		a, qa = b, qb
	}
	return [][3]int{a[0], a[1]}, qa > 0
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
// other diagonal of the quadrilateral around it. changed tells whether there were any.
func flipFlat(p []mgl64.Vec2, tris [][3]int) (changed bool) {
	const flat = 2e-3 // metres
	for range len(tris) {
		swapped := false
		for i, t := range tris {
			u, v, w := &p[t[0]], &p[t[1]], &p[t[2]]
			long, at := between(u, v), 0
			if l := between(v, w); l > long {
				long, at = l, 1
			}
			if l := between(w, u); l > long {
				long, at = l, 2
			}
			if cross3(u, v, w) > flat*long {
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
							swapped, changed = true, true
						}
					}
				}
			}
		}
		if !swapped {
			break
		}
	}
	return changed
}

// rimmed checks the edges. A directed edge is one number here, so that sorting finds
// those that occur twice.
func (o Outline) rimmed(tris [][3]int) bool {
	return o.rimmedAs(tris, nil) || o.rimmedAs(tris, o.welded())
}

// welded gives points of several rings that lie on each other, where holes touch, the
// number of the first of them: ear clipping takes either. nil where there are none.
func (o Outline) welded() []int {
	if len(o) == 1 {
		return nil
	}
	pts := o.Points()
	order := make([]int, len(pts))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(pts[a][0], pts[b][0]), cmp.Compare(pts[a][1], pts[b][1]), a-b)
	})
	id := slices.Clone(order)
	same := false
	for k, i := range order {
		id[i] = i
		if k > 0 && pts[i] == pts[order[k-1]] {
			id[i], same = id[order[k-1]], true
		}
	}
	if !same {
		return nil
	}
	return id
}

// rimmedAs checks with other numbers for the points.
func (o Outline) rimmedAs(tris [][3]int, id []int) bool {
	as := func(a, b int) uint64 {
		if id != nil {
			a, b = id[a], id[b]
		}
		return uint64(a)<<32 | uint64(b)
	}
	var few [192]uint64
	edges := few[:0]
	for _, t := range tris {
		edges = append(edges, as(t[0], t[1]), as(t[1], t[2]), as(t[2], t[0]))
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
			if _, ok := slices.BinarySearch(edges, as(base+i, base+(i+1)%len(r))); !ok {
				return false
			}
			rim++
		}
		base += len(r)
	}
	return rim == open
}
