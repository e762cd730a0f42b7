package transform

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// steps are those of a document's text.
func steps(t testing.TB, text string) []scene.Step {
	t.Helper()
	d, err := scene.Parse("a.yaml", []byte("longtake: 1\nsources:\n  o: { path: b }\n  s: { path: a, transform: "+text+" }\n"), scene.Types{})
	if err != nil {
		t.Fatal(err)
	}
	return d.Sources["s"].Transform
}

func points() *table.Table {
	return &table.Table{
		IDs:      []string{"a", "b", "c", "d", "e"},
		Geometry: []orb.Geometry{orb.Point{0, 0}, orb.Point{1, 0}, orb.Point{2, 1}, orb.Point{3, 0}, nil},
		Columns: []table.Column{
			{Name: "g", Kind: table.Text, Texts: []string{"p", "q", "p", "p", "q"}},
			{Name: "t", Kind: table.Time, Numbers: []float64{1030, 1000, 1010, 5000, 1}},
			{Name: "v", Numbers: []float64{1, 2, math.NaN(), 5, 7}},
		},
	}
}

func other(name string) (*table.Table, error) {
	if name != "o" {
		return nil, fmt.Errorf("no source %s", name)
	}
	return &table.Table{IDs: []string{"1", "2", "3"}, Geometry: []orb.Geometry{orb.Point{50, 10}, nil, nil}, Columns: []table.Column{
		{Name: "key", Kind: table.Text, Texts: []string{"p", "p", ""}}, {Name: "size", Numbers: []float64{10, 20, 30}},
	}}, nil
}

// made writes the rows after some steps: id:value of each column.
func made(t testing.TB, text string) (string, *geo.Report, *table.Table, error) {
	r := geo.NewReport()
	out, err := Steps{Source: other, Report: r}.Apply(points(), steps(t, text))
	if err != nil {
		return "", r, nil, err
	}
	var b strings.Builder
	for i, id := range out.IDs {
		b.WriteString(id)
		for k := range out.Columns {
			b.WriteString(" " + out.Columns[k].Name + "=" + out.Columns[k].Word(i))
		}
		b.WriteString("; ")
	}
	return b.String(), r, out, nil
}

func TestSteps(t *testing.T) {
	for text, want := range map[string]string{
		"[ { filter: v > 1 }, { drop: [t] } ]":                                                                                                     "b g=q v=2; d g=p v=5; e g=q v=7; ",
		"[ { filter: lng > 1.5 }, { select: [lat] } ]":                                                                                             "c lat=1; d lat=0; ",
		"[ { derive: { w: v * 2 } }, { select: [w] }, { limit: 3 } ]":                                                                              "a w=2; b w=4; c w=; ",
		"[ { sort: -v }, { select: [v] } ]":                                                                                                        "e v=7; d v=5; b v=2; a v=1; c v=; ",
		"[ { sort: [g, -v] }, { select: [v] } ]":                                                                                                   "d v=5; a v=1; c v=; e v=7; b v=2; ",
		"[ { rename: { v: value } }, { select: [value] }, { limit: 1 } ]":                                                                          "a value=1; ",
		"[ { join: { with: o, on: { g: key } } }, { select: [size] } ]":                                                                            "a size=10; c size=10; d size=10; ",
		"[ { join: { with: o, on: { g: key }, keep: all, prefix: o_ } }, { select: [o_size, o_lng] }, { limit: 2 } ]":                              "a o_lng=50 o_size=10; b o_lng= o_size=; ",
		"[ { aggregate: { by: [g], values: { n: count, s: sum(v), m: mean(v), h: median(v), d: distinct(v), q: q100(v) } } } ]":                    "p d=2 g=p h=3 m=3 n=3 q=5 s=6; q d=2 g=q h=4.5 m=4.5 n=2 q=7 s=9; ",
		"[ { aggregate: { values: { first: first(g), last: max(t) } } } ]":                                                                         "#0 first=p last=1970-01-01T01:23:20Z; ",
		`[ { window: { field: t, from: "1970-01-01T00:16:45Z", to: "1970-01-01T01:00Z" } }, { select: [v] } ]`:                                     "a v=1; c v=; ",
		"[ { lines: { by: [g], order: t, lists: [v] } }, { drop: [t] } ]":                                                                          "c g=p timestamps=[0 20 3990] v=[NaN 1 5]; ",
		"[ { lines: { by: [g], order: t, gap: 100, since: line } }, { select: [timestamps] } ]":                                                    "c timestamps=[0 20]; ",
		"[ { lines: { by: [g], order: t, since: '1970' } }, { explode: { vertices: true, lists: [timestamps] } }, { select: [timestamps, lng] } ]": "c lng=2 timestamps=1010; c lng=0 timestamps=1030; c lng=3 timestamps=5000; ",
		"[ { lines: { by: [g], order: t } }, { simplify: 200000 }, { select: [timestamps] } ]":                                                     "c timestamps=[0 20 3990]; ",
		"[ { lines: { order: lng } }, { simplify: 50000 }, { resample: { metres: 100000 } }, { select: [timestamps] } ]":                           "a timestamps=[0 0.804401670366057 1.608803340732114 2.3266635122776815 2.962591605757119 3]; ",
	} {
		got, _, _, err := made(t, text)
		if err != nil || got != want {
			t.Errorf("%s:\n%s\n%s %v", text, got, want, err)
		}
	}
}

func TestLeftOutRowsAreCounted(t *testing.T) {
	for text, want := range map[string]string{
		"[ { join: { with: o, on: { g: key } } } ]": "no partner in source o",
		"[ { lines: { by: [g], order: t } } ]":      "no point for a line",
		"[ { place: { lng: v, lat: v } } ]":         "no place in v and v",
	} {
		_, r, _, err := made(t, text)
		s := r.Summary()
		found := false
		for _, k := range s.Skipped {
			found = found || k.Reason == want
		}
		if err != nil || !found {
			t.Errorf("%s: %+v %v", text, s, err)
		}
	}
	if _, r, _, _ := made(t, "[ { filter: v > 1 } ]"); r.Summary().Notes["row left out by filter v > 1: a value is missing"] != 1 {
		t.Errorf("%+v", r.Summary())
	}
}

// A mistake that only the data shows is told with its place in the document, and with the
// fields that there are.
func TestMistakesSayWhere(t *testing.T) {
	for text, want := range map[string]string{
		"[ { filter: speed > 1 } ]":                    "sources.s.transform[0].filter: found \"speed > 1\"; no field \"speed\": the source has g, t, v",
		"[ { limit: 2 }, { filter: v + 1 } ]":          "sources.s.transform[1].filter: found \"v + 1\"; gives numbers",
		"[ { sort: [w] } ]":                            "sources.s.transform[0].sort: no field \"w\"",
		"[ { join: { with: o, on: { g: nope } } } ]":   "source o: no field \"nope\": the source has key, size",
		"[ { window: { field: v, from: \"2020\" } } ]": "holds numbers, not times",
		"[ { lines: { order: g } } ]":                  "holds text",
		"[ { derive: { v: 1 } }, { join: { with: o, on: { g: key }, select: { v: size } } } ]": "both have a field \"v\"",
	} {
		_, _, _, err := made(t, text)
		var at scene.Error
		if !errors.As(err, &at) || at.Line != 4 || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestStepsLeaveTheirTableAlone(t *testing.T) {
	tab := points()
	before := fmt.Sprint(tab)
	all := "[ { sort: -v }, { derive: { v: v * 2 } }, { lines: { by: [g], order: t, lists: [v] } }, { simplify: 1 }, { resample: { metres: 50000 } } ]"
	if _, err := (Steps{Source: other, Report: geo.NewReport()}).Apply(tab, steps(t, all)); err != nil {
		t.Fatal(err)
	}
	if after := fmt.Sprint(tab); after != before {
		t.Errorf("%s\n%s", before, after)
	}
}

func TestSurfacesOfPoints(t *testing.T) {
	tab := &table.Table{Columns: []table.Column{{Name: "v"}}}
	for i := range 40 {
		for k := range 40 {
			tab.IDs = append(tab.IDs, fmt.Sprint(i, k))
			tab.Geometry = append(tab.Geometry, orb.Point{10 + float64(i)*0.001, 50 + float64(k)*0.001})
			tab.Columns[0].Numbers = append(tab.Columns[0].Numbers, float64(i))
		}
	}
	tab.IDs, tab.Geometry = append(tab.IDs, "nowhere"), append(tab.Geometry, nil)
	tab.Columns[0].Numbers = append(tab.Columns[0].Numbers, 1e9)
	for text, want := range map[string]string{
		"[ { bin: { cells: square, size: 500, values: { n: count } } } ]": "orb.Polygon n", "[ { bin: { size: 500, values: { n: count, m: max(v) } } } ]": "orb.Polygon n",
		"[ { bin: { cells: h3, level: 8, values: { n: count } } } ]": "orb.Polygon n", "[ { bin: { cells: geohash, level: 6, values: { n: count } } } ]": "orb.Polygon n",
		"[ { cluster: { zoom: 10, values: { n: count } } } ]": "orb.Point n",
		"[ { density: { step: 100, radius: 500 } } ]":         "orb.MultiPolygon low", "[ { interpolate: { field: v, step: 200, as: lines, levels: [10, 20] } } ]": "orb.LineString value",
		"[ { interpolate: { field: v, step: 200, method: idw, as: points } } ]": "orb.Point value",
	} {
		out, err := Steps{Source: other, Report: geo.NewReport()}.Apply(tab, steps(t, text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		shape, field, _ := strings.Cut(want, " ")
		values, err := out.Numbers(field)
		if err != nil || out.Rows() == 0 || len(values) != out.Rows() || fmt.Sprintf("%T", out.Geometry[0]) != shape {
			t.Errorf("%s: %d rows of %T, %v", text, out.Rows(), out.Geometry[0], err)
			continue
		}
		sum := 0.0
		for _, v := range values {
			sum += v
		}
		if field == "n" && sum != 1600 {
			t.Errorf("%s: %g points in all", text, sum)
		}
		if field == "value" && (sum/float64(len(values)) < 5 || sum/float64(len(values)) > 35) {
			t.Errorf("%s: the mean value is %g", text, sum/float64(len(values)))
		}
	}
}

// A value that is missing makes a group of its own with the others of its key, rather than
// one of all rows that lack something.
func TestGroupsWithMissingKeys(t *testing.T) {
	tab := &table.Table{IDs: []string{"1", "2", "3", "4"}, Geometry: make([]orb.Geometry, 4), Columns: []table.Column{
		{Name: "city", Kind: table.Text, Texts: []string{"", "", "", "b"}}, {Name: "land", Kind: table.Text, Texts: []string{"x", "y", "x", "y"}},
	}}
	out, err := Steps{Report: geo.NewReport()}.Apply(tab, steps(t, "[ { aggregate: { by: [land, city], values: { n: count } } } ]"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range out.IDs {
		got = append(got, out.Find("land").Word(i)+out.Find("city").Word(i)+out.Find("n").Word(i))
	}
	if strings.Join(got, " ") != "x2 y1 yb1" {
		t.Error(got)
	}
}

// A source may have no rows where nothing of it lies in the region, rows without a place, or
// shapes without a point: none of it stands at 0° 0°.
func TestStepsOfNothing(t *testing.T) {
	rows := points()
	for i := range rows.Geometry {
		rows.Geometry[i] = []orb.Geometry{nil, orb.LineString{}, orb.MultiPolygon{}}[i%3]
	}
	for _, text := range []string{
		`[ { filter: 'name == "x"' }, { derive: { n: lower(name) } } ]`, "[ { filter: lng == 0 or lat == 0 } ]", "[ { bin: { size: 100 } } ]", "[ { bin: { cells: h3, level: 5 } } ]", "[ { cluster: {} } ]",
		"[ { density: { step: 100, radius: 500 } } ]", "[ { interpolate: { field: v, step: 200 } } ]", "[ { simplify: 10 } , { explode: { vertices: true } } ]", "[ { resample: { metres: 10 } }, { explode: { segments: true } } ]", "[ { lines: { order: t } } ]",
	} {
		for _, tab := range []*table.Table{{}, rows} {
			if tab == rows && strings.Contains(text, "name") {
				continue
			}
			out, err := Steps{Source: other, Report: geo.NewReport()}.Apply(tab, steps(t, text))
			if err == nil && out.Rows() > 0 {
				t.Errorf("%s: %d rows", text, out.Rows())
			}
			if err != nil && tab != rows {
				t.Errorf("%s: %v", text, err)
			}
		}
	}
	out, err := Steps{Report: geo.NewReport()}.Apply(rows, steps(t, "[ { aggregate: { by: [g] } } ]"))
	if err != nil || out.Geometry[0] != nil {
		t.Errorf("%v %v", out, err)
	}
}
