package street_test

import (
	"math"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/street"
)

// TestFloors: a way on a higher layer that is no bridge in the data is carried over the
// street that it crosses, level with the drives that lead from it, and comes down only
// where it meets a way on the ground. What crosses nothing, is long, or is a path of a park
// lies on the ground.
func TestFloors(t *testing.T) {
	aisle := []string{"highway", "service", "service", "parking_aisle", "layer", "3"}
	features := []geo.Feature{
		line("way/1", [][2]float64{{-300, 0}, {300, 0}}, "highway", "residential", "tunnel", "building_passage", "layer", "-1"),
		line("way/2", [][2]float64{{0, -40}, {0, 40}}, aisle...),
		line("way/3", [][2]float64{{0, 40}, {60, 60}}, aisle...),
		line("way/4", [][2]float64{{0, -40}, {0, -200}}, "highway", "service"),
		line("way/5", [][2]float64{{100, 20}, {140, 60}}, aisle...),
		line("way/6", [][2]float64{{-250, -300}, {-250, 300}}, "highway", "service", "layer", "1"),
		line("way/7", [][2]float64{{200, -30}, {200, 30}}, "highway", "footway", "layer", "4"),
	}
	b := block(features...)
	out := street.Build(b, nil, layers)
	want := 100 + street.Clearance("highway=residential")
	if low, _, ok := deckAt(features, out.Solids, "way/2", [2]float64{0, 0}); !ok || low < want-0.1 || low > want+1 {
		t.Errorf("underside at %.2f above the street, want %.2f", low, want)
	}
	_, start, _ := deckAt(features, out.Solids, "way/3", [2]float64{2, 40.6})
	if _, end, ok := deckAt(features, out.Solids, "way/3", [2]float64{58, 59.4}); !ok || math.Abs(start-end) > 0.5 || start < want {
		t.Errorf("the drive leads from %.2f to %.2f", start, end)
	}
	for i := range out.Solids {
		if id := features[out.Solids[i].Feature].ID; id == "way/1" || id == "way/5" || id == "way/6" || id == "way/7" {
			t.Errorf("%s left the ground", id)
		}
	}
	if ids := b.Report.Summary().Noted[street.FloorCarried]; !slices.Equal(ids, []string{"way/2", "way/3"}) {
		t.Errorf("noted of %v", ids)
	}
}

// TestFloorsOfParkingHouse: aisles above each other are as far apart as floors of a parking
// house are, which is less than what a bridge needs.
func TestFloorsOfParkingHouse(t *testing.T) {
	aisle := []string{"highway", "service", "service", "parking_aisle"}
	features := []geo.Feature{
		line("way/0", [][2]float64{{-40, 0}, {40, 0}}, aisle...),
		line("way/1", [][2]float64{{0, -40}, {0, 40}}, append(aisle, "layer", "1")...),
		line("way/2", [][2]float64{{-30, -30}, {30, 30}}, append(aisle, "layer", "2")...),
	}
	b := block(features...)
	out := street.Build(b, nil, layers)
	low1, high1, _ := deckAt(features, out.Solids, "way/1", [2]float64{})
	low2, _, _ := deckAt(features, out.Solids, "way/2", [2]float64{})
	if low1 < 102.1 || low1 > 102.7 || low2-high1 < 2.1 || low2-high1 > 2.7 {
		t.Errorf("decks at %.2f … %.2f and %.2f", low1, high1, low2)
	}
	told := b.Report.Summary().By[street.GarageFloor]
	for _, pair := range []string{"way/1 above way/0", "way/2 above way/0", "way/2 above way/1"} {
		if math.Abs(told[pair]-2.2) > 1e-9 {
			t.Errorf("%s: the report tells %g m", pair, told[pair])
		}
	}
	if low := b.Report.Summary().By[street.LowBridge]; len(told) != 3 || len(low) != 0 {
		t.Errorf("told: %v, low: %v", told, low)
	}
}

// TestLowByPair: of a deck over two ways that can't rise, each pair is told by what it lacks
// itself: a railway needs more than the path beside it.
func TestLowByPair(t *testing.T) {
	b := block(
		line("way/1", [][2]float64{{-200, 0}, {-20, 0}}, "highway", "residential"),
		line("way/2", [][2]float64{{-20, 0}, {20, 0}}, "highway", "residential", "bridge", "yes"),
		line("way/3", [][2]float64{{20, 0}, {200, 0}}, "highway", "residential"),
		line("way/4", [][2]float64{{-20, -100}, {-20, 0}, {-20, 100}}, "highway", "residential"),
		line("way/5", [][2]float64{{20, -100}, {20, 0}, {20, 100}}, "highway", "residential"),
		line("way/6", [][2]float64{{-3, -100}, {-3, 100}}, "railway", "rail"),
		line("way/7", [][2]float64{{3, -100}, {3, 100}}, "highway", "footway"),
	)
	street.Build(b, nil, layers)
	low := b.Report.Summary().By[street.LowBridge]
	rail, foot := low["way/2 above way/6"], low["way/2 above way/7"]
	want := street.Clearance("railway=rail") - street.Clearance("highway=footway")
	if len(low) != 2 || foot <= 0 || math.Abs(rail-foot-want) > 0.2 { // the railway is wider, and the deck slopes
		t.Errorf("low: %v, %g m apart, want %g", low, rail-foot, want)
	}
}

// TestStreetBelow: a street with a negative layer and no tunnel is drawn below what is above
// it, while a drive like that is out of sight.
func TestStreetBelow(t *testing.T) {
	features := []geo.Feature{
		line("way/1", [][2]float64{{-100, 0}, {100, 0}}, "highway", "residential", "layer", "-1"),
		line("way/2", [][2]float64{{-100, 50}, {100, 50}}, "highway", "service", "layer", "-1"),
		line("way/3", [][2]float64{{-100, 90}, {100, 90}}, "highway", "residential", "layer", "-1", "tunnel", "yes"),
	}
	drawn := map[string]bool{}
	for _, p := range street.Build(block(features...), nil, layers).Patches {
		drawn[features[p.Feature].ID] = true
	}
	if !drawn["way/1"] || drawn["way/2"] || drawn["way/3"] {
		t.Errorf("drawn: %v", drawn)
	}
}

// TestBridgeOverItsOwnStreet: a bridge over a street that leads to it round a corner is
// above it and does not lift it; nor does a floor whose ramp is too short lift the street at
// its foot.
func TestBridgeOverItsOwnStreet(t *testing.T) {
	for _, c := range []struct {
		kind string
		tags []string
		ramp [][2]float64
		low  float64 // how much it may lack
	}{
		{"bridge", []string{"highway", "service", "layer", "1", "bridge", "yes"}, [][2]float64{{0, 15}, {8, 22}, {34, 22}, {40, 0}}, 0.1},
		{"floor", []string{"highway", "service", "layer", "1"}, [][2]float64{{0, 15}, {9, 15}, {16, 0}}, 1.3},
	} {
		kind, foot := c.kind, c.ramp[len(c.ramp)-1]
		features := []geo.Feature{
			line("way/1", [][2]float64{{-200, 0}, {1, 0}, foot, {200, 0}}, "highway", "residential"),
			line("way/2", [][2]float64{{0, -15}, {0, 15}}, c.tags...),
			line("way/3", c.ramp, c.tags[:4]...),
			line("way/4", [][2]float64{{0, -15}, {0, -150}}, "highway", "service"),
		}
		out := street.Build(block(features...), nil, layers)
		if low, _, ok := deckAt(features, out.Solids, "way/2", [2]float64{0, 0}); !ok || low < 100+street.Clearance("highway=residential")-c.low {
			t.Errorf("%s: underside at %.2f", kind, low)
		}
		for i := range out.Solids {
			for _, p := range out.Solids[i].Positions {
				if features[out.Solids[i].Feature].ID == "way/1" && p[2] > 100.5 {
					t.Fatalf("%s: the street is at %v", kind, p)
				}
			}
		}
	}
}
