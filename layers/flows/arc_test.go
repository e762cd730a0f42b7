package flows

import (
	"fmt"
	"math"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// Arcs begin and end where their rows say, near the layer's middle and round the Earth from it; those
// without two places are counted, and those that go nowhere are not drawn.
func TestArcsEndAtTheirPlaces(t *testing.T) {
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: arc, altitude: 700, width: {field: w, scale: identity}, tilt: {field: w, scale: identity}}]\n")
	skipped := map[string]int{}
	c.Skip = func(row, reason string) { skipped[row+": "+reason]++ }
	line := func(a, b orb.Point) orb.Geometry { return orb.LineString{a, {1, 1}, b} }
	c.Table = &table.Table{
		IDs: []string{"near", "none", "over", "same", "thin", "far"},
		Geometry: []orb.Geometry{line(orb.Point{7, 43}, orb.Point{7.1, 43.1}), nil, line(orb.Point{179, 10}, orb.Point{-179, 12}),
			line(orb.Point{7, 43}, orb.Point{7, 43}), line(orb.Point{7, 43}, orb.Point{7.1, 43.1}), line(orb.Point{30, 40}, orb.Point{-150, -39})},
		Columns: []table.Column{{Name: "w", Numbers: []float64{2, 3, 4, 5, 0, 6}}},
	}
	draws, err := layer.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	l := draws[0].What.(*drawable.Lines)
	f := earth.FrameFromMatrix(l.Frame)
	if want := map[string]int{"none: no two ends": 1}; fmt.Sprint(skipped) != fmt.Sprint(want) || len(l.Curves) != 3 || len(l.Looks) != 3 {
		t.Fatal(skipped, len(l.Curves), len(l.Looks))
	}
	for i, row := range []int{0, 2, 5} {
		v, g := &l.Curves[i], c.Table.Geometry[row].(orb.LineString)
		if look := l.Looks[i]; int(v.Feature) != row || look.Width.Float() != float32(c.Table.Columns[0].Numbers[row]) || look.Tilt != look.Width {
			t.Errorf("row %d is %+v %+v", row, v, look)
		}
		for k, p := range []orb.Point{g[0], g[2]} {
			want := earth.Place{Lng: p[0], Lat: p[1], Height: 700}.ECEF()
			at := [2][3]float32{v.From, v.To}[k]
			if off := f.FromLocal(mgl64.Vec3{float64(at[0]), float64(at[1]), float64(at[2])}).Sub(want).Len(); off > 1.5 {
				t.Errorf("row %d: end %d is %v m off", row, k, off)
			}
			if off := f.FromLocal(l.CurveAt(i, float64(k))).Sub(want).Len(); off > 1.5 || math.Abs(float64(v.Height[k].Float())-0.7) > 1e-3 {
				t.Errorf("row %d: its course is %v m off at end %d, %v km up", row, off, k, v.Height[k].Float())
			}
		}
	}
}

// Curves on uneven ground are polylines that lie on it.
func TestGroundCurvesFollowTheGround(t *testing.T) {
	c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: arc, shape: ground, clamp: ground}]\n")
	c.Ground = func(lng, lat float64) float64 { return 200 + 100*math.Sin(lng*500) }
	c.Table = &table.Table{IDs: []string{"1"}, Geometry: []orb.Geometry{orb.LineString{{7, 43}, {7.05, 43.02}}}}
	draws, err := layer.Draw(c)
	if err != nil {
		t.Fatal(err)
	}
	l := draws[0].What.(*drawable.Lines)
	f := earth.FrameFromMatrix(l.Frame)
	for i, v := range l.Vertices {
		p := f.Place(mgl64.Vec3{float64(v.Position[0]), float64(v.Position[1]), float64(v.Position[2])})
		if off := p.Height - c.Ground(p.Lng, p.Lat); math.Abs(off) > 0.1 {
			t.Fatal(fmt.Sprint("vertex ", i, " is ", off, " m above the ground"))
		}
	}
	if len(l.Vertices) != groundSteps+1 || len(l.Curves) != 0 {
		t.Error(len(l.Vertices), len(l.Curves))
	}
}
