package flows

import (
	"math"
	"strconv"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/layer/layertest"
	"github.com/longtake/longtake/layers/table"
)

// Trips that are written at once are those that tracks give, of which heads ask; a row that is not
// plain, by a long way or a time that is missing, has all go through tracks.
func TestPlainTripsAreTracks(t *testing.T) {
	for name, odd := range map[string]func(rows *table.Table){
		"plain":   func(*table.Table) {},
		"long":    func(rows *table.Table) { rows.Geometry[7].(orb.LineString)[3] = orb.Point{9, 44} },
		"missing": func(rows *table.Table) { rows.Columns[0].Lists[7][3] = math.NaN() },
		"back":    func(rows *table.Table) { rows.Columns[0].Lists[7][3] = 0 },
	} {
		rows := &table.Table{Columns: []table.Column{{Name: "timestamps", Kind: table.List}, {Name: "v"}}}
		for i := range 20 {
			var line orb.LineString
			var times []float64
			for k := range 6 {
				line = append(line, orb.Point{7 + 0.01*float64(i+k), 43 + 0.003*float64(k*k)})
				times = append(times, 1.7e9+float64(10*i+k))
			}
			rows.IDs, rows.Geometry = append(rows.IDs, strconv.Itoa(i)), append(rows.Geometry, line)
			rows.Columns[0].Lists, rows.Columns[1].Numbers = append(rows.Columns[0].Lists, times), append(rows.Columns[1].Numbers, float64(i))
		}
		odd(rows)
		lines := func(head string) *drawable.Lines {
			c, _ := layertest.Context(t, "longtake: 1\nsources: {s: {path: x}}\nlayers: [{id: a, source: s, type: trip, altitude: 50, width: {field: v, range: [1, 4]}, color: {field: v}, head: "+head+"}]\n")
			c.Table = rows
			draws, err := layer.Draw(c)
			if err != nil {
				t.Fatal(err)
			}
			return draws[0].What.(*drawable.Lines)
		}
		got, want := lines("0"), lines("4")
		if len(got.Starts) != 20 || len(got.Starts) != len(want.Starts) || len(got.Vertices) != len(want.Vertices) || got.Flow != want.Flow || got.Flow.Since == 0 {
			t.Fatalf("%s: %d lines of %d vertices from %v, expected %d of %d from %v", name, len(got.Starts), len(got.Vertices), got.Flow.Since, len(want.Starts), len(want.Vertices), want.Flow.Since)
		}
		for i := range got.Vertices {
			a, b := got.Vertices[i], want.Vertices[i]
			off := math.Abs(float64(a.Position[0]-b.Position[0])) + math.Abs(float64(a.Position[1]-b.Position[1])) + math.Abs(float64(a.Position[2]-b.Position[2])) + math.Abs(float64(a.Along-b.Along))
			if b.Position, b.Along = a.Position, a.Along; off > 0.05 || a != b {
				t.Fatalf("%s: vertex %d is %+v instead of %+v", name, i, got.Vertices[i], want.Vertices[i])
			}
		}
	}
}
