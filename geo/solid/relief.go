package solid

import (
	"math"
	"sync"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Relief is the ground of a city model as an elevation: its relief and, somewhat lower,
// what it lays on the ground, which is drawn itself (roads, land use, water, plant
// covers). Fill it with Add, then use it from any number of goroutines.
type Relief struct {
	frame earth.Frame
	tris  [][3]mgl64.Vec3 // east and north in the plan, metres above the ellipsoid
	once  sync.Once
	min   mgl64.Vec2
	cell  float64
	nx    int
	start []int32 // of cells, in order
	order []int32
}

var _ geo.Elevation = (*Relief)(nil)

// underCover is by how many metres the ground lies below a model's own roads and lawns:
// more than the terrain's mesh is off by.
const underCover = 1.2

// NewRelief is an empty ground in the plan of a frame.
func NewRelief(frame earth.Frame) *Relief { return &Relief{frame: frame} }

// Ok tells whether there is ground in it.
func (r *Relief) Ok() bool { return len(r.tris) > 0 }

// Add takes a feature's surfaces where they are ground, and tells whether it has any;
// others are passed over.
func (r *Relief) Add(f *geo.Feature) bool {
	relief, before := isRelief(f), len(r.tris)
	if !relief && !isCover(f) {
		return false
	}
	sink := mgl64.Vec3{}
	if !relief {
		sink[2] = -underCover
	}
	for i := range f.Surfaces {
		var rings [][]mgl64.Vec3
		for _, ring := range f.Surfaces[i].Rings {
			out := make([]mgl64.Vec3, 0, len(ring))
			for _, p := range ring {
				x, y := r.frame.Plan(p[0], p[1])
				out = append(out, mgl64.Vec3{x, y, p[2]})
			}
			rings = append(rings, out)
		}
		var fc facet
		if !fc.fill(rings) || math.Abs(fc.n[2]) < 0.5*fc.n.Len() {
			continue // a wall, or a tree under which the ground was not seen
		}
		for _, t := range fc.tris {
			r.tris = append(r.tris, [3]mgl64.Vec3{fc.vertices[t[0]].Add(sink), fc.vertices[t[1]].Add(sink), fc.vertices[t[2]].Add(sink)})
		}
	}
	return len(r.tris) > before
}

// index sorts the triangles into cells of the plan, about one triangle each.
func (r *Relief) index() {
	lo, hi := mgl64.Vec2{math.Inf(1), math.Inf(1)}, mgl64.Vec2{math.Inf(-1), math.Inf(-1)}
	for _, t := range r.tris {
		for _, v := range t {
			for k := range lo {
				lo[k], hi[k] = math.Min(lo[k], v[k]), math.Max(hi[k], v[k])
			}
		}
	}
	size := hi.Sub(lo)
	r.min, r.cell = lo, math.Max(math.Sqrt(size[0]*size[1]/float64(len(r.tris))), math.Max(size[0], size[1])/4096)
	r.cell = math.Max(r.cell, 0.1)
	r.nx = int(size[0]/r.cell) + 1
	ny := int(size[1]/r.cell) + 1
	r.start = make([]int32, r.nx*ny+1)
	visit := func(fn func(cell int, i int32)) {
		for i, t := range r.tris {
			x0, y0 := r.column(min(t[0][0], t[1][0], t[2][0])), int((min(t[0][1], t[1][1], t[2][1])-lo[1])/r.cell)
			x1, y1 := r.column(max(t[0][0], t[1][0], t[2][0])), int((max(t[0][1], t[1][1], t[2][1])-lo[1])/r.cell)
			for y := y0; y <= min(y1, ny-1); y++ {
				for x := x0; x <= min(x1, r.nx-1); x++ {
					fn(y*r.nx+x, int32(i))
				}
			}
		}
	}
	visit(func(c int, _ int32) { r.start[c+1]++ })
	for c := 1; c < len(r.start); c++ {
		r.start[c] += r.start[c-1]
	}
	r.order = make([]int32, r.start[len(r.start)-1])
	next := append([]int32(nil), r.start...)
	visit(func(c int, i int32) {
		r.order[next[c]] = i
		next[c]++
	})
}

func (r *Relief) column(x float64) int { return int((x - r.min[0]) / r.cell) }

// HeightAt returns the height of the model's ground, the lowest where several lie over
// each other; ok is false beside it.
func (r *Relief) HeightAt(lng, lat float64) (h float64, ok bool) {
	if len(r.tris) == 0 {
		return 0, false
	}
	r.once.Do(r.index)
	x, y := r.frame.Plan(lng, lat)
	if x < r.min[0] || y < r.min[1] {
		return 0, false
	}
	cx, cy := r.column(x), int((y-r.min[1])/r.cell)
	if cx >= r.nx || cy*r.nx+cx+1 >= len(r.start) {
		return 0, false
	}
	c := cy*r.nx + cx
	for _, i := range r.order[r.start[c]:r.start[c+1]] {
		if z, in := within(&r.tris[i], x, y); in && (!ok || z < h) {
			h, ok = z, true
		}
	}
	return h, ok
}

// within is the height of a triangle at a position in its plan, edges included.
func within(t *[3]mgl64.Vec3, x, y float64) (float64, bool) {
	cross := func(a, b mgl64.Vec3) float64 { return (b[0]-a[0])*(y-a[1]) - (b[1]-a[1])*(x-a[0]) }
	u, v, w := cross(t[1], t[2]), cross(t[2], t[0]), cross(t[0], t[1])
	sum := u + v + w
	if sum == 0 {
		return 0, false
	}
	u, v, w = u/sum, v/sum, w/sum
	const edge = -1e-9
	if u < edge || v < edge || w < edge {
		return 0, false
	}
	return u*t[0][2] + v*t[1][2] + w*t[2][2], true
}
