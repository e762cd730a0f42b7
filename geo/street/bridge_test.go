package street_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
	"github.com/longtake/longtake/geo/street"
)

// deckAt is the lowest and the highest point of solids of a feature's deck above a place.
func deckAt(features []geo.Feature, solids []cover.Solid, id string, p [2]float64) (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for i := range solids {
		s := &solids[i]
		if features[s.Feature].ID != id {
			continue
		}
		for k := 0; k < len(s.Indices); k += 3 {
			a, b, c := s.Positions[s.Indices[k]], s.Positions[s.Indices[k+1]], s.Positions[s.Indices[k+2]]
			area := (b[0]-a[0])*(c[1]-a[1]) - (b[1]-a[1])*(c[0]-a[0])
			if math.Abs(area) < 1e-9 {
				continue
			}
			u := ((b[0]-p[0])*(c[1]-p[1]) - (b[1]-p[1])*(c[0]-p[0])) / area
			v := ((c[0]-p[0])*(a[1]-p[1]) - (c[1]-p[1])*(a[0]-p[0])) / area
			if u < 0 || v < 0 || u+v > 1 {
				continue
			}
			h := a[2]*u + b[2]*v + c[2]*(1-u-v)
			low, high, ok = math.Min(low, h), math.Max(high, h), true
		}
	}
	return low, high, ok
}

// TestBridgesClear: a bridge of any length and angle over a road, a railway or both on
// the flat is clear of them by what their class needs, and its ramps are no steeper than
// its class allows.
func TestBridgesClear(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range 60 {
		long, turn := 14+rng.Float64()*120, 0.9+rng.Float64()*1.3
		under := [][2]string{{"highway", "primary"}, {"railway", "rail"}, {"highway", "footway"}, {"waterway", "river"}}[i%4]
		s, c := math.Sincos(turn)
		features := []geo.Feature{
			line("way/1", [][2]float64{{-600, 0}, {-long / 2, 0}}, "highway", "secondary"),
			line("way/2", [][2]float64{{-long / 2, 0}, {long / 2, 0}}, "highway", "secondary", "bridge", "yes", "layer", "1"),
			line("way/3", [][2]float64{{long / 2, 0}, {600, 0}}, "highway", "secondary"),
			line("way/4", [][2]float64{{-300 * c, -300 * s}, {300 * c, 300 * s}}, under[0], under[1]),
		}
		b := block(features...)
		out := street.Build(b, nil, layers)
		class := under[0] + "=" + under[1]
		if under[0] == "waterway" {
			class = "waterway"
		}
		low, _, ok := deckAt(features, out.Solids, "way/2", [2]float64{0, 0})
		if want := 100 + street.Clearance(class); !ok || low < want-0.1 || low > want+3 {
			t.Errorf("%.0f m at %.0f°, %s=%s: underside at %.2f, want %.2f", long, turn*180/math.Pi, under[0], under[1], low, want)
		}
		if n := len(b.Report.Summary().Notes); n > 0 {
			t.Errorf("notes %v", b.Report.Summary().Notes)
		}
		last := math.NaN()
		for x := -590.0; x <= 590; x += 10 {
			h := 100.0
			for _, id := range []string{"way/1", "way/2", "way/3"} {
				// The carriageway, below the parapets: 1 m beside the middle.
				if _, top, ok := deckAt(features, out.Solids, id, [2]float64{x, 1}); ok {
					h = math.Max(h, top)
				}
			}
			if math.Abs(h-last) > 0.07*10+0.45 { // the ramp's foot is a step
				t.Errorf("%.0f m: rises %.2f m over 10 m at %g", long, h-last, x)
			}
			last = h
		}
	}
}

// TestBridgeLayers: of three ways above each other each is clear of the one below.
func TestBridgeLayers(t *testing.T) {
	features := []geo.Feature{line("way/0", [][2]float64{{-500, 0}, {500, 0}}, "highway", "primary")}
	for layer := 1; layer <= 2; layer++ {
		s, c := math.Sincos(float64(layer))
		at := func(r float64) [2]float64 { return [2]float64{r * c, r * s} }
		features = append(features, line(fmt.Sprintf("way/%da", layer), [][2]float64{at(-900), at(-60)}, "highway", "primary"),
			line(fmt.Sprintf("way/%d", layer), [][2]float64{at(-60), at(60)}, "highway", "primary", "bridge", "yes", "layer", fmt.Sprint(layer)),
			line(fmt.Sprintf("way/%db", layer), [][2]float64{at(60), at(900)}, "highway", "primary"))
	}
	out := street.Build(block(features...), nil, layers)
	clear := street.Clearance("highway=primary")
	low1, high1, _ := deckAt(features, out.Solids, "way/1", [2]float64{})
	low2, _, _ := deckAt(features, out.Solids, "way/2", [2]float64{})
	if low1 < 100+clear-0.1 || low2 < high1+clear-0.1 {
		t.Errorf("decks at %.2f … %.2f and %.2f", low1, high1, low2)
	}
}

// TestBridgeClearAtEdges: where a bridge passes over a road at an angle it is clear of it
// between the edges of both, not only above its middle; one that has no room for that is
// told by what it lacks where it is lowest.
func TestBridgeClearAtEdges(t *testing.T) {
	for _, c := range []struct {
		name   string
		turn   float64 // of the road below
		pinned bool    // junctions at both ends of the bridge
	}{{"free", 0.45, false}, {"free", 2.6, false}, {"pinned", math.Pi / 2, true}} {
		sin, cos := math.Sincos(c.turn)
		const half = 20
		features := []geo.Feature{
			line("way/1", [][2]float64{{-600, 0}, {-half, 0}}, "highway", "secondary"),
			line("way/2", [][2]float64{{-half, 0}, {-6, 0}, {0, 0}, {6, 0}, {half, 0}}, "highway", "secondary", "bridge", "yes", "layer", "1"),
			line("way/3", [][2]float64{{half, 0}, {600, 0}}, "highway", "secondary"),
			line("way/4", [][2]float64{{-300 * cos, -300 * sin}, {300 * cos, 300 * sin}}, "highway", "primary", "width", "10"),
		}
		if c.pinned {
			features = append(features,
				line("way/5", [][2]float64{{-half, -100}, {-half, 0}, {-half, 100}}, "highway", "residential"),
				line("way/6", [][2]float64{{half, -100}, {half, 0}, {half, 100}}, "highway", "residential"))
		}
		b := block(features...)
		out := street.Build(b, nil, layers)
		lacks := math.Inf(-1)
		for _, u := range [3]float64{-4.5, 0, 4.5} { // across the road
			for _, o := range [3]float64{-3, 0.5, 3} { // and the deck
				x := (o*cos - u) / sin
				low, _, ok := deckAt(features, out.Solids, "way/2", [2]float64{x, o})
				if !ok {
					continue // above its ramps
				}
				lacks = math.Max(lacks, 100+street.Clearance("highway=primary")-low)
			}
		}
		told := b.Report.Summary().By[street.LowBridge]["way/2 above way/4"]
		if !c.pinned && (lacks > 0.1 || told > 0) || c.pinned && (lacks < 1 || math.Abs(told-lacks) > 0.15) {
			t.Errorf("%s at %.0f°: lacks %.2f m, the report tells %.2f", c.name, c.turn*180/math.Pi, lacks, told)
		}
	}
}

// TestBridgePinned: where a junction leaves no room for a ramp the street stays on the
// ground and the report says that the bridge is low.
func TestBridgePinned(t *testing.T) {
	features := []geo.Feature{
		line("way/1", [][2]float64{{-200, 0}, {-12, 0}}, "highway", "residential"),
		line("way/2", [][2]float64{{-12, 0}, {12, 0}}, "highway", "residential", "bridge", "yes"),
		line("way/3", [][2]float64{{12, 0}, {200, 0}}, "highway", "residential"),
		line("way/4", [][2]float64{{-12, -100}, {-12, 0}, {-12, 100}}, "highway", "residential"),
		line("way/5", [][2]float64{{12, -100}, {12, 0}, {12, 100}}, "highway", "residential"),
		line("way/6", [][2]float64{{0, -100}, {0, 100}}, "highway", "primary"),
	}
	b := block(features...)
	out := street.Build(b, nil, layers)
	if n := b.Report.Summary().Notes["bridge lower than it should be above what it crosses: junctions leave no room for a ramp"]; n != 1 {
		t.Errorf("notes %v", b.Report.Summary().Notes)
	}
	if ids := b.Report.Summary().Noted[street.LowBridge]; !slices.Equal(ids, []string{"way/2 above way/6"}) {
		t.Errorf("noted of %v", ids)
	}
	low, _, _ := deckAt(features, out.Solids, "way/2", [2]float64{0, 0})
	if by, want := b.Report.Summary().By[street.LowBridge]["way/2 above way/6"], 100+street.Clearance("highway=primary")-low; math.Abs(by-want) > 0.1 {
		t.Errorf("the report says that it lacks %.2f m, it does %.2f", by, want)
	}
	for i := range out.Solids {
		if id := features[out.Solids[i].Feature].ID; id == "way/4" || id == "way/5" {
			t.Errorf("%s left the ground", id)
		}
	}
}

// gorge is flat at 100 m with a gorge of 60 m depth about plan x = 0.
type gorge struct{}

func (gorge) HeightAt(lng, lat float64) (float64, bool) {
	x, _ := home.Plan(lng, lat)
	return 100 - 60*math.Exp(-x*x/2500), true
}

// TestBridgeOverGorge: the deck is straight between its ends, in one way or in three, and
// stands on piers.
func TestBridgeOverGorge(t *testing.T) {
	a := line("way/0", [][2]float64{{-400, 0}, {-200, 0}}, "highway", "primary")
	z := line("way/9", [][2]float64{{200, 0}, {400, 0}}, "highway", "primary")
	for name, features := range map[string][]geo.Feature{
		"whole": {a, z, line("way/1", [][2]float64{{-200, 0}, {200, 0}}, "highway", "primary", "bridge", "yes")},
		"parts": {a, z, line("way/1", [][2]float64{{-200, 0}, {-50, 0}}, "highway", "primary", "bridge", "yes"),
			line("way/2", [][2]float64{{50, 0}, {200, 0}}, "highway", "primary", "bridge", "viaduct"),
			line("way/3", [][2]float64{{-50, 0}, {50, 0}}, "highway", "primary", "bridge", "yes")},
	} {
		b := block(features...)
		b.Elevation = gorge{}
		out := street.Build(b, nil, layers)
		lowest := math.Inf(1)
		for i := range out.Solids {
			s := &out.Solids[i]
			checkSolid(t, s)
			for _, p := range s.Positions {
				lowest = math.Min(lowest, p[2])
				if s.Material == geo.Road && math.Abs(p[2]-100) > 0.3 {
					t.Errorf("%s: deck at %g m at x = %g", name, p[2], p[0])
				}
			}
		}
		if lowest > 60 {
			t.Errorf("%s: nothing stands in the gorge", name)
		}
		for i := range out.Patches {
			for _, p := range out.Patches[i].Points {
				if math.Abs(p[0]) < 199 {
					t.Fatalf("%s: a patch on the gorge's floor at %v", name, p)
				}
			}
		}
	}
}

// TestPiersStandClear: no pier of a viaduct stands on a road or a railway beneath.
func TestPiersStandClear(t *testing.T) {
	features := []geo.Feature{
		line("way/1", [][2]float64{{-900, 0}, {-400, 0}}, "highway", "motorway"),
		line("way/2", [][2]float64{{-400, 0}, {400, 0}}, "highway", "motorway", "bridge", "viaduct"),
		line("way/3", [][2]float64{{400, 0}, {900, 0}}, "highway", "motorway"),
	}
	for i := range 9 {
		x := float64(i)*61 - 240
		features = append(features, line(fmt.Sprintf("way/1%d", i), [][2]float64{{x - 20, -200}, {x + 20, 200}}, "highway", "secondary"))
	}
	out := street.Build(block(features...), nil, layers)
	feet := 0
	for i := range out.Solids {
		for _, p := range out.Solids[i].Positions {
			if p[2] > 99.5 {
				continue
			}
			feet++
			for k := 3; k < len(features); k++ {
				x := float64(k-3)*61 - 240
				if d := toSegment([2]float64{x - 20, -200}, [2]float64{x + 20, 200}, [2]float64{p[0], p[1]}); math.Abs(p[0]) < 390 && d < 3.5 {
					t.Errorf("a pier's foot at %v is %.1f m from a street's middle", p, d)
				}
			}
		}
	}
	if feet == 0 {
		t.Error("no piers")
	}
}

// TestDoubleDeck: decks above each other along their way, whose lines never cross, are
// clear of each other, however far apart the lines were drawn; ways that have just parted
// are one surface as long as their edges lie over each other.
func TestDoubleDeck(t *testing.T) {
	for _, apart := range []float64{0.5, 4, 8} {
		features := []geo.Feature{
			line("way/1", [][2]float64{{-900, 0}, {-300, 0}}, "highway", "motorway"),
			line("way/2", [][2]float64{{-300, 0}, {300, 0}}, "highway", "motorway", "bridge", "yes", "layer", "1", "lanes", "5", "oneway", "yes"),
			line("way/3", [][2]float64{{300, 0}, {900, 0}}, "highway", "motorway"),
			line("way/4", [][2]float64{{900, 200}, {300, apart}}, "highway", "motorway"),
			line("way/5", [][2]float64{{300, apart}, {-300, apart}}, "highway", "motorway", "bridge", "yes", "layer", "2", "lanes", "5", "oneway", "yes"),
			line("way/6", [][2]float64{{-300, apart}, {-900, 200}}, "highway", "motorway"),
		}
		out := street.Build(block(features...), nil, layers)
		for x := -200.0; x <= 200; x += 10 {
			at := [2]float64{x, apart / 2}
			_, top, lower := deckAt(features, out.Solids, "way/2", at)
			low, _, upper := deckAt(features, out.Solids, "way/5", at)
			if want := street.Clearance("highway=motorway"); !lower || !upper || low-top < want-0.3 {
				t.Errorf("lines %g m apart: %.2f m free at %g, want %.2f", apart, low-top, x, want)
			}
		}
	}
	features := []geo.Feature{ // a slip road that rises from a motorway to a second level
		line("way/1", [][2]float64{{-900, 0}, {-300, 0}}, "highway", "motorway"),
		line("way/2", [][2]float64{{-300, 0}, {0, 0}, {300, 0}}, "highway", "motorway", "bridge", "yes", "layer", "1", "oneway", "yes"),
		line("way/3", [][2]float64{{300, 0}, {900, 0}}, "highway", "motorway"),
		line("way/4", [][2]float64{{0, 0}, {60, 5}, {200, 60}, {320, 250}}, "highway", "motorway_link", "bridge", "yes", "layer", "2", "oneway", "yes"),
		line("way/5", [][2]float64{{320, 250}, {600, 500}}, "highway", "motorway_link", "oneway", "yes"),
		line("way/6", [][2]float64{{100, 230}, {500, 100}}, "highway", "primary", "bridge", "yes", "layer", "1"),
	}
	out := street.Build(block(features...), nil, layers)
	for _, x := range []float64{40, 50, 60} {
		at := [2]float64{x, x / 12}
		_, a, okA := deckAt(features, out.Solids, "way/2", [2]float64{x, 2})
		_, b, okB := deckAt(features, out.Solids, "way/4", at)
		if okA && okB && math.Abs(a-b) > 0.9 {
			t.Errorf("the slip road is %.2f m above the motorway that it leaves at %g", b-a, x)
		}
	}
}

// quay is land 4 m above a sea whose bed is 12 m below it.
type quay struct{}

func (quay) HeightAt(lng, lat float64) (float64, bool) {
	if x, _ := home.Plan(lng, lat); math.Abs(x) < 25 {
		return 88, true
	}
	return 104, true
}

// TestAbutmentInTheWater: a bridge whose ends were drawn beyond the shores still lies on
// its banks, and a floor of a building that a bus drives on is carried from ramp to ramp.
func TestAbutmentInTheWater(t *testing.T) {
	features := []geo.Feature{
		line("way/1", [][2]float64{{-300, 0}, {-22, 0}}, "highway", "primary"),
		line("way/2", [][2]float64{{-22, 0}, {22, 0}}, "highway", "primary", "bridge", "movable", "layer", "1"),
		line("way/3", [][2]float64{{22, 0}, {300, 0}}, "highway", "primary"),
	}
	b := block(features...)
	b.Elevation = quay{}
	out := street.Build(b, nil, layers)
	for x := -21.0; x <= 21; x += 3 {
		if _, top, ok := deckAt(features, out.Solids, "way/2", [2]float64{x, 1}); !ok || top < 102.5 {
			t.Errorf("deck at %.1f m at %g, banks at 104", top, x)
		}
	}
	bus := []geo.Feature{
		line("way/1", [][2]float64{{-400, 0}, {-100, 0}}, "highway", "busway"),
		line("way/2", [][2]float64{{-100, 0}, {-30, 0}}, "highway", "busway", "bridge", "yes", "layer", "2"),
		line("way/3", [][2]float64{{-30, 0}, {30, 0}}, "highway", "busway", "tunnel", "building_passage", "layer", "2"),
		line("way/4", [][2]float64{{30, 0}, {100, 0}}, "highway", "busway", "bridge", "yes", "layer", "2"),
		line("way/5", [][2]float64{{100, 0}, {400, 0}}, "highway", "busway"),
		line("way/6", [][2]float64{{-35, -100}, {-35, 100}}, "highway", "service"),
	}
	out = street.Build(block(bus...), nil, layers)
	if low, _, ok := deckAt(bus, out.Solids, "way/2", [2]float64{-35, 0}); !ok || low < 100+street.Clearance("highway=service")-0.1 {
		t.Errorf("the ramp is %.2f m above the drive before the building", low-100)
	}
}

// shelf is level at 100 m, and 1 m lower from 400 m west on: cut for something else.
type shelf struct{}

func (shelf) HeightAt(lng, lat float64) (float64, bool) {
	if x, _ := home.Plan(lng, lat); x < -400 {
		return 99, true
	}
	return 100, true
}

// TestRampEnds: a way that rises to a bridge lies on the finished ground where it does not
// rise, also where that was cut to below the bare ground.
func TestRampEnds(t *testing.T) {
	features := []geo.Feature{
		line("way/1", [][2]float64{{-600, 0}, {-30, 0}}, "highway", "secondary"),
		line("way/2", [][2]float64{{-30, 0}, {30, 0}}, "highway", "secondary", "bridge", "yes"),
		line("way/3", [][2]float64{{30, 0}, {600, 0}}, "highway", "secondary"),
		line("way/4", [][2]float64{{0, -300}, {0, 300}}, "highway", "primary"),
	}
	b := block(features...)
	s := street.NewSurvey(b.Frame)
	for i := range features {
		s.Bridge(&features[i])
	}
	for i := range features {
		s.Near(&features[i])
	}
	profiles, err := s.Solve(b.Elevation, layers, b.Report)
	if err != nil {
		t.Fatal(err)
	}
	heights, err := profiles.All()
	if err != nil {
		t.Fatal(err)
	}
	b.Elevation = shelf{}
	ramps := 0
	for _, d := range street.Build(b, heights, layers).Solids {
		for _, p := range d.Positions {
			if p[0] < -410 {
				t.Fatalf("a ramp at %v", p)
			}
			if p[0] < -40 {
				ramps++
			}
		}
	}
	if ramps == 0 {
		t.Error("nothing rises to the bridge")
	}
}
