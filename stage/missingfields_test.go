package stage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// TestMissingFields: each field that a source lacks is found with the line that names it and
// the names there are, through transforms and in long tables; nothing else is.
func TestMissingFields(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("towns.csv", "name,lng,lat,People\nA,7.1,43.1,5\nB,7.2,43.2,9\n")
	write("odd.csv", "name,lng,lat,when\nA,7.1,43.1,2024-02-01T00:00Z\nB,7.2,43.2,bad\n")
	write("empty.csv", "name,lng,lat\n")
	write("areas.geojson", `{"type":"FeatureCollection","features":[
		{"type":"Feature","properties":{"rent":3},"geometry":{"type":"Polygon","coordinates":[[[7,43],[7.1,43],[7.1,43.1],[7,43]]]}},
		{"type":"Feature","properties":{"late":4},"geometry":{"type":"Polygon","coordinates":[[[7,43],[7.1,43],[7.1,43.1],[7,43]]]}}]}`)
	var long strings.Builder
	long.WriteString("lng,lat,speed\n")
	for i := range 600_000 {
		fmt.Fprintf(&long, "7.%05d,43.1,%d\n", i%100000, i%50)
	}
	if long.Len() < wholeFile {
		t.Fatalf("the long table has %d bytes", long.Len())
	}
	write("long.csv", long.String())
	const sources = `longtake: 1
sources:
  towns: { path: towns.csv }
  empty: { path: empty.csv }
  areas: { path: areas.geojson }
  long: { path: long.csv }
  big: { from: towns, transform: [ { derive: { size: People * 2 } }, { drop: [name] } ] }
layers:
`
	for layer, want := range map[string]string{
		`{ id: a, type: point, source: towns, size: { field: people } }`:                                                     `scene.yaml:9:48: layers[0].size: no field "people" (did you mean "People"?): the source has People, name`,
		`{ id: a, type: label, source: towns, text: title }`:                                                                 `layers[0].text: no field "title": the source has People, name`,
		`{ id: a, type: label, source: big, text: name }`:                                                                    `layers[0].text: no field "name": the source has People, size`,
		`{ id: a, type: choropleth, source: areas, color: { field: rant } }`:                                                 `no field "rant"`,
		`{ id: a, type: point, source: long, color: { field: sped } }`:                                                       `no field "sped": the source has speed`,
		`{ id: a, type: hexagon, source: towns, color: { field: mean(people) } }`:                                            `layers[0].color: mean(people): no field "people"`,
		`{ id: a, type: arc, source: towns, lng2: x }`:                                                                       `layers[0].lng2: no field "x": the source has People, name`,
		`{ id: a, type: point, source: towns, time: { field: yeer } }`:                                                       `scene.yaml:9:48: layers[0].time: no field "yeer": the source has People, name`,
		"{ id: a, type: time-slider, show: data, for: b }\n  - { id: b, type: point, source: towns }":                        `scene.yaml:9:50: layers[0].for: layer "b" has no time`,
		"{ id: a, type: time-slider, for: b }\n  - { id: b, type: point, source: towns, time: { field: People, speed: 0 } }": `a time that stands still`,
		"{ id: a, type: time-slider, for: b }\n  - { id: b, type: point, source: towns, time: { field: People } }":           "",
		`{ id: a, type: time-slider, show: window, source: towns, field: people }`:                                           `layers[0].field: no field "people"`,
		`{ id: a, type: point, source: towns, time: { field: People, by: name, angles: [heding] } }`:                         `layers[0].time: angles: no field "heding": the source has People, name`,
		`{ id: a, type: buildings, source: areas, color: { field: People }, join: { with: towns, on: { id: nam } } }`:        `layers[0].join: no field "nam": the source has People, name`,
		`{ id: a, type: buildings, source: areas, color: { field: people }, join: { with: towns, on: { id: name } } }`:       `layers[0].color: no field "people"`,
		`{ id: a, type: buildings, source: areas, color: { field: People }, join: { with: towns, on: { id: name } } }`:       "",
		`{ id: a, type: point, source: towns, size: { field: People } }`:                                                     "",
		`{ id: a, type: choropleth, source: areas, color: { field: late } }`:                                                 "",
		`{ id: a, type: point, source: big, size: { field: size } }`:                                                         "",
		`{ id: a, type: label, source: empty, text: title }`:                                                                 "",
		`{ id: a, type: point, template: true, source: towns, size: { field: people } }`:                                     "",
		`{ id: a, type: hexagon, source: towns, color: { field: count }, height: { field: count } }`:                         "",
		`{ id: a, type: column, source: towns, height: { field: name } }`:                                                    `scene.yaml:9:51: layers[0].height: field "name" holds text, not numbers`,
		`{ id: a, type: hexagon, source: towns, height: { field: mean(people) } }`:                                           `scene.yaml:9:52: layers[0].height: mean(people): no field "people"`,
		`{ id: People, type: label, source: towns, text: name, size: { field: name }, height: { field: People } }`:           `scene.yaml:9:5: layers[0]: field "name" holds text, not numbers`,
		`{ id: a, type: point, source: asked }`:                                                                              `scene.yaml:8:17: sources.asked.sql: SQL logic error: no such column: nam`,
		`{ id: a, type: point, source: counted, size: { field: peopel } }`:                                                   `no field "peopel": the source has People, name`,
		`{ id: a, type: point, source: towns, events: { click: { filter: nme } } }`:                                          `layers[0].events.click.filter: no field "nme": the layer has People, name, id`,
		`{ id: a, type: point, source: towns, events: { hover: { highlight: { field: name, as: town } } } }`:                 `no field "town" in the source of any layer: they have People, name`,
		`{ id: a, type: point, source: towns, events: { click: { filter: name } } }`:                                         "",
		`{ id: a, type: point, source: long, events: { click: { filter: speed } } }`:                                         "",
		`{ id: a, type: point, source: kinds }`:                                                                              `sources.kinds.transform[0].filter: found "when > date('2024-01-01')"; >: the two sides differ in kind: text and times; when is text because of line 3: bad`,
		`{ id: a, type: point, source: tabled }`:                                                                             `table "nothere" is of databases`,

		`{ id: a, type: buildings, source: areas, attributes: [rent], events: { click: { filter: rent } } }`:                                                                   "",
		"{ id: a, type: buildings, source: areas, events: { click: { drill: { field: rent, show: b } } } }\n  - { id: b, type: buildings, source: areas, attributes: [rent] }": "",
		"{ id: a, type: buildings, source: areas, events: { click: { drill: { field: rent, show: b } } } }\n  - { id: b, type: buildings, source: areas }":                     `layer "b", which it shows, has none`,
	} {
		used := map[string]string{"counted": "counted: { sql: 'select name, people, lng, lat from towns' }", "kinds": "kinds: { path: odd.csv, transform: [ { filter: \"when > date('2024-01-01')\" } ] }", "tabled": "tabled: { path: towns.csv, table: nothere }", "asked": "asked: { sql: 'select nam, lng, lat from towns' }"}
		more := ""
		for name, text := range used {
			if strings.Contains(layer, "source: "+name) {
				more = "  " + text + "\n"
			}
		}
		sources := strings.Replace(sources, "layers:", more+"layers:", 1)
		path := filepath.Join(dir, "scene.yaml")
		write("scene.yaml", sources+"  - "+layer+"\n")
		doc, err := scene.Load(path, layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		found, _, err := MissingFields(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case want == "" && len(found) > 0:
			t.Errorf("%s: %v", layer, found)
		case want != "" && (len(found) != 1 || !strings.Contains(found[0].Error(), want)):
			t.Errorf("%s: found %v, want %s", layer, found, want)
		}
	}
}

// TestMissingFieldsOfSources: transforms are looked at whoever uses their source, and what is
// found is in the order of the scene's lines.
func TestMissingFieldsOfSources(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"areas.geojson": `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"rent":3},"geometry":{"type":"Polygon","coordinates":[[[7,43],[7.1,43],[7.1,43.1],[7,43]]]}}]}`,
		"scene.yaml": `longtake: 1
layers:
  - { id: a, type: choropleth, source: areas, color: { field: rant } }
  - { id: b, type: buildings, source: built }
  - { id: c, type: choropleth, source: late }
sources:
  areas: { path: areas.geojson }
  late: { path: areas.geojson, transform: [ { filter: late > 3 } ] }
  built: { path: areas.geojson, transform: [ { filter: levels > 3 } ] }
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := scene.Load(filepath.Join(dir, "scene.yaml"), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	found, _, err := MissingFields(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`3:54: layers[0].color: no field "rant"`, `8:`, `9:`}
	if len(found) != len(want) {
		t.Fatalf("found %v", found)
	}
	for i, e := range found {
		if !strings.Contains(e.Error(), "scene.yaml:"+want[i]) {
			t.Errorf("found %v, want line %v", e, want[i])
		}
	}
}
