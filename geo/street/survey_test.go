package street

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
)

// Two bridges far apart over a street each, and one long way that leads to both.
func farBridges() []geo.Feature {
	line := func(id string, tags map[string]string, p ...orb.Point) geo.Feature {
		return geo.Feature{ID: id, Tags: tags, Geometry: orb.LineString(p)}
	}
	road := map[string]string{"highway": "secondary"}
	bridge := map[string]string{"highway": "secondary", "bridge": "yes", "layer": "1"}
	var out []geo.Feature
	for i, lng := range []float64{10, 10.03} {
		out = append(out,
			line(fmt.Sprint("bridge", i), bridge, orb.Point{lng, 50}, orb.Point{lng + 0.0005, 50}),
			line(fmt.Sprint("below", i), road, orb.Point{lng + 0.00025, 49.999}, orb.Point{lng + 0.00025, 50.001}),
		)
	}
	return append(out,
		line("west", road, orb.Point{9.996, 50}, orb.Point{10, 50}),
		line("middle", road, orb.Point{10.0005, 50}, orb.Point{10.015, 50}, orb.Point{10.03, 50}),
		line("east", road, orb.Point{10.0305, 50}, orb.Point{10.034, 50}))
}

func heightsOf(t testing.TB, s *Survey, report *geo.Report) *Heights {
	t.Helper()
	all, err := s.Solve(geo.FlatElevation(100), Options{Roads: "roads"}, report)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = all.Close() }()
	h, err := all.All()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// A survey that spills, filled in parts the other way round, has the same heights as one
// in memory; bridges far apart are solved apart, and the way between rises to both.
func TestSurveySpills(t *testing.T) {
	frame := earth.FrameAt(earth.Place{Lng: 10, Lat: 50})
	all := farBridges()
	solve := func(s *Survey) *Heights {
		t.Helper()
		return heightsOf(t, s, geo.NewReport())
	}
	whole, spilled := NewSurvey(frame), NewSurveyIn(frame, t.TempDir(), 0)
	for i := range all {
		whole.Bridge(&all[i])
		spilled.Bridge(&all[len(all)-1-i])
	}
	parts := []*Survey{spilled.Part(), spilled.Part()}
	for i := range all {
		whole.Near(&all[i])
		parts[i%2].Near(&all[len(all)-1-i])
	}
	spilled.Merge(parts[1])
	spilled.Merge(parts[0])
	want, got := solve(whole), solve(spilled)
	if !reflect.DeepEqual(want, got) {
		t.Errorf("spilled in parts: %v, in memory: %v", len(got.ways), len(want.ways))
	}
	if again := solve(spilled); !reflect.DeepEqual(want, again) {
		t.Error("solving again gives other heights")
	}
	if whole.around.count != 2 {
		t.Errorf("bridges 2 km apart are in %d groups", whole.around.count)
	}
	middle := want.ways[wayKey{"middle", 0}]
	if middle == nil {
		t.Fatal("the way between the bridges does not rise")
	}
	first, last := middle.h[0], middle.h[len(middle.h)-1]
	if half := middle.at(middle.s[len(middle.s)-1] / 2); first < 104 || last < 104 || half != 100 {
		t.Errorf("the way between has %.1f m at its ends, %.1f and %.1f m", half, first, last)
	}
}

// viaduct is a city of bridges: a long one from west to east, so many points a kilometre,
// over a street every 200 m, each of which has a bridge over the next beside it.
func viaduct(kilometres int) (out []geo.Feature) {
	const lat, metre = 50.0, 1 / 71700.0 // of longitude there
	line := func(id string, tags map[string]string, p ...orb.Point) {
		out = append(out, geo.Feature{ID: id, Tags: tags, Geometry: orb.LineString(p)})
	}
	road, bridge := map[string]string{"highway": "secondary"}, map[string]string{"highway": "secondary", "bridge": "yes", "layer": "1"}
	at := func(x, y float64) orb.Point { return orb.Point{10 + x*metre, lat + y/111000} }
	for i := range 5 * kilometres {
		x := 200 * float64(i)
		line(fmt.Sprint("deck", i), bridge, at(x, 0), at(x+70, 0), at(x+200, 0))
		line(fmt.Sprint("below", i), road, at(x+100, -300), at(x+100, 300))
		line(fmt.Sprint("beside", i), road, at(x, 290), at(x+60, 290))
		line(fmt.Sprint("over", i), bridge, at(x+60, 290), at(x+140, 290))
	}
	line("west", road, at(-300, 0), at(0, 0))
	line("east", road, at(200*5*float64(kilometres), 0), at(200*5*float64(kilometres)+300, 0))
	return out
}

func survey(all []geo.Feature, dir string, limit int) *Survey {
	s := NewSurveyIn(earth.FrameAt(earth.Place{Lng: 10.2, Lat: 50}), dir, limit)
	for i := range all {
		s.Bridge(&all[i])
	}
	for i := range all {
		s.Near(&all[i])
	}
	return s
}

// Where bridges touch without end they are solved in parts: no group grows with the city,
// ways that meet have one height, and decks are clear of what they cross.
func TestSurveyCutsWideNetworks(t *testing.T) {
	s := survey(viaduct(40), t.TempDir(), 0)
	most, groups := 0, 0
	if err := s.each(func(_ int32, ways []way) error {
		most, groups = max(most, len(ways)), groups+1
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	report := geo.NewReport()
	h := heightsOf(t, s, report)
	if groups < 10 || most > 4*5*8 {
		t.Errorf("%d groups, up to %d ways in one", groups, most)
	}
	if len(report.Summary().Notes) == 0 {
		t.Error("nothing is said of the cut")
	}
	for i := range 200 {
		p := h.ways[wayKey{fmt.Sprint("deck", i), 0}]
		if p == nil {
			t.Fatalf("deck %d has no height", i)
		}
		if clear := p.at(100) - 100; i > 2 && i < 197 && clear < headRoad+deckThickness-0.3 {
			t.Errorf("deck %d is %.1f m above the street", i, clear)
		}
		if next := h.ways[wayKey{fmt.Sprint("deck", i+1), 0}]; next != nil && p.h[len(p.h)-1] != next.h[0] {
			t.Errorf("decks %d and %d meet at %.3f and %.3f m", i, i+1, p.h[len(p.h)-1], next.h[0])
		}
	}
}

// Solving is linear in the bridges, whatever touches: see ns/bridge.
func BenchmarkSolve(b *testing.B) {
	for _, kilometres := range []int{10, 40, 160} {
		all := viaduct(kilometres)
		b.Run(fmt.Sprint(kilometres, "km"), func(b *testing.B) {
			s := survey(all, b.TempDir(), 1<<30)
			b.ResetTimer()
			for b.Loop() {
				heightsOf(b, s, geo.NewReport())
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(10*kilometres), "ns/bridge")
		})
	}
}
