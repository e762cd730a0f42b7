package mark_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// What Stand writes at once is what spots and groups give, also of rows with several places and
// without any, of rows that are left out, and where they are far apart.
func TestStandIsCopiesOfSpots(t *testing.T) {
	for name, wide := range map[string]float64{"near": 0.3, "far": 40} {
		c := &layer.Context{Layer: &scene.Layer{ID: "a", Altitude: 30}}
		skipped := map[string]int{}
		c.Skip = func(row, reason string) { skipped[row+" "+reason]++ }
		rows := &table.Table{}
		for i := range 30 {
			p := orb.Point{7 + wide*math.Mod(float64(i)*0.618, 1), 43 + wide*math.Mod(float64(i)*0.414, 1)}
			var g orb.Geometry = p
			switch i {
			case 3:
				g = nil
			case 4:
				g = orb.Point{math.NaN(), 43}
			case 5:
				g = orb.MultiPoint{p, {7.1, 43.1}, {7.2, 43}}
			case 6:
				g = orb.LineString{p, {7.1, 43.1}}
			}
			rows.IDs, rows.Geometry = append(rows.IDs, fmt.Sprint(i)), append(rows.Geometry, g)
		}
		c.Table = rows
		mesh := mark.Disc(mark.Material("m", drawable.Effect{}, drawable.Opaque))
		of := func(row int, it *drawable.Instance) bool {
			it.Scale = [2]float32{float32(row), 2}
			return row%7 != 2
		}
		want := mark.Copies(mark.Groups(mark.Spots(c, rows, nil, func(row int) bool { return row%7 != 2 })), mesh, func(row int, it *drawable.Instance) { of(row, it) })
		told := fmt.Sprint(skipped)
		clear(skipped)
		got := mark.Stand(c, rows, mesh, of)
		if len(got) != len(want) || len(want) > 1 != (name == "far") || fmt.Sprint(skipped) != told || len(skipped) != 2 {
			t.Fatalf("%s: %d draws, expected %d; skipped %v, expected %s", name, len(got), len(want), skipped, told)
		}
		for i := range want {
			a, b := got[i].What.(*drawable.Instances), want[i].What.(*drawable.Instances)
			if !a.Frame.ApproxEqualThreshold(b.Frame, 1e-9) || math.Abs(float64(a.Radius-b.Radius)) > 0.01 || len(a.Items) != len(b.Items) || got[i].NoShadow != want[i].NoShadow {
				t.Fatalf("%s: %+v instead of %+v", name, a, b)
			}
			for k := range a.Items {
				p, q := a.Items[k], b.Items[k]
				off := math.Abs(float64(p.Position[0]-q.Position[0])) + math.Abs(float64(p.Position[1]-q.Position[1])) + math.Abs(float64(p.Position[2]-q.Position[2]))
				if q.Position = p.Position; off > 0.01 || p != q {
					t.Errorf("%s: copy %d is %+v instead of %+v", name, k, p, q)
				}
			}
		}
	}
}
