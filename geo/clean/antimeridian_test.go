package clean_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/clean"
	"github.com/longtake/longtake/internal/realdata"
)

// rectangle is a ring by its sides, counter-clockwise.
func rectangle(west, south, east, north float64) orb.Ring {
	return orb.Ring{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}
}

// dense adds points to a ring, at most so many degrees apart.
func dense(r orb.Ring, step float64) (out orb.Ring) {
	for i := 1; i < len(r); i++ {
		n := max(1, int(math.Ceil(max(math.Abs(r[i][0]-r[i-1][0]), math.Abs(r[i][1]-r[i-1][1]))/step)))
		for k := range n {
			t := float64(k) / float64(n)
			out = append(out, orb.Point{r[i-1][0] + t*(r[i][0]-r[i-1][0]), r[i-1][1] + t*(r[i][1]-r[i-1][1])})
		}
	}
	return append(out, out[0])
}

// circle is a ring of longitudes all around a pole, wrapped to ±180.
func circle(lat float64, back bool) (out orb.Ring) {
	for lng := 3.0; lng < 360; lng += 10 {
		out = append(out, orb.Point{math.Remainder(lng, 360), lat + math.Sin(lng)})
	}
	if back {
		slices.Reverse(out)
	}
	return append(out, out[0])
}

// atLatitude puts the points of a ring at one latitude.
func atLatitude(r orb.Ring, lat float64) orb.Ring {
	for i := range r {
		r[i][1] = lat
	}
	return r
}

// has tells whether a place lies in the areas, in degrees of a map.
func has(g orb.Geometry, lng, lat float64) bool {
	switch g := g.(type) {
	case orb.Polygon:
		return planar.PolygonContains(g, orb.Point{lng, lat})
	case orb.MultiPolygon:
		return planar.MultiPolygonContains(g, orb.Point{lng, lat})
	}
	return false
}

// covers is a polygon, cleaned. It must hold the places in and none of out, have the area
// but for a share of it, and be the same when it is cleaned again.
func covers(t *testing.T, name string, g orb.Geometry, in, out []orb.Point, area, share float64) (orb.Geometry, geo.Summary) {
	t.Helper()
	report := geo.NewReport()
	f, ok := clean.Feature(geo.Feature{ID: "a", Geometry: orb.Clone(g)}, clean.Degrees, report)
	if !ok {
		t.Fatalf("%s: nothing left", name)
	}
	for want, places := range map[bool][]orb.Point{true: in, false: out} {
		for _, p := range places {
			if has(f.Geometry, p[0], p[1]) != want {
				t.Errorf("%s: that %v is inside is not %v", name, p, want)
			}
		}
	}
	if a := math.Abs(planar.Area(f.Geometry)); math.Abs(a-area) > share*area {
		t.Errorf("%s: %.3f square degrees, want %g", name, a, area)
	}
	if again, ok := clean.Feature(f, clean.Degrees, nil); !ok || !orb.Equal(again.Geometry, f.Geometry) {
		t.Errorf("%s: cleaned again it is %v", name, again.Geometry)
	}
	return f.Geometry, report.Summary()
}

// TestAntimeridian: a polygon over 180° covers the same places in whatever form it is
// written, with its holes, and one that only looks like it keeps its own.
func TestAntimeridian(t *testing.T) {
	in, out := []orb.Point{{171, 1}, {179.9, -9}, {-179.9, 9}, {-171, 1}}, []orb.Point{{0, 0}, {169, 0}, {-169, 0}, {-100, 0}, {179.9, 11}}
	hole := []orb.Point{{-179, 1}, {179, -1}}
	cut := orb.MultiPolygon{{rectangle(170, -10, 180, 10)}, {rectangle(-180, -10, -170, 10)}}
	for _, c := range []struct {
		name     string
		in       orb.Geometry
		in1, out []orb.Point
		area     float64 // square degrees
		notes    int
		pieces   int
	}{
		{"jumps", orb.Polygon{rectangle(170, -10, -170, 10), orb.Ring{{178, -2}, {178, 2}, {-178, 2}, {-178, -2}, {178, -2}}}, in, slices.Concat(out, hole), 400 - 16, 1, 2},
		{"beyond 180", orb.Polygon{rectangle(170, -10, 190, 10), orb.Ring{{178, -2}, {178, 2}, {182, 2}, {182, -2}, {178, -2}}}, in, slices.Concat(out, hole), 400 - 16, 1, 2},
		{"below -180, the hole not", orb.Polygon{rectangle(-190, -10, -170, 10), orb.Ring{{178, -2}, {178, 2}, {-178, 2}, {-178, -2}, {178, -2}}}, in, slices.Concat(out, hole), 400 - 16, 1, 2},
		{"densely, with points on 180 of either sign", orb.Polygon{slices.Concat(orb.Ring{{170, -10}, {180, -10}, {-180, -10}, {-175, -10}, {-170, -10}, {-170, 10}, {-180, 10}, {180, 10}, {170, 10}, {170, -10}})}, in, out, 400, 1, 2},
		{"cut as RFC 7946 says", cut, in, out, 400, 0, 2},
		{"in degrees from 0 to 360", orb.Polygon{rectangle(200, -10, 250, 10)}, []orb.Point{{-159, 0}, {-111, 0}}, []orb.Point{{-161, 0}, {0, 0}}, 1000, 0, 1},
		{"truly wide", orb.Polygon{dense(rectangle(-170, -10, 170, 10), 20)}, []orb.Point{{0, 0}, {-169, 0}, {169, 0}}, []orb.Point{{-175, 0}, {175, 0}}, 6800, 0, 1},
		{"all around", orb.Polygon{rectangle(-180, -60, 180, 60)}, []orb.Point{{0, 0}, {-179, 59}, {179, -59}}, []orb.Point{{0, 61}}, 360 * 120, 0, 1},
		{"the whole Earth", orb.Polygon{rectangle(-180, -90, 180, 90)}, []orb.Point{{0, 0}, {-179, 89}, {179, -89}}, nil, 360 * 180, 0, 1},
		{"round the south pole", orb.Polygon{circle(-70, false)}, []orb.Point{{0, -80}, {179.9, -89}, {-179.9, -75}, {90, -75}}, []orb.Point{{0, -60}, {180, -60}, {0, 80}}, 360 * 20, 1, 1},
		{"round the north pole, backwards", orb.Polygon{circle(75, true)}, []orb.Point{{0, 80}, {179.9, 89}, {-179.9, 80}, {90, 80}}, []orb.Point{{0, 60}, {180, 60}, {0, -80}}, 360 * 15, 1, 1},
		{"round the north pole, fifty metres from it", orb.Polygon{atLatitude(circle(0, false), 89.9995)}, []orb.Point{{0, 89.9998}, {179.9, 89.9999}}, []orb.Point{{0, 89.999}, {180, 89.999}}, 360 * 0.0005, 1, 1},
		{"a ring of sea around the pole", orb.Polygon{circle(60, false), circle(80, true)}, []orb.Point{{0, 70}, {179.9, 70}, {-179.9, 70}}, []orb.Point{{0, 85}, {179.9, 85}, {0, 50}}, 360 * 20, 1, 1},
	} {
		g, told := covers(t, c.name, c.in, c.in1, c.out, c.area, 0.002)
		pieces := 1
		if m, ok := g.(orb.MultiPolygon); ok {
			pieces = len(m)
		}
		if b := g.Bound(); b.Min[0] < -180 || b.Max[0] > 180 || pieces != c.pieces {
			t.Errorf("%s: %d pieces in %v", c.name, pieces, b)
		}
		if len(told.Notes) != c.notes {
			t.Errorf("%s: notes %v", c.name, told.Notes)
		}
	}
}

// TestSeam: both sides of a cut have the same points on it, a quarter of a degree apart.
func TestSeam(t *testing.T) {
	f, _ := clean.Feature(geo.Feature{ID: "a", Geometry: orb.Polygon{{{165, 20}, {200, 20}, {205, 45}, {170, 40}, {165, 20}}}}, clean.Degrees, nil)
	var sides [2][]float64
	for i, p := range f.Geometry.(orb.MultiPolygon) {
		for _, q := range p[0][1:] {
			if math.Abs(q[0]) == 180 {
				sides[i] = append(sides[i], q[1])
			}
		}
		slices.Sort(sides[i])
		for k := 1; k < len(sides[i]); k++ {
			if d := sides[i][k] - sides[i][k-1]; d > 0.2500001 {
				t.Errorf("points %g° apart", d)
			}
		}
	}
	if len(sides[0]) < 80 || !slices.Equal(sides[0], sides[1]) {
		t.Errorf("%v and %v", sides[0], sides[1])
	}
}

// TestNarrowOverAntimeridian: a house on the antimeridian stays one house.
func TestNarrowOverAntimeridian(t *testing.T) {
	f, ok := clean.Feature(geo.Feature{ID: "a", Geometry: orb.Polygon{rectangle(179.9999, -17, -179.9998, -16.9999)}}, clean.Degrees, nil)
	p, one := f.Geometry.(orb.Polygon)
	if !ok || !one {
		t.Fatalf("%v, %v", f.Geometry, ok)
	}
	if b := p.Bound(); math.Abs(b.Max[0]-b.Min[0]-0.0003) > 1e-9 || math.Abs(b.Center()[0]) > 180 {
		t.Errorf("box %v", b)
	}
}

// TestLinesOverAntimeridian: lines are left as they are: what draws them goes the short way.
func TestLinesOverAntimeridian(t *testing.T) {
	line := orb.LineString{{140, 35}, {-122, 37}}
	if f, ok := clean.Feature(geo.Feature{ID: "a", Geometry: line}, clean.Degrees, nil); !ok || !orb.Equal(f.Geometry, line) {
		t.Errorf("%v, %v", f.Geometry, ok)
	}
}

// TestNaturalEarthUncut: countries over the antimeridian, which Natural Earth cuts there,
// stay as they are; without their cut, and in degrees from 0 to 360, they become the same.
func TestNaturalEarthUncut(t *testing.T) {
	data, err := os.ReadFile(realdata.Path(t, "boundaries/ne_50m_admin_0_countries.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Features []struct {
			Properties map[string]any
			Geometry   struct{ Coordinates json.RawMessage }
		}
	}
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range all.Features {
		name, _ := f.Properties["ADMIN"].(string)
		if name == "" {
			name, _ = f.Properties["admin"].(string)
		}
		if name != "Russia" && name != "Fiji" && name != "Antarctica" {
			continue
		}
		var shape orb.MultiPolygon
		if err := json.Unmarshal(f.Geometry.Coordinates, &shape); err != nil {
			t.Fatal(err)
		}
		found++
		report := geo.NewReport()
		g, ok := clean.Feature(geo.Feature{ID: name, Geometry: shape}, clean.Degrees, report)
		if !ok || report.Summary().Notes[clean.NoteCut]+report.Summary().Notes[clean.NotePole] != 0 {
			t.Fatalf("%s: %v, %v", name, ok, report.Summary().Notes)
		}
		want := planar.Area(g.Geometry)
		for form, of := range map[string]func(lng float64) float64{
			"in degrees to 360": func(lng float64) float64 { return lng },
			"with jumps":        func(lng float64) float64 { return math.Remainder(lng, 360) },
		} {
			g, ok := clean.Feature(geo.Feature{ID: name, Geometry: uncut(shape, of)}, clean.Degrees, nil)
			if b := g.Geometry.Bound(); !ok || math.Abs(planar.Area(g.Geometry)-want) > 1e-4*want || b.Min[0] < -181 || b.Max[0] > 181 {
				t.Errorf("%s %s: %g, want %g, in %v", name, form, planar.Area(g.Geometry), want, b)
			}
		}
	}
	if found != 3 {
		t.Errorf("%d of three countries", found)
	}
}

// uncut joins what was cut at the antimeridian, whose longitudes then pass through of, and
// leaves out what leads to a pole.
func uncut(all orb.MultiPolygon, of func(lng float64) float64) (out orb.MultiPolygon) {
	var seam []orb.Polygon
	for _, p := range all {
		touches, pole := false, false
		for _, q := range p[0] {
			touches, pole = touches || math.Abs(q[0]) == 180, pole || q[1] < -89.9
		}
		switch {
		case pole:
			out = append(out, orb.Polygon{slices.DeleteFunc(slices.Clone(p[0]), func(q orb.Point) bool { return q[1] < -89.9 || math.Abs(q[0]) == 180 })})
		case touches:
			q := orb.Clone(p).(orb.Polygon)
			for _, r := range q {
				for k := range r {
					if r[k][0] < 0 {
						r[k][0] += 360
					}
				}
			}
			seam = append(seam, q)
		default:
			out = append(out, p)
		}
	}
	joined, _ := clean.Union(seam, clean.Degrees)
	for _, p := range joined {
		for _, r := range p {
			for k := range r {
				r[k][0] = of(r[k][0])
			}
		}
		out = append(out, p)
	}
	return out
}

// TestBeyondPole: what is no latitude is skipped by its reason, not followed along the
// antimeridian, and does not take the other parts with it; a rounding beyond a pole is none.
func TestBeyondPole(t *testing.T) {
	far, good := orb.Polygon{{{180, 0}, {180, 1e6}, {170, 0}, {180, 0}}}, orb.Polygon{rectangle(10, 20, 11, 21)}
	report := geo.NewReport()
	if f, ok := clean.Feature(geo.Feature{ID: "far", Geometry: far}, clean.Degrees, report); ok {
		t.Errorf("left: %v", f.Geometry.Bound())
	}
	if s := report.Summary().Skipped; len(s) != 1 || s[0].Reason != clean.ReasonLatitude || !slices.Equal(s[0].IDs, []string{"far"}) {
		t.Errorf("skipped: %v", s)
	}
	f, ok := clean.Feature(geo.Feature{ID: "some", Geometry: orb.MultiPolygon{far, good}}, clean.Degrees, report)
	if !ok || !orb.Equal(f.Geometry, good) {
		t.Errorf("%v, %v", f.Geometry, ok)
	}
	if noted := report.Summary().Noted["part of a multipolygon dropped: "+clean.ReasonLatitude]; !slices.Equal(noted, []string{"some"}) {
		t.Errorf("noted: %v", report.Summary().Noted)
	}
	if _, ok := clean.Feature(geo.Feature{ID: "pole", Geometry: orb.Polygon{rectangle(10, 80, 20, 90+1e-9)}}, clean.Degrees, report); !ok {
		t.Error("a rounding beyond a pole is skipped")
	}
}

// TestWound: a ring that goes round the Earth again and again, and back, is skipped by its
// reason: each turn would be a piece to cut out of all of its points.
func TestWound(t *testing.T) {
	spiral := func(turns int) (r orb.Ring) {
		for k := range 4 * turns {
			r = append(r, orb.Point{math.Remainder(90*float64(k)+10, 360), float64(k) / float64(turns)})
		}
		for k := 4*turns - 1; k >= 0; k-- {
			r = append(r, orb.Point{math.Remainder(90*float64(k)+10, 360), float64(k)/float64(turns) + 0.1/float64(turns)})
		}
		return append(r, r[0])
	}
	report := geo.NewReport()
	for name, ring := range map[string]orb.Ring{
		"back":   spiral(500),
		"metres": {{1113194, 10}, {1113294, 10}, {1113294, 20}, {1113194, 10}},
		"twice":  slices.Concat(circle(60, false)[:36], circle(70, false)[:36], circle(60, false)[:1]),
	} {
		f, ok := clean.Feature(geo.Feature{ID: name, Geometry: orb.Polygon{ring}}, clean.Degrees, report)
		if ok {
			t.Errorf("%s: %d points are left", name, len(f.Geometry.(orb.Polygon)[0]))
		}
	}
	if s := report.Summary().Skipped; len(s) != 1 || s[0].Reason != clean.ReasonWound || s[0].Count != 3 {
		t.Errorf("skipped: %v", s)
	}
	if f, ok := clean.Feature(geo.Feature{ID: "a", Geometry: orb.Polygon{spiral(1)}}, clean.Degrees, nil); !ok || !has(f.Geometry, 100, 1.05) {
		t.Errorf("once round: %v, %v", f.Geometry, ok)
	}
}
