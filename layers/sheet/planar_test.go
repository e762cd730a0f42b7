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
