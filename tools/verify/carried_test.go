package verify_test

import (
	"math"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// hullFar is farther in metres than a ramp is wide.
const hullFar = 40.0

// hull is all that is drawn of the ground, to ask whether anybody sees below a street that
// lies above the terrain: a ramp is hollow, between the walls or banks that carry it.
type hull struct {
	triangles [][3][3]float64
	cells     map[[2]int32][]int32
}

func newHull() *hull { return &hull{cells: map[[2]int32][]int32{}} }

func (h *hull) add(plan earth.Frame, c *geo.Content) {
	for i := range c.Meshes {
		m := &c.Meshes[i]
		vs := inPlan(plan, c.Frame, m.Positions)
		for j := 0; j+2 < len(m.Indices); j += 3 {
			h.triangle([3][3]float64{vs[m.Indices[j]], vs[m.Indices[j+1]], vs[m.Indices[j+2]]})
		}
	}
}

func (h *hull) triangle(p [3][3]float64) {
	n := int32(len(h.triangles))
	h.triangles = append(h.triangles, p)
	for x := cellOf(min(p[0][0], p[1][0], p[2][0])); x <= cellOf(max(p[0][0], p[1][0], p[2][0])); x++ {
		for y := cellOf(min(p[0][1], p[1][1], p[2][1])); y <= cellOf(max(p[0][1], p[1][1], p[2][1])); y++ {
			h.cells[[2]int32{x, y}] = append(h.cells[[2]int32{x, y}], n)
		}
	}
}

// closed tells whether every look from right below a point ends at something drawn.
func (h *hull) closed(v [3]float64) bool {
	from := [3]float64{v[0], v[1], v[2] - 0.3}
	for _, d := range around {
		seen := false
		for r := 0.0; r <= hullFar && !seen; r += surfaceCell / 2 {
			for _, i := range h.cells[[2]int32{cellOf(from[0] + r*d[0]), cellOf(from[1] + r*d[1])}] {
				if seen = meets(from, d, &h.triangles[i]); seen {
					break
				}
			}
		}
		if !seen {
			return false
		}
	}
	return true
}

// meets tells whether a level ray meets a triangle (Möller and Trumbore 1997).
func meets(from [3]float64, d [2]float64, t *[3][3]float64) bool {
	sub := func(a, b [3]float64) [3]float64 { return [3]float64{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }
	cross := func(a, b [3]float64) [3]float64 {
		return [3]float64{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
	}
	dot := func(a, b [3]float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }
	dir := [3]float64{d[0], d[1], 0}
	u, v := sub(t[1], t[0]), sub(t[2], t[0])
	p := cross(dir, v)
	det := dot(u, p)
	if math.Abs(det) < 1e-12 {
		return false
	}
	s := sub(from, t[0])
	q := cross(s, u)
	a, b, at := dot(s, p)/det, dot(dir, q)/det, dot(v, q)/det
	return a >= -1e-6 && b >= -1e-6 && a+b <= 1+1e-6 && at > -0.4 && at < hullFar // a rim stands on its wall
}

// TestHull: a plate five metres up hangs until walls are on all sides of it, down to below.
func TestHull(t *testing.T) {
	h, corners := newHull(), [4][2]float64{{-9, -9}, {9, -9}, {9, 9}, {-9, 9}}
	quad := func(a, b, c, d [3]float64) {
		h.triangle([3][3]float64{a, b, c})
		h.triangle([3][3]float64{a, c, d})
	}
	at := func(i int, z float64) [3]float64 { return [3]float64{corners[i%4][0], corners[i%4][1], z} }
	quad(at(0, 5), at(1, 5), at(2, 5), at(3, 5))
	for i := range 4 {
		for _, v := range [][3]float64{{1, 2, 5}, {-9, 1, 5}} {
			if h.closed(v) {
				t.Errorf("%d walls hide what is below %v", i, v)
			}
		}
		quad(at(i, 0), at(i+1, 0), at(i+1, 5), at(i, 5))
	}
	for _, v := range [][3]float64{{1, 2, 5}, {-9, 1, 5}, {8.9, -8.9, 5}} {
		if !h.closed(v) {
			t.Errorf("what is below %v shows through its walls", v)
		}
	}
}
