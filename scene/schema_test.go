package scene

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := Schema(testTypes)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Schema(testTypes)
	if !bytes.Equal(text, again) {
		t.Error("two schemas of the same types differ")
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scene.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("scene.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSchemaTakesGoodDocuments(t *testing.T) {
	s := compile(t)
	for _, name := range []string{"andorra.yaml", "full.yaml"} {
		data, _ := os.ReadFile("testdata/" + name)
		root, errs := parseYAML(name, data)
		if errs != nil {
			t.Fatal(errs)
		}
		if err := s.Validate(root.plain()); err != nil {
			t.Errorf("%s as written by hand: %v", name, err)
		}
		var b bytes.Buffer
		if err := parseFile(t, name).Write(&b, JSON); err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(&b)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s as written: %v", name, err)
		}
	}
}

// Each of these documents is refused by Parse and by the schema.
func TestSchemaRefusesBadDocuments(t *testing.T) {
	s := compile(t)
	for _, text := range []string{
		"name: no version",
		"{longtake: 2}",
		"{longtake: 1, nmae: x}",
		"{longtake: 1, sources: {a: {type: osn, path: x}}}",
		"{longtake: 1, sources: {a: {type: osm}}}",
		"{longtake: 1, sources: {a: {path: x, decode: terrarum}}}",
		"{longtake: 1, layers: [{type: column}]}",
		"{longtake: 1, layers: [{id: a}]}",
		"{longtake: 1, layers: [{id: a, type: columns}]}",
		"{longtake: 1, layers: [{id: a, type: column, levels: 3}]}",
		"{longtake: 1, layers: [{id: a, type: column, opacity: 2}]}",
		"{longtake: 1, layers: [{id: a, type: column, size: text}]}",
		"{longtake: 1, layers: [{id: a, type: buildings, tiles: t, windows: {litt: 1}}]}",
		"{longtake: 1, layers: [{id: a, type: buildings, tiles: t, color: red}]}",
		"{longtake: 1, story: {keyframes: [{camera: {lng: 1}}]}}",
		"{longtake: 1, story: {keyframes: [{at: 1s, camera: {lat: 95}}]}}",
		"{longtake: 1, story: {duration: soon}}",
		"{longtake: 1, environment: {exposure: bright}}",
		"{longtake: 1, output: {quality: medium}}",
		"{longtake: 1, output: {size: big}}",
	} {
		root, errs := parseYAML("x.yaml", []byte(text))
		if errs != nil {
			t.Fatal(errs)
		}
		if s.Validate(root.plain()) == nil {
			t.Errorf("the schema takes %s", text)
		}
		if _, err := Parse("x.yaml", []byte(text), testTypes); err == nil {
			t.Errorf("Parse takes %s", text)
		}
	}
}

func TestSchemaTellsDefaultsAndUnits(t *testing.T) {
	text, err := Schema(testTypes)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"default": "#d8d0c4"`, `"default": "high"`, `(m)`, `"unevaluatedProperties": false`, `"$schema": "https://json-schema.org/draft/2020-12/schema"`, `"Houses."`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s in the schema", want)
		}
	}
}
