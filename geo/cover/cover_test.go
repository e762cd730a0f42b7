package cover_test

import (
	"math"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
)

// line makes a feature of plan metres with tags as key, value pairs.
func line(id string, points [][2]float64, tags ...string) geo.Feature {
	f := coast(points...)
	f.ID, f.Tags = id, map[string]string{}
	for i := 0; i+1 < len(tags); i += 2 {
		f.Tags[tags[i]] = tags[i+1]
	}
	return f
}

func input(elev geo.Elevation, features ...geo.Feature) cover.Input {
	return cover.Input{Features: features, Frame: home, Elevation: elev, Report: geo.NewReport()}
}

// TestAreasStack: each area is above those that it overlaps and that are larger.
func TestAreasStack(t *testing.T) {
	box := func(id string, x, y, w, h float64, tags ...string) geo.Feature {
		f := line(id, [][2]float64{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}}, tags...)
		f.Geometry = orb.Polygon{orb.Ring(f.Geometry.(orb.LineString))}
		return f
	}
	got := cover.Areas(input(nil,
		box("way/1", 10, 10, 20, 20, "leisure", "pitch"),
		box("way/2", 0, 0, 100, 100, "leisure", "park"),
		box("way/3", -500, -500, 1000, 1000, "landuse", "commercial"),
		box("way/4", 100, 0, 100, 100, "leisure", "park"), // shares a side with 2 only
		box("way/5", 0, 0, 50, 50, "natural", "beach"),
		box("way/6", 0, 0, 50, 50, "landuse", "residential"), // not drawn
		box("way/7", 0, 0, 50, 50, "amenity", "parking", "parking", "underground"),
	), "areas")
	bias := map[int]int{}
	for _, p := range got {
		bias[p.Feature+1] = p.Bias
	}
	if want := map[int]int{1: 4, 2: 3, 3: 2, 4: 3, 5: 9}; !reflect.DeepEqual(bias, want) {
		t.Errorf("biases %v, want %v", bias, want)
	}
}

// TestBowTie: a ring that crosses itself is repaired, one without area is skipped.
func TestBowTie(t *testing.T) {
	in := input(nil,
		line("way/1", [][2]float64{{0, 0}, {100, 100}, {100, 0}, {0, 100}, {0, 0}}, "leisure", "park"),
		line("way/2", [][2]float64{{0, 0}, {100, 0}, {50, 0}, {0, 0}}, "leisure", "park"),
		geo.Feature{ID: "way/3", Geometry: orb.Polygon{{{math.NaN(), 0}, {1, 0}, {1, 1}, {math.NaN(), 0}}}, Tags: map[string]string{"leisure": "park"}},
		geo.Feature{ID: "way/4", Geometry: orb.Polygon{{{-170, 0}, {-171, 0}, {-171, 1}, {-170, 0}}}, Tags: map[string]string{"leisure": "park"}})
	var area float64
	for _, p := range cover.Areas(in, "areas") {
		area += p.Area()
	}
	if math.Abs(area-5000) > 1 {
		t.Errorf("area %g", area)
	}
	if in.Report.SkippedCount() != 3 {
		t.Errorf("%+v", in.Report.Summary())
	}
}

// TestWater: a lake is flat at the low part of its shore, a river lies on the ground.
func TestWater(t *testing.T) {
	lake := line("way/1", [][2]float64{{-100, -100}, {100, -100}, {100, 100}, {-100, 100}, {-100, -100}}, "natural", "water")
	river := line("way/2", [][2]float64{{-100, 0}, {100, 0}}, "waterway", "river", "width", "20")
	hidden := line("way/3", [][2]float64{{-100, 0}, {100, 0}}, "waterway", "stream", "tunnel", "culvert")
	got := cover.Water(input(slope{}, lake, river, hidden), "water")
	if len(got) != 2 || got[0].Level == nil || got[1].Level != nil {
		t.Fatalf("%+v", got)
	}
	if l := *got[0].Level; l > -20 || l < -25.1 {
		t.Errorf("level %g", l)
	}
	if math.Abs(got[1].Width-20) > 1e-9 {
		t.Errorf("width %g", got[1].Width)
	}
}
