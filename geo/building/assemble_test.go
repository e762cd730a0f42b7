package building

import (
	"math"
	"reflect"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/building/outline"
	"github.com/longtake/longtake/geo/building/roof"
	"github.com/longtake/longtake/geo/earth"
)

func square(x, y, side float64) outline.Ring {
	return ring(x, y, x+side, y, x+side, y+side, x, y+side)
}

func TestHeights(t *testing.T) {
	p := place(here, ring(0, 0, 20, 0, 20, 10, 0, 10))
	for name, c := range map[string]struct {
		tags         map[string]string
		bottom, top  float64
		shape        roof.Shape
		rise, spread float64
	}{
		"height":                 {map[string]string{"height": "12"}, 0, 12, roof.Flat, 0, 0},
		"feet":                   {map[string]string{"height": "12 ft"}, 0, 3.6576, roof.Flat, 0, 0},
		"comma":                  {map[string]string{"height": "3,5"}, 0, 3.5, roof.Flat, 0, 0},
		"levels":                 {map[string]string{"building:levels": "3"}, 0, 3 * 3.9, roof.Flat, 0, 0},
		"list of levels":         {map[string]string{"building:levels": "2.5;3"}, 0, 2.5 * 3.9, roof.Flat, 0, 0},
		"height over levels":     {map[string]string{"building:levels": "3", "height": "20"}, 0, 20, roof.Flat, 0, 0},
		"estimate":               {map[string]string{"est_height": "9"}, 0, 9, roof.Flat, 0, 0},
		"min_height":             {map[string]string{"height": "12", "min_height": "4"}, 4, 12, roof.Flat, 0, 0},
		"min_level":              {map[string]string{"height": "12", "building:min_level": "2"}, 7.8, 12, roof.Flat, 0, 0},
		"min above height":       {map[string]string{"height": "12", "min_height": "40"}, 0, 12, roof.Flat, 0, 0},
		"roof:height":            {map[string]string{"height": "12", "roof:shape": "hipped", "roof:height": "3"}, 0, 12, roof.Hipped, 3, 0},
		"roof taller than all":   {map[string]string{"height": "5", "roof:shape": "dome", "roof:height": "30"}, 0, 5, roof.Dome, 5, 0},
		"roof:angle, skillion":   {map[string]string{"height": "20", "roof:shape": "skillion", "roof:direction": "N", "roof:angle": "45"}, 0, 20, roof.Skillion, 10, 1e-3},
		"roof:angle, gabled":     {map[string]string{"height": "20", "roof:shape": "gabled", "roof:angle": "45"}, 0, 20, roof.Gabled, 5, 1e-3},
		"levels and roof:height": {map[string]string{"building:levels": "2", "roof:shape": "gabled", "roof:height": "2"}, 0, 9.8, roof.Gabled, 2, 0},
		"a billion":              {map[string]string{"height": "1e9", "building:levels": "2"}, 0, 7.8, roof.Flat, 0, 0},
		"below ground":           {map[string]string{"height": "-5", "building:levels": "2"}, 0, 7.8, roof.Flat, 0, 0},
		"words":                  {map[string]string{"height": "tall", "building:levels": "2"}, 0, 7.8, roof.Flat, 0, 0},
	} {
		c.tags["building"] = "office"
		b := one(t, p, c.tags)
		tol := 1e-9 + c.spread
		if math.Abs(b.Bottom-c.bottom) > tol || math.Abs(b.Top-c.top) > tol || b.Roof() != c.shape || math.Abs(b.roof.Height-c.rise) > tol {
			t.Errorf("%s: %v to %v, %s of %v; want %v to %v, %s of %v", name, b.Bottom, b.Top, b.Roof(), b.roof.Height, c.bottom, c.top, c.shape, c.rise)
		}
	}
}

func TestUntaggedHeightsFollowTypeSizeAndNeighbours(t *testing.T) {
	report := geo.NewReport()
	var fs []geo.Feature
	add := func(class, id string, r outline.Ring, tags map[string]string) {
		m := map[string]string{"building": class}
		for k, v := range tags {
			m[k] = v
		}
		fs = append(fs, geo.Feature{ID: id, Geometry: place(here, r), Tags: m})
	}
	add("garage", "g", square(0, 0, 5), nil)
	add("house", "h", square(2000, 0, 10), nil)
	add("skyscraper", "s", square(4000, 0, 30), nil)
	for i := range 6 {
		add("yes", "n", square(float64(i)*30, 1000, 14), map[string]string{"height": "40"})
	}
	add("yes", "u", square(20, 1050, 14), nil)
	bs := assemble(fs, earth.FrameAt(here), Options{}, report)
	if len(bs) != len(fs) {
		t.Fatalf("%d buildings of %d", len(bs), len(fs))
	}
	in := func(b Building, lo, hi float64) {
		if b.Top < lo || b.Top > hi {
			t.Errorf("%s is %v m high, want %v to %v", b.Class, b.Top, lo, hi)
		}
	}
	in(bs[0], 2.2, 4.5)
	in(bs[1], 4, 13)
	in(bs[2], 80, 200)
	in(bs[len(bs)-1], 24, 48)
	notes := report.Summary().Notes
	if notes[noteDefault] != 3 || notes[noteNear] != 1 {
		t.Errorf("notes %v", notes)
	}
	again := assemble(fs, earth.FrameAt(here), Options{}, geo.NewReport())
	if !reflect.DeepEqual(bs, again) {
		t.Error("a second run gave other buildings")
	}
}

func TestPartsReplaceTheirOutline(t *testing.T) {
	full := map[string]string{"building": "office", "height": "30", "name": "Hall"}
	part := func(h string) map[string]string { return map[string]string{"building:part": "yes", "height": h} }
	f := func(id string, tags map[string]string, rings ...outline.Ring) geo.Feature {
		return geo.Feature{ID: id, Geometry: place(here, rings...), Tags: tags}
	}
	for name, c := range map[string]struct {
		fs   []geo.Feature
		want []string
	}{
		"covered": {[]geo.Feature{f("o", full, square(0, 0, 20)), f("a", part("9"), ring(0, 0, 10, 0, 10, 20, 0, 20)),
			f("b", part("30"), ring(10, 0, 19, 0, 19, 20, 10, 20))}, []string{"a", "b"}},
		"half covered": {[]geo.Feature{f("o", full, square(0, 0, 20)), f("a", part("9"), ring(0, 0, 10, 0, 10, 20, 0, 20))}, []string{"o", "a"}},
		"stacked parts count once": {[]geo.Feature{f("o", full, square(0, 0, 20)), f("a", part("9"), ring(0, 0, 10, 0, 10, 20, 0, 20)),
			f("b", part("12"), ring(0, 0, 10, 0, 10, 20, 0, 20))}, []string{"o", "a", "b"}},
		"parts elsewhere":      {[]geo.Feature{f("o", full, square(0, 0, 20)), f("a", part("9"), square(100, 0, 20))}, []string{"o", "a"}},
		"twice":                {[]geo.Feature{f("o", full, square(0, 0, 20)), f("p", full, square(0, 0, 20))}, []string{"o"}},
		"turned and twice":     {[]geo.Feature{f("o", full, square(0, 0, 20)), f("p", full, ring(20, 20, 20, 0, 0, 0, 0, 20))}, []string{"o"}},
		"courtyard wins":       {[]geo.Feature{f("o", full, square(0, 0, 20)), f("p", full, square(0, 0, 20), square(5, 5, 5))}, []string{"p"}},
		"no":                   {[]geo.Feature{f("o", map[string]string{"building": "no"}, square(0, 0, 20))}, nil},
		"layer below":          {[]geo.Feature{f("o", map[string]string{"building": "yes", "layer": "-1"}, square(0, 0, 20))}, []string{"o"}},
		"layer below another":  {[]geo.Feature{f("o", map[string]string{"building": "yes", "layer": "-1"}, square(0, 0, 20)), f("p", map[string]string{"building": "yes"}, square(-5, -5, 40))}, []string{"p"}},
		"layer below, parking": {[]geo.Feature{f("o", map[string]string{"building": "yes", "layer": "-1", "parking": "underground"}, square(0, 0, 20))}, nil},
		"razed":                {[]geo.Feature{f("o", map[string]string{"building": "yes", "razed": "yes"}, square(0, 0, 20))}, nil},
		"proposed":             {[]geo.Feature{f("o", map[string]string{"building": "proposed", "height": "9"}, square(0, 0, 20))}, nil},
		"layer above":          {[]geo.Feature{f("o", map[string]string{"building": "yes", "layer": "1"}, square(0, 0, 20))}, []string{"o"}},
		"cellars only":         {[]geo.Feature{f("o", map[string]string{"building": "yes", "building:levels": "0", "building:levels:underground": "2"}, square(0, 0, 20))}, nil},
		"underground":          {[]geo.Feature{f("o", map[string]string{"building": "yes", "location": "underground"}, square(0, 0, 20))}, nil},
		"other schema":         {[]geo.Feature{f("o", map[string]string{"kind": "building", "height": "7"}, square(0, 0, 20))}, []string{"o"}},
		"bare, not for all":    {[]geo.Feature{f("o", map[string]string{"height": "7"}, square(0, 0, 20))}, nil},
	} {
		var got []string
		for _, b := range assemble(c.fs, earth.FrameAt(here), Options{}, geo.NewReport()) {
			got = append(got, b.ID)
			if b.Part && name == "covered" && (b.Name != "Hall" || b.Class != "office") {
				t.Errorf("part %+v does not carry its building's name and class", b.Row())
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestBuiltRoof: a row tells the roof that is built, in flat buildings as in others.
func TestBuiltRoof(t *testing.T) {
	house := geo.Feature{ID: "h", Geometry: place(here, square(0, 0, 10)), Tags: map[string]string{"building": "house", "roof:shape": "hipped"}}
	for flat, want := range map[bool]string{false: "hipped", true: "flat"} {
		bs := assemble([]geo.Feature{house}, earth.FrameAt(here), Options{Flat: flat, Attributes: []string{BuiltRoof}}, geo.NewReport())
		if len(bs) != 1 || bs[0].Row().Values[0] != want {
			t.Errorf("flat %v: %+v, want %s", flat, bs, want)
		}
	}
}

// TestOutlineKeepsWhatPartsLeave: a part on the ground is cut out of its outline, one in
// the air is not, and the rest stands on the base of the whole.
func TestOutlineKeepsWhatPartsLeave(t *testing.T) {
	outer := feature(1, map[string]string{"building": "office", "height": "30"}, square(0, 0, 20))
	part := func(min string) geo.Feature {
		return feature(2, map[string]string{"building:part": "yes", "height": "9", "min_height": min}, ring(5, 0, 12, 0, 12, 20, 5, 20))
	}
	for min, want := range map[string][]float64{"": {160, 100, 140}, "6": {400, 140}} {
		bs := all([]geo.Feature{outer, part(min)})
		if len(bs) != len(want) {
			t.Fatalf("%d pieces", len(bs))
		}
		for i, b := range bs {
			if math.Abs(area(b.Plan)-want[i]) > 0.01 && math.Abs(area(b.Plan)-want[len(want)-2-i]) > 0.01 {
				t.Errorf("piece %d has %v m², want %v", i, area(b.Plan), want)
			}
			if !b.Part && (b.Top != 30 || len(b.site[0]) != 5) {
				t.Errorf("piece %+v", b)
			}
		}
	}
}

func TestPartWithoutHeightTakesItsBuildings(t *testing.T) {
	fs := []geo.Feature{
		{ID: "o", Geometry: place(here, square(0, 0, 20)), Tags: map[string]string{"building": "yes", "height": "33", RelationTag: "relation/1"}},
		{ID: "p", Geometry: place(here, square(30, 0, 20)), Tags: map[string]string{"building:part": "yes", RelationTag: "relation/1"}},
	}
	bs := assemble(fs, earth.FrameAt(here), Options{}, geo.NewReport())
	if len(bs) != 2 || bs[1].Top != 33 || !bs[1].Part {
		t.Errorf("%+v", bs)
	}
}

func TestBadFootprintsAreSkippedAndCounted(t *testing.T) {
	tags := map[string]string{"building": "yes", "height": "5"}
	nan := math.NaN()
	fs := []geo.Feature{
		{ID: "line", Geometry: orb.LineString{{1.5, 42}, {1.6, 42}}, Tags: tags},
		{ID: "nothing", Geometry: orb.Polygon{}, Tags: tags},
		{ID: "empty ring", Geometry: orb.Polygon{{}}, Tags: tags},
		{ID: "point ring", Geometry: orb.Polygon{{{1.5, 42}, {1.5, 42}, {1.5, 42}, {1.5, 42}}}, Tags: tags},
		{ID: "nan", Geometry: orb.Polygon{{{1.5, 42}, {nan, 42}, {1.5, 43}, {1.5, 42}}}, Tags: tags},
		{ID: "huge", Geometry: orb.Polygon{{{1, 42}, {2, 42}, {2, 43}, {1, 42}}}, Tags: tags},
		{ID: "flat", Geometry: place(here, ring(0, 0, 20, 0, 40, 0)), Tags: tags},
	}
	report := geo.NewReport()
	if bs := assemble(fs, earth.FrameAt(here), Options{}, report); len(bs) != 0 {
		t.Errorf("built %v", bs)
	}
	if n := report.SkippedCount(); n != len(fs) {
		t.Errorf("%d of %d skipped: %+v", n, len(fs), report.Summary().Skipped)
	}
	bow := geo.Feature{ID: "bow", Geometry: place(here, ring(0, 0, 20, 20, 20, 0, 0, 20)), Tags: tags}
	pinched := geo.Feature{ID: "pinched", Geometry: place(here, ring(40, 0, 50, 10, 60, 0, 60, 20, 50, 10, 40, 20)), Tags: tags}
	if bs := assemble([]geo.Feature{bow, pinched}, earth.FrameAt(here), Options{}, geo.NewReport()); len(bs) != 4 {
		t.Errorf("%d halves of two outlines that cross themselves, want 4", len(bs))
	}
}

func TestColours(t *testing.T) {
	for s, want := range map[string][3]uint8{"#ff8000": {255, 128, 0}, "f80": {255, 136, 0}, "Light_Grey": {211, 211, 211}, "red;blue": {255, 0, 0}, "rgb(0, 255, 7)": {0, 255, 7}} {
		if c, ok := parseColour(s); !ok || [3]uint8(c[:3]) != want || c[3] != 255 {
			t.Errorf("%q: %v %v", s, c, ok)
		}
	}
	for _, s := range []string{"", "#12", "#gggggg", "colourful", "rgb(1,2)", "rgb(1,2,300)"} {
		if c, ok := parseColour(s); ok {
			t.Errorf("%q is %v", s, c)
		}
	}
	b := one(t, place(here, square(0, 0, 20)), map[string]string{"building": "yes", "building:colour": "white", "roof:colour": "#102030"})
	if b.look.wall != [4]uint8{255, 255, 255, 255} || b.look.roof != [4]uint8{16, 32, 48, 255} {
		t.Errorf("%+v", b.look)
	}
}

func FuzzTags(f *testing.F) {
	f.Add("12 ft", "2.5;3", "-5", "1e9", "gabled", "NNE", "#fff")
	f.Add("3,5", "", "5'10\"", "45", "half-hipped", "400", "teal")
	p := place(here, ring(0, 0, 20, 0, 20, 8, 8, 8, 8, 20, 0, 20))
	f.Fuzz(func(t *testing.T, height, levels, min, angle, shape, direction, colour string) {
		b := one(t, p, map[string]string{"building": "yes", "height": height, "building:levels": levels, "min_height": min,
			"roof:angle": angle, "roof:shape": shape, "roof:direction": direction, "building:colour": colour})
		if !(b.Bottom >= 0 && b.Bottom < b.Top && b.Top < 3000) {
			t.Fatalf("from %v to %v", b.Bottom, b.Top)
		}
		m := &Meshes{}
		NewBuilder(geo.FlatElevation(0), geo.NewReport()).Build(b, earth.FrameAt(here), 0, 0, m)
		if m.Triangles() == 0 {
			t.Fatal("nothing was built")
		}
	})
}

// Angles may have their sign; a colour that is none is noted with its building.
func TestAnglesAndUnknownColours(t *testing.T) {
	for s, want := range map[string]float64{"45": 45, "45°": 45, "30.5 deg": 30.5, "20°;40°": 20, "12 Degrees": 12} {
		m := measure(map[string]string{"roof:angle": s}, geo.NewReport())
		if m.angle != want {
			t.Errorf("%q is %g°", s, m.angle)
		}
	}
	report := geo.NewReport()
	tags := map[string]string{"building": "yes", "building:colour": "colourful", "roof:colour": "#102030"}
	assemble([]geo.Feature{{ID: "way/1", Geometry: place(here, square(0, 0, 20)), Tags: tags}}, earth.FrameAt(here), Options{}, report)
	if s := report.Summary(); s.Notes[noteColour] != 1 || len(s.Noted[noteColour]) != 1 {
		t.Errorf("%+v", s)
	}
}
