package roof

import (
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/building/outline"
)

// TestMappedLines: roofs of lines, alone or tied to the corners, keep all that every roof
// keeps; lines that make no roof give way to the shape.
func TestMappedLines(t *testing.T) {
	v := func(x, y float64) mgl64.Vec2 { return mgl64.Vec2{x, y} }
	rect := []outline.Ring{ring(0, 0, 20, 0, 20, 8, 0, 8)}
	yard := []outline.Ring{ring(0, 0, 30, 0, 30, 24, 0, 24), ring(8, 8, 20, 8, 20, 16, 8, 16)}
	ridge := Line{[]mgl64.Vec2{v(4, 4), v(16, 4)}, true}
	for name, c := range map[string]struct {
		rings  []outline.Ring
		lines  []Line
		facets int // 0: not built
	}{
		"ridge alone":          {rect, []Line{ridge}, 4},
		"ridge and four hips":  {rect, []Line{ridge, {Points: []mgl64.Vec2{v(0, 0), v(4, 4)}}, {Points: []mgl64.Vec2{v(0, 8), v(4, 4)}}, {Points: []mgl64.Vec2{v(20, 0), v(16, 4)}}, {Points: []mgl64.Vec2{v(16, 4), v(20, 8)}}}, 4},
		"gable":                {rect, []Line{{[]mgl64.Vec2{v(0, 4), v(20, 4.01)}, true}}, 2},
		"ridge along the wall": {rect, []Line{{[]mgl64.Vec2{v(0, 8), v(20, 8)}, true}, {Points: []mgl64.Vec2{v(0, 0), v(20, 8)}}}, 2},
		"edges to an apex":     {rect, []Line{{Points: []mgl64.Vec2{v(0, 0), v(10, 4), v(20, 8)}}, {Points: []mgl64.Vec2{v(0, 8), v(10, 4)}}, {Points: []mgl64.Vec2{v(10, 4), v(20, 0)}}}, 4},
		"yard":                 {yard, []Line{{[]mgl64.Vec2{v(4, 4), v(25, 4), v(25, 20), v(4, 20), v(4, 4)}, true}}, 0},
		"crossing":             {rect, []Line{ridge, {[]mgl64.Vec2{v(10, 1), v(10, 7)}, true}}, 0},
		"outside":              {rect, []Line{{[]mgl64.Vec2{v(10, 1), v(10, 17)}, true}}, 0},
		"edges without a top":  {rect, []Line{{Points: []mgl64.Vec2{v(0, 0), v(20, 8)}}}, 0},
	} {
		o, err := outline.Prepare(c.rings)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Build(o, Spec{Shape: Hipped, Height: 3, Lines: c.lines})
		if err != nil {
			t.Fatal(err)
		}
		if msg := judge(o, r, 3); msg != "" {
			t.Errorf("%s: %s", name, msg)
		}
		facets := map[int]bool{}
		for _, f := range r.Facet {
			facets[f] = true
		}
		if built := r.Shape == Mapped; built != (c.facets > 0) || built && c.facets != len(facets) {
			t.Errorf("%s: %s with %d facets, want %d", name, r.Shape, len(facets), c.facets)
		}
	}
}

// TestFacetsArePlane: the triangles of a facet lie in one plane, and no two neighbours
// of the same plane are left apart where one ring would do.
func TestFacetsArePlane(t *testing.T) {
	for name, o := range outlines(t) {
		for _, shape := range Shapes {
			r, err := Build(o, Spec{Shape: shape, Height: 3.5})
			if err != nil {
				t.Fatal(err)
			}
			first := map[int]mgl64.Vec3{}
			for i, tri := range r.Triangles {
				a, b, c := r.Points[tri[0]], r.Points[tri[1]], r.Points[tri[2]]
				n := b.Sub(a).Cross(c.Sub(a))
				if n.Len() < 1e-3 {
					continue // a sliver's normal is rounding
				}
				n = n.Normalize()
				if m, ok := first[r.Facet[i]]; !ok {
					first[r.Facet[i]] = n
				} else if n.Dot(m) < math.Cos(2*math.Pi/180) {
					t.Errorf("%s %s (%s): facet %d bends from %v to %v", name, shape, r.Shape, r.Facet[i], m, n)
					break
				}
			}
		}
	}
}

func FuzzMapped(f *testing.F) {
	f.Add([]byte{16, 16, 64, 16}, uint8(1))
	f.Add([]byte{0, 0, 40, 16, 80, 32, 0, 32, 40, 16}, uint8(0))
	f.Fuzz(func(t *testing.T, b []byte, split uint8) {
		o, err := outline.Prepare([]outline.Ring{ring(0, 0, 20, 0, 20, 8, 8, 8, 8, 20, 0, 20)})
		if err != nil {
			t.Fatal(err)
		}
		var lines []Line
		for i := 0; i+1 < len(b) && i < 60; i += 2 {
			if len(lines) == 0 || i%(2+int(split%8)*2) == 0 {
				lines = append(lines, Line{Ridge: i%4 == 0})
			}
			l := &lines[len(lines)-1]
			l.Points = append(l.Points, mgl64.Vec2{float64(b[i]) / 4, float64(b[i+1]) / 4})
		}
		r, err := Build(o, Spec{Shape: Hipped, Height: 3, Lines: lines})
		if err != nil {
			t.Fatal(err)
		}
		if msg := judge(o, r, 3); msg != "" {
			t.Fatalf("%v: %s (%s)", lines, msg, r.Shape)
		}
	})
}
