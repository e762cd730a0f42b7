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

// A survey that spills, filled in parts the other way round, has the same heights as one
// in memory; bridges far apart are solved apart, and the way between rises to both.
func TestSurveySpills(t *testing.T) {
	frame := earth.FrameAt(earth.Place{Lng: 10, Lat: 50})
	all := farBridges()
	solve := func(s *Survey) *Heights {
		h, err := s.Solve(geo.FlatElevation(100), Options{Roads: "roads"}, geo.NewReport())
		if err != nil {
			t.Fatal(err)
		}
		return h
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
		t.Errorf("spilled in parts: %v, in memory: %v", got.order, want.order)
	}
	if again := solve(spilled); !reflect.DeepEqual(want, again) {
		t.Error("solving again gives other heights")
	}
	if groups := whole.near[cellOf(whole.bridges[0].line[0], rampReach)] != whole.near[cellOf(whole.bridges[1].line[0], rampReach)]; !groups {
		t.Error("bridges 2 km apart are one group")
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
