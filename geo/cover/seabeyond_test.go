package cover_test

import (
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/cover"
)

// knownGround is heights by plan position, known where ok says.
type knownGround func(x, y float64) (h float64, ok bool)

func (g knownGround) HeightAt(lng, lat float64) (float64, bool) { return g(home.Plan(lng, lat)) }

var _ geo.Elevation = knownGround(nil)

func box(half float64) orb.Bound {
	return orb.Bound{Min: orb.Point{-half, -half}, Max: orb.Point{half, half}}
}

// A coast that an extract cuts off 1500 m from its middle goes on as the ground does: a
// bay to the east of x = 0, with a spit that the edge of the elevation cuts, and hills
// that a straight line would drown.
func TestSeaAroundFollowsGround(t *testing.T) {
	ground := knownGround(func(x, y float64) (float64, bool) {
		switch {
		case y > 4000 || y < -4000:
			return 0, false
		case y > 2500 && x > 1000 && x < 1300: // the spit
			return 20, true
		case y < -1500 && x < 800: // the coast turns east
			return 60, true
		case x < 0:
			return 30, true
		}
		return 0.2, true
	})
	f := []geo.Feature{coast([2]float64{0, -1500}, [2]float64{20, 0}, [2]float64{0, 1500})}
	report := geo.NewReport()
	sea := cover.SeaAround(f, home, box(1000), box(5000), ground, 0, report)
	for _, c := range []struct {
		x, y float64
		sea  bool
		why  string
	}{
		{500, 0, true, "right of the coast"}, {-500, 0, false, "left of it"}, {10, 0, false, "left of the coast's bend"},
		{3000, 3000, true, "low ground beyond"}, {-3000, 3000, false, "high ground beyond"},
		{400, -3000, false, "a hill where the coast would go on straight"}, {3000, -3000, true, "the bay beyond it"},
		{1150, 3500, false, "the spit"}, {1150, 4900, true, "beyond the spit's end, where nothing is known"},
		{-3000, 4900, false, "land goes on where nothing is known"}, {3000, -4900, true, "and so does the sea"},
	} {
		if got := inSea(sea, c.x, c.y); got != c.sea {
			t.Errorf("(%g, %g) in the sea: %v, but it is %s", c.x, c.y, got, c.why)
		}
	}
	if n := report.SkippedCount(); n > 0 {
		t.Errorf("%d skipped: %v", n, report.Summary().Skipped)
	}
	checkNoOverlap(t, sea)
}

// checkNoOverlap asks many points: none lies in two polygons.
func checkNoOverlap(t *testing.T, sea orb.MultiPolygon) {
	t.Helper()
	for y := -4990.5; y < 5000; y += 61 {
		for x := -4990.5; x < 5000; x += 61 {
			n := 0
			for _, p := range sea {
				if inSea(orb.MultiPolygon{p}, x, y) {
					n++
				}
			}
			if n > 1 {
				t.Fatalf("(%g, %g) is in %d seas", x, y, n)
			}
		}
	}
}

// Without any elevation the sea goes on from the borders of what the coast closes.
func TestSeaAroundWithoutElevation(t *testing.T) {
	f := []geo.Feature{coast([2]float64{200, -1500}, [2]float64{200, 1500})}
	sea := cover.SeaAround(f, home, box(1000), box(6000), nil, 0, geo.NewReport())
	for _, c := range []struct {
		x, y float64
		sea  bool
	}{{800, 0, true}, {5000, 0, true}, {-800, 0, false}, {-5000, 0, false}, {3000, 5500, true}, {-3000, -5500, false}} {
		if got := inSea(sea, c.x, c.y); got != c.sea {
			t.Errorf("(%g, %g) in the sea: %v", c.x, c.y, got)
		}
	}
	if cover.SeaAround(nil, home, box(1000), box(6000), nil, 0, geo.NewReport()) != nil {
		t.Error("a sea without a coast")
	}
}

// A segment that is longer than the rectangle tells how the coast runs there too.
func TestSeaAroundLongSegment(t *testing.T) {
	f := []geo.Feature{coast([2]float64{200, -1500}, [2]float64{200, 40000})}
	sea := cover.SeaAround(f, home, box(1000), box(6000), nil, 0, geo.NewReport())
	for _, c := range []struct {
		x, y float64
		sea  bool
	}{{800, 0, true}, {5000, 5500, true}, {5500, -5500, true}, {-800, 0, false}, {-5500, 5500, false}, {-5500, -5500, false}} {
		if got := inSea(sea, c.x, c.y); got != c.sea {
			t.Errorf("(%g, %g) in the sea: %v", c.x, c.y, got)
		}
	}
}

// A coast that is whole in the rectangle is closed as Sea closes it.
func TestSeaAroundWholeCoast(t *testing.T) {
	island := coast([2]float64{-300, -300}, [2]float64{300, -300}, [2]float64{0, 300}, [2]float64{-300, -300})
	f := []geo.Feature{island}
	sea := cover.SeaAround(f, home, box(1000), box(3000), nil, 0, geo.NewReport())
	want := cover.Sea(f, home, box(3000), nil, 0, geo.NewReport())
	if a, b := seaArea(sea), seaArea(want); a != b || a < 30e6 {
		t.Errorf("%g m² of sea, Sea says %g", a, b)
	}
}

func house(x, y, half float64) geo.Feature {
	var r orb.Ring
	for _, c := range [5][2]float64{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}} {
		lng, lat := home.Unplan(x+c[0]*half, y+c[1]*half)
		r = append(r, orb.Point{lng, lat})
	}
	return geo.Feature{ID: "way/2", Geometry: orb.Polygon{r}, Tags: map[string]string{"building": "yes"}}
}

// Houses side by side stand on town ground, a farm does not, and a park between houses
// is its own.
func TestTown(t *testing.T) {
	var f []geo.Feature
	for y := range 12 {
		for x := range 12 {
			f = append(f, house(float64(x)*24, float64(y)*24, 8))
		}
	}
	f = append(f, house(2000, 2000, 8))
	park := house(130, 130, 30)
	park.Tags = map[string]string{"leisure": "park"}
	f = append(f, park)
	townOf := func(features []geo.Feature) []cover.Patch {
		square := orb.Bound{Min: orb.Point{-1000, -1000}, Max: orb.Point{3000, 3000}}
		whole, part := cover.NewTown(home, square), cover.NewTown(home, square)
		for i := range features { // in two parts
			[]*cover.Town{whole, part}[i%2].Add(&features[i])
		}
		whole.Merge(part)
		return whole.Patches("a")
	}
	town := townOf(f)
	if len(town) == 0 {
		t.Fatal("no town")
	}
	area, b := 0.0, town[0].Bound()
	for i := range town {
		checkPatch(t, &town[i])
		area, b = area+town[i].Area(), b.Union(town[i].Bound())
	}
	if a := area; a < 60000 || a > 160000 {
		t.Errorf("%g m² of town around 72000 m² of houses and yards", a)
	}
	if b.Max[0] > 400 || b.Min[0] > 0 || b.Max[1] < 264 {
		t.Errorf("town from %v to %v", b.Min, b.Max)
	}
	low, high := town[0].Bias, 0
	for _, p := range cover.Areas(cover.Input{Features: f, Frame: home, Report: geo.NewReport()}, "a") {
		high = p.Bias
	}
	if low != 1 || high <= low {
		t.Errorf("town lies at %d, the park in it at %d", low, high)
	}
	if len(townOf(f[144:])) > 0 {
		t.Error("a single farm is no town")
	}
}

// A coast that stops inside the data before a cape that every straight way to the border
// drowns or leads round: beyond its end the sea lies where the ground says.
func TestSeaAroundCoastThatStops(t *testing.T) {
	ground := knownGround(func(x, y float64) (float64, bool) {
		if x < 0 || y < -650 && x < 700 { // a cape below the coast's beginning
			return 40, true
		}
		return 0, true
	})
	f := []geo.Feature{coast([2]float64{0, -620}, [2]float64{10, 0}, [2]float64{0, 1500})}
	report := geo.NewReport()
	sea := cover.SeaAround(f, home, box(1000), box(4000), ground, 0, report)
	for _, c := range []struct {
		x, y float64
		sea  bool
	}{{500, 0, true}, {900, -300, true}, {900, -900, true}, {-500, 0, false}, {3000, 0, true}, {3000, -3000, true}, {400, -900, false}, {400, -2000, false}} {
		if got := inSea(sea, c.x, c.y); got != c.sea {
			t.Errorf("(%g, %g) in the sea: %v", c.x, c.y, got)
		}
	}
	if n := report.SkippedCount(); n > 0 {
		t.Errorf("%d skipped: %v", n, report.Summary().Skipped)
	}
	checkNoOverlap(t, sea)
}

// Bays beyond the data are sea where there is no elevation, islands in them are whole, and
// a bay that lies on the data's land is not believed.
func TestSeaAroundBay(t *testing.T) {
	area := func(id, kind string, points ...[2]float64) geo.Feature {
		f := coast(append(points, points[0])...)
		f.ID, f.Tags = id, map[string]string{"natural": kind}
		f.Geometry = orb.Polygon{orb.Ring(f.Geometry.(orb.LineString))}
		return f
	}
	shore := coast([2]float64{200, -900}, [2]float64{200, 900}) // the sea is east
	bay := area("relation/1", "bay", [2]float64{300, -4500}, [2]float64{4500, -4500}, [2]float64{4500, 4500}, [2]float64{-3000, 4500}, [2]float64{-3000, 2500}, [2]float64{300, 2000})
	wrong := area("relation/2", "bay", [2]float64{-4000, -900}, [2]float64{-4000, 900}, [2]float64{-100, 900}, [2]float64{-100, -900})
	island := coast(ring(-1000, 3500, 300, true)...)
	sea := cover.SeaAround([]geo.Feature{shore, bay, wrong, island}, home, box(1000), box(5000), nil, 0, geo.NewReport())
	for _, c := range []struct {
		x, y float64
		sea  bool
		why  string
	}{
		{800, 0, true, "right of the coast"}, {-800, 0, false, "left of it"},
		{-2500, 3000, true, "in the bay"}, {-2500, 1500, false, "beside it"}, {3000, -3000, true, "in its south"},
		{-1000, 3500, false, "the island"}, {-1000 + 290, 3500, false, "the island's rim"}, {-1000 + 310, 3500, true, "beside the island"},
		{-3000, 0, false, "a bay on known land"},
	} {
		if got := inSea(sea, c.x, c.y); got != c.sea {
			t.Errorf("(%g, %g) in the sea: %v, but it is %s", c.x, c.y, got, c.why)
		}
	}
	checkNoOverlap(t, sea)
}
