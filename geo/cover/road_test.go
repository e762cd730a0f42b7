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

// TestRoadWidths: tags and classes give the ribbon its width; nonsense is bounded.
func TestRoadWidths(t *testing.T) {
	for _, c := range []struct {
		tags []string
		want float64 // 0 = not drawn
	}{
		{[]string{"highway", "residential"}, 7},
		{[]string{"highway", "residential", "oneway", "yes"}, 5},
		{[]string{"highway", "residential", "width", "12 ft"}, 12 * 0.3048},
		{[]string{"highway", "residential", "width", "9,5"}, 9.5},
		{[]string{"highway", "residential", "width", "-5"}, 1.75},
		{[]string{"highway", "residential", "width", "1e9"}, 28},
		{[]string{"highway", "primary", "lanes", "4"}, 4*3.3 + 0.6},
		{[]string{"highway", "primary", "lanes", "2;3", "oneway", "yes"}, 2*3.3 + 0.6},
		{[]string{"highway", "primary", "lanes", "many"}, 12},
		{[]string{"highway", "footway"}, 2},
		{[]string{"railway", "rail"}, 3.4},
		{[]string{"railway", "subway"}, 0},
		{[]string{"highway", "primary", "tunnel", "yes"}, 0},
		{[]string{"railway", "rail", "layer", "-1"}, 0},
		{[]string{"highway", "proposed"}, 0},
		{[]string{"highway", "pedestrian", "area", "yes"}, 0},
	} {
		got := cover.Roads(input(nil, line("way/1", [][2]float64{{0, 0}, {1000, 0}}, c.tags...)), "roads")
		if c.want == 0 {
			if len(got) != 0 {
				t.Errorf("%v drawn", c.tags)
			}
			continue
		}
		if len(got) != 1 || math.Abs(got[0].Width-c.want) > 1e-9 {
			t.Errorf("%v: width %v, want %g", c.tags, got, c.want)
			continue
		}
		// A straight ribbon with two round caps.
		if a := got[0].Area(); a < 1000*c.want || a > 1000*c.want+math.Pi*c.want*c.want/4+1e-6 {
			t.Errorf("%v: area %g", c.tags, a)
		}
	}
}

// TestRibbonsMeet: points around a bend and where two ways join are covered once.
func TestRibbonsMeet(t *testing.T) {
	one := input(nil, line("way/1", [][2]float64{{-200, 0}, {0, 0}, {150, 150}}, "highway", "residential"))
	two := input(nil, line("way/1", [][2]float64{{-200, 0}, {0, 0}}, "highway", "residential"), line("way/2", [][2]float64{{0, 0}, {150, 150}}, "highway", "residential"))
	for name, in := range map[string]cover.Input{"one way": one, "two ways": two} {
		patches := cover.Roads(in, "roads")
		for _, p := range [][2]float64{{-0.01, 3.1}, {0.3, 2.9}, {0.5, -2.9}, {1, -3.05}, {-1, 2}, {0.1, 0.05}, {0.9, -2.6}} {
			if n := covers(patches, p); n != 1 {
				t.Errorf("%s: %v is covered %d times", name, p, n)
			}
		}
	}
}

func covers(patches []cover.Patch, p [2]float64) (n int) {
	side := func(a, b [2]float64) float64 { return (b[0]-a[0])*(p[1]-a[1]) - (b[1]-a[1])*(p[0]-a[0]) }
	for i := range patches {
		q := &patches[i]
		for k := 0; k < len(q.Indices); k += 3 {
			a, b, c := q.Points[q.Indices[k]], q.Points[q.Indices[k+1]], q.Points[q.Indices[k+2]]
			if side(a, b) > 0 && side(b, c) > 0 && side(c, a) > 0 {
				n++
			}
		}
	}
	return n
}

// TestSharpBends: hairpins, spikes back along themselves and closed rings give sound
// triangles that stay near the line.
func TestSharpBends(t *testing.T) {
	for i, pts := range [][][2]float64{
		{{0, 0}, {100, 0}, {0, 1}},
		{{0, 0}, {100, 0}, {0, 0}},
		{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}},
		{{0, 0}, {50, 0}, {50, 50}, {0, 50}, {0, 0}},
		{{0, 0}, {0.5, 0.5}, {0, 1}, {0.5, 1.5}, {0, 200}},
		{{0, 0}, {0, 0}, {10, 0}},
	} {
		patches := cover.Roads(input(nil, line("way/1", pts, "highway", "residential")), "roads")
		if len(patches) == 0 {
			t.Errorf("line %d: nothing built", i)
		}
		for k := range patches {
			checkPatch(t, &patches[k])
			for _, p := range patches[k].Points {
				best := math.Inf(1)
				for j := 1; j < len(pts); j++ {
					best = math.Min(best, toSegment(pts[j-1], pts[j], p))
				}
				if best > 3.5*1.35 {
					t.Errorf("line %d: %v is %.2f m from the line", i, p, best)
				}
			}
		}
	}
}

func toSegment(a, b, p [2]float64) float64 {
	dx, dy := b[0]-a[0], b[1]-a[1]
	l := dx*dx + dy*dy
	t := 0.0
	if l > 0 {
		t = math.Max(0, math.Min(1, ((p[0]-a[0])*dx+(p[1]-a[1])*dy)/l))
	}
	return math.Hypot(p[0]-a[0]-t*dx, p[1]-a[1]-t*dy)
}

// TestJunction: streets that cross get one plate; a drive that joins a street none.
func TestJunction(t *testing.T) {
	plates := func(features ...geo.Feature) (n int) {
		for _, p := range cover.Roads(input(nil, features...), "roads") {
			if p.Bias == 19 {
				n++
			}
		}
		return n
	}
	ew := line("way/1", [][2]float64{{-100, 0}, {0, 0}, {100, 0}}, "highway", "residential")
	ns := line("way/2", [][2]float64{{0, -100}, {0, 0}, {0, 100}}, "highway", "tertiary")
	drive := line("way/3", [][2]float64{{0, 0}, {0, 50}}, "highway", "service")
	if n := plates(ew, ns); n != 1 {
		t.Errorf("crossing: %d plates", n)
	}
	if n := plates(ew, drive); n != 0 {
		t.Errorf("drive: %d plates", n)
	}
}

// gorge is flat at 100 m with a gorge of 60 m depth about plan x = 0.
type gorge struct{}

func (gorge) HeightAt(lng, lat float64) (float64, bool) {
	x, _ := home.Plan(lng, lat)
	return 100 - 60*math.Exp(-x*x/2500), true
}

// TestBridge: over a gorge the deck is straight between its ends, in one way or in
// three; on the flat it rises towards its clearance within the grade.
func TestBridge(t *testing.T) {
	deck := func(solids []cover.Solid) (heights map[int]float64) {
		heights = map[int]float64{}
		for _, s := range solids {
			if s.Material != geo.Road {
				continue
			}
			for _, p := range s.Positions {
				heights[int(math.Round(p[0]))] = p[2]
			}
		}
		return heights
	}
	a := line("way/0", [][2]float64{{-400, 0}, {-200, 0}}, "highway", "primary")
	b := line("way/9", [][2]float64{{200, 0}, {400, 0}}, "highway", "primary")
	whole := cover.Bridges(input(gorge{}, a, b, line("way/1", [][2]float64{{-200, 0}, {200, 0}}, "highway", "primary", "bridge", "yes")), "roads")
	parts := cover.Bridges(input(gorge{}, a, b,
		line("way/1", [][2]float64{{-200, 0}, {-50, 0}}, "highway", "primary", "bridge", "yes"),
		line("way/2", [][2]float64{{50, 0}, {200, 0}}, "highway", "primary", "bridge", "viaduct"),
		line("way/3", [][2]float64{{-50, 0}, {50, 0}}, "highway", "primary", "bridge", "yes")), "roads")
	for name, solids := range map[string][]cover.Solid{"whole": whole, "parts": parts} {
		h := deck(solids)
		if len(h) < 20 {
			t.Fatalf("%s: %d cross-sections", name, len(h))
		}
		for x, v := range h {
			if v < 99.9 || v > 106 {
				t.Errorf("%s: deck at %g m at x = %d", name, v, x)
			}
		}
		if math.Abs(h[-200]-100) > 0.01 || math.Abs(h[200]-100) > 0.01 {
			t.Errorf("%s: ends at %g and %g", name, h[-200], h[200])
		}
	}
	flat := deck(cover.Bridges(input(geo.FlatElevation(10), a, b, line("way/1", [][2]float64{{-200, 0}, {200, 0}}, "highway", "primary", "bridge", "yes")), "roads"))
	middle := 0.0
	for x, v := range flat {
		if x > -8 && x < 8 {
			middle = math.Max(middle, v)
		}
	}
	if flat[-200] != 10 || flat[200] != 10 || middle < 13.5 || middle > 15.3 {
		t.Errorf("on the flat: %g, %g, %g", flat[-200], middle, flat[200])
	}
	for _, s := range whole {
		checkSolid(t, s)
	}
	if got := cover.Roads(input(nil, line("way/1", [][2]float64{{-200, 0}, {200, 0}}, "highway", "primary", "bridge", "yes")), "roads"); len(got) != 0 {
		t.Error("the bridge lies on the ground too")
	}
}

// checkSolid: the concrete of a straight bridge about y = 0 faces away from its middle,
// the road faces up.
func checkSolid(t *testing.T, s cover.Solid) {
	t.Helper()
	for i := 0; i < len(s.Indices); i += 3 {
		a, b, c := s.Positions[s.Indices[i]], s.Positions[s.Indices[i+1]], s.Positions[s.Indices[i+2]]
		var u, v, n [3]float64
		for k := range 3 {
			u[k], v[k] = b[k]-a[k], c[k]-a[k]
		}
		n = [3]float64{u[1]*v[2] - u[2]*v[1], u[2]*v[0] - u[0]*v[2], u[0]*v[1] - u[1]*v[0]}
		vn := s.Normals[s.Indices[i]]
		if n[0]*float64(vn[0])+n[1]*float64(vn[1])+n[2]*float64(vn[2]) <= 0 {
			t.Fatalf("%s: triangle %d faces against its normal", s.Material, i/3)
		}
		if s.Material == geo.Road && n[2] <= 0 {
			t.Fatal("road faces down")
		}
		if my := (a[1] + b[1] + c[1]) / 3; s.Material == geo.Concrete && math.Abs(float64(vn[1])) > 0.9 && my*float64(vn[1]) < 0 {
			t.Fatalf("side at y = %g faces %v", my, vn)
		}
	}
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
