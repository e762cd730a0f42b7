package clean

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/longtake/longtake/geo"
)

func TestPolygonTable(t *testing.T) {
	square := orb.Ring{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}
	for _, c := range []struct {
		name  string
		in    orb.Polygon
		polys int
		rings int
		area  float64
		note  string
	}{
		{"square", orb.Polygon{square}, 1, 1, 100, ""},
		{"clockwise", orb.Polygon{{{0, 0}, {0, 10}, {10, 10}, {10, 0}, {0, 0}}}, 1, 1, 100, ""},
		{"unclosed", orb.Polygon{square[:4]}, 1, 1, 100, NoteClosed},
		{"repeated and collinear", orb.Polygon{{{0, 0}, {0, 0}, {5, 0}, {10, 0}, {10, 0.0001}, {10, 10}, {0, 10}, {0, 5}, {0, 0}}}, 1, 1, 100, ""},
		{"spike", orb.Polygon{{{0, 0}, {10, 0}, {20, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}}, 1, 1, 100, ""},
		{"bow tie", orb.Polygon{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}}, 2, 2, 50, NoteCrossing},
		{"hole", orb.Polygon{square, {{2, 2}, {4, 2}, {4, 4}, {2, 4}, {2, 2}}}, 1, 2, 96, ""},
		{"hole outside", orb.Polygon{square, {{20, 2}, {24, 2}, {24, 4}, {20, 4}, {20, 2}}}, 1, 1, 100, NoteHole},
		{"hole half outside", orb.Polygon{square, {{8, 2}, {12, 2}, {12, 4}, {8, 4}, {8, 2}}}, 1, 1, 96, NoteCrossing},
		{"hole touching in a point", orb.Polygon{square, {{0, 5}, {2, 4}, {2, 6}, {0, 5}}}, 1, 2, 98, NoteCrossing},
		{"hole along a side", orb.Polygon{square, {{0, 2}, {2, 2}, {2, 4}, {0, 4}, {0, 2}}}, 1, 1, 96, NoteCrossing},
		{"hole in a hole", orb.Polygon{square, {{1, 1}, {9, 1}, {9, 9}, {1, 9}, {1, 1}}, {{3, 3}, {4, 3}, {4, 4}, {3, 4}, {3, 3}}}, 1, 2, 36, NoteCrossing},
		{"holes overlapping", orb.Polygon{square, {{1, 1}, {5, 1}, {5, 5}, {1, 5}, {1, 1}}, {{3, 3}, {7, 3}, {7, 7}, {3, 7}, {3, 3}}}, 1, 2, 72, NoteCrossing},
		{"hole splits the shell", orb.Polygon{square, {{-1, 4}, {11, 4}, {11, 6}, {-1, 6}, {-1, 4}}}, 2, 2, 80, NoteCrossing},
		{"pinched", orb.Polygon{{{0, 0}, {5, 5}, {10, 0}, {10, 10}, {5, 5}, {0, 10}, {0, 0}}}, 2, 2, 50, NoteCrossing},
		{"hole first", orb.Polygon{{{2, 2}, {4, 2}, {4, 4}, {2, 4}, {2, 2}}, square}, 1, 2, 96, NoteOrder},
		{"twice round", orb.Polygon{append(append(orb.Ring{}, square...), orb.Ring{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}...)}, 0, 0, 0, ""},
	} {
		polys, out := Polygon(c.in, Plan)
		rings := 0
		for _, p := range polys {
			rings += len(p)
		}
		if len(polys) != c.polys || rings != c.rings || math.Abs(totalArea(polys)-c.area) > 0.01 {
			t.Errorf("%s: %d polygons, %d rings, area %v: %v", c.name, len(polys), rings, totalArea(polys), polys)
		}
		if c.note != "" && !slices.Contains(out.Notes, c.note) || c.note == "" && len(out.Notes) > 0 && len(polys) > 0 {
			t.Errorf("%s: notes %v, want %q", c.name, out.Notes, c.note)
		}
		if (out.Reason == "") != (len(polys) > 0) {
			t.Errorf("%s: reason %q", c.name, out.Reason)
		}
		checkSound(t, c.name, polys)
	}
}

func TestPolygonWithNothingLeft(t *testing.T) {
	for _, c := range []struct {
		in     orb.Polygon
		reason string
	}{
		{nil, ReasonDegenerate},
		{orb.Polygon{{}}, ReasonDegenerate},
		{orb.Polygon{{{1, 1}, {1, 1}, {1, 1}, {1, 1}}}, ReasonDegenerate},
		{orb.Polygon{{{0, 0}, {5, 0}, {10, 0}, {0, 0}}}, ReasonDegenerate},
		{orb.Polygon{{{0, 0}, {math.NaN(), 0}, {10, 0}, {0, 0}}}, ReasonNotFinite},
		{orb.Polygon{{{0, 0}, {math.Inf(1), 0}, {10, 10}, {0, 0}}}, ReasonNotFinite},
		{orb.Polygon{{{0, 0}, {0.009, 0}, {0.009, 0.009}, {0, 0}}}, ReasonSliver},
	} {
		if polys, out := Polygon(c.in, Plan); polys != nil || out.Reason != c.reason {
			t.Errorf("%v: %v %+v, want %q", c.in, polys, out, c.reason)
		}
	}
}

// TestPolygonProperties draws random rings, most of them crossing themselves.
func TestPolygonProperties(t *testing.T) {
	rnd := rand.New(rand.NewSource(7))
	for n := range 3000 {
		scale, o := 100.0, Plan
		if n%3 == 0 {
			scale, o = 0.01, Degrees
		}
		var p orb.Polygon
		for i := range 1 + rnd.Intn(3) {
			var r orb.Ring
			for range 3 + rnd.Intn(9) {
				q := orb.Point{rnd.Float64() * scale, rnd.Float64() * scale}
				if n%2 == 0 { // a coarse lattice makes touching, shared and collinear sides
					q = orb.Point{math.Floor(q[0]/scale*6) * scale / 6, math.Floor(q[1]/scale*6) * scale / 6}
				}
				r = append(r, q)
			}
			if i == 0 || rnd.Intn(2) == 0 {
				r = append(r, r[0])
			}
			p = append(p, r)
		}
		name := fmt.Sprintf("case %d: %v", n, p)
		polys, _ := Polygon(p, o)
		checkSound(t, name, polys)
		want := wantArea(p, o)
		if got := totalArea(polys); math.Abs(got-want) > 60*scale*o.Tolerance {
			t.Errorf("%s: area %v, want %v", name, got, want)
		}
		even, _ := EvenOdd(p, o)
		checkSound(t, name, even)
		want = scanArea(p, func(odd []bool) bool {
			n := false
			for _, b := range odd {
				n = n != b
			}
			return n
		})
		if got := totalArea(even); math.Abs(got-want) > 60*scale*o.Tolerance {
			t.Errorf("%s: even-odd area %v, want %v", name, got, want)
		}
		if t.Failed() {
			return
		}
		var parts []orb.Polygon
		for _, r := range p {
			parts = append(parts, orb.Polygon{r})
		}
		union, _ := Union(parts, o)
		checkSound(t, name, union)
		want = scanArea(p, func(odd []bool) bool { return slices.Contains(odd, true) })
		if got := totalArea(union); math.Abs(got-want) > 60*scale*o.Tolerance {
			t.Errorf("%s: union area %v, want %v", name, got, want)
		}
		if t.Failed() {
			return
		}
		for _, q := range polys { // what is sound keeps its area
			again, out := Polygon(q, o)
			if math.Abs(totalArea(again)-planar.Area(q)) > 10*scale*o.Tolerance {
				t.Fatalf("%s: %v became %v (%+v)", name, q, again, out)
			}
		}
	}
}

func TestFromSides(t *testing.T) {
	outer := []orb.LineString{{{0, 0}, {10, 0}, {10, 10}}, {{0, 0}, {0, 10}, {10, 10}}}
	inner := []orb.LineString{{{2, 2}, {4, 2}, {4, 4}, {2, 4}, {2, 2}}, {{4, 2}, {6, 2}, {6, 4}, {4, 4}, {4, 2}}}
	polys, out := FromSides(outer, inner, Plan)
	checkSound(t, "touching inners", polys)
	if len(polys) != 1 || len(polys[0]) != 2 || math.Abs(totalArea(polys)-92) > 1e-6 {
		t.Errorf("%v %+v", polys, out)
	}
	if all, _ := FromSides(append(outer, inner...), nil, Plan); math.Abs(totalArea(all)-92) > 1e-6 {
		t.Errorf("by even-odd alone: %v", all)
	}
	if _, out := FromSides(nil, nil, Plan); out.Reason != ReasonDegenerate {
		t.Errorf("%+v", out)
	}
	if _, out := FromSides([]orb.LineString{{{0, math.NaN()}, {1, 1}}}, nil, Plan); out.Reason != ReasonNotFinite {
		t.Errorf("%+v", out)
	}
}

func TestManyCrossingsAreRefusedNotSuffered(t *testing.T) {
	var r orb.Ring
	rnd := rand.New(rand.NewSource(1))
	for range 4000 {
		r = append(r, orb.Point{rnd.Float64(), rnd.Float64()})
	}
	if _, out := Polygon(orb.Polygon{append(r, r[0])}, Degrees); out.Reason != ReasonTangled {
		t.Errorf("%+v", out)
	}
}

func TestFeature(t *testing.T) {
	report := geo.NewReport()
	bow := orb.Polygon{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}}
	f, ok := Feature(geo.Feature{ID: "way/1", Geometry: bow}, Degrees, report)
	if m, is := f.Geometry.(orb.MultiPolygon); !ok || !is || len(m) != 2 {
		t.Errorf("%v %v", f, ok)
	}
	if _, ok := Feature(geo.Feature{ID: "way/2", Geometry: orb.Polygon{}}, Degrees, report); ok {
		t.Error("an empty polygon passed")
	}
	if f, ok := Feature(geo.Feature{ID: "node/3", Geometry: orb.Point{1, 2}}, Degrees, nil); !ok || f.Geometry != (orb.Point{1, 2}) {
		t.Errorf("%v %v", f, ok)
	}
	s := report.Summary()
	if s.Notes[NoteCrossing] != 1 || len(s.Skipped) != 1 || s.Skipped[0].Reason != ReasonDegenerate || s.Skipped[0].IDs[0] != "way/2" {
		t.Errorf("%+v", s)
	}
}

func FuzzPolygon(f *testing.F) {
	f.Add([]byte{0, 0, 9, 9, 9, 0, 0, 9, 0, 0}, uint8(0))
	f.Add([]byte{0, 0, 9, 0, 9, 9, 0, 9, 255, 255, 2, 2, 4, 2, 4, 4}, uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, scale uint8) {
		if len(data) > 80 {
			return
		}
		p := orb.Polygon{nil}
		s := math.Ldexp(1, int(scale%24)-12)
		for i := 0; i+1 < len(data); i += 2 {
			if data[i] == 255 {
				p = append(p, nil)
				continue
			}
			p[len(p)-1] = append(p[len(p)-1], orb.Point{float64(data[i]) * s, float64(data[i+1]) * s})
		}
		o := Options{Tolerance: 1e-6 * s, MinArea: 1e-9 * s * s}
		polys, out := Polygon(p, o)
		checkSound(t, fmt.Sprint(p), polys)
		if out.Reason == "" {
			if want := wantArea(p, o); math.Abs(totalArea(polys)-want) > 1e-2*s*s {
				t.Errorf("%v: area %v, want %v", p, totalArea(polys), want)
			}
		}
	})
}

func BenchmarkPolygon(b *testing.B) {
	var r orb.Ring
	for i := range 12 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 6)
		r = append(r, orb.Point{10 * cos, 10*sin + float64(i%2)})
	}
	p := orb.Polygon{append(r, r[0])}
	b.ReportAllocs()
	for b.Loop() {
		Polygon(p, Plan)
	}
}

// TestPlain compares the look at all pairs with the sweep on random rings, most of which
// cross, touch or fold somewhere.
func TestPlain(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	yes := 0
	for range 20000 {
		n := 3 + r.Intn(6)
		var ring orb.Ring
		for range n {
			ring = append(ring, orb.Point{float64(r.Intn(8)), float64(r.Intn(8))})
		}
		if ring[0] == ring[n-1] {
			continue // what tidy leaves has no point twice
		}
		ring = append(ring, ring[0])
		g := &grid{step: 1}
		segs := g.segments([]orb.Ring{ring})
		all := len(segs)
		segs = cancel(segs)
		found, ok := cuts(segs, 0)
		want := len(segs) == all && !touching(segs) && ok && len(found) == 0 && all >= 3
		if got := g.plain(ring); got != want {
			t.Fatalf("%v: plain says %v", ring, got)
		} else if got {
			yes++
		}
	}
	if yes < 500 {
		t.Errorf("only %d of the rings are plain", yes)
	}
}
