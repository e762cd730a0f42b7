package scene

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got:\n%s", path, got)
	}
}

func parseFile(t *testing.T, name string) *Document {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	d, err := Parse(name, data, testTypes)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTypesCheck(t *testing.T) {
	if err := testTypes.Check(); err != nil {
		t.Fatal(err)
	}
	bad := Types{"x": {Name: "x", Doc: "d", New: func() any {
		return &struct {
			Opacity float64 `json:"opacity" doc:"clash"`
		}{}
	}}}
	if err := bad.Check(); err == nil || !strings.Contains(err.Error(), "common") {
		t.Errorf("clash: %v", err)
	}
}

func TestExample(t *testing.T) {
	d := parseFile(t, "andorra.yaml")
	city := d.Layer("city")
	if city == nil || city.Type != "buildings" || city.Source != "osm" || city.On != "ground" || city.Template {
		t.Fatalf("city does not inherit: %+v", city)
	}
	b := city.Props.(*buildings)
	if b.Windows.Lit != 0.6 || b.Windows.Color != (Color{255, 220, 160, 255}) || b.Levels != 3 {
		t.Errorf("props: %+v", b)
	}
	if p := d.Layer("plain"); !p.Template || p.Props.(*buildings).Windows.Lit != 0.5 {
		t.Errorf("the template changed: %+v", p.Props)
	}
	if got := d.Sources["dem"]; len(got.Path) != 2 || got.Scale != 1 || got.Datum != "auto" {
		t.Errorf("dem: %+v", got)
	}
	k := d.Story.Keyframes[1]
	if k.Camera.Height != 1400 || k.Hold != Seconds(4) || k.Ease != "zoom" || k.Camera.FOV != DefaultFOV {
		t.Errorf("keyframe: %+v", k)
	}
	if d.Environment.Time.UTC().Hour() != 18 {
		t.Errorf("time: %v", d.Environment.Time)
	}
}

func TestInheritance(t *testing.T) {
	d := parseFile(t, "full.yaml")
	a, b := d.Layer("a").Props.(*buildings), d.Layer("b").Props.(*buildings)
	if !reflect.DeepEqual(a.Classes, map[string]int{"house": 2, "shed": 1, "tower": 30}) {
		t.Errorf("maps are merged: %v", a.Classes)
	}
	if a.Tags != nil || a.Detail == nil || *a.Detail != (detail{"real", 7}) || a.Color != "#123456" {
		t.Errorf("a: %+v", a)
	}
	if b.Detail != nil || b.Windows.Lit != 0.9 || d.Layer("b").Visible {
		t.Errorf("b: %+v", b)
	}
	if base := d.Layer("base").Props.(*buildings); len(base.Classes) != 2 || base.Detail == nil {
		t.Errorf("the parent changed: %+v", base)
	}
	if m := d.Layer("merged"); m.Opacity != 0.5 || m.Props.(*buildings).Color != "#123456" {
		t.Errorf("merge key: %+v", m)
	}
	third := d.Story.Keyframes[2].Camera
	if third.Target == nil || third.Lng != 0.02 || third.Height != 1000 || third.Above != "ground" {
		t.Errorf("a target is kept while the camera moves: %+v", third)
	}
	if c := d.Story.Keyframes[3].Camera; c.Target != nil || c.Heading != 350 {
		t.Errorf("a heading ends the target: %+v", c)
	}
}

func TestAllErrorsAtOnce(t *testing.T) {
	data, err := os.ReadFile("testdata/bad.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = Parse("bad.yaml", data, testTypes)
	var errs Errors
	if !errors.As(err, &errs) {
		t.Fatalf("got %v", err)
	}
	for _, e := range errs {
		if e.Line < 1 || e.Column < 1 || e.File != "bad.yaml" {
			t.Errorf("no place: %v", e)
		}
	}
	golden(t, "bad.errors", []byte(err.Error()+"\n"))
}

func TestBadTexts(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a.yaml", "", "a.yaml:1:1: found nothing; a scene document is allowed"},
		{"a.yaml", "longtake: 1\nname: [", "a.yaml:2:"},
		{"a.yaml", "longtake: 1\nsources: { a: { path: a.geojson, crs: GCJ-02 } }", "coordinates: gcj02 is allowed"},
		{"a.yaml", "longtake: 1\nlongtake: 1", "a.yaml:2:1"},
		{"a.yaml", "longtake: 1\n---\nlongtake: 1", "second document"},
		{"a.yaml", "longtake: 1\nname: *x", "no anchor"},
		{"a.yaml", strings.Repeat("[", 5000), "levels of nesting"},
		{"a.yaml", "credits: " + strings.Repeat("[", 500) + strings.Repeat("]", 500), "levels of nesting"},
		{"a.yaml", strings.Repeat("- ", 5000), "levels of nesting"},
		{"a.yaml", "longtake: 1\ncredits: &a [*a]", "contain itself"},
		{"a.json", `{"longtake": 1,`, "a.json:1:16: not JSON: the file ends in the middle"},
		{"a.json", "{\n \"longtake\": 1,\n \"nam\": 2}", `a.json:3:2: nam: unknown key "nam"`},
		{"a.json", `{"longtake": 1} x`, "more text"},
		{"a.json", `{"longtake": 1, "longtake": 1}`, "second time"},
		{"a.json", `longtake: 1`, "not JSON"},
		{"a.json", strings.Repeat("[", 500), "levels"},
		{"a.yaml", "longtake: 1\noutput: { fps: 1e999999999 }", "frame rate"},
		{"a.yaml", "longtake: 1\nenvironment: { globe: { water: mask.png } }", "a mask belongs to an image of the globe (image)"},
		{"a.yaml", "longtake: 1\nstory: { duration: 1e999999999 }", "a time such as"},
		{"a.yaml", "longtake: 1\ncamera: { lng: 0, lat: 0, height: 1e400 }", "finite"},
	} {
		_, err := Parse(c.name, []byte(c.text), testTypes)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q: got %v, want %q", c.text, err, c.want)
		}
	}
}

func TestLoadLooksForFiles(t *testing.T) {
	dir := t.TempDir()
	text := "longtake: 1\nsources:\n  osm: { type: osm, path: [here.pbf, gone.pbf] }\nlayers:\n  - { id: a, type: buildings, source: osm, model: gone.glb }\n"
	path := filepath.Join(dir, "scene.yaml")
	for name, data := range map[string]string{"scene.yaml": text, "here.pbf": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, err := Load(path, testTypes)
	var errs Errors
	if !errors.As(err, &errs) || len(errs) != 2 || errs[0].Line != 3 || errs[1].Path != "layers[0].model" {
		t.Errorf("got %v", err)
	}
	if err := os.WriteFile(path, []byte(strings.NewReplacer(", gone.pbf", "", "gone.glb", "here.pbf").Replace(text)), 0o644); err != nil {
		t.Fatal(err)
	}
	d, err := Load(path, testTypes)
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Resolve(d.Sources["osm"].Path[0]); got != filepath.Join(dir, "here.pbf") {
		t.Errorf("resolved %s", got)
	}
	if _, err := Load(filepath.Join(dir, "none.yaml"), testTypes); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing scene: %v", err)
	}
}

// sameAgain checks that writing and reading a document gives it back.
func sameAgain(t *testing.T, d *Document) {
	t.Helper()
	for _, format := range []Format{YAML, JSON} {
		var b, again bytes.Buffer
		if err := d.Write(&b, format); err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(d.File, filepath.Ext(d.File)) + map[Format]string{YAML: ".yaml", JSON: ".json"}[format]
		got, err := Parse(name, b.Bytes(), testTypes)
		if err != nil {
			t.Fatalf("%v\n%s", err, b.Bytes())
		}
		got.File = d.File
		if !reflect.DeepEqual(got, d) {
			t.Fatalf("not the same:\n%+v\n%+v\n%s", got, d, b.Bytes())
		}
		if err := got.Write(&again, format); err != nil || !bytes.Equal(again.Bytes(), b.Bytes()) {
			t.Fatalf("written twice: %v\n%s\n%s", err, b.Bytes(), again.Bytes())
		}
	}
}

func TestRoundTrip(t *testing.T) {
	for _, name := range []string{"andorra.yaml", "full.yaml"} {
		d := parseFile(t, name)
		sameAgain(t, d)
		var b bytes.Buffer
		if err := d.Write(&b, YAML); err != nil {
			t.Fatal(err)
		}
		golden(t, strings.Replace(name, ".yaml", ".written", 1), b.Bytes())
	}
	sameAgain(t, func() *Document { d := New(); d.File, d.Dir = "x.yaml", "."; return d }())
}

func TestBuiltDocument(t *testing.T) {
	d := New()
	d.File, d.Dir = "built.yaml", "."
	src := Source{Path: Paths{"a.osm"}}
	src.SetDefaults()
	src.Type = "osm"
	d.Sources = map[string]Source{"osm": src}
	l := NewLayer("city", testTypes["buildings"])
	l.Source = "osm"
	l.Props.(*buildings).Windows.Lit = 0.75
	d.Layers = append(d.Layers, l)
	sameAgain(t, d)
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"andorra.yaml", "full.yaml", "bad.yaml"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, s := range []string{"", "longtake: 1", "{\"longtake\": 1, \"layers\": [{\"id\": \"a\", \"type\": \"column\"}]}", "longtake: 1\nname: &a x\ncredits: [*a, 'b', \"\\u0000\", |\n  block\n]", "? [a]\n: b", "longtake: 1\nlayers: [{id: a, extends: a}]", "longtake: !!str 1", "<<: {a: 1}", "longtake: 1\nstory: {keyframes: [{at: -1/0}]}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"f.yaml", "f.json"} {
			d, err := Parse(name, data, testTypes)
			var errs Errors
			if errors.As(err, &errs) {
				for _, e := range errs {
					if e.Line < 1 || e.Column < 1 || e.Message == "" {
						t.Fatalf("no place: %+v", e)
					}
				}
				continue
			}
			sameAgain(t, d)
			for _, s := range []float64{0, 0.1, 1, 1e4} {
				d.At(Seconds(s))
			}
		}
	})
}
