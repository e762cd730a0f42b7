package furniture_test

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/furniture"
	"github.com/longtake/longtake/geo/model"
)

var frame = earth.FrameAt(earth.Place{Lng: 13.35, Lat: 52.5})

func at(x, y float64) orb.Point {
	lng, lat := frame.Unplan(x, y)
	return orb.Point{lng, lat}
}

func tags(kv ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i+1 < len(kv); i += 2 {
		m[kv[i]] = kv[i+1]
	}
	return m
}

func node(id string, x, y float64, kv ...string) geo.Feature {
	return geo.Feature{ID: id, Geometry: at(x, y), Tags: tags(kv...)}
}

func street(id string, x0, y0, x1, y1 float64, kv ...string) geo.Feature {
	return geo.Feature{ID: id, Geometry: orb.LineString{at(x0, y0), at(x1, y1)}, Tags: tags(kv...)}
}

func area(id string, x0, y0, x1, y1 float64, kv ...string) geo.Feature {
	return geo.Feature{ID: id, Geometry: orb.Polygon{{at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), at(x0, y0)}}, Tags: tags(kv...)}
}

func build(fs []geo.Feature, x0, y0, x1, y1, detail float64) (geo.Content, float64) {
	b := &geo.Block{Frame: frame, Square: orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x1, y1}}, Features: fs, Elevation: geo.FlatElevation(0), Report: geo.NewReport()}
	c := geo.Content{Frame: frame}
	err := furniture.New(b, "furniture", furniture.Options{StreetLamps: true}).Make(detail, &c)
	return c, err
}

// only returns the copies of one model.
func only(c geo.Content, name string) (out []geo.Instance) {
	for _, m := range c.Instances {
		if m.Model == name {
			out = append(out, m.Items...)
		}
	}
	return out
}

// Lamps stand at even steps beside a lit street, on alternate sides of a main one, their
// arms over it; none where lamps are mapped, in houses or on the crossing street.
func TestStreetLamps(t *testing.T) {
	fs := []geo.Feature{
		street("way/1", 0, 0, 600, 0, "highway", "secondary", "lit", "yes"),
		street("way/2", 315, -200, 315, 200, "highway", "residential", "lit", "no"),
		area("way/3", 420, 3, 450, 30, "building", "yes"),
		node("node/4", 100, 6, "highway", "street_lamp"),
	}
	c, _ := build(fs, -100, -100, 700, 100, 0)
	lamps := only(c, "lamp")
	if len(lamps) < 12 || len(lamps) > 17 {
		t.Fatalf("%d lamps", len(lamps))
	}
	left := 0
	for _, l := range lamps {
		x, y := float64(l.Position[0]), float64(l.Position[1])
		mapped := math.Hypot(x-100, y-6) < 0.1
		if !mapped && math.Hypot(x-100, y-6) < 58 {
			t.Errorf("a lamp at %.1f %.1f, near the mapped one", x, y)
		}
		if x > 420 && x < 450 && y > 3 {
			t.Errorf("a lamp in the house")
		}
		if math.Abs(x-315) < 3.5 {
			t.Errorf("a lamp on the other street")
		}
		if y > 0 {
			left++
		}
		if !mapped && math.Abs(math.Abs(y)-5.7) > 0.01 {
			t.Errorf("a lamp %.2f m from the middle", y)
		}
		if s := math.Sin(float64(l.Yaw)); s*y > -0.9*math.Abs(y) {
			t.Errorf("the lamp at %.1f %.1f looks away from the street: %.2f", x, y, l.Yaw)
		}
		if !mapped {
			if r := math.Mod(x, 30); math.Abs(r-15) > 0.1 {
				t.Errorf("lamp at %.2f, not at a step of 30 m", x)
			}
		}
	}
	if left < 5 || len(lamps)-left < 5 {
		t.Errorf("%d of %d on one side", left, len(lamps))
	}
}

// TestLampsWithoutHouses: a named street of homes has lamps though no house is mapped, and
// a main road with a town's speed or a sidewalk; others do not.
func TestLampsWithoutHouses(t *testing.T) {
	for _, c := range []struct {
		tags []string
		want bool
	}{
		{[]string{"highway", "residential", "name", "Rua Um"}, true}, {[]string{"highway", "residential"}, false},
		{[]string{"highway", "residential", "name", "Rua Um", "lit", "no"}, false}, {[]string{"highway", "secondary", "name", "Estrada Dois"}, false},
		{[]string{"highway", "secondary", "maxspeed", "60"}, true}, {[]string{"highway", "primary", "maxspeed", "35 mph"}, true}, {[]string{"highway", "primary", "maxspeed", "45 mph"}, false},
		{[]string{"highway", "tertiary", "maxspeed", "80", "sidewalk:left", "yes"}, true}, {[]string{"highway", "tertiary", "sidewalk", "no"}, false},
		{[]string{"highway", "unclassified", "maxspeed", "50"}, false}, {[]string{"highway", "secondary", "maxspeed", "50", "lit", "no"}, false},
	} {
		got, _ := build([]geo.Feature{street("way/1", 0, 0, 300, 0, c.tags...)}, -100, -100, 400, 100, 0)
		if n := len(only(got, "lamp")); (n > 0) != c.want {
			t.Errorf("%v: %d lamps", c.tags, n)
		}
	}
}

// A signal on a two-way street stands at both kerbs, each looking at those who come; one
// that is only for those who go forward once.
func TestSignals(t *testing.T) {
	road := street("way/1", -100, 0, 100, 0, "highway", "primary", "lit", "no")
	c, _ := build([]geo.Feature{road, node("node/2", 20, 0, "highway", "traffic_signals")}, -100, -100, 100, 100, 0)
	s := only(c, "signal")
	if len(s) != 2 {
		t.Fatalf("%d signals", len(s))
	}
	for _, i := range s {
		// Right-hand traffic: going east keeps south (y < 0) and the signal looks west.
		if y := float64(i.Position[1]); math.Abs(math.Abs(y)-6.1) > 0.01 || math.Cos(float64(i.Yaw))*y < 0.99*math.Abs(y) {
			t.Errorf("signal at %v looks to %.2f", i.Position, i.Yaw)
		}
	}
	c, _ = build([]geo.Feature{road, node("node/2", 20, 0, "highway", "traffic_signals", "traffic_signals:direction", "forward")}, -100, -100, 100, 100, 0)
	if s = only(c, "signal"); len(s) != 1 || s[0].Position[1] > 0 {
		t.Errorf("forward signal: %v", s)
	}
	if furniture.KeepsLeft(13.35, 52.5) || !furniture.KeepsLeft(-0.1, 51.5) || !furniture.KeepsLeft(139.7, 35.7) || furniture.KeepsLeft(2.3, 48.8) || furniture.KeepsLeft(-122, 37) {
		t.Error("sides of traffic")
	}
}

// TestSignalsAtCrossings: signals mapped where dual carriageways cross stand before the
// crossing, on no roadway.
func TestSignalsAtCrossings(t *testing.T) {
	var fs []geo.Feature
	for k, at := range []float64{0, 20} {
		oneway := []string{"yes", "-1"}[k]
		fs = append(fs, street(fmt.Sprint("way/", k), -200, at, 200, at, "highway", "primary", "oneway", oneway, "lit", "no"),
			street(fmt.Sprint("way/1", k), at, -200, at, 200, "highway", "primary", "oneway", []string{"-1", "yes"}[k], "lit", "no"))
		for j, other := range []float64{0, 20} {
			fs = append(fs, node(fmt.Sprint("node/", k, j), other, at, "highway", "traffic_signals"))
		}
	}
	c, _ := build(fs, -200, -200, 200, 200, 0)
	signals := only(c, "signal")
	if len(signals) < 3 || len(signals) > 4 {
		t.Fatalf("%d signals", len(signals))
	}
	for _, s := range signals {
		x, y := float64(s.Position[0]), float64(s.Position[1])
		for _, at := range []float64{0, 20} {
			if math.Abs(x-at) < 5.5 || math.Abs(y-at) < 5.5 {
				t.Errorf("a signal on a roadway at %.1f %.1f", x, y)
			}
		}
	}
}

// TestTurbines: each is all but white, in one of 64 tones that tell its rotor's angle.
func TestTurbines(t *testing.T) {
	var fs []geo.Feature
	for i := range 40 {
		fs = append(fs, node(fmt.Sprint("node/", i), float64(i*10), 0, "generator:source", "wind"))
	}
	c, _ := build(fs, -10, -10, 400, 10, 0)
	tones := map[[4]uint8]bool{}
	for _, s := range only(c, "turbine") {
		tones[s.Color] = true
		for k := range 4 {
			if s.Color[k] < 252 {
				t.Errorf("a turbine of colour %v", s.Color)
			}
		}
	}
	if len(tones) < 20 {
		t.Errorf("%d angles of 40 turbines", len(tones))
	}
}

// A football pitch has two goals that look at each other, a tennis court a net across.
func TestPitches(t *testing.T) {
	c, _ := build([]geo.Feature{area("way/1", 0, 0, 60, 100, "leisure", "pitch", "sport", "soccer"), area("way/2", 80, 0, 104, 11, "leisure", "pitch", "sport", "tennis;padel")}, -50, -50, 200, 200, 0)
	g := only(c, "goal")
	if len(g) != 2 || math.Abs(float64(g[0].Position[0])-30) > 0.1 || math.Cos(float64(g[0].Yaw-g[1].Yaw)) > -0.99 {
		t.Fatalf("goals %v", g)
	}
	for _, i := range g {
		if inward := math.Sin(float64(i.Yaw)) * (50 - float64(i.Position[1])); inward <= 0 {
			t.Errorf("a goal at %v looks out of the field", i.Position)
		}
	}
	if n := only(c, "net"); len(n) != 1 || math.Abs(math.Sin(float64(n[0].Yaw))) > 0.01 {
		t.Errorf("net %v", n)
	}
}

// The same things stand however the town is cut, and coarse levels leave out the small
// ones only.
func TestCuts(t *testing.T) {
	fs := []geo.Feature{
		street("way/1", -400, -13, 400, 22, "highway", "tertiary", "lit", "yes"),
		street("way/2", -100, -300, -80, 300, "highway", "footway", "lit", "yes"),
		area("way/3", -250, 60, -120, 190, "landuse", "cemetery"),
		area("way/4", 40, 60, 110, 120, "leisure", "playground"),
		node("node/5", 3, 8, "amenity", "bench"),
		node("node/6", 0, -10, "highway", "bus_stop", "shelter", "yes"),
		node("node/7", 150, 190, "generator:source", "wind"),
	}
	list := func(side float64) (out []string) {
		for y := -300.0; y < 300; y += side {
			for x := -300.0; x < 300; x += side {
				c, _ := build(fs, x, y, x+side, y+side, 0)
				for _, m := range c.Instances {
					for _, i := range m.Items {
						out = append(out, fmt.Sprint(m.Model, i.Position, i.Yaw, i.Scale, i.Color))
					}
				}
			}
		}
		sort.Strings(out)
		return out
	}
	whole := list(600)
	if len(whole) < 300 {
		t.Errorf("%d things", len(whole))
	}
	for _, side := range []float64{200, 60} {
		if got := list(side); !slices.Equal(got, whole) {
			t.Errorf("%d things in blocks of %g m, %d in one", len(got), side, len(whole))
		}
	}
	for _, detail := range []float64{0.5, 2, 5, 20} {
		c, err := build(fs, -300, -300, 300, 300, detail)
		if err > detail {
			t.Errorf("detail %g: error %g", detail, err)
		}
		for _, m := range c.Instances {
			for _, i := range m.Items {
				if float64(i.Scale) <= detail && m.Model != "shelter" && m.Model != "bench" {
					t.Errorf("detail %g: %s of %g m", detail, m.Model, i.Scale)
				}
			}
		}
		if len(only(c, "turbine")) != 1 {
			t.Errorf("detail %g: no turbine", detail)
		}
	}
}

// FuzzTags: no tags make it panic or place what has no model.
func FuzzTags(f *testing.F) {
	f.Add("highway", "street_lamp", "height", "-8", "direction", "NNW")
	f.Add("man_made", "crane", "crane:type", "portal_crane", "direction", "1e300")
	f.Add("leisure", "pitch", "sport", "basketball", "lit", "yes")
	f.Add("traffic_sign", "DE:260", "traffic_sign:direction", "backward", "lanes", "9e9")
	f.Fuzz(func(t *testing.T, k1, v1, k2, v2, k3, v3 string) {
		fs := []geo.Feature{
			node("node/1", 3, 4, k1, v1, k2, v2, k3, v3), area("way/2", 0, 0, 40, 30, k1, v1, k2, v2, k3, v3),
			street("way/3", -10, 5, 60, 7, k1, v1, k2, v2, k3, v3), street("way/4", 5, -20, 5, 50, "highway", "residential", k3, v3),
			{ID: "x", Tags: tags(k1, v1)},
		}
		c, _ := build(fs, 0, 0, 50, 50, 0)
		for _, m := range c.Instances {
			if _, ok := model.Get(m.Model); !ok || strings.HasSuffix(m.Model, "@far") {
				t.Fatalf("no model %q", m.Model)
			}
			for _, i := range m.Items {
				if !(i.Scale > 0.1 && i.Scale < 1000) || math.IsNaN(float64(i.Yaw)) {
					t.Fatalf("%s: %v", m.Model, i)
				}
			}
		}
	})
}

// TestWorksAreBuildings: a chimney or a tank that is an area is built from its outline, so no
// model of it stands there; a point has one, and an area that no layer builds.
func TestWorksAreBuildings(t *testing.T) {
	area := geo.Feature{ID: "way/1", Geometry: orb.Polygon{{at(0, 0), at(4, 0), at(4, 4), at(0, 4), at(0, 0)}}, Tags: tags("man_made", "chimney")}
	silo := area
	silo.Tags = tags("man_made", "silo")
	for name, c := range map[string]struct {
		f       geo.Feature
		unbuilt bool
		want    int
	}{"area": {area, false, 0}, "point": {node("node/1", 2, 2, "man_made", "chimney"), false, 1}, "area that nothing builds": {area, true, 1}, "what has no model": {silo, true, 0}} {
		b := &geo.Block{Frame: frame, Square: orb.Bound{Min: orb.Point{-500, -500}, Max: orb.Point{500, 500}}, Elevation: geo.FlatElevation(0), Report: geo.NewReport(), Features: []geo.Feature{c.f}}
		if n := furniture.New(b, "f", furniture.Options{Unbuilt: c.unbuilt}).Len(); n != c.want {
			t.Errorf("%s: %d models, want %d", name, n, c.want)
		}
	}
}
