package generate

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/geo/tiles/check"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// Every tile, fine or coarse, keeps the values that the features have, on the ground as above it.
func TestTilesKeepAttributes(t *testing.T) {
	dir, all, load := quarter(t, geo.Bound{West: -30.52, South: 36.5, East: -30.49, North: 36.515})
	writeLines(t, filepath.Join(dir, "quarter.geojsonl"), all)
	tags := map[string]map[string]string{}
	for i := range all {
		tags[all[i].ID] = all[i].Tags
	}
	out, _ := run(t, load(), Options{})
	for set, wanted := range map[string][]string{"buildings": {"building:levels", "height", "built:levels"}, "ground": {"highway", "landuse"}, "trees": {"natural"}} {
		s, err := tiles.Open(filepath.Join(out, "tiles", set, "tileset.json"))
		if err != nil {
			t.Fatal(err)
		}
		values, levels, roofs := map[string]int{}, map[int]bool{}, 0
		err = s.Walk(func(tile *tiles.Tile) error {
			contents, err := s.Load(tile)
			if err != nil {
				return err
			}
			for _, c := range contents {
				for k, a := range c.Attributes {
					for i := range c.Features {
						r := &c.Features[i]
						v := r.Value(k)
						if v == "" {
							continue
						}
						levels[tile.Address.Level] = true
						if a.Name == "built:roof" {
							roofs++
							continue
						}
						if of := tags[r.ID]; of != nil && of[a.Name] != v && a.Kind == geo.TextAttribute && of[a.Name] != "" {
							t.Fatalf("%s: %s of %s is %q, not %q", set, a.Name, r.ID, v, of[a.Name])
						}
						values[a.Name]++
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range wanted {
			if values[name] == 0 {
				t.Errorf("%s: nothing has %s: %v", set, name, values)
			}
		}
		if set != "ground" && len(levels) < 2 { // the ground is tiled implicitly
			t.Errorf("%s: values on levels %v only", set, levels)
		}
		if set == "buildings" && roofs == 0 {
			t.Error("no building tells its roof")
		}
	}
	glbs, err := filepath.Glob(filepath.Join(out, "tiles", "*", "*.glb"))
	more, _ := filepath.Glob(filepath.Join(out, "tiles", "*", "*", "*", "*.glb"))
	if glbs = append(glbs, more...); err != nil || len(glbs) == 0 {
		t.Fatal(len(glbs), err)
	}
	for _, file := range glbs {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, issue := range check.GLB(data) {
			t.Errorf("%s: %v", file, issue)
		}
	}
}

// Kinds follow from all values, or from what is said; a name that nothing has is told with those
// that there are.
func TestKindsOfAttributes(t *testing.T) {
	dir := t.TempDir()
	house := func(i, properties string) string {
		return `{"type":"Feature","id":"` + i + `","properties":{"building":"yes",` + properties + `},"geometry":{"type":"Polygon","coordinates":[[[0.00` + i + `,0],[0.00` + i + `1,0],[0.00` + i + `1,0.0001],[0.00` + i + `,0.0001],[0.00` + i + `,0]]]}}`
	}
	write(t, filepath.Join(dir, "h.geojson"), `{"type":"FeatureCollection","features":[`+
		house("1", `"year":1931,"share":0.5,"listed":true,"zip":"0123","speed":"30 mph","sold":true`)+","+
		house("2", `"year":1850,"share":2,"listed":false,"zip":"4567","speed":"fast"`)+","+
		house("3", `"year":2001,"listed":true,"zip":"8901","speed":"50"`)+`]}`)
	generate := func(attributes string) (geo.Content, *Summary, error) {
		doc, err := scene.Parse(filepath.Join(dir, "s.yaml"), []byte("longtake: 1\nsources: { h: { path: h.geojson } }\nlayers:\n  - { id: b, type: buildings, source: h, attributes: "+attributes+" }\n"), layers.Types())
		if err != nil {
			return geo.Content{}, nil, err
		}
		out := filepath.Join(t.TempDir(), "package")
		s, err := Run(t.Context(), doc, out, Options{})
		if err != nil {
			return geo.Content{}, nil, err
		}
		set, err := tiles.Open(filepath.Join(out, "tiles", "b", "tileset.json"))
		if err != nil {
			return geo.Content{}, nil, err
		}
		var most geo.Content
		err = set.Walk(func(tile *tiles.Tile) error {
			c, err := set.Load(tile)
			if err == nil && len(c) > 0 && len(c[0].Features) > len(most.Features) {
				most = c[0]
			}
			return err
		})
		return most, s, err
	}
	c, s, err := generate("{ year: auto, share: auto, listed: auto, zip: auto, speed: number, sold: auto }")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for k, a := range c.Attributes {
		got[a.Name] = a.Kind.String()
		for i := range c.Features {
			got[a.Name] += " " + c.Features[i].Value(k)
		}
	}
	for name, want := range map[string]string{"year": "integer 1931 1850 2001", "share": "number 0.5 2 ", "listed": "boolean true false true",
		"zip": "text 0123 4567 8901", "speed": "number 48.28032  50", "sold": "text true  "} {
		if got[name] != want {
			t.Errorf("%s: %q, not %q", name, got[name], want)
		}
	}
	if told := noted(s); !strings.Contains(told, `no number is missing, such as "fast"`) {
		t.Errorf("noted %s", told)
	}
	if _, s, err := generate("{ speed: boolean }"); err != nil || !strings.Contains(noted(s), `is text, as "30 mph" is no truth value`) || strings.Contains(noted(s), "is missing") {
		t.Errorf("noted %s, %v", noted(s), err)
	}
	for attributes, want := range map[string]string{"[yaer]": `no feature has "yaer": there are building, listed, speed, year, zip`, "some": "s.yaml:4", "[year, year]": "each once", "{ year: integre }": "integer"} {
		if _, _, err := generate(attributes); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", attributes, err, want)
		}
	}
	if c, _, err = generate("all"); err != nil || !slices.ContainsFunc(c.Attributes, func(a geo.Attribute) bool { return a.Name == "zip" }) {
		t.Errorf("all: %v %v", c.Attributes, err)
	}
}

// A field that no feature has is told where it is asked for.
func TestUnknownFieldsAreLocated(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "h.geojson"), `{"type":"FeatureCollection","features":[{"type":"Feature","id":"1","properties":{"building":"yes","tall":3e9,"year":1900},
		"geometry":{"type":"Polygon","coordinates":[[[0.001,0],[0.0012,0],[0.0012,0.0002],[0.001,0.0002],[0.001,0]]]}}]}`)
	for of, want := range map[string]string{
		"attributes: [yaer] }\n": "s.yaml:6:19: layers[0].attributes: no feature has",
		"attributes: [year],\n      color: { field: yaer, range: [\"#000000\", \"#ffffff\"] } }\n":                                                      "s.yaml:7:23: layers[0].color.field: no feature has",
		"attributes: [year] }\nstory: { chapters: [ { id: c, from: 0s,\n  set: { b.color: { field: yaer, range: [\"#000000\", \"#ffffff\"] } } } ] }\n": "s.yaml:8:",
		"attributes: { tall: integer } }\n": "",
	} {
		doc, err := scene.Parse(filepath.Join(dir, "s.yaml"), []byte("longtake: 1\nsources: { h: { path: h.geojson } }\nlayers:\n  - { id: b, type: buildings, source: h,\n      mix: 0.5,\n      "+of), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		write(t, doc.File, "longtake: 1\nsources: { h: { path: h.geojson } }\nlayers:\n  - { id: b, type: buildings, source: h,\n      mix: 0.5,\n      "+of)
		s, err := Run(t.Context(), doc, filepath.Join(t.TempDir(), "package"), Options{})
		switch {
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v", want, err)
		case want == "" && (err != nil || !strings.Contains(noted(s), `no integer of 32 bits is missing, such as "3`)):
			t.Errorf("%v, noted %s", err, noted(s))
		}
	}
}

// Of footprints that no tag calls buildings all is kept, too: their names and addresses.
func TestEveryAreaKeepsItsLabels(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "h.geojson"), `{"type":"FeatureCollection","features":[{"type":"Feature","id":"1","properties":{"name":"Mill","operator":"Miller"},
		"geometry":{"type":"Polygon","coordinates":[[[0.001,0],[0.0012,0],[0.0012,0.0002],[0.001,0.0002],[0.001,0]]]}}]}`)
	doc, err := scene.Parse(filepath.Join(dir, "s.yaml"), []byte("longtake: 1\nsources: { h: { path: h.geojson } }\nlayers:\n  - { id: b, type: buildings, source: h, all: true, attributes: [operator] }\n"), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	out, _ := run(t, doc, Options{})
	set, err := tiles.Open(filepath.Join(out, "tiles", "b", "tileset.json"))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	err = set.Walk(func(tile *tiles.Tile) error {
		contents, err := set.Load(tile)
		for _, c := range contents {
			for i := range c.Features {
				rows++
				if r := &c.Features[i]; r.Name != "Mill" || len(c.Attributes) != 1 || r.Value(0) != "Miller" {
					t.Errorf("%v has name %q and %v", c.Attributes, r.Name, r.Values)
				}
			}
		}
		return err
	})
	if err != nil || rows == 0 {
		t.Error(rows, err)
	}
}

func noted(s *Summary) (out string) {
	for note := range s.Notes {
		out += note + "\n"
	}
	return out
}

// Which names are counted does not depend on chance where there are more than are counted.
func TestMostNamesAreCountedInOrder(t *testing.T) {
	tags := map[string]string{}
	for i := range mostTagNames + 200 {
		tags[fmt.Sprintf("%06d", i)] = "x"
	}
	var a attributeSearch
	for range 2 {
		a.count(&geo.Feature{Tags: tags})
	}
	if n := len(a.names); n != mostTagNames || a.names[fmt.Sprintf("%06d", mostTagNames-1)] != 2 {
		t.Errorf("%d names", n)
	}
}
