package scene

import (
	"bytes"
	"strings"
	"testing"
)

const rowsDocument = `longtake: 1
sources:
  airports: { type: table, path: a.dat, fields: [id, name, lat, lng], missing: ["\\N"], units: { height: ft } }
  routes:
    type: table
    path: r.dat
    fields: [airline, from_id, to_id]
    transform:
      - join: { with: airports, on: { from_id: id }, prefix: from_ }
      - filter: from_lng > 10 and airline != "XX"
      - derive: { km: "distance(from_lng, from_lat, 0, 0) / 1000", one: 1 }
      - aggregate: { by: [airline], values: { n: count, far: max(km), tenth: q10(km) } }
      - sort: [-n, airline]
      - limit: 5
  far: { from: routes, transform: [ { filter: far > 1000 } ] }
  asked: { sql: "select * from routes join airports on 1 where 'x' = ''" }
`

func TestRowsRoundTrip(t *testing.T) {
	d, err := Parse("a.yaml", []byte(rowsDocument), Types{})
	if err != nil {
		t.Fatal(err)
	}
	var once, twice bytes.Buffer
	if err := d.Write(&once, JSON); err != nil {
		t.Fatal(err)
	}
	again, err := Parse("a.json", once.Bytes(), Types{})
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Write(&twice, JSON); err != nil || once.String() != twice.String() {
		t.Errorf("%v\n%s\n%s", err, once.String(), twice.String())
	}
	step := again.Sources["routes"].Transform[3].Aggregate.Values
	if step["tenth"] != (Measure{"quantile", "km", 0.1}) || step["n"].What != "count" {
		t.Error(step)
	}
	if got := d.Using([]string{"far"}); strings.Join(got, " ") != "airports far routes" {
		t.Error(got)
	}
	if got := d.Needs("asked"); strings.Join(got, " ") != "routes airports" {
		t.Error(got)
	}
}

func TestRowsMistakes(t *testing.T) {
	for text, want := range map[string]string{
		`{ path: a, from: b }`:               "either path or from",
		`{ type: table }`:                    "path, from, database or sql",
		`{ path: a, time: { zone: Local } }`: "a zone of the IANA list",
		`{ path: a, database: "postgres://me:hunter2@host/db", table: t }`:      "found an address; without path",
		`{ path: a, transform: [ { aggregate: { values: { n: q10x(v) } } } ] }`: "or q10 with a field",
		`{ from: nope }`:                                                       `the name of a source is allowed: s`,
		`{ from: s }`:                                                          "in a circle: s → s",
		`{ path: a, units: { v: knots } }`:                                     "a unit, or two of one kind",
		`{ path: a, units: { v: kn to ft } }`:                                  "a unit, or two of one kind",
		`{ path: a, time: { zone: Mars/Olympus } }`:                            "a zone of the IANA list",
		`{ path: a, kinds: { v: float } }`:                                     "number, text, boolean, time, list are allowed",
		`{ path: a, delimiter: ";;" }`:                                         "one character",
		`{ path: a, transform: [ { filter: "a >" } ] }`:                        "character 3",
		`{ path: a, transform: [ { filter: "frob(a)" } ] }`:                    `no function "frob": there are abs`,
		`{ path: a, transform: [ { filter: a > 1, limit: 2 } ] }`:              "one step is allowed",
		`{ path: a, transform: [ { fliter: a > 1 } ] }`:                        `did you mean "filter"?`,
		`{ path: a, transform: [ { aggregate: { values: { n: avg(v) } } } ] }`: "or q10 with a field",
		`{ path: a, transform: [ { join: { with: q, on: { a: b } } } ] }`:      "sources.s.transform[0].join.with",
		`{ path: a, transform: [ { resample: { metres: 1, seconds: 2 } } ] }`:  "one of metres and seconds",
		`{ database: "$PG" }`:                                                  "with either table or sql",
		`{ path: a, date: yesterday }`:                                         "a day such as",
	} {
		_, err := Parse("a.yaml", []byte("longtake: 1\nsources:\n  s: "+text+"\n"), Types{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestUnitsConvert(t *testing.T) {
	for _, c := range []struct {
		unit     Unit
		in, want float64
	}{{Unit{"kn", ""}, 100, 51.4444}, {Unit{"ft", ""}, 1000, 304.8}, {Unit{"°F", ""}, 212, 100}, {Unit{"K", "°F"}, 373.15, 212}, {Unit{"kn", "km/h"}, 10, 18.52}, {Unit{"inHg", ""}, 29.92, 1013.207}} {
		if got := c.unit.Convert(c.in); got < c.want-1e-3 || got > c.want+1e-3 {
			t.Errorf("%v: %g is %g, not %g", c.unit, c.in, got, c.want)
		}
	}
}
