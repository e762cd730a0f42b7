package roof

import (
	"math"
	"slices"
	"sort"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
)

// onLine is how near a value counts as being on the line of a split.
const onLine = 1e-7

// onEaves is the height in metres below which a point counts as at the eaves: rounding
// must not leave walls of no height above them.
const onEaves = 0.002

func sortStable(order []int, key []float64) {
	sort.SliceStable(order, func(i, j int) bool { return key[order[i]] < key[order[j]] })
}

// split cuts every face along the line where the value is c. Faces must be convex. An
// edge that two faces share is cut at one point.
func (f *field) split(c float64) {
	clear(f.cut)
	side := func(v int) int {
		switch d := f.value[v] - c; {
		case d > onLine:
			return 1
		case d < -onLine:
			return -1
		}
		return 0
	}
	var out []face
	for _, old := range f.faces {
		lo, hi := face{facet: 2 * old.facet}, face{facet: 2*old.facet + 1}
		below, above := false, false
		for k, a := range old.ring {
			b := old.ring[(k+1)%len(old.ring)]
			sa, sb := side(a), side(b)
			if sa <= 0 {
				lo.ring = append(lo.ring, a)
			}
			if sa >= 0 {
				hi.ring = append(hi.ring, a)
			}
			below, above = below || sa < 0, above || sa > 0
			if sa*sb < 0 {
				m := f.between(a, b, c)
				lo.ring, hi.ring = append(lo.ring, m), append(hi.ring, m)
			}
		}
		if below || !above {
			lo.facet = 2 * old.facet
			out = append(out, lo)
		}
		if above {
			out = append(out, hi)
		}
	}
	f.faces = out
}

// between is the point on the edge a-b where the value is c.
func (f *field) between(a, b int, c float64) int {
	if a > b {
		a, b = b, a
	}
	if m, ok := f.cut[[2]int{a, b}]; ok {
		return m
	}
	t := (c - f.value[a]) / (f.value[b] - f.value[a])
	f.points = append(f.points, f.points[a].Add(f.points[b].Sub(f.points[a]).Mul(t)))
	f.value = append(f.value, c)
	m := len(f.points) - 1
	f.cut[[2]int{a, b}] = m
	return m
}

// convexify replaces every face by triangles where it is not convex.
func (f *field) convexify() error {
	var out []face
	for _, old := range f.faces {
		r := f.ring(old.ring)
		if r.Convex() {
			out = append(out, old)
			continue
		}
		tris, err := outline.Outline{r}.Triangulate()
		if err != nil {
			return err
		}
		for _, t := range tris {
			out = append(out, face{[]int{old.ring[t[0]], old.ring[t[1]], old.ring[t[2]]}, old.facet})
		}
	}
	f.faces = out
	return nil
}

func (f *field) ring(idx []int) outline.Ring {
	r := make(outline.Ring, len(idx))
	for i, v := range idx {
		r[i] = f.points[v]
	}
	return r
}

// mesh lifts the field and finds its rim.
func (f *field) mesh(o outline.Outline, prof profile, height float64) (*Roof, error) {
	r := &Roof{Points: make([]mgl64.Vec3, len(f.points))}
	for i, p := range f.points {
		z := height * prof.height(f.value[i])
		if z < onEaves {
			z = 0
		}
		r.Points[i] = p.Vec3(z)
		r.Top = math.Max(r.Top, z)
	}
	for _, a := range f.faces {
		tris, err := outline.Outline{f.ring(a.ring)}.Triangulate()
		if err != nil {
			return nil, err
		}
		for _, t := range tris {
			r.Triangles = append(r.Triangles, [3]int{a.ring[t[0]], a.ring[t[1]], a.ring[t[2]]})
			r.Facet = append(r.Facet, a.facet)
		}
	}
	return r, r.trace(o)
}

// trace follows the border of the triangles from corner to corner of the outline.
func (r *Roof) trace(o outline.Outline) error {
	edges := make([]uint64, 0, 3*len(r.Triangles))
	for _, t := range r.Triangles {
		for k := range 3 {
			edges = append(edges, uint64(t[k])<<32|uint64(t[(k+1)%3]))
		}
	}
	slices.Sort(edges)
	next := make([]int, len(r.Points))
	for i := range next {
		next[i] = -1
	}
	for i, e := range edges {
		if i > 0 && edges[i-1] == e {
			return outline.ErrTriangulate
		}
		if _, inner := slices.BinarySearch(edges, e>>32|e<<32); !inner {
			next[e>>32] = int(e & math.MaxUint32)
		}
	}
	base := 0
	for _, ring := range o {
		for i := range ring {
			end := base + (i+1)%len(ring)
			rim := []int{base + i}
			for v := base + i; v != end; {
				w := next[v]
				if w < 0 || len(rim) > len(r.Points) {
					return outline.ErrTriangulate
				}
				rim = append(rim, w)
				v = w
			}
			r.Rim = append(r.Rim, rim)
		}
		base += len(ring)
	}
	return nil
}
