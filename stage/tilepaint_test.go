package stage

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage/generate"
)

// Houses are coloured by values of theirs, a story lets the colour be another, and what has no
// value keeps its own.
func TestHousesAreColouredByTheirValues(t *testing.T) {
	p := housesOf(t)
	for _, c := range []struct {
		at   float64
		want map[string][4]uint8
	}{
		{0, map[string][4]uint8{"1": {0, 0, 0, 128}, "2": {255, 0, 0, 128}, "3": {}}},
		{1, map[string][4]uint8{"1": {0, 255, 0, 128}, "2": {0, 0, 255, 128}, "3": {0, 255, 0, 128}}},
		{2, map[string][4]uint8{"1": {0, 0, 0, 128}, "2": {0, 0, 255, 128}}},
	} {
		f, err := p.Frame(context.Background(), scene.Seconds(c.at), Shot{Width: 320, Height: 180})
		if err != nil {
			t.Fatal(err)
		}
		var colors *drawable.Colors
		for _, d := range f.Draws {
			if d.Colors != nil {
				colors = d.Colors
			}
		}
		if colors == nil {
			t.Fatalf("%v s: nothing is coloured", c.at)
		}
		for _, tile := range p.library.held {
			for i := range tile.rows {
				if want, ok := c.want[tile.rows[i].ID]; ok && colors.Of[i] != want {
					t.Errorf("%v s: house %s is %v, not %v", c.at, tile.rows[i].ID, colors.Of[i], want)
				}
			}
		}
	}
}

// A layer whose field nothing in the package has is drawn all the same: one without a house, and
// one of a region whose houses have other fields.
func TestColoursThatNothingHas(t *testing.T) {
	dir := t.TempDir()
	houses := `{"type":"FeatureCollection","features":[
		{"type":"Feature","id":"1","properties":{"building":"yes","year":1900},"geometry":{"type":"Polygon","coordinates":[[[0.1,0],[0.1005,0],[0.1005,0.0003],[0.1,0.0003],[0.1,0]]]}},
		{"type":"Feature","id":"2","properties":{"building":"yes"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[0.0005,0],[0.0005,0.0003],[0,0.0003],[0,0]]]}}]}`
	tree := `{"type":"Feature","id":"3","properties":{"natural":"tree"},"geometry":{"type":"Point","coordinates":[0.0002,0.0008]}}`
	for name, text := range map[string]string{"h.geojson": houses, "t.geojson": tree} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := scene.Parse(filepath.Join(dir, "s.yaml"), []byte(`longtake: 1
sources: { h: { path: h.geojson }, t: { path: t.geojson } }
layers:
  - { id: b, type: buildings, source: h, color: { field: year, range: ["#000000", "#ff0000"] } }
  - { id: none, type: buildings, source: t, color: { field: height } }
camera: { lng: 0.0003, lat: -0.004, height: 300, heading: 0, pitch: -35 }
`), layers.Types())
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "package")
	if _, err := generate.Run(context.Background(), doc, out, generate.Options{BBox: &geo.Bound{West: -0.01, South: -0.01, East: 0.01, North: 0.01}}); err != nil {
		t.Fatal(err)
	}
	p, err := Open(out, PlayOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Frame(context.Background(), scene.Seconds(0), Shot{Width: 320, Height: 180}); err != nil {
		t.Error(err)
	}
}

// house is a house of its own, as a feature.
func house(i, properties string) string {
	return `{"type":"Feature","id":"` + i + `","properties":{"building":"yes",` + properties + `},"geometry":{"type":"Polygon","coordinates":[[[0.00` + i + `,0],[0.00` + i + `5,0],[0.00` + i + `5,0.0003],[0.00` + i + `,0.0003],[0.00` + i + `,0]]]}}`
}

// housesOf plays three houses in a package.
func housesOf(t *testing.T) *Player {
	t.Helper()
	return openPlayer(t, `longtake: 1
sources: { h: { path: h.geojson } }
layers:
  - { id: houses, type: buildings, source: h, mix: 0.5, color: { field: year, range: ["#000000", "#ff0000"] } }
  - { id: key, type: legend, for: houses }
camera: { lng: 0.0025, lat: -0.004, height: 300, heading: 0, pitch: -35 }
story:
  duration: 4s
  chapters:
    - { id: years, from: 0s }
    - { id: uses, from: 1s, set: { houses.color: { field: use, scale: categorical, domain: [shop, school], range: ["#00ff00", "#0000ff"] } } }
    - { id: heights, from: 2s, set: { houses.color: { field: height, range: ["#000000", "#0000ff"] } } }
    - { id: old, from: 3s, set: { selection: { filter: { year: { max: 1950 } }, highlight: { use: shop } } } }
`, map[string]string{"h.geojson": `{"type":"FeatureCollection","features":[` + house("1", `"year":1900,"use":"shop","height":10`) + "," + house("2", `"year":2000,"use":"school","height":30`) + "," + house("3", `"use":"shop","height":20`) + `]}`})
}

// A selection leaves only the features of tiles that have the value, and outlines others.
func TestSelectionsReachTiles(t *testing.T) {
	p := housesOf(t)
	f, err := p.Frame(context.Background(), scene.Seconds(0), Shot{Width: 320, Height: 180})
	if err != nil {
		t.Fatal(err)
	}
	all := drawnRows(p, f)
	if f, err = p.Frame(context.Background(), scene.Seconds(3), Shot{Width: 320, Height: 180}); err != nil {
		t.Fatal(err)
	}
	left := drawnRows(p, f)
	if !all["1"] || !all["2"] || !all["3"] || !left["1"] || left["2"] || left["3"] {
		t.Errorf("%v of %v are left", left, all)
	}
	if len(f.Outlines) != 1 || len(f.Outlines[0].IDs) != 2 {
		t.Errorf("outlines %v", f.Outlines)
	}
	kept := 0
	for _, tile := range p.library.held { // they are looked for once for all frames
		if tile.matched.values["use"] != "shop" {
			continue
		}
		kept++
		shops := tile.matching(map[string]any{"use": "shop"})
		for i := range tile.rows {
			tile.rows[i].Values = slices.Repeat([]string{"x"}, len(tile.rows[i].Values))
		}
		if again := tile.matching(map[string]any{"use": "shop"}); !slices.Equal(again, shops) {
			t.Errorf("%v are looked for again: %v", shops, again)
		}
		if others := tile.matching(map[string]any{"use": "x"}); len(others) < 3 {
			t.Errorf("matches of other values are %v", others)
		}
	}
	if kept == 0 {
		t.Error("no tile keeps its matches")
	}
	p = housesOf(t)
	if _, err = p.Frame(context.Background(), scene.Seconds(3), Shot{Width: 320, Height: 180}); err != nil {
		t.Fatal(err)
	}
	house := &feature{layer: "houses", id: "1"}
	if v, ok := p.valueOf(house, "year"); !ok || v != 1900.0 {
		t.Errorf("year %v %v", v, ok)
	}
	if v, ok := p.valueOf(house, "use"); !ok || v != "shop" {
		t.Errorf("use %v %v", v, ok)
	}
}

// Windows of time-sliders, and clicks on rows that call the field otherwise, filter features by
// attributes that nothing else asks for.
func TestFiltersOfOtherLayersReachTiles(t *testing.T) {
	p := openPlayer(t, `longtake: 1
sources: { h: { path: h.geojson }, y: { path: y.csv, type: table } }
layers:
  - { id: houses, type: buildings, source: h, attributes: [year, use] }
  - { id: years, type: time-slider, source: y, show: window, field: year, window: [1950, 2010] }
  - { id: kinds, type: ranking, source: y, name: kind, field: year, events: { click: { filter: { field: kind, as: use } } } }
camera: { lng: 0.00175, lat: -0.004, height: 300, heading: 0, pitch: -35 }
`, map[string]string{
		"h.geojson": `{"type":"FeatureCollection","features":[` + house("1", `"year":1900,"use":"shop"`) + "," + house("2", `"year":2000,"use":"school"`) + `]}`,
		"y.csv":     "year,kind\n1900,shop\n2000,school\n",
	})
	for _, c := range []struct {
		click scene.Selection
		want  string
	}{
		{scene.Selection{}, "2"},
		{scene.Selection{Filter: map[string]any{"use": "shop", "year": map[string]any{"max": 2020.0}}}, "1"},
	} {
		p.links.click = c.click
		f, err := p.Frame(context.Background(), scene.Time{}, Shot{Width: 320, Height: 180})
		if err != nil {
			t.Fatal(err)
		}
		left := map[string]bool{}
		for _, d := range f.Draws {
			if m, ok := d.What.(*drawable.Mesh); ok {
				for _, i := range m.Indices {
					if f, _, ok := p.named.at(d.IDBase + m.Vertices[i].Feature); ok && f.layer == "houses" {
						left[f.id] = true
					}
				}
			}
		}
		if len(left) != 1 || !left[c.want] {
			t.Errorf("%v: %v are left, not %s alone", c.click, left, c.want)
		}
	}
}

// drawnRows are the ids of the features that a frame draws.
func drawnRows(p *Player, f *pipeline.Frame) map[string]bool {
	out := map[string]bool{}
	for _, d := range f.Draws {
		m, ok := d.What.(*drawable.Mesh)
		if !ok || d.Colors == nil {
			continue
		}
		for _, i := range m.Indices {
			if f, _, ok := p.named.at(d.IDBase + m.Vertices[i].Feature); ok {
				out[f.id] = true
			}
		}
	}
	return out
}

// Tiles of other makers are coloured by their columns; a field that no tile has is told with its
// place when a package is made.
func TestTilesetsAreColouredByTheirColumns(t *testing.T) {
	dir := t.TempDir()
	text := `{"type":"FeatureCollection","features":[{"type":"Feature","id":"1","properties":{"building":"yes","use":"shop","year":1900},"geometry":{"type":"Polygon","coordinates":[[[0.001,0],[0.0015,0],[0.0015,0.0003],[0.001,0.0003],[0.001,0]]]}}]}`
	if err := os.WriteFile(filepath.Join(dir, "h.geojson"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	made := func(name, text string) (string, error) {
		doc, err := scene.Parse(filepath.Join(dir, name+".yaml"), []byte(text), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(doc.File, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(dir, name)
		_, err = generate.Run(context.Background(), doc, out, generate.Options{})
		return out, err
	}
	if _, err := made("first", "longtake: 1\nsources: { h: { path: h.geojson } }\nlayers:\n  - { id: houses, type: buildings, source: h, attributes: all }\n"); err != nil {
		t.Fatal(err)
	}
	tiles := func(field string) string {
		return "longtake: 1\nsources: { t: { type: tileset, path: first/tiles/houses/tileset.json } }\nlayers:\n  - { id: theirs, type: tileset, source: t,\n      color: { field: " + field + ", scale: categorical, range: [\"#00ff00\"] } }\ncamera: { lng: 0.00125, lat: -0.002, height: 150, heading: 0, pitch: -35 }\n"
	}
	out, err := made("second", tiles("use"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open(out, PlayOptions{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := p.Frame(context.Background(), scene.Time{}, Shot{Width: 320, Height: 180})
	if err != nil {
		t.Fatal(err)
	}
	green := 0
	for _, d := range f.Draws {
		if d.Colors != nil && d.Colors.Of[0] == [4]uint8{0, 255, 0, 255} {
			green++
		}
	}
	if green == 0 {
		t.Error("nothing is green")
	}
	if _, err := made("third", tiles("yeer")); err == nil || !strings.Contains(err.Error(), `third.yaml:5:`) || !strings.Contains(err.Error(), `no feature has "yeer": there are building, built:levels, built:roof, class`) {
		t.Error(err)
	}
}

// A table gives houses their colours by a key, and what is wrong with it is told when the package
// is made.
func TestHousesAreColouredByATable(t *testing.T) {
	dir := t.TempDir()
	house := func(i string) string {
		return `{"type":"Feature","id":"` + i + `","properties":{"building":"yes","bin":` + i + `},"geometry":{"type":"Polygon","coordinates":[[[0.00` + i + `,0],[0.00` + i + `5,0],[0.00` + i + `5,0.0003],[0.00` + i + `,0.0003],[0.00` + i + `,0]]]}}`
	}
	for name, text := range map[string]string{
		"h.geojson": `{"type":"FeatureCollection","features":[` + house("1") + "," + house("2") + "," + house("3") + `]}`, "use.csv": "code,energy,water\n1.0,10,8\n2,90,4\n7,50,6\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	made := func(on, field string) (string, error) {
		text := "longtake: 1\nsources: { h: { path: h.geojson }, use: { path: use.csv, type: table } }\nlayers:\n  - { id: houses, type: buildings, source: h, mix: 1, join: { with: use, on: { bin: " + on + " } },\n      color: { field: " + field + ", range: [\"#000000\", \"#ff0000\"] } }\n  - { id: key, type: legend, for: houses }\ncamera: { lng: 0.0025, lat: -0.004, height: 300, heading: 0, pitch: -35 }\n" +
			"story: { duration: 2s, chapters: [ { id: energy, from: 0s }, { id: water, from: 1s, set: { houses.color.field: water, selection: { filter: { code: 1 } } } } ] }\n"
		doc, err := scene.Parse(filepath.Join(dir, "s.yaml"), []byte(text), layers.Types())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(doc.File, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(t.TempDir(), "package")
		_, err = generate.Run(context.Background(), doc, out, generate.Options{})
		return out, err
	}
	out, err := made("code", "energy")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open(out, PlayOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Frame(context.Background(), scene.Time{}, Shot{Width: 320, Height: 180}); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, tile := range p.library.held {
		for i := range tile.rows {
			want, ok := map[string][4]uint8{"1": {0, 0, 0, 255}, "2": {255, 0, 0, 255}, "3": {}}[tile.rows[i].ID]
			if ok && len(tile.paints) > 0 {
				if seen++; tile.paints[0].colors.Of[i] != want {
					t.Errorf("house %s is %v, not %v", tile.rows[i].ID, tile.paints[0].colors.Of[i], want)
				}
			}
		}
	}
	if seen < 3 {
		t.Errorf("%d houses are coloured", seen)
	}
	// A chapter colours by another column of the table.
	if _, err := p.Frame(context.Background(), scene.Seconds(1.9), Shot{Width: 320, Height: 180}); err != nil {
		t.Fatal(err)
	}
	watered := false
	for _, tile := range p.library.held {
		for i := range tile.rows {
			last := len(tile.paints) - 1
			watered = watered || last > 0 && tile.rows[i].ID == "1" && tile.paints[last].colors.Of[i] == [4]uint8{255, 0, 0, 255}
		}
	}
	if f := p.layers[0].filter; f != nil {
		t.Errorf("a selection chooses %v of the table that colours are of", f)
	}
	if !watered {
		t.Error("no house is coloured by the chapter's column")
	}
	for field, on := range map[string]string{"energie": "code", "energy": "cod"} {
		if _, err := made(on, field); err == nil || !strings.Contains(err.Error(), "s.yaml:") || !strings.Contains(err.Error(), "the source has code, energy, water") {
			t.Error(err)
		}
	}
}
