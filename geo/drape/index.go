package drape

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/cover"
)

// Index finds the triangles of patches that touch a square. It is built once for the
// whole cover and safe for concurrent use.
type Index struct {
	patches []cover.Patch
	tris    []ref
	nodes   []box // nodes of levels, leaves first; see levels
	levels  []int // first node of each level
}

// ref is one triangle of one patch.
type ref struct{ patch, tri int32 }

type box struct{ minX, minY, maxX, maxY float64 }

func (b box) meets(c box) bool {
	return b.minX <= c.maxX && b.maxX >= c.minX && b.minY <= c.maxY && b.maxY >= c.minY
}

// fanOut is the children of a node.
const fanOut = 16

// NewIndex packs the triangles into an R-tree in Hilbert order of their middles
// (Kamel and Faloutsos 1993). The patches are kept, not copied. Triangles that name a
// point out of range, or one that is not a number, are left out.
func NewIndex(patches []cover.Patch) *Index {
	ix := &Index{patches: patches}
	all := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	var boxes []box
	for p := range patches {
		q := &patches[p]
		for t := 0; t+2 < len(q.Indices); t += 3 {
			b, ok := triangleBox(q, t)
			if !ok {
				continue
			}
			ix.tris = append(ix.tris, ref{int32(p), int32(t)})
			boxes = append(boxes, b)
			all = union(all, b)
		}
	}
	order := make([]int32, len(boxes))
	keys := make([]uint32, len(boxes))
	for i, b := range boxes {
		order[i] = int32(i)
		keys[i] = hilbert(
			uint32(65535*((b.minX+b.maxX)/2-all.minX)/math.Max(all.maxX-all.minX, 1e-9)),
			uint32(65535*((b.minY+b.maxY)/2-all.minY)/math.Max(all.maxY-all.minY, 1e-9)))
	}
	slices.SortFunc(order, func(a, b int32) int {
		if keys[a] != keys[b] {
			return int(int64(keys[a]) - int64(keys[b]))
		}
		return int(a - b)
	})
	tris := make([]ref, len(order))
	level := make([]box, len(order))
	for i, o := range order {
		tris[i], level[i] = ix.tris[o], boxes[o]
	}
	ix.tris = tris
	for len(level) > 0 {
		ix.levels = append(ix.levels, len(ix.nodes))
		ix.nodes = append(ix.nodes, level...)
		if len(level) == 1 {
			break
		}
		up := make([]box, 0, len(level)/fanOut+1)
		for lo := 0; lo < len(level); lo += fanOut {
			b := level[lo]
			for _, c := range level[lo+1 : min(lo+fanOut, len(level))] {
				b = union(b, c)
			}
			up = append(up, b)
		}
		level = up
	}
	return ix
}

func triangleBox(q *cover.Patch, t int) (b box, ok bool) {
	b = box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, i := range q.Indices[t : t+3] {
		if int(i) >= len(q.Points) || len(q.UV) > 0 && int(i) >= len(q.UV) {
			return b, false
		}
		p := q.Points[i]
		if s := p[0] + p[1]; math.IsNaN(s) || math.IsInf(s, 0) {
			return b, false
		}
		b = union(b, box{p[0], p[1], p[0], p[1]})
	}
	return b, true
}

func union(a, b box) box {
	return box{math.Min(a.minX, b.minX), math.Min(a.minY, b.minY), math.Max(a.maxX, b.maxX), math.Max(a.maxY, b.maxY)}
}

// query returns the triangles whose boxes touch a square, in the order of the patches.
func (ix *Index) query(b orb.Bound) []ref {
	var out []ref
	if len(ix.levels) == 0 {
		return nil
	}
	want := box{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
	type visit struct{ level, node int }
	stack := []visit{{len(ix.levels) - 1, 0}}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !ix.nodes[ix.levels[v.level]+v.node].meets(want) {
			continue
		}
		if v.level == 0 {
			out = append(out, ix.tris[v.node])
			continue
		}
		size := ix.levels[v.level] - ix.levels[v.level-1]
		for c := v.node * fanOut; c < min((v.node+1)*fanOut, size); c++ {
			stack = append(stack, visit{v.level - 1, c})
		}
	}
	slices.SortFunc(out, func(a, b ref) int {
		if a.patch != b.patch {
			return int(a.patch - b.patch)
		}
		return int(a.tri - b.tri)
	})
	return out
}

// Covers tells whether a patch that is at least so many metres wide lies on the ground at a
// place in plan.
func (ix *Index) Covers(at [2]float64, minWidth float64) bool {
	return slices.ContainsFunc(ix.query(orb.Bound{Min: at, Max: at}), func(r ref) bool {
		p := &ix.patches[r.patch]
		if p.Level != nil || p.Width < minWidth {
			return false
		}
		t := triangle{p.Points[p.Indices[r.tri]], p.Points[p.Indices[r.tri+1]], p.Points[p.Indices[r.tri+2]]}
		var left, right bool
		for e := range 3 {
			s := side(t[e], t[(e+1)%3], at[0], at[1])
			left, right = left || s > 0, right || s < 0
		}
		return !left || !right
	})
}

// hilbert is the place of a 16-bit position along the Hilbert curve.
func hilbert(x, y uint32) (d uint32) {
	for s := uint32(1 << 15); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s > 0 {
			rx = 1
		}
		if y&s > 0 {
			ry = 1
		}
		d += s * s * ((3 * rx) ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = 65535-x, 65535-y
			}
			x, y = y, x
		}
	}
	return d
}
