package transform

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
)

func square(w, s, e, n float64) orb.Polygon {
	return orb.Polygon{{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}}
}

// fencedBy runs the step over ways and areas.
func fencedBy(t *testing.T, step string, ways []orb.Geometry, stamps [][]float64, areas []orb.Geometry) (*table.Table, *geo.Report, error) {
	t.Helper()
	r := geo.NewReport()
	in := &table.Table{Geometry: ways, Columns: []table.Column{{Name: "kind", Kind: table.Text}, {Name: "timestamps", Kind: table.List, Lists: stamps}}}
	for i := range ways {
		in.IDs, in.Columns[0].Texts = append(in.IDs, fmt.Sprint("w", i)), append(in.Columns[0].Texts, "ship")
	}
	with := func(string) (*table.Table, error) {
		out := &table.Table{Geometry: areas, Columns: []table.Column{{Name: "name", Kind: table.Text}}}
		for i := range areas {
			out.IDs, out.Columns[0].Texts = append(out.IDs, fmt.Sprint("a", i)), append(out.Columns[0].Texts, string(rune('A'+i)))
		}
		return out, nil
	}
	out, err := Steps{Source: with, Report: r}.Apply(in, steps(t, step))
	return out, r, err
}

// A way east along the middle of two squares, one with a hole, begins inside of the first and ends
// outside: known times at the borders, and the shape that was asked for.
func TestGeofenceTellsWhen(t *testing.T) {
	holed := append(square(4, -2, 10, 2), orb.Ring{{6, -1}, {6, 1}, {7, 1}, {7, -1}, {6, -1}})
	areas := []orb.Geometry{square(-1, -1, 1, 1), holed, square(0, 10, 1, 11), orb.Point{1, 1}}
	way := []orb.Geometry{orb.LineString{{0, 0}, {2, 0}, {12, 0}}, orb.LineString{{0, 5}, {1, 5}}, orb.Point{1, 2}, orb.LineString{{0, 0}, {1, 0}}}
	stamps := [][]float64{{100, 120, 220}, {0, 1}, {0}, {5, 1}}
	want := []string{
		"w0 in a0: 100–110 enters 0 leaves 1 A, from 0 to 1",
		"w0 in a1: 140–160 enters 1 leaves 1 B, from 4 to 6",
		"w0 in a1 2: 170–200 enters 1 leaves 1 B, from 7 to 10",
	}
	out, r, err := fencedBy(t, "[ { geofence: { areas: o, select: { zone: name } } } ]", way, stamps, areas)
	if err != nil {
		t.Fatal(err)
	}
	n := func(name string, i int) float64 { return math.Round(out.Find(name).Numbers[i]*1e6) / 1e6 }
	for i := range max(len(want), out.Rows()) {
		if i >= len(want) || i >= out.Rows() {
			t.Fatalf("%d rows, %d are wanted", out.Rows(), len(want))
		}
		line := out.Geometry[i].(orb.LineString)
		got := fmt.Sprintf("%s: %g–%g enters %g leaves %g %s, from %.6g to %.6g", out.IDs[i], n("entered", i), n("left", i), n("enters", i), n("leaves", i), out.Find("zone").Texts[i], line[0][0], line[len(line)-1][0])
		if got != want[i] || n("stay", i) != n("left", i)-n("entered", i) || out.Find("kind").Texts[i] != "ship" {
			t.Errorf("%s; %s is wanted", got, want[i])
		}
		if l := out.Find("timestamps").Lists[i]; len(l) != len(line) || l[0] != out.Find("entered").Numbers[i] || l[len(l)-1] != out.Find("left").Numbers[i] {
			t.Errorf("row %d has times %v on %v", i, l, line)
		}
	}
	for _, reason := range []string{"no area for a geofence", "no way for a geofence", "times and vertices differ in number, or times fall"} {
		if !strings.Contains(fmt.Sprint(r.Summary().Skipped), reason) {
			t.Errorf("%q is not reported: %v", reason, r.Summary().Skipped)
		}
	}
	for place, want := range map[string]orb.Geometry{"area": areas[0], "entry": orb.Point{0, 0}, "exit": orb.Point{1, 0}} {
		out, _, err := fencedBy(t, "[ { geofence: { areas: o, dates: true, place: "+place+" } } ]", way, stamps, areas)
		if err != nil || !orb.Equal(out.Geometry[0], want) || out.Find("entered").Kind != table.Time || out.Find("area").Texts[1] != "a1" {
			t.Errorf("%s: %v %v", place, out, err)
		}
	}
}

// Over the antimeridian a way is held against areas on both sides, in whichever longitudes.
func TestGeofenceOverTheAntimeridian(t *testing.T) {
	way := []orb.Geometry{orb.LineString{{178, 0}, {-178, 0}}}
	for _, area := range []orb.Polygon{square(179, -1, 180, 1), square(-180, -1, -179, 1)} {
		out, _, err := fencedBy(t, "[ { geofence: { areas: o } } ]", way, [][]float64{{0, 4}}, []orb.Geometry{area})
		if err != nil || out.Rows() != 1 || math.Abs(out.Find("stay").Numbers[0]-1) > 1e-9 {
			t.Errorf("%v: %v %v", area, out, err)
		}
	}
}

// Of random ways and stars, what the step says is inside at a time is what lies inside then.
func TestGeofenceIsWhereThingsAre(t *testing.T) {
	seed := uint64(1)
	random := func() float64 {
		seed = seed*6364136223846793005 + 1442695040888963407
		return float64(seed>>11) / (1 << 53)
	}
	for round := range 60 {
		ring := orb.Ring{}
		for k := range 9 {
			r := 1 + 4*random()
			s, c := math.Sincos(2 * math.Pi * float64(k) / 9)
			ring = append(ring, orb.Point{r * c, r * s})
		}
		ring = append(ring, ring[0])
		var line orb.LineString
		var times []float64
		for k := range 12 {
			line, times = append(line, orb.Point{10*random() - 5, 10*random() - 5}), append(times, float64(k)+0.5*random())
		}
		out, _, err := fencedBy(t, "[ { geofence: { areas: o } } ]", []orb.Geometry{line}, [][]float64{times}, []orb.Geometry{orb.Polygon{ring}})
		if err != nil {
			t.Fatal(err)
		}
		for k := range 11 {
			for range 20 {
				u := random()
				at := times[k] + u*(times[k+1]-times[k])
				p := between(line, []float64{float64(k) + u})[0]
				is := false
				for i := range out.Rows() {
					is = is || out.Find("entered").Numbers[i] <= at && at < out.Find("left").Numbers[i]
				}
				if is != planar.PolygonContains(orb.Polygon{ring}, p) {
					t.Fatalf("round %d: at %g it is at %v, inside: %v", round, at, p, is)
				}
			}
		}
	}
}

func TestGeofenceSaysWhatIsWrong(t *testing.T) {
	way, stamps := []orb.Geometry{orb.LineString{{0, 0}, {1, 0}}}, [][]float64{{0, 1}}
	for _, c := range []struct {
		step  string
		areas []orb.Geometry
		want  string
	}{
		{"[ { geofence: { areas: o } } ]", []orb.Geometry{orb.Point{0, 0}}, "source o has no areas"},
		{"[ { geofence: { areas: o, timestamps: when } } ]", []orb.Geometry{square(0, 0, 1, 1)}, `no field "when"`},
		{"[ { geofence: { areas: o, timestamps: kind } } ]", []orb.Geometry{square(0, 0, 1, 1)}, "not lists of numbers"},
		{"[ { geofence: { areas: o, select: { zone: nope } } } ]", []orb.Geometry{square(0, 0, 1, 1)}, `no field "nope"`},
	} {
		_, _, err := fencedBy(t, c.step, way, stamps, c.areas)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "a.yaml:") {
			t.Errorf("%s: %v; %q is wanted", c.step, err, c.want)
		}
	}
}
