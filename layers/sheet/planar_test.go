package sheet

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
)

// TestRefineKeepsTheArea: subdivision neither loses nor adds ground, and all edges end
// up short.
func TestRefineKeepsTheArea(t *testing.T) {
	xy := []mgl64.Vec2{{0, 0}, {1000, 30}, {900, 700}, {-50, 400}}
	tris := []uint32{0, 1, 2, 0, 2, 3}
	area := func(xy []mgl64.Vec2, tris []uint32) (s float64) {
		for i := 0; i < len(tris); i += 3 {
			a, b, c := xy[tris[i]], xy[tris[i+1]], xy[tris[i+2]]
			d := ((b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])) / 2
			if d <= 0 {
				t.Errorf("triangle %d has area %v", i/3, d)
			}
			s += d
		}
		return s
	}
	before := area(xy, tris)
	xy, tris = refine(xy, tris, 60)
	if after := area(xy, tris); math.Abs(after-before) > 1e-6*before {
		t.Errorf("area %v became %v", before, after)
	}
	for i := 0; i < len(tris); i += 3 {
		for k := range 3 {
			if l := xy[tris[i+k]].Sub(xy[tris[i+(k+1)%3]]).Len(); l > 60 {
				t.Fatalf("an edge of %v m is left", l)
			}
		}
	}
}

// TestLatticeKeepsTheArea: what a polygon with a hole is cut into covers it once, in triangles
// no larger than the squares.
func TestLatticeKeepsTheArea(t *testing.T) {
	outer := []mgl64.Vec2{{0, 0}, {1000, 30}, {900, 700}, {500, 220}, {420, 690}, {-50, 400}}
	hole := []mgl64.Vec2{{100, 100}, {130, 330}, {380, 300}, {360, 90}}
	ringArea := func(r []mgl64.Vec2) (s float64) {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			s += (a[0]*b[1] - b[0]*a[1]) / 2
		}
		return s
	}
	for _, step := range []float64{37, 60, 5000} {
		xy, tris := lattice([][]mgl64.Vec2{outer, hole}, step)
		sum := 0.0
		for i := 0; i < len(tris); i += 3 {
			a, b, c := xy[tris[i]], xy[tris[i+1]], xy[tris[i+2]]
			d := ringArea([]mgl64.Vec2{a, b, c})
			if d < -1e-9 || step < 1000 && d > step*step/2*1.000001 {
				t.Fatalf("step %v: a triangle of %v m²", step, d)
			}
			sum += d
		}
		if want := ringArea(outer) + ringArea(hole); math.Abs(sum/want-1) > 1e-9 {
			t.Errorf("step %v: %v m² of %v", step, sum, want)
		}
	}
}
