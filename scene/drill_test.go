package scene

import (
	"reflect"
	"strings"
	"testing"
)

// drillDoc is a world of three levels.
func drillDoc(country, province, story string) string {
	return `longtake: 1
sources: { s: { type: table, path: s.csv } }
layers:
  - { id: countries, type: column, source: s, events: { ` + country + ` } }
  - { id: provinces, type: column, source: s, events: { ` + province + ` } }
  - { id: towns, type: column, source: s }
story: { duration: 20s, chapters: [ ` + story + ` ] }
`
}

const (
	downCountry  = "click: { drill: { field: iso, as: country, show: provinces } }"
	downProvince = "click: { drill: { field: name, show: towns, lasts: 1s } }"
)

func TestDrillSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ country, province, story, want string }{
		{"hover: { drill: { field: iso, show: provinces } }", "", "", "drill belongs to click"},
		{"click: { drill: { field: iso } }", "", "", "show"},
		{"click: { drill: { field: iso, show: nowhere } }", "", "", "the id of a layer is allowed"},
		{"click: { drill: { field: iso, show: countries } }", "", "", "a layer further down is allowed"},
		{downCountry, "click: { drill: { field: iso, show: countries } }", "", "a layer further down is allowed"},
		{downCountry, "", "{ id: a, set: { selection: { drill: [{ layer: towns, of: x }] } } }", "a layer with events: { click: { drill } } is allowed"},
		{downCountry, downProvince, "{ id: a, set: { selection: { drill: [{ layer: provinces, of: x }, { layer: countries, of: y }] } } }", `"towns" is allowed, which the level above shows`},
		{downCountry, "", "{ id: a, set: { selection: { drill: [{ layer: countries, of: { min: x } }] } } }", "a value, a list of values"},
	} {
		_, err := Parse("t.yaml", []byte(drillDoc(c.country, c.province, c.story)), testTypes)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "t.yaml:") {
			t.Errorf("%s %s %s: %v; %q is wanted", c.country, c.province, c.story, err, c.want)
		}
	}
}

// A story goes down and up again; a chapter that selects nothing leaves it where it is.
func TestStoryDrills(t *testing.T) {
	d, err := Parse("t.yaml", []byte(drillDoc(downCountry, downProvince, `{ id: a, from: 2s, set: { selection: { drill: [{ layer: countries, of: BRA }] } } },
    { id: b, from: 5s }, { id: c, from: 8s, set: { selection: { drill: [{ layer: countries, of: BRA }, { layer: provinces, of: 7 }] } } }, { id: d, from: 12s, set: { selection: null } }`)), testTypes)
	if err != nil {
		t.Fatal(err)
	}
	country, province := Drilled{"countries", "BRA"}, Drilled{"provinces", 7.0}
	for _, c := range []struct {
		at, since   float64
		now, before []Drilled
	}{
		{1, 0, nil, nil}, {2, 2, []Drilled{country}, nil}, {7, 2, []Drilled{country}, nil},
		{9, 8, []Drilled{country, province}, []Drilled{country}}, {15, 12, nil, []Drilled{country, province}},
	} {
		m := d.At(Seconds(c.at))
		same := func(a, b []Drilled) bool { return len(a)+len(b) == 0 || reflect.DeepEqual(a, b) }
		if !same(m.Drilled, c.now) || !same(m.DrilledFrom, c.before) || m.DrilledSince != Seconds(c.since) {
			t.Errorf("at %v s: %v from %v since %v", c.at, m.Drilled, m.DrilledFrom, m.DrilledSince)
		}
	}
	if k := d.Layers[0].Events.Click.Drill; k.Name() != "country" || k.Pitch != -65 || k.Lasts != Fraction(9, 5) {
		t.Errorf("defaults: %+v", k)
	}
}
